"""Whether a version may become the champion: a better score in time order, or a recorded waiver.

Scores are the metrics of a version (`ops.classify.draft.ModelDraft`): each is
``{"value", "lower", "upper", "split"}``; ``headline`` names the one that counts, ``better`` is
"high" or "low", ``time_ordered`` is true where it comes from a split that only looks back. Three
more entries are read here, where they are there:

``test``
    Which rows were tested: ``{"fingerprint", "start", "end", "rows"}``; two scores are compared
    only where their fingerprints are equal.
``base``
    The headline score of who always says the base rate.
``paired``
    Paired tests against other versions on the same rows: list of ``{"against", "difference",
    "lower", "upper"}``, the number of the other version and candidate minus other; ``score`` names
    the score, absent it is the headline.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Literal

Verdict = Literal["first", "better", "paired", "waived", "back", "refused"]


@dataclass(frozen=True, slots=True)
class Score:
    """Headline score of a version; `test` names the rows that it was tested on."""

    name: str
    value: float
    lower: float | None
    upper: float | None
    high: bool
    time_ordered: bool
    test: str

    def beats(self, other: float) -> bool:
        """Whether it is better than a value of the same score.

        Examples
        --------
        >>> Score("brier", 0.1, None, None, False, True, "t").beats(0.2)
        True
        """
        return self.value > other if self.high else self.value < other


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an alias may move, why in one sentence, and the numbers that were compared."""

    verdict: Verdict
    reason: str
    evidence: dict[str, Any]

    @property
    def allowed(self) -> bool:
        """Whether it may."""
        return self.verdict != "refused"


def headline(metrics: Mapping[str, Any]) -> Score | None:
    """Headline score of a version's metrics; None if they tell none."""
    name = metrics.get("headline")
    told = metrics.get(name) if isinstance(name, str) else None
    value = _number(told.get("value")) if isinstance(told, Mapping) else None
    if not isinstance(told, Mapping) or value is None:
        return None
    test = metrics.get("test")
    return Score(
        name=str(name),
        value=value,
        lower=_number(told.get("lower")),
        upper=_number(told.get("upper")),
        high=metrics.get("better", "high") == "high",
        time_ordered=metrics.get("time_ordered") is True,
        test=str(test.get("fingerprint") or "") if isinstance(test, Mapping) else "",
    )


def beats_base(metrics: Mapping[str, Any]) -> bool:
    """Whether the headline score is time-ordered and better than that of the base rate."""
    score, base = headline(metrics), _number(metrics.get("base"))
    return score is not None and score.time_ordered and base is not None and score.beats(base)


def decide(
    candidate: Mapping[str, Any],
    champion: tuple[int, Mapping[str, Any]] | None,
    *,
    waiver: str = "",
    was_champion: bool = False,
) -> Decision:
    """Judge whether a version may become the champion.

    It may where its time-ordered headline score is strictly better on the same test rows, where a
    paired test against the champion excludes no difference, where it has been the champion before
    (a way back must always be open), or where a person gives a waiver. Without a champion the score
    must beat the base rate.

    Parameters
    ----------
    candidate
        Metrics of the version.
    champion
        Number and metrics of the present champion; None: there is none.
    waiver
        Why the rule is not followed, in a person's words; blank: it is followed.
    was_champion
        Whether the version has been the champion before.
    """
    evidence = _evidence(candidate, champion)
    verdict, reason = _judged(candidate, champion)
    if verdict == "refused" and was_champion:
        return Decision("back", "it has been the champion before", evidence)
    if verdict == "refused" and waiver.strip():
        return Decision("waived", reason, evidence)
    return Decision(verdict, reason, evidence)


def _judged(
    candidate: Mapping[str, Any], champion: tuple[int, Mapping[str, Any]] | None
) -> tuple[Verdict, str]:
    score = headline(candidate)
    if champion is None:
        if beats_base(candidate):
            return "first", "its time-ordered score beats the base rate"
        return "refused", _without_champion(candidate, score)
    paired = _paired(candidate, champion[0])
    if paired is not None:
        return paired
    other = headline(champion[1])
    reason = _incomparable(score, other)
    if reason or score is None or other is None:
        return "refused", reason
    said = f"{score.name} {score.value:.4g} against {other.value:.4g} of version {champion[0]}"
    if score.beats(other.value):
        return "better", f"{said}, on the same test rows in time order"
    wanted = "higher" if score.high else "lower"
    return "refused", f"{said}: it must be {wanted}"


def _without_champion(candidate: Mapping[str, Any], score: Score | None) -> str:
    if score is None:
        return "it has no headline score; evaluate it first"
    if not score.time_ordered:
        return f"its {score.name} {score.value:.4g} is not from a time-ordered split"
    base = _number(candidate.get("base"))
    if base is None:
        return f"its {score.name} {score.value:.4g} was not held against the base rate"
    return f"its {score.name} {score.value:.4g} does not beat {base:.4g} of the base rate"


def _incomparable(score: Score | None, other: Score | None) -> str:
    """Why two scores cannot be compared; empty if they can."""
    if score is None:
        return "it has no headline score; evaluate it first"
    if other is None:
        return "the champion has no headline score to be compared with"
    if (score.name, score.high) != (other.name, other.high):
        return f"its headline score is {score.name}, that of the champion is {other.name}"
    if not score.time_ordered or not other.time_ordered:
        whose = "the champion's" if score.time_ordered else "its"
        return f"{whose} {score.name} is not from a time-ordered split"
    if not score.test or score.test != other.test:
        return (
            f"{score.name} {score.value:.4g} and {other.value:.4g} of the champion are from"
            " different test rows; evaluate both on the same"
        )
    return ""


def _paired(candidate: Mapping[str, Any], against: int) -> tuple[Verdict, str] | None:
    """Judge by the newest paired test against the champion; None if there is none."""
    tests = candidate.get("paired")
    if not isinstance(tests, list | tuple):
        return None
    high = candidate.get("better", "high") == "high"
    for test in reversed(tests):
        if not isinstance(test, Mapping) or test.get("against") != against:
            continue
        if test.get("score", candidate.get("headline")) != candidate.get("headline"):
            continue
        lower, upper = _number(test.get("lower")), _number(test.get("upper"))
        if lower is None or upper is None:
            continue
        said = f"paired difference to version {against} is {lower:.4g} to {upper:.4g}"
        if (lower > 0) if high else (upper < 0):
            return "paired", f"{said}: better beyond chance"
        if (upper < 0) if high else (lower > 0):
            return "refused", f"{said}: worse beyond chance"
    return None


def _evidence(
    candidate: Mapping[str, Any], champion: tuple[int, Mapping[str, Any]] | None
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    scores = {"candidate": headline(candidate)}
    if champion is not None:
        scores["champion"] = headline(champion[1])
        told["champion_version"] = champion[0]
        tests = candidate.get("paired")
        if isinstance(tests, list | tuple):
            told["paired"] = [
                dict(t) for t in tests if isinstance(t, Mapping) and t.get("against") == champion[0]
            ]
    told |= {who: asdict(score) for who, score in scores.items() if score is not None}
    base = _number(candidate.get("base"))
    return told if base is None else {**told, "base": base}


def _number(value: object) -> float | None:
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)
