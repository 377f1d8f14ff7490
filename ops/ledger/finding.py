"""Findings held against what came after them: whether they were real, and stayed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from ops.ledger.score import DAY_US, Stream
from ops.values import FloatArray, IntArray

Said = Literal["confirmed", "false-alarm", "unclear"]
Fate = Literal["confirmed", "false-alarm", "acted-on", "open"]
BEFORE = 28 * DAY_US  # reference: as long as this, before what the finding rests on
_DURING = 3 * DAY_US
_AFTER = 14 * DAY_US
_LEAST = 4  # days of a mean whose error can be told


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding as it is kept.

    Parameters
    ----------
    source
        Name of the analysis, or ``control-charts``.
    found_ts
        Measurement time up to which it rested on data when it was found, microseconds since 1970
        UTC: all that was measured later is news.
    reach
        How far back before that the data may reach that made it, microseconds.
    is_level
        Whether it says that a level moved: only that can be held against later values.
    said
        What people said when they closed it; None if they said nothing.
    """

    id: int
    source: str
    site: str
    characteristic: str
    where: dict[str, str]
    found_ts: int
    reach: int
    is_level: bool
    said: Said | None


def fate(finding: KeptFinding, stream: Stream, actions: Sequence[int]) -> Fate:
    """Say what became of a finding.

    What people said when they closed it counts first. Else the two weeks of data after it was
    found, up to the first action on the tool: it is confirmed where their mean surely still stands
    off the mean before it, on the same side as it did when it was found; a false alarm where it
    surely stands off by less than half of that; else it is open, or acted on before anything could
    be told. A finding of something else than a level is told by people alone.

    Parameters
    ----------
    stream
        Values of its stratum, by time.
    actions
        Instants of events that act on its tool.
    """
    if finding.said in ("confirmed", "false-alarm"):
        return finding.said
    found = finding.found_ts
    acted = min((at for at in actions if at > found), default=None)
    unknown: Fate = "open" if acted is None else "acted-on"
    if not finding.is_level:
        return unknown
    end = min(stream.until, found + _AFTER)
    end = end if acted is None else min(end, acted)
    begin = found - finding.reach
    before = _batches(stream, begin - BEFORE, begin)
    during = _batches(stream, found + 1 - min(finding.reach, _DURING), found + 1)
    after = _batches(stream, found + 1, end)
    if during.size == 0 or min(before.size, after.size) < _LEAST:
        return unknown
    effect = float(during.mean() - before.mean())
    low, high = _difference(before, after)
    if effect < 0.0:
        effect, low, high = -effect, -high, -low
    if low > 0.0:
        return "confirmed"
    return "false-alarm" if high < effect / 2.0 else unknown


def _batches(stream: Stream, start: int, end: int) -> FloatArray:
    """Means of days: values of one day share lots and shifts, days hardly do."""
    inside = slice(*np.searchsorted(stream.ts, (start, end)))
    ts: IntArray = stream.ts[inside]
    if ts.size == 0:
        return np.zeros(0)
    _, first = np.unique((ts - start) // DAY_US, return_index=True)
    count = np.diff(np.append(first, ts.size))
    means: FloatArray = np.add.reduceat(stream.value[inside], first) / count
    return means


def _difference(before: FloatArray, after: FloatArray) -> tuple[float, float]:
    """95 % interval of the difference of two means of days (Welch)."""
    a, b = before.var(ddof=1) / before.size, after.var(ddof=1) / after.size
    if a + b == 0.0:
        gap = float(after.mean() - before.mean())
        return gap, gap
    df = (a + b) ** 2 / (a**2 / (before.size - 1) + b**2 / (after.size - 1))
    half = float(stdtrit(df, 0.975)) * float(np.sqrt(a + b))
    gap = float(after.mean() - before.mean())
    return gap - half, gap + half
