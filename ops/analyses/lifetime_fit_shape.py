"""Lives under a shape that is known, for few failures or none: Weibayes and Bayesian Weibull."""

from ops.analyses.lifetime_fit_bounds import finite
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitLife
from ops.errors import BadData, NotEnoughData
from ops.lifetime.bounds.bayes import weibull_posterior
from ops.lifetime.bounds.shape_prior import ShapePrior
from ops.lifetime.bounds.weibayes import weibayes
from ops.lifetime.data import LifeData

EXAMPLES = (1.0, 1.5, 2.0, 3.0, 4.0)  # shapes that are shown where nobody knows one


def by_shape(data: LifeData, params: LifetimeFitParams, *, needed: bool) -> tuple[FitLife, ...]:
    """Lives under the shapes that were given; where one is needed and none is, under examples.

    Empty where the rows allow none: every unit had failed when it was first looked at.
    """
    found: list[FitLife] = []
    for share in params.quantiles:
        try:
            if params.shape is not None:
                found.append(_weibayes(data, params.shape, share, params))
            if params.shape_range is not None:
                found.append(_bayes(data, params.shape_range, share, params))
        except (NotEnoughData, BadData):  # the reason is that of the fit, which is told
            continue
    if found or not needed or params.shape is not None or params.shape_range is not None:
        return tuple(found)
    try:
        return tuple(
            _weibayes(data, shape, share, params)
            for share in params.quantiles
            for shape in EXAMPLES
        )
    except (NotEnoughData, BadData):
        return ()


def _weibayes(data: LifeData, shape: float, p: float, params: LifetimeFitParams) -> FitLife:
    life = weibayes(data, shape, confidence=params.confidence).life(p)
    return FitLife(
        family=f"Weibull of shape {shape:g}",
        p=p,
        estimate=life.estimate,
        lower_one_sided=finite(life.lower_one_sided),
        lower=finite(life.lower),
        upper=life.upper,
        method="weibayes",
        scale="invariant",
        approximate=False,
        reason="the shape is given: the total of t ** shape is a chi-square",
        words="",
    )


def _bayes(
    data: LifeData, ends: tuple[float, float], p: float, params: LifetimeFitParams
) -> FitLife:
    low, high = ends
    found = weibull_posterior(data, ShapePrior.between(low, high)).life(
        p, confidence=params.confidence
    )
    return FitLife(
        family=f"Weibull of shape {low:g} to {high:g}",
        p=p,
        estimate=finite(found.median),
        lower_one_sided=finite(found.lower_one_sided),
        lower=finite(found.lower),
        upper=finite(found.upper),
        method="bayes",
        scale="invariant",
        approximate=False,
        reason="lognormal prior of the shape, 90 % of it between the two; the median is quoted",
        words="the interval is one of probability (credible), under that prior",
    )
