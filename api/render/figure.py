"""Chart values to SVG or PNG by matplotlib: for reports, and for documents of the reader's own.

Equal charts give equal bytes: the salt of identifiers is fixed and no date is written. Imported
only where a figure is drawn, since matplotlib takes half a second to load.
"""

import io
from datetime import UTC
from itertools import pairwise
from typing import Any, Literal

import matplotlib as mpl
import matplotlib.dates as mpl_dates
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from api.render.paper import Sheet, Tick, is_paper, is_share, sheet
from api.render.shade import shades_of
from api.render.words import Words
from ops.page_chart import Axis, Chart, Layer

Format = Literal["svg", "png"]
COLOURS = {  # those of the light theme; told apart also by who sees no red or green
    "data": "#2f6fb0", "limit": "#b3541e", "spec": "#b3261e", "center": "#3d7a3a",
    "fit": "#7a4fa3", "event": "#6d6a00", "signal": "#d4261b",
    "data-2": "#c25b00", "data-3": "#0b7d75", "data-4": "#a83a86", "data-5": "#8a6d00",
    "data-6": "#4c5a68",
}  # fmt: skip
DASHES: dict[str, Any] = {
    "data-2": (0, (5, 2)), "data-3": (0, (1, 1.2)), "data-4": (0, (6, 2, 1, 2)),
    "data-5": (0, (9, 3)), "data-6": (0, (3, 1.5, 1, 1.5, 1, 1.5)),
}  # fmt: skip
MARKERS: dict[str, dict[str, Any]] = {
    "dot": {"marker": ".", "markersize": 3},
    "plus": {"marker": "+", "markersize": 5},
    "arrow": {"marker": ">", "markersize": 3},
}
SIZE_IN = (7.2, 3.1)
PAPER_IN = (7.2, 4.6)  # probability paper is nearly square
DPI = 150
CROWDED = 2000  # points among which no free corner is sought for the legend
FEW = 80  # points that are drawn large enough to be told one by one
LETTERS = 90  # that fit side by side below a chart
FAMILIES = (
    "DejaVu Sans", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Micro Hei",
    "Droid Sans Fallback", "Microsoft YaHei", "PingFang SC",
)  # fmt: skip

dates: Any = mpl_dates  # untyped

mpl.rcParams.update(  # once, at import: a context would change them under other threads
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "longrun",
        "font.size": 9,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "grid.alpha": 0.25,
        "grid.linewidth": 0.6,
        "timezone": "UTC",
    }
)


def draw(chart: Chart, words: Words, file_format: Format = "svg") -> bytes:
    """Draw a chart; titles stand outside of it, labels are in the reader's language."""
    paper = sheet(chart, words) if is_paper(chart) else None
    figure = Figure(figsize=PAPER_IN if is_share(chart) else SIZE_IN, layout="constrained")
    axes: Axes = figure.add_subplot()
    chart = paper.chart if paper else chart
    shades = shades_of(chart.layers)
    named = [
        _layer(axes, layer, chart, words, shade)
        for layer, shade in zip(chart.layers, shades, strict=True)
    ]
    _axis(axes, "x", chart.x, words)
    _axis(axes, "y", chart.y, words)
    if paper:
        _ruled(axes, paper)
    if sum(named) > 1:
        crowded = sum(len(layer.x) for layer in chart.layers) > CROWDED
        axes.legend(loc="upper right" if crowded else "best", frameon=False, fontsize=8)
    sink = io.BytesIO()
    metadata = {"Date": None} if file_format == "svg" else {"Software": None}
    figure.savefig(sink, format=file_format, dpi=DPI, metadata=metadata)
    return sink.getvalue()


def _axis(axes: Axes, side: Literal["x", "y"], axis: Axis, words: Words) -> None:
    name = words.text(axis.label)
    label = f"{name} ({words.unit(axis.unit)})" if axis.unit else name
    getattr(axes, f"set_{side}label")(label)
    if axis.scale == "log":
        getattr(axes, f"set_{side}scale")("log")
    if axis.scale == "linear":

        def grouped(value: float, place: int | None = None) -> str:
            del place
            return words.number(value)

        getattr(axes, f"{side}axis").set_major_formatter(FuncFormatter(grouped))
    if axis.scale == "category" and side == "x":
        _slant(axes)
    if axis.scale == "time":
        place: Any = getattr(axes, f"{side}axis")
        locator: Any = dates.AutoDateLocator(tz=UTC)
        place.set_major_locator(locator)
        place.set_major_formatter(dates.ConciseDateFormatter(locator, tz=UTC))


