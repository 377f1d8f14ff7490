"""A dossier: the evidence of one case as it is gathered, each piece with its source and its id."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, TypedDict, Unpack

from ops.advise.case import Case, StoredRun
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence, EvidenceKind
from ops.advise.read.stored import Bounds
from ops.page import Subject, Verdict
from ops.page_value import Level, Phrase

Label = str | Phrase  # fixed words, or words with places for names and numbers


class Details(TypedDict, total=False):
    """What else is known of a piece of evidence; as the fields of `Evidence`."""

    lower: float | None
    upper: float | None
    confidence: float | None
    decimals: int | None
    percent: bool
    reference: float | None
    reference_label: str
    level: Level
    phrases: tuple[Phrase, ...]
    quoted: bool
    personal: bool


class Dossier:
    """Evidence of one case of a run.

    Parameters
    ----------
    what
        What of the run it is about; empty if the run is about one thing. Its case is
        ``<first 8 characters of the run's id>/<what>``.

    Examples
    --------
    >>> run = StoredRun("57ad12bd-3a13", "drift", 1, {}, {}, {}, at=0)
    >>> of = Dossier(run, "LOOP/WB-05", "drift")
    >>> of.number("slope", "slope", 0.42, "µm/d", lower=0.36, upper=0.48, confidence=0.95)
    >>> case = of.case("Loop height WB-05", "warn")
    >>> case.evidence[0].id
    '57ad12bd/LOOP/WB-05.slope'
    """

    def __init__(
        self, run: StoredRun, what: str, topic: Topic, subject: Subject | None = None
    ) -> None:
        self.id = "/".join(part for part in (run.id[:8], what) if part)
        self.link = f"/runs/{run.id}"
        self._run, self._subject = run, subject
        self._topic: Topic = topic
        self._evidence: list[Evidence] = []
        self._seen: dict[str, int] = {}

    def number(
        self,
        quantity: str,
        label: Label,
        value: float | None,
        unit: str = "",
        **more: Unpack[Details],
    ) -> None:
        """Add a number; one that is not known, or too large to be one, is left out."""
        if value is not None and isfinite(value):
            lower, upper = _finite(more.get("lower")), _finite(more.get("upper"))
            more["lower"], more["upper"] = lower, upper
            if lower is None and upper is None:
                more.pop("confidence", None)
            self._add("number", quantity, label, value, unit=unit, **more)

    def estimate(
        self,
        quantity: str,
        label: Label,
        found: Bounds | None,
        unit: str = "",
        **more: Unpack[Details],
    ) -> None:
        """Add a number with its interval; none is left out."""
        if found is not None:
            more["lower"], more["upper"] = found.lower, found.upper
            self.number(quantity, label, found.value, unit, **more)

    def time(self, quantity: str, label: Label, value: int | None, **more: Unpack[Details]) -> None:
        """Add an instant, microseconds since 1970 UTC; one that is not known is left out."""
        if value is not None:
            self._add("time", quantity, label, value, **more)

    def name(self, quantity: str, label: Label, value: str | None, **more: Unpack[Details]) -> None:
        """Add a name of the plant; an empty one is left out."""
        if value:
            self._add("name", quantity, label, value, **more)

    def text(self, quantity: str, label: Label, value: str | None, **more: Unpack[Details]) -> None:
        """Add a text; an empty one is left out."""
        if value:
            self._add("text", quantity, label, value, **more)

    def verdict(self, verdict: Verdict | None, *written: str) -> None:
        """Add the sentence of a verdict; `written` are words of people that it may repeat."""
        if verdict is not None:
            quoted = any(one and one in verdict.sentence for one in written)
            self.text(
                "verdict", "verdict", _sentence(verdict), level=verdict.level, quoted=quoted,
                phrases=verdict.phrases,
            )  # fmt: skip

    def case(self, title: Label, level: Level, facts: Mapping[str, str] | None = None) -> Case:
        """Close it: the case of all that was gathered; facts that are empty are left out."""
        phrase = phrase_of(title)
        return Case(
            self.id, self._topic, self._run.analysis, english_label(title), level, self._run.at,
            self.link, tuple(self._evidence), self._run.id, self._subject,
            {name: fact for name, fact in (facts or {}).items() if fact},
            () if phrase is None else (phrase,),
        )  # fmt: skip

    def _add(
        self, kind: EvidenceKind, quantity: str, label: Label, value: float | str, **more: Any
    ) -> None:
        seen = self._seen[quantity] = self._seen.get(quantity, 0) + 1
        place = f"{self.id}.{quantity}" if seen == 1 else f"{self.id}.{quantity}.{seen}"
        run = self._run
        self._evidence.append(
            Evidence(
                id=place, case=self.id, topic=self._topic, kind=kind, quantity=quantity,
                label=english_label(label), label_phrase=phrase_of(label),
                value=value, analysis=run.analysis, run_id=run.id, link=self.link,
                subject=self._subject, window_start=run.window_start, window_end=run.window_end,
                at=run.at, **more,
            )
        )  # fmt: skip


def english_label(label: Label) -> str:
    """Say a label in English."""
    return label.english() if isinstance(label, Phrase) else label


def phrase_of(label: Label) -> Phrase | None:
    """Return what a label is translated by; None: its words alone."""
    return label if isinstance(label, Phrase) else None


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None


def _sentence(verdict: Verdict) -> str:
    """Sentence of a verdict; of one that shows a unit that is none, that of its clauses."""
    if any(phrase.values.get("unit") == "1" for phrase in verdict.phrases):
        return Verdict.of(verdict.level, *verdict.phrases).sentence
    return verdict.sentence
