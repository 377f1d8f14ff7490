"""Every pair of groups compared, with p-values that allow for how many pairs there are.

References
----------
Holm (1979), Scandinavian J. Statistics 6, 65-70 (no false finding among all, at any dependence).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ops.lifetime.comparison.group import LifeGroup
from ops.lifetime.comparison.ratio import LifeRatio, Shapes, life_ratio
from ops.lifetime.location_scale import Family
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class LifePair:
    """A ratio, and its p-value adjusted for the pairs that were compared."""

    ratio: LifeRatio
    adjusted_p: float


def holm(p: FloatArray) -> FloatArray:
    """Smallest chance of any false finding at which each p-value stands.

    Examples
    --------
    >>> holm(np.array([0.01, 0.04, 0.03])).tolist()
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p, kind="stable")
    scaled = p[order] * np.arange(p.size, 0, -1)
    out = np.empty(p.size)
    out[order] = np.minimum(1.0, np.maximum.accumulate(scaled))
    return out


def life_pairs(
    groups: Sequence[LifeGroup],
    family: Family,
    share: float,
    *,
    reference: str | None,
    rng: np.random.Generator,
    confidence: float = 0.95,
    shapes: Shapes = "own",
    all_pairs: bool = True,
) -> tuple[LifePair, ...]:
    """Compare the lives of groups at a share, pair by pair; pairs that say nothing are left out.

    Parameters
    ----------
    reference
        Group that others are divided by where it is of the pair; else the one that lasts longer.
    shapes
        As of `life_ratio`; a pair with a group that has no maximum is compared with one shape.
    all_pairs
        Whether pairs without the reference are compared too.
    """
    found: list[LifeRatio] = []
    for first, second in combinations(range(len(groups)), 2):
        one, other = groups[second], groups[first]
        if one.name == reference:
            one, other = other, one
        if not all_pairs and other.name != reference:
            continue
        rest = [group for i, group in enumerate(groups) if i not in (first, second)]
        alone = shapes == "own" and one.fit is not None and other.fit is not None
        ratio = life_ratio(
            [one, other, *rest], family, share,
            rng=rng, confidence=confidence, shapes="own" if alone else "common",
        )  # fmt: skip
        if ratio is not None:
            free = reference not in (one.name, other.name)
            found.append(ratio.turned() if free and ratio.longer > 0.5 else ratio)
    adjusted = holm(np.array([ratio.p for ratio in found]))
    return tuple(
        LifePair(ratio, float(p)) for ratio, p in zip(found, adjusted.tolist(), strict=True)
    )
