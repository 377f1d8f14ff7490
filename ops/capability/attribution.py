"""The gap between short- and long-term capability, and the sources that make it.

Long-term variance is short-term variance plus that of drift, steps, lots, tools. The loss of index
is divided among the sources as their variance is: this is additive and knows no order. What the
index would be without one source is given beside it.

References
----------
ISO 22514-2:2017, 4 (total and instantaneous variation);
Wheeler, Advanced Topics in Statistical Process Control, ch. 6 (within and total variation).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from ops.capability.index import indices
from ops.values import FloatArray, SpecLimits


@dataclass(frozen=True, slots=True)
class Part:
    """One source of the gap.

    Parameters
    ----------
    variance
        In the squared unit of the data.
    share
        Of the total variance, 0 to 1.
    loss
        Of index, its part of the difference between short and long term.
    without
        Index of the long term if this source were gone.
    """

    source: str
    variance: float
    share: float
    loss: float
    without: float


@dataclass(frozen=True, slots=True)
class Gap:
    """Short-term and long-term index (Cpk and Ppk of the same mean), and the parts of the gap."""

    short: float
    long: float
    sigma_short: float
    sigma_long: float
    parts: tuple[Part, ...]


def attribute(
    mean: float, short: float, sources: Mapping[str, float], limits: SpecLimits
) -> Gap | None:
    """Divide the gap among its sources.

    Parameters
    ----------
    mean
        Of the process.
    short
        Short-term variance.
    sources
        Variance of each source of the long term.
    limits
        At least one side finite.

    Returns
    -------
    The gap, its parts by size; None where there is no short-term variance.

    Examples
    --------
    >>> gap = attribute(0.0, 1.0, {"lot": 3.0}, SpecLimits(-6.0, 6.0))
    >>> gap.short, gap.long, gap.parts[0].loss
    (2.0, 1.0, 1.0)
    """
    if not short > 0:
        return None
    total = short + sum(sources.values())

    def index(variance: float) -> float:
        return indices(mean, sqrt(variance), limits, n=2, df=1).minimum.value

    of_short, of_long = index(short), index(total)
    between = total - short
    parts = [
        Part(
            source=name,
            variance=variance,
            share=variance / total,
            loss=(of_short - of_long) * variance / between if between > 0 else 0.0,
            without=index(total - variance),
        )
        for name, variance in sources.items()
    ]
    parts.sort(key=lambda part: -part.variance)
    return Gap(of_short, of_long, sqrt(short), sqrt(total), tuple(parts))


def fixed_variance(columns: FloatArray, slopes: FloatArray, covariance: FloatArray) -> float:
    """Variance that fixed effects add to the values, less what their estimation error adds.

    Parameters
    ----------
    columns : shape (n, p)
        Columns of one source.
    slopes, covariance : shape (p,), (p, p)
        Their effects and the covariance of those.
    """
    spread = np.atleast_2d(np.cov(columns, rowvar=False, bias=True))
    return max(float(slopes @ spread @ slopes - np.sum(spread * covariance)), 0.0)
