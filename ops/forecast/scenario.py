"""Forecasts put into a scenario: demands that name a series get its quantities and its spread.

A forecast counts in its own periods, a scenario in others. Demand is taken as even within a
forecast period, so that a period of the scenario gets the share of the days that it covers; the
variance of a part is the same share of the variance (independent increments). Quantities are exact
where the periods agree.

A scenario whose first period has no start rolls: its periods begin where the newest forecast
begins, so that the same document is planned anew each night.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from ops.values import FloatArray
from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Demand, ForecastRef, Spread
from solvers.scenario.part import ByPeriod
from solvers.scenario.policy import Period

NEWEST = "newest"
_DECIMALS = 6  # of quantities: below any unit that is shipped


@dataclass(frozen=True, slots=True)
class _Forecast:
    """A series by its periods: `bounds` (days, shape (n + 1,)), mean and variance (n,)."""

    bounds: FloatArray
    mean: FloatArray
    variance: FloatArray


def filled(scenario: Scenario, forecasts: Mapping[str, Mapping[str, Any]]) -> Scenario:
    """Fill every demand that names a forecast.

    Parameters
    ----------
    scenario
        A document; it is not changed.
    forecasts
        JSON of results of `demand-forecast` by run id; that of `NEWEST` serves references
        without a run.

    Returns
    -------
    Scenario
        `quantity_by_period` holds the forecast of every period, `quantity` and `forecast` are
        None. A demand without a spread, or with one that has no size, gets the root mean square
        of the standard deviations of its periods. While no forecast has succeeded, a demand that
        refers to the newest one and has quantities of its own keeps these. The first period of a
        scenario that rolls has its start.

    Raises
    ------
    ScenarioError
        If a run or a series is missing, the periods have no start where no newest forecast gives
        one, or the horizon ends before the periods do; every flaw carries its pointer.
    """
    if not any(demand.forecast for demand in scenario.demands):
        return scenario
    if NEWEST not in forecasts:
        scenario = _without_forecast(scenario)
    named = {i: d.forecast for i, d in enumerate(scenario.demands) if d.forecast is not None}
    if not named:
        return scenario
    scenario = _rolled(scenario, forecasts)
    spans, flaws = _spans(scenario.periods)
    demands = list(scenario.demands)
    known = {key: _series(result) for key, result in forecasts.items()}
    for place, reference in named.items():
        pointer = f"/demands/{place}/forecast"
        found = _found(known, reference, pointer)
        flaw = found if isinstance(found, Flaw) else _uncovered(found, spans, pointer)
        if flaw is not None or isinstance(found, Flaw):
            flaws += [] if flaw is None else [flaw]
        elif spans:
            demands[place] = _demand(demands[place], scenario.periods, spans, found)
    if flaws:
        raise ScenarioError(f"{len(flaws)} forecasts cannot be filled in", tuple(flaws))
    return scenario.model_copy(update={"demands": tuple(demands)})


def _without_forecast(scenario: Scenario) -> Scenario:
    """Leave their own quantities to demands that wait for the first forecast."""

    def kept(demand: Demand) -> Demand:
        own = demand.quantity is not None or demand.quantity_by_period
        waits = demand.forecast is not None and demand.forecast.run is None
        return demand.model_copy(update={"forecast": None}) if own and waits else demand

    demands = tuple(kept(demand) for demand in scenario.demands)
    return scenario.model_copy(update={"demands": demands})


def _rolled(scenario: Scenario, forecasts: Mapping[str, Mapping[str, Any]]) -> Scenario:
    """Let periods without a start begin with the newest forecast."""
    first, *rest = scenario.periods
    bounds = forecasts.get(NEWEST, {}).get("bounds")
    if first.start is not None or not bounds:
        return scenario
    begun = first.model_copy(update={"start": date.fromisoformat(bounds[0])})
    return scenario.model_copy(update={"periods": (begun, *rest)})


def _spans(periods: Sequence[Period]) -> tuple[list[tuple[float, float]], list[Flaw]]:
    """First day and end of each period; one without a start follows the one before."""
    spans: list[tuple[float, float]] = []
    for place, period in enumerate(periods):
        if period.start is not None:
            first = float(period.start.toordinal())
        elif spans:
            first = spans[-1][1]
        else:
            pointer = f"/periods/{place}/start"
            return [], [Flaw(pointer, f"period {period.code!r} has no start; give its first day")]
        spans.append((first, first + period.days))
    return spans, []


def serves(result: Mapping[str, Any], scenario: Scenario) -> bool:
    """Whether a forecast has every series that demands of the scenario want of the newest one."""
    known = _series(result)
    wanted = (d.forecast for d in scenario.demands if d.forecast is not None)
    return all(reference.series in known for reference in wanted if reference.run is None)


def _series(result: Mapping[str, Any]) -> dict[str, _Forecast]:
    days = [float(date.fromisoformat(day).toordinal()) for day in result["bounds"]]
    bounds = np.array(days, dtype=np.float64)
    return {
        one["name"]: _Forecast(
            bounds, np.array(one["mean"], dtype=np.float64), np.square(one["sd"], dtype=np.float64)
        )
        for one in result["series"]
    }


def _found(
    known: Mapping[str, dict[str, _Forecast]], reference: ForecastRef, pointer: str
) -> _Forecast | Flaw:
    run = reference.run or NEWEST
    if run not in known:
        said = "no demand-forecast has succeeded yet" if run == NEWEST else f"no run {run!r}"
        return Flaw(f"{pointer}/run", f"{said}; make a forecast, or give a quantity")
    series = known[run].get(reference.series)
    if series is None:
        names = ", ".join(sorted(known[run])[:5])
        return Flaw(
            f"{pointer}/series",
            f"the forecast has no series {reference.series!r}; it has {names or 'none'}",
        )
    return series


def _uncovered(
    forecast: _Forecast, spans: Sequence[tuple[float, float]], pointer: str
) -> Flaw | None:
    first, end = forecast.bounds[0], forecast.bounds[-1]
    if not spans or (min(s for s, _ in spans) >= first and max(e for _, e in spans) <= end):
        return None
    wanted = _day(min(s for s, _ in spans)), _day(max(e for _, e in spans))
    return Flaw(
        pointer,
        f"the forecast covers {_day(first)} to {_day(end)}, the periods {wanted[0]} to {wanted[1]};"
        " raise its horizon, or move the periods",
    )


def _day(ordinal: float) -> date:
    return date.fromordinal(int(ordinal)) + timedelta(days=bool(ordinal % 1))


def _demand(
    demand: Demand,
    periods: Sequence[Period],
    spans: Sequence[tuple[float, float]],
    forecast: _Forecast,
) -> Demand:
    share = np.array([_shares(forecast.bounds, span) for span in spans])
    quantity = np.round(share @ forecast.mean, _DECIMALS)
    sd = round(float(np.sqrt(np.mean(share @ forecast.variance))), _DECIMALS)
    spread = demand.spread or Spread()
    if spread.sd is None and spread.cv is None:
        spread = spread.model_copy(update={"sd": sd})
    by_period = zip(periods, quantity, strict=True)
    return demand.model_copy(
        update={
            "quantity": None,
            "quantity_by_period": tuple(
                ByPeriod(period=p.code, amount=float(q)) for p, q in by_period
            ),
            "forecast": None,
            "spread": spread,
        }
    )


def _shares(bounds: FloatArray, span: tuple[float, float]) -> FloatArray:
    """Share of each forecast period that lies within `span`."""
    lower, upper = bounds[:-1], bounds[1:]
    overlap = np.minimum(upper, span[1]) - np.maximum(lower, span[0])
    share: FloatArray = np.clip(overlap, 0.0, None) / (upper - lower)
    return share
