"""Factors of several tables brought to one list of levels."""

from collections.abc import Sequence

import numpy as np

from ops.classify.build.columns import Readings
from ops.values import Factor, IntArray


def codes_among(factor: Factor, levels: Sequence[str]) -> IntArray:
    """Index of each value among other levels, -1 where it is none of them.

    Examples
    --------
    >>> codes_among(Factor(np.array([0, 1, -1]), ("a", "b")), ("b", "c")).tolist()
    [-1, 0, -1]
    """
    place = {level: i for i, level in enumerate(levels)}
    there = np.array([*(place.get(level, -1) for level in factor.levels), -1], dtype=np.int64)
    return there[factor.codes]


def concatenated(factors: Sequence[Factor]) -> Factor:
    """Rows of several factors below each other."""
    levels = tuple(sorted({level for factor in factors for level in factor.levels}))
    return Factor(np.concatenate([codes_among(f, levels) for f in factors]), levels)


def used(factor: Factor) -> Factor:
    """Drop the levels that no row has: equal values, equal factor."""
    present = np.unique(factor.codes[factor.codes >= 0])
    there = np.full(len(factor.levels) + 1, -1, dtype=np.int64)
    there[present] = np.arange(present.size)
    return Factor(there[factor.codes], tuple(factor.levels[i] for i in present))


def absent(n: int) -> Factor:
    """Factor of which no row has a value."""
    return Factor(np.full(n, -1, dtype=np.int64), ())


def joined(several: Sequence[Readings]) -> Readings:
    """Read the measurements of several characteristics as those of one."""
    if len(several) == 1:
        return several[0]
    first = several[0]
    names = sorted({name for readings in several for name in readings.factors})
    return Readings(
        code=first.code,
        unit=first.unit,
        ts=np.concatenate([r.ts for r in several]),
        value=np.concatenate([r.value for r in several]),
        known=np.concatenate([r.known for r in several]),
        until=np.concatenate([r.until for r in several]),
        original=np.concatenate([r.original for r in several]),
        lower=np.concatenate([r.lower for r in several]),
        upper=np.concatenate([r.upper for r in several]),
        level=concatenated([r.level for r in several]),
        tool=concatenated([r.tool for r in several]),
        position=concatenated([r.position for r in several]),
        factors={
            name: concatenated([r.factors.get(name) or absent(r.ts.size) for r in several])
            for name in names
        },
    )


def of_positions(readings: Readings, positions: Sequence[str]) -> Readings:
    """Only what was measured at some positions; none named: all."""
    if not positions:
        return readings
    return readings.take(codes_among(readings.position, positions) >= 0)
