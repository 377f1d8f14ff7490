"""A small demand with what a forecast meets: a season, a rare part, an earlier night."""

from datetime import UTC, date, datetime, timedelta

import numpy as np

from ops.forecast_query import EarlierRun, ForecastData
from ops.values import Characteristic, Factor, IntArray, Measurements, Series, factor_of

WEEKS = 80
_START = datetime(2024, 7, 1, 8, tzinfo=UTC)  # a Monday
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WEEK_US = 7 * 86_400_000_000
_PARTS = (("CUST-01", "QFN32"), ("CUST-01", "BGA96"), ("CUST-02", "QFN32"))


def sample_demand() -> ForecastData:
    """Weekly demand of two customers for two packages, and a forecast made four weeks before."""
    rng = np.random.default_rng(20260105)
    week = np.arange(WEEKS)
    season = 1.0 + 0.3 * np.sin(2.0 * np.pi * week / 52.0)
    rare = np.where(rng.random(WEEKS) < 0.3, rng.poisson(4.0, WEEKS) + 1, 0)
    totals = (rng.poisson(200.0 * season), rare, rng.poisson(60.0, WEEKS))
    start = (_START - _EPOCH) // timedelta(microseconds=1)
    ts = np.concatenate([start + week * _WEEK_US + i for i in range(len(_PARTS))])
    order = np.argsort(ts, kind="stable")
    codes = np.repeat(np.arange(len(_PARTS)), WEEKS)[order]
    value = np.concatenate(totals)[order].astype(np.float64)
    series = Series(
        characteristic=Characteristic(1, "PG1", "DEMAND", "Demand", "piece"),
        ts=ts[order],
        value=value,
        n=np.ones(value.size),
        subgroup=_nothing(value.size),
        unit_id=_nothing(value.size),
        position=_nothing(value.size),
        factors={"customer": _factor(codes, 0), "commodity": _factor(codes, 1)},
    )
    end = _START.replace(hour=0) + timedelta(weeks=WEEKS)
    earlier = EarlierRun("example", end - timedelta(weeks=4), _earlier(end.date()))
    return ForecastData(Measurements((series,)), end - timedelta(weeks=WEEKS), end, (earlier,))


def _factor(codes: IntArray, place: int) -> Factor:
    return factor_of([_PARTS[int(code)][place] for code in codes])


def _nothing(n: int) -> Factor:
    return Factor(np.full(n, -1, dtype=np.int64), ())


def _earlier(end: date) -> dict[str, object]:
    """Make the result of the earlier night, as far as it is scored."""
    bounds = [(end + timedelta(weeks=i)).isoformat() for i in range(-4, 1)]
    said = {"mean": 60.0, "sd": 8.0, "lower": 50.0, "upper": 70.0, "stock": 74.0}
    one = {part: [value] * 4 for part, value in said.items()}
    return {"bounds": bounds, "series": [{"name": "CUST-02/QFN32", "last": 66.0, **one}]}
