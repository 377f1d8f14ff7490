"""Cost against the number of sites: each point with its bound, the cheapest number, the knee."""

from collections.abc import Sequence

import numpy as np

from solvers.greenfield.center import p_center
from solvers.greenfield.median import p_median
from solvers.greenfield.problem import Choice, Greenfield, Placement, placed
from solvers.values import IntArray
from solvers.watch import News, Watch, unwatched


def median_curve(
    choice: Choice, most: int, *, seed: int = 0, watch: Watch = unwatched
) -> tuple[Placement, ...]:
    """Solve the p-median for 1 to `most` sites.

    Each begins with the sites of the one before and its best addition too. The watch may ask to
    stop: the curve then ends there, with one point at least.
    """
    rng, found = np.random.default_rng(seed), list[Placement]()
    start: IntArray | None = None
    for p in range(1, most + 1):
        found.append(p_median(choice, p, rng=rng, start=start))
        start = found[-1].sites
        if watch(News(p / most, f"{p} sites: gap {100 * min(found[-1].gap, 1.0):.2f} %")):
            break
    return tuple(found)


def center_curve(
    problem: Greenfield, most: int, *, watch: Watch = unwatched
) -> tuple[Placement, ...]:
    """Solve the p-center for 1 to `most` sites; `bound` is a bound of the longest way, in km."""
    way, choice = problem.way_km(), Choice.of(problem)
    asking = way[problem.importance > 0] if (problem.importance > 0).any() else way
    found: list[Placement] = []
    for p in range(1, most + 1):
        center = p_center(asking, p)
        found.append(placed(choice, center.sites, bound=center.bound))
        if watch(News(p / most, f"{p} sites: longest way {center.radius:.0f} km")):
            break
    return tuple(found)


def knee(values: Sequence[float]) -> int | None:
    """Position where a falling curve bends most: farthest below the chord between its ends.

    Parameters
    ----------
    values
        Falling, finite.

    Returns
    -------
    int or None
        Position from 0; None below three values, or where nothing falls.

    References
    ----------
    Satopaa, Albrecht, Irwin and Raghavan (2011), Finding a "kneedle" in a haystack, ICDCS
    Workshops, 166-171 (without its smoothing).

    Examples
    --------
    >>> knee([100.0, 40.0, 30.0, 25.0, 24.0])
    1
    """
    y = np.asarray(values, dtype=np.float64)
    if y.size < 3 or y[0] <= y[-1]:
        return None
    share = (y - y[-1]) / (y[0] - y[-1])
    below = 1.0 - np.linspace(0.0, 1.0, y.size) - share
    best = int(np.argmax(below))
    return best if below[best] > 1e-9 else None
