"""Times and the words before them: since what is past, until what is to come."""

import re

from ops.advise.evidence import Evidence
from ops.advise.guard.reading import Place, Reading

_SINCE = re.compile(r"\b(?:since|from|after|seit|nach|ab)\b|自|从|以来|之后")
_UNTIL = re.compile(r"\b(?:before|by|until|till|vor|bis)\b|之前|以前|前|直到")
_WHEN = re.compile(r"\b(?:on|at|around|am|dated|known|seen)\b|于|在")
_CLAUSE = re.compile(r"\b(?:it|is|was|saves?|costs?|takes?|serves?|has)\b")  # no time follows it


def is_too_late(reading: Reading, place: Place, one: Evidence) -> bool:
    """Whether an action is advised on a day that is over."""
    past = one.kind == "time" and one.number is not None and one.number <= one.at
    return past and not _SINCE.search(reading.shadow[max(0, place.start - 16) : place.start])


def last_of(pattern: re.Pattern[str], text: str) -> int:
    """Where a pattern begins last; below zero if nowhere."""
    return max((m.start() for m in pattern.finditer(text)), default=-1)


def fits_time(before: str, one: Evidence) -> bool | None:
    """Whether the nearest preposition fits a time; None if there is none."""
    near = before[-16:]
    at = {p: last_of(p, near) for p in (_SINCE, _UNTIL, _WHEN)}
    nearest = max(at, key=lambda p: at[p])
    if at[nearest] < 0 or _CLAUSE.search(near[at[nearest] :]):
        return None
    past = one.number is not None and one.number <= one.at
    if nearest is _SINCE:
        return past
    return not past if nearest is _UNTIL else True
