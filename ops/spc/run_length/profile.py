"""Profile of a chart: how soon it finds shifts of every size, and how long it stays silent."""

from dataclasses import dataclass
from functools import lru_cache

from ops.spc.run_length.chain import Scheme, bounded, steady_arls
from ops.spc.run_length.quantile import run_length

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """Run length at one shift.

    Parameters
    ----------
    shift
        Of the mean, in sigmas of the plotted value.
    zero_state, steady_state
        Mean run length from the start, and long after it without an alarm; inf: beyond 1e12.
    quantiles
        Of the run length from the start, at `QUANTILES`.
    """

    shift: float
    zero_state: float
    steady_state: float
    quantiles: tuple[float, ...]


@lru_cache(maxsize=256)
def profile(scheme: Scheme, shifts: tuple[float, ...]) -> tuple[ProfilePoint, ...]:
    """Run lengths of a chart at several shifts, kept: all eight of Nelson's take a second."""
    found: list[ProfilePoint] = []
    for shift, steady in zip(shifts, steady_arls(scheme, shifts), strict=True):
        length = run_length(scheme, shift)
        quantiles = tuple(length.quantile(p) for p in QUANTILES)
        found.append(ProfilePoint(shift, bounded(length.mean), steady, quantiles))
    return tuple(found)
