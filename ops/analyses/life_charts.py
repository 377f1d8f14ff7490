"""Charts of life data for any page: probability paper, survival in steps, hazard.

A result keeps what is drawn, a page draws it::

    class MyResult(AnalysisResult):
        plot: LifePlot = Field(description="Failures and fits on Weibull paper.")


    # compute:
    fits = {"Weibull": weibull, "lognormal": lognormal}  # any LifeModel; LifeFit gets Wald bounds
    plot = life_plot(probability_plot(data, fits, paper="weibull", reach=(0.1,)))
    # view:
    blocks = (probability_chart(result.plot, title="Weibull paper"),)

`survival_plot` / `survival_chart`, `incidence_plot` / `incidence_chart` and `hazard_plot` /
`hazard_chart` go together in the same way.
Titles and labels are English, fixed texts or the plant's own words; a line takes the name that it
has in the mapping of models.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from pydantic import Field

from ops.lifetime.location_scale import STANDARD, Standard, is_log
from ops.lifetime.model import LifeModel
from ops.lifetime.nonparametric.incidence import Incidence
from ops.lifetime.nonparametric.kaplan_meier import KaplanMeier
from ops.lifetime.nonparametric.probability_plot import ProbabilityPlot
from ops.lifetime.nonparametric.turnbull import Turnbull
from ops.page_chart import Axis, Chart, Layer
from ops.page_value import PageValue
from ops.values import FloatArray

Numbers = tuple[float, ...]
Curves = tuple[FloatArray, FloatArray, FloatArray]  # an estimate with its bounds
Scale = Literal["linear", "log", "weibull", "normal", "logistic"]
_PAPERS: Mapping[Standard, Scale] = {"sev": "weibull", "normal": "normal", "logistic": "logistic"}
_DIGITS = 6
_STEPS = 300  # steps of a survival curve that are kept
_GRID = 81


class LifeLine(PageValue):
    """A curve over time, with pointwise bounds where it has them."""

    name: str = Field(description="What it is: a family, a group.")
    time: Numbers = Field(description="Places along the time axis.")
    value: Numbers = Field(description="Height at each place.")
    lower: tuple[float | None, ...] = Field(description="Lower bound at each; empty if none.")
    upper: tuple[float | None, ...] = Field(description="Upper bound at each; empty if none.")


class LifePlot(PageValue):
    """What a chart of life data draws."""

    unit: str = Field(description="Unit of the times.")
    scale: Scale = Field(description="Scale of the y axis: a probability paper, linear or log.")
    log_time: bool = Field(description="Whether the time axis is logarithmic.")
    time: Numbers = Field(default=(), description="Times of the plotted failures.")
    probability: Numbers = Field(default=(), description="Plotting position of each.")
    suspended: Numbers = Field(default=(), description="Times lasted without failure.")
    mark: Numbers = Field(default=(), description="Height of the mark of each of these.")
    lines: tuple[LifeLine, ...] = Field(description="Fits and estimates, in order.")


def life_plot(plot: ProbabilityPlot) -> LifePlot:
    """Keep a probability plot in a result."""
    return LifePlot(
        unit=plot.unit,
        scale=_PAPERS[STANDARD[plot.paper]],
        log_time=is_log(plot.paper),
        time=_kept(plot.time),
        probability=_kept(plot.probability),
        suspended=_kept(plot.suspended),
        mark=_kept(np.full(plot.suspended.size, plot.lowest)),
        lines=tuple(
            _line(line.name, line.time, line.probability, line.lower, line.upper)
            for line in plot.lines
        ),
    )


def survival_plot(
    estimate: KaplanMeier | Turnbull,
    models: Mapping[str, LifeModel] | None = None,
    *,
    name: str = "Kaplan-Meier",
    suspended: FloatArray | None = None,
) -> LifePlot:
    """Keep survival in a result: the estimate in steps, and fitted distributions.

    Parameters
    ----------
    estimate
        Of any data by `turnbull`, whose mass falls evenly within its interval; or Kaplan-Meier.
    name
        What the legend calls the estimate.
    suspended : shape (s,)
        Times lasted without failure; each gets a mark on the curve.
    """
    lasted = np.unique(np.empty(0) if suspended is None else suspended)
    begins, ends, curves = _mass_of(estimate)
    last = max([float(ends[-1]), *lasted.tolist()])
    time, (value, lower, upper) = _steps(begins, ends, curves, last)
    t = np.linspace(0.0, last, _GRID)[1:]
    fits = [_line(n, t, m.survival(t), np.empty(0), np.empty(0)) for n, m in (models or {}).items()]
    beside = np.searchsorted(time, lasted, side="right") - 1
    after = np.minimum(beside + 1, time.size - 1)
    gap = np.where(time[after] > time[beside], time[after] - time[beside], 1.0)
    slope = (value[after] - value[beside]) / gap
    return LifePlot(
        unit=estimate.unit,
        scale="linear",
        log_time=False,
        suspended=_kept(lasted),
        mark=_kept(value[beside] + slope * (lasted - time[beside])),
        lines=(_line(name, time, value, lower, upper), *fits),
    )


def incidence_plot(found: Incidence) -> LifePlot:
    """Keep the cumulative incidence of each failure mode in a result."""
    lines: list[LifeLine] = []
    shown = slice(None, None, max(1, -(-found.time.size // _STEPS)))
    time = found.time[shown]
    for place, name in enumerate(found.modes):
        curves = (found.incidence, found.lower, found.upper)
        estimate, lower, upper = (curve[place, shown] for curve in curves)
        last = float(found.time[-1])
        corners, drawn = _steps(time, time, (estimate, lower, upper), last, start=0.0)
        lines.append(_line(name, corners, *drawn))
    return LifePlot(unit=found.unit, scale="linear", log_time=False, lines=tuple(lines))


def hazard_plot(
    models: Mapping[str, LifeModel], *, start: float, end: float, unit: str, log: bool = True
) -> LifePlot:
    """Keep the hazard of fitted distributions between two times in a result.

    Parameters
    ----------
    start, end
        Times, in `unit`; `start` > 0 on logarithmic axes.
    log
        Whether both axes are logarithmic: a Weibull is a straight line then.
    """
    t = np.geomspace(start, end, _GRID) if log else np.linspace(start, end, _GRID)
    lines: list[LifeLine] = []
    for name, model in models.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = model.density(t) / model.survival(t)
        known = np.isfinite(rate) & (rate > 0.0)
        lines.append(_line(name, t[known], rate[known], np.empty(0), np.empty(0)))
    return LifePlot(unit=unit, scale="log" if log else "linear", log_time=log, lines=tuple(lines))


def probability_chart(
    plot: LifePlot, *, title: str = "Probability plot", label: str = "Time"
) -> Chart:
    """Draw failures, fits with bounds and who still runs on probability paper."""
    failures = Layer(mark="points", label="failures", x=plot.time, y=plot.probability)
    layers = (failures, *_fits(plot.lines), *_marks(plot, "arrow"))
    return _chart(plot, title, label, Axis(label="Failed"), layers)


def survival_chart(plot: LifePlot, *, title: str = "Survival", label: str = "Time") -> Chart:
    """Draw survival: the estimate in steps with its bounds and censoring marks, and fits."""
    estimate, *fits = plot.lines
    steps = Layer(mark="line", label=estimate.name, x=estimate.time, y=estimate.value)
    band = _band(estimate, "data", "pointwise bounds")
    layers = (*band, steps, *_fits(tuple(fits)), *_marks(plot, "plus"))
    return _chart(plot, title, label, Axis(label="Surviving"), layers)


def incidence_chart(
    plot: LifePlot, *, title: str = "Failed by each mode", label: str = "Time"
) -> Chart:
    """Draw the share that has failed by each mode, with bounds."""
    layers: list[Layer] = []
    for line in plot.lines:
        layers += _band(line, "data", "")
        layers.append(Layer(mark="line", label=line.name, x=line.time, y=line.value))
    return _chart(plot, title, label, Axis(label="Failed"), tuple(layers))


def hazard_chart(plot: LifePlot, *, title: str = "Hazard", label: str = "Time") -> Chart:
    """Draw the hazard of fitted distributions."""
    chart = _chart(plot, title, label, Axis(label="Hazard"), tuple(_fits(plot.lines)))
    return chart.model_copy(update={"y": chart.y.model_copy(update={"unit": f"1/{plot.unit}"})})


def _chart(
    plot: LifePlot, title: str, label: str, height: Axis, layers: tuple[Layer, ...]
) -> Chart:
    return Chart(
        title=title,
        x=Axis(label=label, unit=plot.unit, scale="log" if plot.log_time else "linear"),
        y=height.model_copy(update={"scale": plot.scale}),
        layers=layers,
    )


def _fits(lines: tuple[LifeLine, ...]) -> list[Layer]:
    """Bands and lines; the first is the one that matters, the others are told apart from it."""
    layers: list[Layer] = []
    for place, line in enumerate(lines):
        role: Literal["fit", "data"] = "data" if place else "fit"
        layers += _band(line, role, "" if place else "pointwise bounds")
        layers.append(Layer(mark="line", label=line.name, role=role, x=line.time, y=line.value))
    return layers


def _band(line: LifeLine, role: Literal["fit", "data"], label: str) -> list[Layer]:
    if all(side is None for side in line.lower):
        return []
    return [Layer(mark="band", label=label, role=role, x=line.time, y=line.lower, y2=line.upper)]


def _marks(plot: LifePlot, symbol: Literal["plus", "arrow"]) -> list[Layer]:
    if not plot.suspended:
        return []
    return [
        Layer(
            mark="points", label="not failed", role="center", symbol=symbol,
            x=plot.suspended, y=plot.mark,
        )
    ]  # fmt: skip


def _line(
    name: str, time: FloatArray, value: FloatArray, lower: FloatArray, upper: FloatArray
) -> LifeLine:
    return LifeLine(
        name=name, time=_kept(time), value=_kept(value), lower=_gaps(lower), upper=_gaps(upper)
    )


def _mass_of(
    estimate: KaplanMeier | Turnbull,
) -> tuple[FloatArray, FloatArray, Curves]:
    """Take the ends of each step down, and survival with bounds after it; as many as are seen."""
    if isinstance(estimate, KaplanMeier):
        begins = ends = estimate.time
        curves = (estimate.survival, estimate.lower, estimate.upper)
    else:
        begins, ends = estimate.lower, estimate.upper
        curves = (estimate.survival, estimate.bound_low, estimate.bound_high)
    shown = np.flatnonzero(np.isfinite(ends))[:: max(1, -(-ends.size // _STEPS))]
    first, second, third = (curve[shown] for curve in curves)
    return begins[shown], ends[shown], (first, second, third)


def _steps(
    begins: FloatArray,
    ends: FloatArray,
    curves: Curves,
    last: float,
    *,
    start: float = 1.0,
) -> tuple[FloatArray, Curves]:
    """Corners of a curve and its bounds that move from `begins` to `ends`, and go on to `last`."""
    corners = np.concatenate([[0.0], np.column_stack([begins, ends]).ravel(), [last]])
    first, second, third = (np.repeat(np.concatenate([[start], c]), 2) for c in curves)
    return corners, (first, second, third)


def _kept(values: FloatArray) -> Numbers:
    return tuple(float(f"{v:.{_DIGITS}g}") for v in values)


def _gaps(values: FloatArray) -> tuple[float | None, ...]:
    return tuple(float(f"{v:.{_DIGITS}g}") if np.isfinite(v) else None for v in values)
