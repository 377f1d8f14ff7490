"""The record of a forecast: what was said on earlier nights, beside what came since."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import nan, sqrt
from typing import Any

import numpy as np

from ops.forecast.accuracy import (
    StockService,
    bias,
    coverage,
    pinball,
    stock_service,
    value_added,
    wape,
)
from ops.values import BoolArray, FloatArray, IntArray

_SAID = ("mean", "sd", "lower", "upper", "stock")


@dataclass(frozen=True, slots=True)
class Met:
    """Forecasts that met their period: one entry for each night, series and lead.

    Parameters
    ----------
    series, lead, period : shape (n,)
        Index of the series; periods ahead, from 1; index of the period in the history.
    actual, mean, sd, lower, upper, stock, naive : shape (n,)
        What came, what was said, and the last demand that was known then.
    """

    series: IntArray
    lead: IntArray
    period: IntArray
    actual: FloatArray
    mean: FloatArray
    sd: FloatArray
    lower: FloatArray
    upper: FloatArray
    stock: FloatArray
    naive: FloatArray

    def where(self, keep: BoolArray) -> "Met":
        """Entries to keep."""
        return Met(*(getattr(self, name)[keep] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Figures over some entries; one that is not defined is NaN.

    Parameters
    ----------
    n
        Entries.
    wape, bias, pinball, coverage, service
        See `ops.forecast.accuracy`; pinball loss is scaled by the mean demand.
    rmse, fva
        Root mean squared error, in the unit; the share of naive's that the forecast saved.
    """

    n: int
    wape: float
    bias: float
    pinball: float
    coverage: float
    service: StockService
    rmse: float
    fva: float


def meet(
    results: Iterable[Mapping[str, Any]],
    *,
    names: Sequence[str],
    bounds: Sequence[date],
    total: FloatArray,
) -> Met:
    """Match earlier results with the demand that came; what has not come yet is left out.

    Parameters
    ----------
    results
        JSON of earlier results of `demand-forecast`.
    names, bounds, total
        Series and periods of today's history; `total` of shape (n_series, n_periods).
    """
    place = {name: i for i, name in enumerate(names)}
    period = {pair: i for i, pair in enumerate(itertools.pairwise(bounds))}
    rows: list[tuple[float, ...]] = []
    for result in results:
        days = [date.fromisoformat(day) for day in result.get("bounds", ())]
        ahead = [period.get(pair) for pair in itertools.pairwise(days)]
        for one in result.get("series", ()):
            series = place.get(one["name"])
            if series is None:
                continue
            for lead, at in enumerate(ahead):
                if at is not None:
                    said = (one[part][lead] for part in _SAID)
                    rows.append((series, lead + 1, at, total[series, at], *said, one["last"]))
    table = np.array(rows, dtype=np.float64).reshape(len(rows), 10).T
    return Met(*table[:3].astype(np.int64), *table[3:])


def accuracy(met: Met, service: float) -> Accuracy:
    """Judge forecasts that met their period.

    Parameters
    ----------
    service
        Probability of the quantile in `Met.stock`.
    """
    mean_demand = float(np.mean(met.actual)) if met.actual.size else nan
    error = _rmse(met.actual - met.mean)
    loss = pinball(met.actual, met.stock, service) if met.actual.size else nan
    return Accuracy(
        n=int(met.actual.size),
        wape=wape(met.actual, met.mean),
        bias=bias(met.actual, met.mean),
        pinball=loss / mean_demand if mean_demand > 0 else nan,
        coverage=coverage(met.actual, met.lower, met.upper),
        service=stock_service(met.actual, met.stock),
        rmse=error,
        fva=value_added(error, _rmse(met.actual - met.naive)),
    )


def _rmse(error: FloatArray) -> float:
    return sqrt(float(np.mean(error**2))) if error.size else nan
