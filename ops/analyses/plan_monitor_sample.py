"""A small watch: half a year of demand that leaves its forecast in the last weeks."""

from datetime import UTC, datetime, timedelta

import numpy as np

from ops.forecast_query import EarlierRun, ForecastData
from ops.values import (
    Characteristic,
    Factor,
    FloatArray,
    Measurements,
    Series,
    factor_of,
)

WEEKS = 26
SHIFT = 18  # week from which more is wanted than was forecast
_START = datetime(2025, 6, 30, tzinfo=UTC)  # a Monday
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK_US = 7 * 86_400_000_000


def sample_watch() -> ForecastData:
    """Demand of one customer, what was served of it, a forecast each week, and the plan."""
    rng = np.random.default_rng(20260105)
    week = np.arange(WEEKS)
    wanted = rng.poisson(100.0, WEEKS).astype(np.float64)
    demand: FloatArray = wanted + np.where(week >= SHIFT, 35.0, 0.0)
    served: FloatArray = np.minimum(demand, 115.0)
    end = _START + timedelta(weeks=WEEKS)
    earlier = tuple(_night(i) for i in reversed(range(WEEKS)))
    plan = {"status": "optimal", "objective": 52_000.0, "service_level": 0.98, "demand": 2600.0}
    return ForecastData(
        Measurements((_series(1, "DEMAND", demand), _series(2, "SERVED", served))),
        start=_START,
        end=end,
        earlier=earlier,
        plan=EarlierRun("example-plan", _START, plan),
    )


def _night(week: int) -> EarlierRun:
    """Forecast made at the start of a week, of that week alone."""
    day = _START + timedelta(weeks=week)
    bounds = [day.date().isoformat(), (day + timedelta(weeks=1)).date().isoformat()]
    said = {"mean": 100.0, "sd": 10.0, "lower": 87.0, "upper": 113.0, "stock": 117.0}
    one = {part: [value] for part, value in said.items()} | {"name": "CUST-01", "last": 100.0}
    return EarlierRun(f"example-{week}", day, {"bounds": bounds, "series": [one]})


def _series(identity: int, code: str, value: FloatArray) -> Series:
    n = value.size
    nothing = Factor(np.full(n, -1, dtype=np.int64), ())
    first = (_START - _EPOCH) // timedelta(microseconds=1) + _WEEK_US // 14
    return Series(
        characteristic=Characteristic(identity, "PG1", code, code.title(), "piece"),
        ts=first + np.arange(n) * _WEEK_US,
        value=np.asarray(value, dtype=np.float64),
        n=np.ones(n),
        subgroup=nothing,
        unit_id=nothing,
        position=nothing,
        factors={"customer": factor_of(["CUST-01"] * n)},
    )
