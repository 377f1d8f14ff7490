"""What the page of a fit draws: both probability papers, survival, hazard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ops.analyses.life_charts import LifePlot, hazard_plot, life_plot, survival_plot
from ops.analyses.lifetime_fit_bounds import drawn
from ops.errors import BadData, NotEnoughData
from ops.lifetime.choice.comparison import Rival
from ops.lifetime.data import LifeData
from ops.lifetime.families.threshold import Base
from ops.lifetime.location_scale import standard_cdf, standard_quantile
from ops.lifetime.model import LifeModel
from ops.lifetime.nonparametric.probability_plot import TimeBounds, probability_plot
from ops.values import FloatArray

SHARES = 31  # at which bounds are found for a band
MOST_LINES = 3
WALD_BAND = 200  # failures from which a band is Wald's, which no eye tells apart
PLAIN = ("weibull", "lognormal")


@dataclass(frozen=True, slots=True)
class FitPlots:
    """Both papers, survival and hazard; None where there is nothing to draw."""

    weibull: LifePlot | None
    lognormal: LifePlot | None
    survival: LifePlot | None
    hazard: LifePlot | None


def plots(
    data: LifeData, rivals: Sequence[Rival], chosen: Sequence[str], confidence: float, low: float
) -> FitPlots:
    """Coordinates of every chart.

    Parameters
    ----------
    rivals
        Candidates with a fit, the best first.
    chosen
        Names of the reported ones.
    low
        Least share that the papers show.
    """
    shown = _shown(rivals, chosen)
    return FitPlots(
        weibull=_paper(data, shown, "weibull", confidence, low),
        lognormal=_paper(data, shown, "lognormal", confidence, low),
        survival=_survival(data, shown, confidence),
        hazard=_hazard(data, shown),
    )


def _shown(rivals: Sequence[Rival], chosen: Sequence[str]) -> list[Rival]:
    """Order them: the quoted, Weibull and lognormal, then the other reported ones."""
    found = {r.name: r for r in rivals}
    order = [*chosen[:1], *PLAIN, *chosen[1:], *found]
    return [found[name] for name in dict.fromkeys(order) if name in found][:MOST_LINES]


def _paper(
    data: LifeData, shown: Sequence[Rival], paper: Base, confidence: float, low: float
) -> LifePlot | None:
    """Draw one paper: the family that is straight on it first, with its bounds."""
    own = sorted(shown, key=lambda r: r.name != paper)
    models: dict[str, LifeModel] = {r.title: r.fit for r in own}
    straight = own[0].fit.plain if own and own[0].name == paper else None
    if straight is not None and data.failures >= WALD_BAND:
        models[own[0].title] = straight  # gets Wald bounds: those of the likelihood ratio, then
    try:
        bounds = _bounds(data, own[:1], confidence, low)
        plot = probability_plot(
            data, models, paper=paper, bounds=bounds, confidence=confidence, reach=(low,)
        )
    except (NotEnoughData, BadData, ValueError):  # truncated rows may have no plotting positions
        return None
    return life_plot(plot)


def _bounds(
    data: LifeData, own: Sequence[Rival], confidence: float, low: float
) -> Mapping[str, TimeBounds]:
    if not own or own[0].fit.plain is None or data.failures >= WALD_BAND:
        return {}
    least = max(1e-9, 0.01 * low)  # a band at the edge of the sheet comes from rarer failures
    ends = standard_quantile("weibull", np.array([least, 0.9999]))
    p: FloatArray = standard_cdf("weibull", np.linspace(ends[0], ends[1], SHARES))
    lower, upper = drawn(data, own[0], p, confidence)
    return {own[0].title: TimeBounds(p, lower, upper)}


def _survival(data: LifeData, shown: Sequence[Rival], confidence: float) -> LifePlot | None:
    from ops.lifetime.nonparametric.turnbull import turnbull  # noqa: PLC0415 (numba)

    stepped = bool((data.exact | data.right).all()) and not data.truncated
    try:
        return survival_plot(
            turnbull(data, confidence=confidence),
            {r.title: r.fit for r in shown},
            name="Kaplan-Meier" if stepped else "Turnbull",
            suspended=_some(np.unique(data.lower[data.right])),
        )
    except (NotEnoughData, BadData, ValueError):
        return None


def _hazard(data: LifeData, shown: Sequence[Rival]) -> LifePlot | None:
    times = np.concatenate([data.lower, data.upper])
    times = times[np.isfinite(times) & (times > 0)]
    if not shown or not times.size or times.min() == times.max():
        return None
    models: dict[str, LifeModel] = {r.title: r.fit for r in shown}
    return hazard_plot(models, start=float(times.min()), end=float(times.max()), unit=data.unit)


def _some(times: FloatArray) -> FloatArray:
    return times[:: max(1, -(-times.size // 200))]
