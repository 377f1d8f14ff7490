"""A case: what one run, alert or record says of one thing, as evidence that belongs together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ops.advise.catalogue import Topic
from ops.advise.claim import Slot
from ops.advise.evidence import Evidence
from ops.page import Subject
from ops.page_value import Level, Phrase

_INSTEAD: Mapping[str, tuple[str, ...]] = {
    "cpk": ("cpk", "ppk"), "ppk": ("ppk", "cpk"), "cp": ("cp", "pp"),
    "bias": ("gauge-bias", "bias"), "failure-rate": ("failure-rate", "mtbf"),
    "rules-broken": ("violated-rule",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A succeeded run as the database keeps it.

    Parameters
    ----------
    result, page
        JSON of its result and its page.
    at, window_start, window_end
        When its data were known, and the stretch that they cover: microseconds since 1970 UTC.
    site
        Code of its site; None: all of them.
    """

    id: str
    analysis: str
    version: int
    params: Mapping[str, Any]
    result: Mapping[str, Any]
    page: Mapping[str, Any]
    at: int
    site: str | None = None
    window_start: int | None = None
    window_end: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one thing: a stream, a characteristic, a life test, a plan, a model.

    Parameters
    ----------
    id
        Stable, e.g. ``57ad12bd/LOOP-QFN32-AU25/WB-05``.
    title
        What it is about, as people call it.
    level
        How bad it is, as the analysis judged it.
    found
        When it was known, microseconds since 1970 UTC.
    evidence
        In a fixed order, the most telling first.
    title_phrases
        Parts of the title, for other languages; empty: it is a name.
    """

    id: str
    topic: Topic
    analysis: str
    title: str
    level: Level
    found: int
    link: str
    evidence: tuple[Evidence, ...]
    run_id: str | None = None
    subject: Subject | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])  # codes that rules look at
    title_phrases: tuple[Phrase, ...] = ()

    def named(self) -> Slot:
        """Make a slot of its title, for a claim that names it."""
        return Slot(name=self.title[:300], phrases=self.title_phrases)

    def get(self, quantity: str) -> Evidence | None:
        """First evidence of a quantity whose value is known; None if there is none."""
        return next(
            (e for e in self.evidence if e.quantity == quantity and e.value is not None), None
        )

    def stand_in(self, quantity: str) -> Evidence | None:
        """First evidence of a quantity, or of what is told in its place; None if there is none.

        Of a stable process its Cpk is told, of any other its Ppk: who asks for one means the index.
        """
        found = (self.get(one) for one in _INSTEAD.get(quantity, (quantity,)))
        return next((one for one in found if one is not None), None)

    def number(self, quantity: str) -> float | None:
        """Value of the first evidence of a quantity; None if there is none."""
        found = self.get(quantity)
        return None if found is None else found.number
