"""One unit that degrades: when it will meet its limit, as the drift of a process is forecast."""

import numpy as np

from ops.drift.crossing import CrossingForecast, crossing_forecast
from ops.errors import NotFound
from ops.lifetime.degradation.data import DegradationData
from ops.values import SpecLimits


def unit_forecast(
    data: DegradationData,
    name: str,
    limit: float,
    *,
    horizon: float,
    rng: np.random.Generator,
) -> CrossingForecast:
    """Forecast when one unit will meet the limit; days of the forecast are units of `data.unit`.

    A unit of its own has no population to borrow from: its level and slope are followed as those
    of any drifting characteristic are, by `ops.drift.crossing`.

    Raises
    ------
    NotFound
        If there is no such unit.
    BadData, NotEnoughData
        As `crossing_forecast`.
    """
    if name not in data.items:
        raise NotFound(f"there is no unit {name!r} on test")
    rows = data.item == data.items.index(name)
    order = np.argsort(data.time[rows], kind="stable")
    time, value = data.time[rows][order], data.value[rows][order]
    below = bool(value[0] < limit)
    spec = SpecLimits(upper=limit) if below else SpecLimits(lower=limit)
    return crossing_forecast(time, value, spec, horizon_days=horizon, rng=rng)
