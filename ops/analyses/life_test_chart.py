"""Rows of a life test as a chart: what happened to each unit, and when."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ops.lifetime.degradation.data import DegradationData
from ops.lifetime.field.data import FieldData
from ops.lifetime.from_rows import degradation_of, field_of, life_of, recurrent_of
from ops.lifetime.rows import LifeRows
from ops.page_chart import Axis, Chart, Layer
from ops.values import FloatArray, IntArray

MOST = 40  # units that are drawn; of more, some spread evenly over their times
_DAY_US = 86_400_000_000.0
Gaps = list[float | None]


def life_test_chart(rows: LifeRows, document: Mapping[str, Any]) -> Chart | None:
    """Chart of rows of any kind; None without rows.

    Parameters
    ----------
    document
        `LifeTestDocument` as JSON: the limits of a degradation test are in it.
    """
    if len(rows) == 0:
        return None
    if rows.kind == "life":
        return _units(rows)
    if rows.kind == "recurrent":
        return _systems(rows)
    if rows.kind == "field":
        return _returns(field_of(rows))
    return _readings(degradation_of(rows), document.get("measure") or {})


def _units(rows: LifeRows) -> Chart:
    """Time on test of each unit, the interval in which it failed, and what is still good."""
    data = life_of(rows)
    ends = np.where(data.right, data.lower, data.upper)
    chosen = _spread(np.lexsort((data.right, ends)))
    shown, place = data.take(chosen), np.arange(1.0, chosen.size + 1.0)
    ends, failed = ends[chosen], shown.failed
    between = failed & ~shown.exact
    layers = [
        _segments("on test", np.zeros(place.size), shown.lower, place, "data"),
        _segments("failed between", shown.lower[between], ends[between], place[between], "signal"),
        _points("failed", ends[failed], place[failed], "signal"),
        _points("not failed", ends[~failed], place[~failed], "center"),
    ]
    return Chart(
        title="What happened to each unit",
        x=Axis(label="time", unit=rows.unit),
        y=Axis(label="unit"),
        layers=tuple(layer for layer in layers if layer.x),
    )


def _systems(rows: LifeRows) -> Chart:
    data = recurrent_of(rows)
    chosen = _spread(np.argsort(data.end, kind="stable"))
    place = np.full(len(data.systems), np.nan)
    place[chosen] = np.arange(1.0, chosen.size + 1.0)
    drawn = ~np.isnan(place[data.system])
    layers = (
        _segments("watched", data.start[chosen], data.end[chosen], place[chosen], "data"),
        _points("event", data.time[drawn], place[data.system[drawn]], "signal"),
    )
    return Chart(
        title="Events of each system",
        x=Axis(label="age", unit=rows.unit),
        y=Axis(label="system"),
        layers=tuple(layer for layer in layers if layer.x),
    )


def _returns(data: FieldData) -> Chart:
    """Share of each cohort that came back so far."""
    back = np.bincount(data.cohort, data.returned, minlength=data.quantity.size)
    order = np.argsort(data.shipped, kind="stable")
    share = 1000.0 * back / data.quantity
    x = tuple(float(day) * _DAY_US for day in data.shipped[order])
    bars = Layer(mark="bars", label="came back", x=x, y=tuple(float(s) for s in share[order]))
    return Chart(
        title="Returns of what was shipped",
        x=Axis(label="shipped", scale="time"),
        y=Axis(label="came back of 1000"),
        layers=(bars,),
    )


def _readings(data: DegradationData, measure: Mapping[str, Any]) -> Chart:
    chosen = _spread(np.arange(len(data.items)))
    x: Gaps = []
    y: Gaps = []
    for item in chosen:
        mine = data.item == item
        x += [*data.time[mine].tolist(), None]
        y += [*data.value[mine].tolist(), None]
    layers = [Layer(mark="line", label="unit", x=tuple(x), y=tuple(y))]
    limits = [measure[side] for side in ("lower", "upper") if measure.get(side) is not None]
    if limits:
        layers.append(Layer(mark="rule", label="failed", y=tuple(limits), role="limit"))
    return Chart(
        title="Readings of each unit",
        x=Axis(label="time", unit=data.unit),
        y=Axis(label=measure.get("name") or "value", unit=data.value_unit),
        layers=tuple(layers),
    )


def _spread(order: IntArray) -> IntArray:
    """At most `MOST` of an order, the first and the last among them."""
    if order.size <= MOST:
        return order
    return order[np.unique(np.linspace(0, order.size - 1, MOST).round().astype(np.int64))]


def _segments(
    label: str, begin: FloatArray, end: FloatArray, place: FloatArray, role: Any
) -> Layer:
    x: Gaps = []
    y: Gaps = []
    for a, b, at in zip(begin.tolist(), end.tolist(), place.tolist(), strict=True):
        x += [a, b, None]
        y += [at, at, None]
    return Layer(mark="line", label=label, x=tuple(x), y=tuple(y), role=role)


def _points(label: str, x: FloatArray, y: FloatArray, role: Any) -> Layer:
    return Layer(mark="points", label=label, x=tuple(x.tolist()), y=tuple(y.tolist()), role=role)