def _ruled(axes: Axes, paper: Sheet) -> None:
    """Rule probability paper: ticks where the sheet has them."""
    axes.set_yticks(*_columns(paper.y_ticks))
    axes.set_ylim(*paper.y_range)
    if paper.x_range:
        axes.set_xticks(*_columns(paper.x_ticks))
        axes.set_xlim(*paper.x_range)


def _columns(ticks: tuple[Tick, ...]) -> tuple[list[float], list[str]]:
    return [place for place, _ in ticks], [text for _, text in ticks]


def _slant(axes: Axes) -> None:
    """Write many or long names at a slant, so that they do not run into each other."""
    names = axes.get_xticklabels()
    if sum(len(name.get_text()) + 2 for name in names) > LETTERS:
        for name in names:
            name.set(rotation=30, ha="right", rotation_mode="anchor")


def _layer(axes: Axes, layer: Layer, chart: Chart, words: Words, shade: str) -> bool:
    """Draw one layer; whether the legend names it."""
    label, colour = words.text(layer.label), COLOURS[shade]
    x, y = _places(layer.x, chart.x), [_number(v) for v in layer.y]
    if layer.mark == "rule":
        _rules(axes, layer, chart, label)
        return False
    if layer.mark == "bars":
        width = 0.94 * _step(x) if chart.x.scale == "linear" else 0.8
        axes.bar(x, y, width=width, color=colour, label=label)
    elif layer.mark == "spans":
        heights = [b - a for a, b in zip(y, map(_number, layer.y2), strict=True)]
        axes.bar(x, heights, bottom=y, width=0.7, color=colour, label=label)
    elif layer.mark == "points":
        axes.plot(x, y, linestyle="", color=colour, label=label, **_marker(layer))
    elif layer.mark == "band":
        upper = [_number(v) for v in layer.y2]
        axes.fill_between(x, y, upper, color=colour, alpha=0.18, linewidth=0, label=label)
    else:
        style = DASHES.get(shade, "-")
        axes.plot(x, y, color=colour, linewidth=1.4, linestyle=style, label=label)
    return bool(label)


def _marker(layer: Layer) -> dict[str, Any]:
    few = layer.symbol == "dot" and len(layer.x) <= FEW
    return MARKERS[layer.symbol] | ({"markersize": 7} if few else {})


def _rules(axes: Axes, layer: Layer, chart: Chart, label: str) -> None:
    style: dict[str, Any] = {
        "color": COLOURS[layer.role],
        "linewidth": 1.1,
        "linestyle": "-" if layer.role == "center" else "--",
    }
    for place in _places(layer.x, chart.x):
        axes.axvline(place, **style)
        axes.annotate(label, (place, 1), xycoords=("data", "axes fraction"), fontsize=8,
                      color=style["color"], xytext=(2, -2), textcoords="offset points",
                      va="top")  # fmt: skip
    for height in layer.y:
        if height is not None:
            axes.axhline(height, **style)
            axes.annotate(label, (1, height), xycoords=("axes fraction", "data"), fontsize=8,
                          color=style["color"], xytext=(-2, 2), textcoords="offset points",
                          ha="right")  # fmt: skip


def _places(values: tuple[float | str | None, ...], axis: Axis) -> list[Any]:
    if axis.scale == "time":  # matplotlib counts days since 1970
        return [_number(v) / 86_400e6 for v in values]
    return [str(v) if axis.scale == "category" else _number(v) for v in values]


def _number(value: float | str | None) -> float:
    return float("nan") if value is None or isinstance(value, str) else float(value)


def _step(x: list[Any]) -> float:
    steps = [b - a for a, b in pairwise(x) if b > a]
    return min(steps, default=1.0)
