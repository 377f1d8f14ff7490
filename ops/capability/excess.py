"""Which levels of a factor carry the values outside: their attributable share.

The attributable share of a level is the part of the outside values that would be gone if its values
were outside as seldom as all others are: 1 - p_rest / p. Given the number of outside values, those
of the level are binomial, so the exact interval of that share carries over.

References
----------
Levin (1953), Acta Unio Internationalis Contra Cancrum 9, 531-541 (attributable share);
Clopper and Pearson (1934), Biometrika 26(4), 404-413 (exact binomial interval).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ops.capability.index import Interval
from ops.capability.outside import clopper_pearson
from ops.values import BoolArray, Factor, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Excess:
    """One level of a factor: its values, those outside, and the share it explains of all."""

    factor: str
    level: str
    n: int
    outside: int
    share: Interval


def excess(
    outside: BoolArray, factors: Mapping[str, Factor], *, confidence: float = 0.95
) -> tuple[Excess, ...]:
    """Levels that surely explain some of what is outside, the largest share first.

    The confidence holds for all levels of all factors together (Bonferroni), so that a ranking of
    two hundred tools does not always accuse one. Values without a level count among the others.

    Parameters
    ----------
    outside : shape (n,)
        Whether each value is outside its limits.
    factors
        Each of shape (n,).

    Examples
    --------
    >>> outside = np.repeat([True, False, True, False], [30, 20, 5, 945])
    >>> tool = Factor(np.repeat([0, 1], [50, 950]), ("WB-07", "others"))
    >>> [(e.level, round(e.share.value, 2)) for e in excess(outside, {"tool": tool})]
    [('WB-07', 0.85)]
    """
    total, n = int(np.count_nonzero(outside)), outside.size
    compared = sum(len(f.levels) for f in factors.values())
    if total == 0 or compared == 0:
        return ()
    single = 1.0 - (1.0 - confidence) / compared
    found: list[Excess] = []
    for name, factor in factors.items():
        here = factor.codes >= 0
        size = np.bincount(factor.codes[here], minlength=len(factor.levels))
        hits = np.bincount(factor.codes[here & outside], minlength=len(factor.levels))
        for code, level in enumerate(factor.levels):
            rest = n - int(size[code])
            if rest == 0 or hits[code] * n <= total * size[code]:
                continue  # no others to compare with, or no worse than they are
            share = _share(int(hits[code]), total, n / rest, single)
            if share.lower > 0:
                found.append(Excess(name, level, int(size[code]), int(hits[code]), share))
    return tuple(sorted(found, key=lambda e: -e.share.value))


def _share(hits: int, total: int, scale: float, confidence: float) -> Interval:
    of_level = clopper_pearson(hits, total, confidence)
    value, lower, upper = (
        1.0 - (1.0 - part) * scale for part in (of_level.value, of_level.lower, of_level.upper)
    )
    return Interval(value, lower, upper)


def excess_cost(n: IntArray, share: FloatArray) -> FloatArray:
    """Return what each level of a factor costs: how far it lifts the share outside of all.

    It is the level's part of the values times the distance of its share from that of all others,
    so that a large stratum that is a little worse may cost more than a small one that is bad.

    Parameters
    ----------
    n, share : shape (levels,)
        Values of each level, and their (expected) share outside, 0 to 1.

    Examples
    --------
    >>> excess_cost(np.array([10, 90]), np.array([0.1, 0.0])).round(4).tolist()
    [0.01, -0.09]
    """
    total, hits = float(n.sum()), n * share
    rest = total - n
    others = np.divide(hits.sum() - hits, rest, out=share.copy(), where=rest > 0)
    return np.asarray(n / total * (share - others), dtype=np.float64)
