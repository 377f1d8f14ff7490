"""Chart values to an ECharts option: plain JSON, drawn by static/charts.js.

Colours are names of roles (`data`, `limit`, `spec` ...): the script looks them up in the style
sheet, so that a chart follows the light and the dark theme.
"""

from collections.abc import Sequence
from typing import Any

from api.render.paper import Tick, is_paper, is_share, read, sheet
from api.render.shade import shades_of
from api.render.words import Words
from ops.page_chart import Axis, Chart, Layer

DASHES = {
    "data-2": [8, 4], "data-3": [2, 2], "data-4": [9, 4, 2, 4], "data-5": [14, 5],
    "data-6": [5, 3, 2, 3, 2, 3],
}  # fmt: skip
SYMBOLS = {
    "plus": "path://M4.4 0h1.2v4.4H10v1.2H5.6V10H4.4V5.6H0V4.4h4.4z",
    "arrow": "path://M0 1.5L10 5L0 8.5L2.4 5z",
}
_BAND = "band"
_SPAN = "span"
_WHATEVER_SIGN = {"stackStrategy": "all"}  # else a foot below zero carries nothing above it
FARTHEST = 2.0  # of a rule from the data, in their own range, that the axes are widened for
LARGE = 4000  # points above which a scatter is drawn without a symbol for each


def option(chart: Chart, words: Words) -> dict[str, Any]:
    """ECharts option of a chart, its labels in the reader's language."""
    return _on_paper(chart, words) if is_paper(chart) else _straight(chart, words)


def _on_paper(chart: Chart, words: Words) -> dict[str, Any]:
    """Option on straight axes; each point also carries the time and the probability."""
    laid = sheet(chart, words)
    made = _straight(laid.chart, words)
    made["xAxis"] |= _ticked(laid.x_ticks, laid.x_range)
    made["yAxis"] |= _ticked(laid.y_ticks, laid.y_range)
    for series in made["series"]:
        if "part" not in series:
            series["data"] = [read(point, chart) for point in series["data"]]
    return made | {"paper": {"unit": words.unit(chart.x.unit), "share": is_share(chart)}}


def _ticked(ticks: tuple[Tick, ...], ends: tuple[float, float] | None) -> dict[str, Any]:
    if not ticks:
        return {} if ends is None else {"min": ends[0], "max": ends[1]}
    return {
        "ticks": [list(tick) for tick in ticks],
        "min": ends and ends[0],
        "max": ends and ends[1],
    }


def _straight(chart: Chart, words: Words) -> dict[str, Any]:
    timed = chart.x.scale == "time"
    shades = shades_of(chart.layers)
    series = [
        s | _shaded(s, shades[i]) | _reach(layer, chart.layers, timed)
        for i, layer in enumerate(chart.layers)
        for s in _series(layer, i, timed, words)
    ]
    if _apart(chart.layers):  # one bar at a place: above its name, not beside it
        series = [s | {"barGap": "-100%"} if s["type"] == "bar" else s for s in series]
    return {
        "xAxis": _axis(chart.x, words, bars=any(s["type"] == "bar" for s in series))
        | _places(chart),
        "yAxis": _axis(chart.y, words) | {"scale": not any(s["type"] == "bar" for s in series)},
        "series": series,
        "legend": {"data": [words.text(x.label) for x in chart.layers if _in_legend(x)]},
    }


def _apart(layers: tuple[Layer, ...]) -> bool:
    """Whether all bars float and no two of them are at one place."""
    bars = [layer for layer in layers if layer.mark in ("bars", "spans")]
    at = [x for b in bars for x, *ends in zip(b.x, b.y, b.y2, strict=False) if None not in ends]
    return all(bar.mark == "spans" for bar in bars) and len(at) == len(set(at))


def _places(chart: Chart) -> dict[str, Any]:
    """Names along an axis in the order of the layers, whichever of them is hidden or empty."""
    names = list(dict.fromkeys(x for layer in chart.layers for x in layer.x))
    if chart.x.scale != "category" or not all(isinstance(name, str) for name in names):
        return {}  # beside a list of names the script takes a number for a place in it
    return {"data": names}


def _shaded(series: dict[str, Any], shade: str) -> dict[str, Any]:
    dashed = series["type"] == "line" and shade in DASHES
    return {"role": shade} | ({"lineStyle": {"type": DASHES[shade]}} if dashed else {})


