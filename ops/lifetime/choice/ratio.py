"""Likelihood ratios of a candidate and one that holds it, with the law that is theirs.

A model inside another (exponential in Weibull, Weibull in generalized gamma) gives the usual
chi-square. One on the boundary (no threshold, no immortal share, one component) does not: its law
is drawn, by fitting both to samples of the smaller one, seen as the data were.

References
----------
Self and Liang (1987), JASA 82, 605-610 (boundary); McLachlan (1987), Applied Statistics 36(3),
318-324 (parametric bootstrap of the ratio); Davison and Hinkley (1997), 4.2 (p = (1 + b)/(1 + B)).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.fitted import FittedLife
from ops.lifetime.families.resample import resample
from ops.lifetime.families.resolution import read_to, resolution_of
from ops.lifetime.model import LifeModel

Fitter = Callable[[LifeData], LifeModel]

INNER = (  # smaller, larger, parameters between: the usual law
    ("exponential", "weibull", 1),
    ("exponential", "gamma", 1),
    ("weibull", "generalized_gamma", 1),
    ("lognormal", "generalized_gamma", 1),
    ("gamma", "generalized_gamma", 1),
)
BOUNDARY = (
    ("weibull", "weibull_3p"),
    ("lognormal", "lognormal_3p"),
    ("weibull", "defective_weibull"),
    ("lognormal", "defective_lognormal"),
    ("weibull", "mixture_weibull"),
)
MOST_UNITS = 200_000  # that a sample draws, each a row of its own; beyond it nothing is drawn


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """Whether the larger of two models explains more than chance.

    Parameters
    ----------
    null, alternative
        Names of the smaller and the larger model.
    statistic
        Twice the gain in log-likelihood, at least 0.
    p_value
        Chance of such a gain where the smaller one holds.
    law
        By which the chance was found.
    draws
        Samples that gave both fits, 0 for the chi-square.
    """

    null: str
    alternative: str
    statistic: float
    p_value: float
    law: Literal["chi-square", "bootstrap"]
    draws: int = 0


def ratios(
    data: LifeData,
    fits: Mapping[str, FittedLife],
    rng: np.random.Generator | None = None,
    resamples: int = 0,
) -> tuple[LikelihoodRatio, ...]:
    """Test every pair of fits of which one holds the other; those on a boundary if draws are asked.

    More than `MOST_UNITS` units are not drawn: pairs on a boundary are then left out.

    Parameters
    ----------
    fits
        Name of a candidate to its fit.
    """
    inner = [
        _by_chi_square(small, large, df, fits)
        for small, large, df in INNER
        if small in fits and large in fits
    ]
    if rng is None or resamples == 0 or data.units > MOST_UNITS:
        return tuple(inner)
    from ops.lifetime.families.candidate import CANDIDATES  # noqa: PLC0415 (imports every family)

    drawn = [
        bootstrap_likelihood_ratio(
            data, CANDIDATES[small].fit, CANDIDATES[large].fit, rng, resamples
        )
        for small, large in BOUNDARY
        if small in fits and large in fits
    ]
    return (*inner, *drawn)


def bootstrap_likelihood_ratio(
    data: LifeData,
    null: Fitter,
    alternative: Fitter,
    rng: np.random.Generator,
    resamples: int = 199,
) -> LikelihoodRatio:
    """Calibrate the likelihood ratio of two models by samples of the smaller one.

    Samples are seen as the data were: censored as its units, read at its readouts, and exact
    times read to the resolution of its own.

    Parameters
    ----------
    null, alternative
        Fit the smaller and the larger model.
    resamples
        Draws; the smallest p-value is 1 / (1 + resamples).

    Raises
    ------
    NotEnoughData
        If either model has no fit to the data, or fewer than half of the samples have both.
    """
    small, large = null(data), alternative(data)
    statistic = max(0.0, 2.0 * (large.loglik - small.loglik))
    found = [
        gain
        for gain in (_drawn(data, small, null, alternative, rng) for _ in range(resamples))
        if gain is not None
    ]
    if 2 * len(found) < resamples:
        raise NotEnoughData(
            f"only {len(found)} of {resamples} samples gave both fits: the ratio has no law"
        )
    above = sum(gain >= statistic for gain in found)
    p_value = (1.0 + above) / (1.0 + len(found))
    return LikelihoodRatio(small.family, large.family, statistic, p_value, "bootstrap", len(found))


def _drawn(
    data: LifeData, model: LifeModel, null: Fitter, alternative: Fitter, rng: np.random.Generator
) -> float | None:
    try:
        sample = read_to(resample(data, model, rng), resolution_of(data))
        return max(0.0, 2.0 * (alternative(sample).loglik - null(sample).loglik))
    except (NotEnoughData, BadData, ArithmeticError, ValueError):
        return None


def _by_chi_square(
    small: str, large: str, df: int, fits: Mapping[str, FittedLife]
) -> LikelihoodRatio:
    gain = max(0.0, 2.0 * (fits[large].loglik - fits[small].loglik))
    return LikelihoodRatio(small, large, gain, float(chdtrc(df, gain)), "chi-square")
