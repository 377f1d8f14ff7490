"""What a plan monitor looks at: demand by period, beside forecast, service and cost."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ops.forecast.demand import Demand, name_of
from ops.forecast.record import Met, meet
from ops.forecast_query import ForecastData
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class Watch:
    """What the gates of a plan look at, by period; NaN where nothing is known.

    Parameters
    ----------
    days
        First day of each period.
    demand, forecast : shape (n,)
        What was wanted, and what the newest forecast before the period had said.
    missed : shape (n,)
        Absolute errors, added over the series.
    served, cost : shape (n,)
        What was served in time, and what it cost; None where nothing was measured.
    """

    days: tuple[date, ...]
    demand: FloatArray
    forecast: FloatArray
    missed: FloatArray
    served: FloatArray | None
    cost: FloatArray | None


def watched(
    data: ForecastData, demand: Demand, *, served: tuple[str, ...], cost: tuple[str, ...]
) -> Watch:
    """Lay side by side what was forecast, what came, and what was made of it.

    Parameters
    ----------
    demand
        Counted from the measurements of `data`.
    served, cost
        Codes of characteristics; empty means that none is measured.
    """
    met = meet(
        (run.result for run in data.earlier),
        names=[name_of(key) for key in demand.keys],
        bounds=demand.periods.bounds,
        total=demand.total,
    )
    forecast, missed = _newest(met, len(demand.periods))
    return Watch(
        days=demand.periods.bounds[:-1],
        demand=demand.total.sum(axis=0),
        forecast=forecast,
        missed=missed,
        served=_beside(data, served, demand),
        cost=_beside(data, cost, demand),
    )


def _newest(met: Met, n: int) -> tuple[FloatArray, FloatArray]:
    """Forecast and absolute error of each period, by the newest forecast of each series."""
    forecast, missed = np.full(n, np.nan), np.full(n, np.nan)
    seen: set[tuple[int, int]] = set()  # runs come newest first: the first of a lead is it
    for i in np.argsort(met.lead, kind="stable"):
        key = int(met.series[i]), int(met.period[i])
        if key not in seen:
            seen.add(key)
            at = key[1]
            forecast[at] = np.nan_to_num(forecast[at]) + met.mean[i]
            missed[at] = np.nan_to_num(missed[at]) + abs(met.actual[i] - met.mean[i])
    return forecast, missed


def _beside(data: ForecastData, codes: tuple[str, ...], demand: Demand) -> FloatArray | None:
    """Sum of other characteristics in the periods of the demand; None if nothing was measured."""
    found = [s for s in data.measurements.series if s.characteristic.code in codes and s.ts.size]
    if not found:
        return None
    totals = [demand.periods.totals(s.ts, s.value) for s in found]
    return np.asarray(np.sum(totals, axis=0), dtype=np.float64)