def _reach(rule: Layer, layers: tuple[Layer, ...], timed: bool) -> dict[str, Any]:
    """Invisible points at a rule, so that the axes reach it; not at one that is far away."""
    if rule.mark != "rule":
        return {}
    drawn = [layer for layer in layers if layer.mark != "rule" and layer.x]
    heights = [v for layer in drawn for v in (*layer.y, *layer.y2) if v is not None]
    if not heights:
        return {}
    begin: Any = _ms(drawn[0].x[0]) if timed else drawn[0].x[0]
    places = [v for layer in drawn for v in layer.x if isinstance(v, int | float)]
    points: list[list[Any]] = [[begin, y] for y in rule.y if y is not None and _near(y, heights)]
    for x in rule.x:
        if isinstance(x, int | float) and places and _near(x, places):
            points.append([_ms(x) if timed else x, heights[0]])
    return {"data": points, "symbol": "none", "lineStyle": {"opacity": 0}}


def _near(value: float, among: Sequence[float]) -> bool:
    low, high = min(among), max(among)
    return low - FARTHEST * (high - low) <= value <= high + FARTHEST * (high - low)


def _in_legend(layer: Layer) -> bool:
    return layer.mark != "rule" and bool(layer.label)


def _axis(axis: Axis, words: Words, *, bars: bool = False) -> dict[str, Any]:
    kind = {"linear": "value", "log": "log", "time": "time", "category": "category"}[axis.scale]
    name = words.text(axis.label)
    scaled = {"scale": True} if kind == "value" else {}
    unit = words.unit(axis.unit)
    return (
        {"type": kind, "name": f"{name} ({unit})" if unit else name}
        | scaled
        | ({"splitLine": {"show": False}} if bars else {})
    )


def _series(layer: Layer, index: int, timed: bool, words: Words) -> list[dict[str, Any]]:
    base: dict[str, Any] = {"name": words.text(layer.label), "role": layer.role}
    x = [_ms(v) for v in layer.x] if timed else list(layer.x)
    if layer.mark == "rule":
        return [base | {"type": "line", "data": [], "markLine": {"data": _rules(layer, timed)}}]
    if layer.mark == "bars":
        return [base | {"type": "bar", "data": _pairs(x, layer.y), "barCategoryGap": "4%"}]
    if layer.mark == "spans":
        return _spans(base, x, layer, index)
    if layer.mark == "points":
        large = {"symbolSize": 4} if len(x) > LARGE // 4 else {"symbolSize": 6}
        return [base | {"type": "scatter", "data": _pairs(x, layer.y)} | large | _symbol(layer)]
    if layer.mark == "band":
        stack = f"{_BAND}{index}"
        height = [
            None if low is None or high is None else high - low
            for low, high in zip(layer.y, layer.y2, strict=True)
        ]
        line = base | {"type": "line", "stack": stack} | _WHATEVER_SIGN
        return [
            line | {"data": _pairs(x, layer.y), "part": "foot"},
            line | {"data": _pairs(x, tuple(height)), "part": "band"},
        ]
    return [base | {"type": "line", "data": _pairs(x, layer.y), "showSymbol": False}]


def _symbol(layer: Layer) -> dict[str, Any]:
    return {} if layer.symbol == "dot" else {"symbol": SYMBOLS[layer.symbol], "symbolSize": 9}


def _spans(base: dict[str, Any], x: list[Any], layer: Layer, index: int) -> list[dict[str, Any]]:
    """Floating bars: an invisible foot, which the legend leaves out, and the span upon it."""
    ends = [(None, None) if None in (a, b) else (min(a, b), max(a, b)) for a, b in _sides(layer)]
    foot = tuple(low for low, _ in ends)
    height = tuple(None if low is None else high - low for low, high in ends)
    bar = base | {"type": "bar", "stack": f"{_SPAN}{index}", "barCategoryGap": "20%"}
    bar |= _WHATEVER_SIGN | {"barMaxWidth": 28}
    return [
        bar | {"data": _pairs(x, foot), "part": "foot", "name": ""},
        bar | {"data": _pairs(x, height)},
    ]


def _sides(layer: Layer) -> list[Any]:
    return list(zip(layer.y, layer.y2, strict=True))


def _rules(layer: Layer, timed: bool) -> list[dict[str, Any]]:
    across = [{"yAxis": y} for y in layer.y]
    return across + [{"xAxis": _ms(x) if timed else x} for x in layer.x]


def _pairs(x: list[Any], y: tuple[float | None, ...]) -> list[list[Any]]:
    return [[a, b] for a, b in zip(x, y, strict=True)]


def _ms(micros: float | str | None) -> float | str | None:
    return micros / 1000 if isinstance(micros, int | float) else micros
