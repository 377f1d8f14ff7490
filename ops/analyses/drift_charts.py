"""Charts of the drift analysis: the long record with its future, and the cost of each day."""

import numpy as np

from ops.analyses.drift_result import DriftResult
from ops.drift.evidence import MICROS_PER_DAY
from ops.page_chart import Axis, Chart, Layer

_WEEK = 7.0
_EVENTS = 20  # lines of a chart: more would hide the record
_ROUTINE = ("correction", "capillary-change", "material-change")  # so many that they say nothing


def record_chart(result: DriftResult) -> Chart:
    """Draw points, level, steps, events, limits, and the fan to come."""
    return Chart(
        title="Record and what is to come",
        x=Axis(label="Time", scale="time"),
        y=Axis(label=result.title, unit=result.unit),
        layers=(
            *_fan(result),
            Layer(mark="points", label="points", x=_x(result), y=result.value),
            Layer(mark="line", label="level", x=_x(result), y=result.fitted, role="center"),
            *_lines(result),
            *_moments(result),
        ),
    )


def _x(result: DriftResult) -> tuple[float, ...]:
    return tuple(float(at) for at in result.ts)


def _fan(result: DriftResult) -> tuple[Layer, ...]:
    if result.forecast is None:
        return ()
    fan = result.forecast.fan
    n = _drawn(result)
    x = tuple(float(result.end + round(day * MICROS_PER_DAY)) for day in fan.days[:n])
    return (
        Layer(mark="band", label="level to come, 95 %", x=x, y=fan.lower95[:n],
              y2=fan.upper95[:n], role="fit"),
        Layer(mark="band", label="level to come, 80 %", x=x, y=fan.lower80[:n],
              y2=fan.upper80[:n], role="fit"),
        Layer(mark="line", label="level to come, median", x=x, y=fan.median[:n], role="fit"),
    )  # fmt: skip


def _drawn(result: DriftResult) -> int:
    """Days of the fan that are drawn: half as long as the record, and until it has left the limits.

    Beyond, it would press the record flat; the table has all of it.
    """
    assert result.forecast is not None, "a fan is drawn where there is one"
    fan = result.forecast.fan
    days = np.array(fan.days)
    half = max((result.end - result.begin) / MICROS_PER_DAY / 2, _WEEK)
    shown = days <= half
    if result.lsl is not None and result.usl is not None:
        room = (result.usl - result.lsl) / 2
        inside = (np.array(fan.lower95) > result.lsl - room) & (
            np.array(fan.upper95) < result.usl + room
        )
        shown &= np.logical_and.accumulate(inside) | (days <= _WEEK)
    return max(int(np.count_nonzero(shown)), 2)


def _lines(result: DriftResult) -> tuple[Layer, ...]:
    """Limits for single values belong here only where points are values: else the baseline alone.

    The level is held against the limits by the forecast, so that they are drawn beside the level,
    and say so.
    """
    limits = tuple(limit for limit in (result.lsl, result.usl) if limit is not None)
    found: list[Layer] = []
    if limits:
        found.append(Layer(mark="rule", label="limits of the level", y=limits, role="spec"))
    if result.baseline_level is not None:
        found.append(
            Layer(mark="rule", label="baseline", y=(result.baseline_level,), role="center")
        )
    return tuple(found)


def _moments(result: DriftResult) -> tuple[Layer, ...]:
    found: list[Layer] = []
    counting = {e.since for e in result.evidence if e.mechanism == "step" and e.present}
    steps = tuple(float(c.at) for c in result.changes if c.at in counting)
    at = tuple(
        float(e.at)
        for e in result.events
        if e.kind not in _ROUTINE and all(abs(e.at - step) > MICROS_PER_DAY for step in steps)
    )[-_EVENTS:]
    if at:
        found.append(Layer(mark="rule", label="maintenance and the like", x=at, role="event"))
    if steps:
        found.append(Layer(mark="rule", label="steps that count", x=steps, role="signal"))
    return tuple(found)


def cost_chart(result: DriftResult) -> Chart | None:
    """Draw what it costs to act on each day; None without costs."""
    made = result.decision
    if not made.curve_days:
        return None
    x = tuple(float(day) for day in made.curve_days)
    layers = [
        Layer(mark="band", label="95 % interval", x=x, y=made.curve_lower, y2=made.curve_upper,
              role="fit"),
        Layer(mark="line", label="expected cost", x=x, y=made.curve_cost),
    ]  # fmt: skip
    if made.keep is not None:
        layers.append(Layer(mark="rule", label="keep", y=(made.keep,), role="limit"))
    if made.day is not None:
        layers.append(Layer(mark="rule", label="best day", x=(float(made.day),), role="event"))
    return Chart(
        title="Cost of acting, by day",
        x=Axis(label="Days from now"),
        y=Axis(label="Expected cost", unit=made.currency),
        layers=tuple(layers),
    )
