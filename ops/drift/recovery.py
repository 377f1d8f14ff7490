"""Whether a drift is over: since an event the series is back where it was before.

Two one-sided tests at 5 %: the 90 % interval of the difference to the reference lies within plus
and minus the margin, for all points since the event and for the later half of them alone, so that
a drift that goes on is not taken for one that is over. Both intervals are those of the regression
of low frequencies, on the reference and what follows the event side by side.

References
----------
Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15(6), 657-680 (two one-sided tests).
"""

from dataclasses import dataclass

import numpy as np

from ops.drift.low_frequency import LEAST, coordinates
from ops.drift.series_test import level_difference, series_tests
from ops.values import FloatArray

MOVED = 0.05  # p-value of the stretch up to the event, for a drift that could be over


@dataclass(frozen=True, slots=True)
class Recovery:
    """A series against its reference since an event.

    Parameters
    ----------
    shift, lower, upper
        Mean since the event less that of the reference, with its 90 % interval.
    is_over
        Whether the series had moved before the event, and is back within the margin since.
    n
        Points since the event.
    """

    shift: float
    lower: float
    upper: float
    is_over: bool
    n: int


def recovery(y: FloatArray, *, reference: int, again: int, margin: float) -> Recovery | None:
    """Compare what follows an event with the first points of a series.

    Parameters
    ----------
    y : shape (n,)
        Finite values in time order.
    reference
        Number of first points that it has to come back to.
    again
        First point after the event.
    margin
        Largest difference that is none, in the unit of the series.

    Returns
    -------
    Recovery
        None where there are too few points to tell.

    Examples
    --------
    >>> y = np.random.default_rng(1).normal(size=300)
    >>> y[100:200] += 5.0
    >>> found = recovery(y, reference=80, again=200, margin=1.0)
    >>> found is not None and found.is_over
    True
    """
    later = y.size - again
    if not (reference >= LEAST // 2 and later >= LEAST and reference <= again):
        return None
    shift, half = _difference(y[:reference], y[again:])
    late, late_half = _difference(y[:reference], y[again + later // 2 :])
    is_back = max(abs(shift) + half, abs(late) + late_half) < margin
    is_over = is_back and _had_moved(y[:again], margin)
    return Recovery(shift, shift - half, shift + half, is_over, later)


def _difference(first: FloatArray, second: FloatArray) -> tuple[float, float]:
    """Mean of the second less that of the first, and half of its 90 % interval."""
    at = coordinates(np.concatenate((first, second))[None, :])
    size, half = level_difference(at, first.size)
    return float(size[0]), float(half[0])


def _had_moved(y: FloatArray, margin: float) -> bool:
    """Whether a stretch left its band; most are told by their smoothed range, cheaply."""
    width = max(2, y.size // 8)
    total = np.cumsum(np.append(0.0, y))
    if y.size < LEAST or np.ptp(total[width:] - total[:-width]) <= margin * width:
        return False
    tests = series_tests(coordinates(y[None, :]), margin=np.array([margin]))
    return float(tests.combined[0]) <= MOVED
