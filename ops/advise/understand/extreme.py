"""The one case in which a quantity that is asked for is the least, the most or the worst."""

from collections.abc import Sequence

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.question import Intent

_GOOD_IF_LARGE = frozenset({
    "cpk", "ppk", "cp", "ndc", "b10", "life-share", "eta", "margin", "crossing-days",
    "average-precision", "coverage", "service-level", "recall", "precision",
})  # fmt: skip
_EITHER_WAY = frozenset({"slope", "shift", "step", "offset", "departure"})  # up is down's like
_DAYS = {"d": 1.0, "week": 7.0, "month": 30.0}


def extreme(intent: Intent, cases: Sequence[Case]) -> Sequence[Case]:
    """Cases, or the one of them that is asked for by a superlative: the lowest Cpk.

    Parameters
    ----------
    cases
        All of them where none is asked for, or none has a number of what is asked for.
    """
    asked = next(iter(intent.quantities), "")
    if not asked or not {"worst", "least", "most"} & set(intent.wishes):
        return cases
    with_value = [(case, _size(one)) for case in cases if (one := case.stand_in(asked))]
    told = [(case, number) for case, number in with_value if number is not None]
    if not told:
        return cases
    least = "least" in intent.wishes or ("most" not in intent.wishes and asked in _GOOD_IF_LARGE)
    case, _ = min(told, key=lambda one: (one[1] if least else -one[1], one[0].id))
    return [case]


def _size(one: Evidence) -> float | None:
    """Value of a number; of a movement how far it goes, and of a slope in a day."""
    if one.number is None or one.quantity not in _EITHER_WAY:
        return one.number
    return abs(one.number) / _DAYS.get(one.unit.rpartition("/")[2], 1.0)
