"""Whether a case proves that what it measures stands still, or that what was found is over."""

from ops.advise.case import Case
from ops.advise.catalogue import CauseId
from ops.advise.evidence import Evidence

MOVES = frozenset(["slope", "step", "shift", "level", "growth", "group-shift", "jump-after-action"])
_ABSENT = frozenset(["shown-absent"])
_OVER = frozenset(["over", "settled"])
_YES = frozenset(["yes", "true", "stable"])


def is_steady(case: Case | None, causes: set[CauseId]) -> bool:
    """Whether nothing was found of a case, and what it measures is shown not to move.

    That nothing is to be done does not prove it: a movement may be too small, or too uncertain, to
    ask for an action.
    """
    if case is None or causes != {"none"}:
        return False
    if case.topic == "capability":
        return bool(_YES & {case.facts.get("stable", ""), case.facts.get("stability", "")})
    if case.topic != "drift":
        return False
    slopes = [one for one in case.evidence if one.quantity == "slope"]
    shown = case.facts.get("status") in _ABSENT
    return shown or (bool(slopes) and all(counts_as_nothing(one) for one in slopes))


def is_quiet(case: Case | None, causes: set[CauseId]) -> bool:
    """Whether the rules found no sign of a movement: less than that there is none."""
    if case is None or causes != {"none"} or is_over(case):
        return False
    return case.topic == "drift" or is_steady(case, causes)


def is_over(case: Case | None) -> bool:
    """Whether the case itself says that what was found is over."""
    if case is None:
        return False
    facts = case.facts
    gone = case.topic == "alert" and facts.get("not-seen") == "yes"
    return gone or facts.get("status") in _OVER or facts.get("over") in _YES


def counts_as_nothing(one: Evidence) -> bool:
    """Whether all of the interval of a movement lies within what counts as nothing."""
    if one.lower is None or one.upper is None or not one.reference or one.reference < 0:
        return False
    return -one.reference < one.lower and one.upper < one.reference
