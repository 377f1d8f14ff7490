"""Mean, variance and slope on the index of many streams, summed by stretches, in machine code.

A stretch is summed around a value that is near (the first of the stream, later its mean so far),
and stretches are merged: nothing large is ever squared. A missing value (NaN) enters no sum.

References
----------
Chan, Golub and LeVeque (1983), The American Statistician 37(3), 242-247 (merging moments).
"""

from ops.compiled import compiled
from ops.values import FloatArray

# of the moments that are carried on from stretch to stretch: values, mean time, mean value,
# and the sums of squares and products around them
N, T, X, TT, TX, XX = range(6)


@compiled
def deviate(row: FloatArray, near: FloatArray, away: FloatArray) -> int:
    """Write what each value is away from a near one, 0 where it is missing; count those."""
    missing = 0
    for i in range(row.size):
        here = row[i] == row[i]
        away[i] = row[i] - near[i] if here else 0.0
        missing += 0 if here else 1
    return missing


@compiled
def add_squares(away: FloatArray, first: FloatArray, second: FloatArray) -> None:
    """Add deviations and their squares to the sums of each stream."""
    for i in range(away.size):
        first[i] += away[i]
        second[i] += away[i] * away[i]


@compiled
def add_times(away: FloatArray, tau: float, total: FloatArray) -> None:
    """Add the products of deviations and their time to the sum of each stream."""
    for i in range(away.size):
        total[i] += tau * away[i]


@compiled
def lose(row: FloatArray, tau: float, lost: FloatArray) -> None:
    """Note the time of each missing value."""
    for i in range(row.size):
        if row[i] != row[i]:
            lost[0, i] += 1.0
            lost[1, i] += tau
            lost[2, i] += tau * tau


@compiled
def merge(moments: FloatArray, other: FloatArray) -> None:
    """Take the moments of later points into those of the points so far."""
    n, m = moments[N], other[N]
    if m == 0.0:
        return
    share, both = m / (n + m), n * m / (n + m)
    dt, dx = other[T] - moments[T], other[X] - moments[X]
    moments[N] = n + m
    moments[T] += dt * share
    moments[X] += dx * share
    moments[TT] += other[TT] + dt * dt * both
    moments[TX] += other[TX] + dt * dx * both
    moments[XX] += other[XX] + dx * dx * both


@compiled
def gather(
    n: float,
    middle: float,
    near: float,
    times: tuple[float, float],
    sums: tuple[float, float, float],
    other: FloatArray,
) -> None:
    """Make moments of the sums of a stretch: times around `middle`, values around `near`.

    Means of values are carried as distances from the first of the stream (`near` too): far from
    0 the mean itself would be rounded too much to be merged.
    """
    other[N] = n
    if n == 0.0:
        return
    t, x = times[0] / n, sums[0] / n
    other[T], other[X] = middle + t, near + x
    other[TT] = max(times[1] - t * times[0], 0.0)
    other[XX] = max(sums[1] - x * sums[0], 0.0)
    other[TX] = sums[2] - t * sums[0]


@compiled
def first_present(x: FloatArray) -> float:
    """First value that is there; 0 if none is."""
    for value in x:
        if value == value:
            return float(value)
    return 0.0


@compiled
def sum_stretch(x: FloatArray, first: float, near: float, origin: float, other: FloatArray) -> None:
    """Take the moments of a stretch of one stream whose first place is `first`."""
    n = s1 = s2 = st = t1 = t2 = 0.0
    half = 0.5 * (x.size - 1)
    tau = -half
    for value in x:
        if value == value:
            away = value - near
            n += 1.0
            s1 += away
            s2 += away * away
            st += tau * away
            t1 += tau
            t2 += tau * tau
        tau += 1.0
    gather(n, first + half, near - origin, (t1, t2), (s1, s2, st), other)
