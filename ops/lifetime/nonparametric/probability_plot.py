"""Coordinates of a probability plot: the failures, the fitted lines with bounds, who still runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtri

from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit
from ops.lifetime.location_scale import (
    Family,
    from_line,
    is_log,
    standard_cdf,
    standard_quantile,
    to_line,
)
from ops.lifetime.model import LifeModel
from ops.lifetime.nonparametric.plotting import Ranks, plotting_positions
from ops.lifetime.nonparametric.positions import midpoints
from ops.values import FloatArray

POINTS = 400  # of failures that are drawn, and of suspensions
GRID = 61  # places of a fitted line
MARGIN = 0.12  # by which lines go on beyond the points, of their range on paper
_SPAN = 1.0  # least range on paper, in standard W


@dataclass(frozen=True, slots=True)
class TimeBounds:
    """Bounds of the time by which a share has failed, as any method gives them.

    Parameters
    ----------
    p, lower, upper : shape (q,)
        Shares, rising, and the bounds of the time at each; infinite where there is none.
    """

    p: FloatArray
    lower: FloatArray
    upper: FloatArray


@dataclass(frozen=True, slots=True)
class PlottedLine:
    """A fitted distribution on paper.

    Parameters
    ----------
    name
        What the legend calls it.
    time, probability : shape (q,)
        Places of the line.
    lower, upper : shape (q,)
        Pointwise bounds of the probability at each time; empty if there are none.
    """

    name: str
    time: FloatArray
    probability: FloatArray
    lower: FloatArray = field(default_factory=lambda: np.empty(0))
    upper: FloatArray = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, slots=True)
class ProbabilityPlot:
    """What is drawn on probability paper.

    Parameters
    ----------
    paper
        Family whose distributions are straight lines.
    time, probability : shape (k,)
        Plotted failures.
    suspended : shape (s,)
        Times that units have lasted without failing, distinct, rising.
    lines
        Fitted distributions, in the order given.
    lowest
        Least probability of the sheet: marks of censoring stand there.
    confidence
        Of the bounds, two-sided.
    unit
        Of the times.
    """

    paper: Family
    time: FloatArray
    probability: FloatArray
    suspended: FloatArray
    lines: tuple[PlottedLine, ...]
    lowest: float
    confidence: float
    unit: str


def probability_plot(
    data: LifeData,
    models: Mapping[str, LifeModel] | None = None,
    *,
    paper: Family = "weibull",
    ranks: Ranks | None = None,
    bounds: Mapping[str, TimeBounds] | None = None,
    confidence: float = 0.95,
    reach: Sequence[float] = (),
) -> ProbabilityPlot:
    """Coordinates of a probability plot.

    Parameters
    ----------
    data
        Rows of any kind; what is only known to lie in an interval is plotted at its end.
    models
        Name to fitted distribution. One that is a `LifeFit` gets Wald bounds by its covariance
        (normal in the standardized time) unless `bounds` has others for it.
    paper
        Family whose distributions are straight.
    ranks
        Plotting positions by adjusted ranks; without it by the nonparametric estimate, at the
        middle of each step, which is Hazen's (i - 0.5) / n for a complete sample.
    bounds
        Name of a model to bounds of its times.
    confidence
        Of Wald bounds, two-sided; only said of `bounds` that are given.
    reach
        Probabilities that the sheet shows in any case, such as 0.1 where the B10 is asked for.

    References
    ----------
    Meeker and Escobar (1998), sections 6.4 (middle of the step) and 8.4.3 (bounds).
    """
    if ranks is None:
        time, probability = midpoints(data)
    else:
        placed = plotting_positions(data, ranks=ranks)
        time, probability = placed.time, placed.probability
    given = models or {}
    suspended = np.unique(data.lower[data.right])
    low, high = _ends(standard_quantile(paper, np.append(probability, list(reach))))
    times = _grid(paper, np.concatenate([time, suspended]), given, reach)
    lines = tuple(
        _clipped(_line(name, model, times, (bounds or {}).get(name), confidence), paper, low, high)
        for name, model in given.items()
    )
    shown = _thinned(time.size)
    lowest = float(standard_cdf(paper, np.array(low)))
    return ProbabilityPlot(
        paper, time[shown], probability[shown], suspended[_thinned(suspended.size)], lines,
        lowest, confidence, data.unit,
    )  # fmt: skip


def wald_band(fit: LifeFit, t: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Pointwise bounds of the share that has failed by `t`, normal in the standardized time.

    Parameters
    ----------
    t : shape (q,)
        Times.
    """
    z = (to_line(fit.family, t) - fit.mu) / fit.sigma
    (var_mu, mixed), (_, var_log_sigma) = fit.covariance
    variance = var_mu / fit.sigma**2 + 2.0 * z * mixed / fit.sigma + z**2 * var_log_sigma
    wide = float(ndtri(0.5 + confidence / 2.0)) * np.sqrt(np.maximum(variance, 0.0))
    return standard_cdf(fit.family, z - wide), standard_cdf(fit.family, z + wide)


def _line(
    name: str, model: LifeModel, t: FloatArray, bounds: TimeBounds | None, confidence: float
) -> PlottedLine:
    failed = 1.0 - model.survival(t)
    if bounds is not None:
        return PlottedLine(
            name, t, failed, _read(bounds, bounds.upper, t), _read(bounds, bounds.lower, t)
        )
    if isinstance(model, LifeFit):
        return PlottedLine(name, t, failed, *wald_band(model, t, confidence))
    return PlottedLine(name, t, failed)


def _read(bounds: TimeBounds, times: FloatArray, t: FloatArray) -> FloatArray:
    """Probability at which a curve of bounds passes each time; NaN beyond its ends."""
    known = np.isfinite(times) & (times > 0.0)
    if not known.any():
        return np.full(t.shape, np.nan)
    along = np.log(np.maximum.accumulate(times[known]))
    placed = np.interp(np.log(t), along, standard_quantile("weibull", bounds.p[known]),
                       left=np.nan, right=np.nan)  # fmt: skip
    return standard_cdf("weibull", placed)


def _clipped(line: PlottedLine, paper: Family, low: float, high: float) -> PlottedLine:
    """Keep the line where it lies on the sheet; its bounds may leave it."""
    edges = standard_cdf(paper, np.array([low, high]))
    on = (line.probability >= edges[0]) & (line.probability <= edges[1])
    sides = (side[on] if side.size else side for side in (line.lower, line.upper))
    return PlottedLine(line.name, line.time[on], line.probability[on], *sides)


def _ends(z: FloatArray) -> tuple[float, float]:
    known = z[np.isfinite(z)]
    low, high = (float(known.min()), float(known.max())) if known.size else (-2.0, 1.0)
    beyond = MARGIN * max(high - low, _SPAN)
    return low - beyond, high + beyond


def _grid(
    paper: Family, times: FloatArray, models: Mapping[str, LifeModel], reach: Sequence[float]
) -> FloatArray:
    """Spread times evenly on paper, around the data and what is to be reached."""
    asked = [model.quantile(np.array(reach, dtype=np.float64)) for model in models.values()]
    along = to_line(paper, np.concatenate([times, *asked]))
    along = along[np.isfinite(along)]
    low, high = float(along.min()), float(along.max())
    beyond = MARGIN * (high - low) or 0.5 * (1.0 if is_log(paper) else max(abs(low), 1.0))
    return from_line(paper, np.linspace(low - beyond, high + beyond, GRID))


def _thinned(size: int) -> slice:
    return slice(None, None, max(1, -(-size // POINTS)))
