"""Probability and log-log paper: a chart laid out on two straight axes.

Both renderers draw the chart that comes out: its values are plain lengths along the axes, and the
ticks say which probability or rate, and which time, stands there.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp, expm1, floor, inf, log, log1p, log10
from statistics import NormalDist

from api.render.words import Words
from ops.page_chart import Axis, Chart, Layer

Tick = tuple[float, str]
PAPERS = ("weibull", "normal", "logistic")
_NORMAL = NormalDist()
_FINEST = 12  # decades of a probability that are told from none
_PERCENT = (50.0, 10.0, 90.0, 1.0, 99.0, 5.0, 95.0, 20.0, 80.0, 30.0, 70.0, 2.0, 40.0, 60.0, 3.0)
_TINIEST = 300  # decades of any other value
_ROWS, _FEW_ROWS, _COLUMNS = 15, 8, 8  # ticks that have room along y, along x
_MARGIN = 0.03


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart on paper, ready to be drawn on straight axes.

    Parameters
    ----------
    chart
        The same layers in lengths along the axes; what has no place there is absent.
    x_ticks
        Place and text of each tick; empty if the x axis is not logarithmic.
    y_ticks
        Place and text of each tick.
    x_range, y_range
        Ends of the axes; `x_range` is None where the renderer may choose.
    """

    chart: Chart
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    x_range: tuple[float, float] | None
    y_range: tuple[float, float]


def is_paper(chart: Chart) -> bool:
    """Whether a chart is drawn on paper: its y axis is a probability, or both are logarithmic."""
    return is_share(chart) or (chart.x.scale == chart.y.scale == "log")


def is_share(chart: Chart) -> bool:
    """Whether the y axis of a chart is a probability."""
    return chart.y.scale in PAPERS


def height(scale: str, p: float) -> float:
    """Place of a value on paper: a quantile of the standard distribution, or a logarithm.

    Examples
    --------
    >>> abs(round(height("weibull", 0.6321205588), 6))
    0.0
    """
    if scale == "log":
        return log10(p)
    if scale == "weibull":
        return log(-log1p(-p))
    return _NORMAL.inv_cdf(p) if scale == "normal" else log(p) - log1p(-p)


def probability(scale: str, place: float) -> float:
    """Value at a place on paper; the inverse of `height`."""
    if scale == "log":
        return float(10.0**place)
    if scale == "weibull":
        return -expm1(-exp(place))
    return _NORMAL.cdf(place) if scale == "normal" else 1.0 / (1.0 + exp(-place))


def sheet(chart: Chart, words: Words) -> Sheet:
    """Lay out a chart on paper."""
    scale, log_x = chart.y.scale, chart.x.scale == "log"
    layers = tuple(_laid(layer, scale, log_x) for layer in chart.layers)
    drawn = [layer for layer in layers if layer.mark != "band"] or layers  # a band may leave it
    y = _ends([v for layer in drawn for v in layer.y], height(scale, 0.5))
    x = _ends([v for layer in layers for v in layer.x if not isinstance(v, str)], 0.0)
    if is_share(chart):
        shares = ((height(scale, p), p) for p in _shares())
        y_ticks = tuple((place, words.percent(p)) for place, p in _spread(shares, y, _ROWS))
    else:
        y_ticks = _logarithmic(y, _FEW_ROWS, words)
    x_ticks = _logarithmic(x, _COLUMNS, words) if log_x else ()
    axes = {"x": _straight(chart.x) if log_x else chart.x, "y": _straight(chart.y)}
    laid = chart.model_copy(update={**axes, "layers": layers})
    return Sheet(laid, x_ticks, y_ticks, x if log_x else None, y)


def _logarithmic(ends: tuple[float, float], most: int, words: Words) -> tuple[Tick, ...]:
    return tuple((place, words.number(v)) for place, v in _spread(_decades(ends), ends, most))


def _straight(axis: Axis) -> Axis:
    return axis.model_copy(update={"scale": "linear"})


def _laid(layer: Layer, scale: str, log_x: bool) -> Layer:
    edge = 10.0**-_FINEST
    low, high = (10.0**-_TINIEST, inf) if scale == "log" else (edge, 1.0 - edge)

    def up(p: float | None) -> float | None:
        if p is None or (layer.mark != "band" and not low < p < high):
            return None
        return height(scale, min(max(p, low), high))

    def along(x: float | str | None) -> float | str | None:
        if not log_x or not isinstance(x, int | float):
            return x
        return log10(x) if x > 0 else None

    moved: dict[str, object] = {
        "x": tuple(map(along, layer.x)),
        "y": tuple(map(up, layer.y)),
        "y2": tuple(map(up, layer.y2)),
    }
    return layer.model_copy(update=moved)


def _ends(places: Iterable[float | None], alone: float) -> tuple[float, float]:
    """End an axis a little beyond all places."""
    found = [v for v in places if v is not None] or [alone]
    low, high = min(found), max(found)
    beyond = _MARGIN * (high - low) or 0.5
    return low - beyond, high + beyond


def _shares() -> list[float]:
    """Probabilities that deserve a tick, the weightiest first."""
    tails = [10.0**-k for k in range(3, _FINEST)]
    finer = [m * tail for tail in tails for m in (5.0, 2.0)]
    shares = [p / 100.0 for p in _PERCENT]
    both = [p for tail in tails for p in (tail, 1.0 - tail)]
    return [*shares[:5], *both, *shares[5:], *finer]


def _decades(ends: tuple[float, float]) -> list[tuple[float, float]]:
    """Logarithm and value of what deserves a tick on a logarithmic axis, the weightiest first."""
    powers = range(floor(ends[0]) - 1, floor(ends[1]) + 2)
    steps = (1.0, 2.0, 5.0, 3.0, 7.0, 4.0, 6.0, 8.0, 9.0, 1.5, 2.5)
    return [(k + log10(m), m * 10.0**k) for m in steps for k in powers]


def _spread(
    ticks: Iterable[tuple[float, float]], ends: tuple[float, float], most: int
) -> list[tuple[float, float]]:
    """Ticks within the ends, none too near to a weightier one, in order."""
    apart = (ends[1] - ends[0]) / most
    kept: list[tuple[float, float]] = []
    for place, value in ticks:
        free = all(abs(place - other) >= apart for other, _ in kept)
        if ends[0] <= place <= ends[1] and free:
            kept.append((place, value))
    return sorted(kept)


def inverse(chart: Chart) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Functions from lengths along the axes of a chart on paper to what they stand for."""

    def time(place: float) -> float:
        return 10.0**place if chart.x.scale == "log" else place

    return time, lambda place: probability(chart.y.scale, place)


def read(point: Sequence[float | None], chart: Chart) -> list[float | None]:
    """Extend a point of a sheet by what its two lengths stand for."""
    pairs = zip(point, inverse(chart), strict=True)
    return [*point, *(None if v is None else float(f"{of(v):.6g}") for v, of in pairs)]
