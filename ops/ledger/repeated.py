"""Estimates held against the next estimate of the same: whether their intervals allow it."""

from collections.abc import Sequence
from math import hypot

from ops.ledger.score import Kept, Scored
from ops.prediction import Band


def repeated(predictions: Sequence[Kept]) -> list[Scored]:
    """Hold each ``index`` against the next one of its subject whose stretch does not overlap.

    Two honest intervals of an unchanged process, from separate data, differ by more than the root
    of the sum of their squared half-widths as seldom as each of them misses. A process that has
    changed in between counts against them: the figure is of estimates and process together.
    """
    of: dict[tuple[object, ...], list[Kept]] = {}
    for one in sorted(predictions, key=lambda c: (c.prediction.start, c.issued_at, c.run_id)):
        of.setdefault((one.analysis, *one.prediction.subject), []).append(one)
    scored: list[Scored] = []
    for line in of.values():
        earlier = line[0]
        for later in line[1:]:
            if later.prediction.start >= earlier.prediction.end:
                scored.append(_against(earlier, later))
                earlier = later
    return scored


def _against(earlier: Kept, later: Kept) -> Scored:
    theirs = {band.level: band for band in later.prediction.bands}
    mine = earlier.prediction.bands
    held = {band.level: _agree(earlier, later, band, theirs.get(band.level)) for band in mine}
    return Scored(earlier, later.prediction.estimate, held)


def _agree(earlier: Kept, later: Kept, mine: Band, theirs: Band | None) -> bool | None:
    one, other = earlier.prediction.estimate, later.prediction.estimate
    if one is None or other is None or theirs is None:
        return None
    # the half that faces the other: intervals of indices are not symmetric
    ends = (mine.upper, theirs.lower) if other > one else (mine.lower, theirs.upper)
    if ends[0] is None or ends[1] is None:
        return None
    return abs(other - one) <= hypot(ends[0] - one, ends[1] - other)
