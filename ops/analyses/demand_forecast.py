"""Demand forecast: a method for each series by rolling origin, sums that agree, its own record."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import numpy as np
from pydantic import Field, field_validator

from ops.analyses.demand_forecast_page import view
from ops.analyses.demand_forecast_predictions import predictions_of
from ops.analyses.demand_forecast_result import (
    AccuracyOfForecasts,
    DemandForecastResult,
    ForecastOfSeries,
    HistoryOfSeries,
    numbers,
    of_series,
)
from ops.analyses.demand_forecast_sample import sample_demand
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.forecast.choice import Criterion, Rules
from ops.forecast.demand import count_demand, name_of
from ops.forecast.forest import Forest, Reconciliation, affordable, grow
from ops.forecast.hierarchy import ANY
from ops.forecast.method import MethodName
from ops.forecast.period import SEASON, PeriodKind
from ops.forecast.record import Met, accuracy, meet
from ops.forecast_query import ForecastData, ForecastQuery
from ops.query import MeasurementQuery
from ops.timing.window import LastDuration, Window

CHARTED = 8  # series whose history is kept
CHARTED_PERIODS = 104
FactorName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
_ALIKE = ("site", "characteristics", "where", "by", "period", "zone")  # else nights do not compare


class DemandForecastParams(AnalysisParams):
    """Parameters of the demand forecast."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="1100d"),
        description="History: absolute (start, end), relative (last), shift, or since.",
    )
    characteristics: tuple[str, ...] = Field(
        default=("DEMAND",), min_length=1, max_length=100, description="Codes of what is demanded."
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"customer": ["CUST-01"]}.',
    )
    by: tuple[FactorName, ...] = Field(
        default=("customer", "commodity"),
        max_length=4,
        description="Factors: each combination of their levels is a series.",
    )
    period: PeriodKind = Field(
        default="week", description="What demand is counted in; weeks start on Monday."
    )
    zone: str = Field(
        default="UTC", max_length=60, description="IANA zone whose midnights periods start at."
    )
    horizon: int = Field(default=13, ge=1, le=104, description="Periods to forecast.")
    season: int | None = Field(
        default=None, ge=1, le=366, description="Periods of a cycle; null: of a week or a year."
    )
    interval: float = Field(default=0.8, ge=0.5, le=0.99, description="Level of the interval.")
    service: float = Field(
        default=0.95, gt=0.5, le=0.999, description="Probability that a stocked quantile suffices."
    )
    criterion: Criterion = Field(
        default="rmsse", description="What the choice minimizes: rmsse (mean), pinball (stock)."
    )
    methods: tuple[MethodName, ...] = Field(
        default=(), max_length=10, description="Candidates beside naive; empty: all that suit."
    )
    origins: int = Field(default=6, ge=2, le=24, description="Origins of the back test at most.")
    budget_s: float = Field(
        default=120.0, gt=0, le=36_000, description="Rough seconds of a core; fewer origins fit it."
    )
    reconciliation: Reconciliation = Field(
        default="mint", description="How sums are made to agree; none: bottom series only."
    )
    most: int = Field(
        default=300, ge=1, le=5000, description="Bottom series at most; the rest is added up."
    )
    earlier: int = Field(
        default=30, ge=0, le=400, description="Earlier runs that are scored against what came."
    )

    @field_validator("zone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"no time zone {value!r}; give an IANA name: Europe/Berlin") from error


def needs(params: DemandForecastParams) -> ForecastQuery:
    """Ask for the demand with its factors, and for earlier forecasts of the same."""
    stored: dict[str, Any] = params.model_dump(mode="json")
    return ForecastQuery(
        measured(params), like={name: stored[name] for name in _ALIKE}, earlier=params.earlier
    )


def measured(params: DemandForecastParams) -> MeasurementQuery:
    """Query of the demand alone."""
    return MeasurementQuery(
        characteristics=params.characteristics,
        site=params.site,
        where=dict(params.where),
        factors=params.by,
        columns=frozenset(),
    )


def compute(
    data: ForecastData, params: DemandForecastParams, progress: Progress
) -> DemandForecastResult:
    """Count demand, forecast every series of the hierarchy, score the forecasts of the past.

    Raises
    ------
    NotEnoughData
        If no complete period has a demand.
    BadData
        If a demand is negative, or the characteristics count different units.
    """
    demand = count_demand(
        data.measurements,
        by=params.by,
        kind=params.period,
        zone=params.zone,
        window=(data.start, data.end),
        most=params.most,
    )
    rules = _rules(params, len(demand.keys))
    forest = grow(demand, rules, reconciliation=params.reconciliation, tell=progress)
    progress(1.0, f"{len(forest.forecasts)} series")
    ahead = demand.periods.following(params.horizon)
    names = [name_of(key) for key in forest.tree.keys]
    met = meet(
        (run.result for run in data.earlier),
        names=names,
        bounds=demand.periods.bounds,
        total=forest.history,
    )
    bottom = met.where(met.series >= len(names) - forest.tree.bottom)
    shown = demand.periods.bounds[-CHARTED_PERIODS - 1 :]
    return DemandForecastResult(
        period=params.period,
        zone=params.zone,
        unit=demand.unit,
        by=params.by,
        bounds=ahead.bounds,
        history_bounds=shown,
        periods=len(demand.periods),
        interval=params.interval,
        service=params.service,
        criterion=params.criterion,
        origins=rules.origins,
        reconciliation=params.reconciliation,
        series=tuple(_series(forest, place, params) for place in range(len(names))),
        histories=_histories(forest, names, len(shown) - 1),
        backtest=AccuracyOfForecasts.of(
            "back test", None, accuracy(forest.back_test(rules), params.service)
        ),
        nights=len(data.earlier),
        record=_by_lead(bottom, params.service),
        record_of_series=_by_series(met, names, params.service),
    )


def _rules(params: DemandForecastParams, series: int) -> Rules:
    rules = Rules(
        horizon=params.horizon,
        season=params.season or SEASON[params.period],
        interval=params.interval,
        service=params.service,
        criterion=params.criterion,
        origins=params.origins,
        methods=params.methods,
    )
    return replace(rules, origins=affordable(rules, series, params.budget_s))


def _series(forest: Forest, place: int, params: DemandForecastParams) -> ForecastOfSeries:
    key = forest.tree.keys[place]
    aggregate = place < len(forest.tree.keys) - forest.tree.bottom
    factors = [name for name, level in zip(params.by, key, strict=True) if level != ANY]
    kind = (factors[0] if factors else "total") if aggregate else "bottom"
    found = forest.forecasts[place]
    low, high, service = found.intervals.quantiles
    plain = of_series(name_of(key), kind, forest.history[place], found)
    return plain.model_copy(
        update={
            "mean": numbers(forest.mean[place]),
            "lower": numbers(forest.moved(place, low)),
            "upper": numbers(forest.moved(place, high)),
            "stock": numbers(forest.moved(place, service)),
        }
    )


def _histories(forest: Forest, names: list[str], n: int) -> tuple[HistoryOfSeries, ...]:
    largest = np.argsort(-forest.history.sum(axis=1), kind="stable")[:CHARTED]
    return tuple(
        HistoryOfSeries(name=names[i], total=numbers(forest.history[i, -n:])) for i in largest
    )


def _by_lead(bottom: Met, service: float) -> tuple[AccuracyOfForecasts, ...]:
    if not bottom.lead.size:
        return ()
    leads = (int(lead) for lead in np.unique(bottom.lead))
    return (
        AccuracyOfForecasts.of("all leads", None, accuracy(bottom, service)),
        *(
            AccuracyOfForecasts.of(
                f"{lead} ahead", lead, accuracy(bottom.where(bottom.lead == lead), service)
            )
            for lead in leads
        ),
    )


def _by_series(met: Met, names: list[str], service: float) -> tuple[AccuracyOfForecasts, ...]:
    judged = [
        AccuracyOfForecasts.of(names[i], None, accuracy(met.where(met.series == i), service))
        for i in (int(i) for i in np.unique(met.series))
    ]
    return tuple(sorted(judged, key=lambda one: inf if one.fva is None else one.fva))


DEMAND_FORECAST = Analysis(
    name="demand-forecast",
    title="Demand forecast",
    summary="Forecasts demand of customers and commodities; scores its earlier forecasts.",
    version=2,
    params=DemandForecastParams,
    result=DemandForecastResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        # methods of plain arithmetic: the example must not load the library of the others
        params=DemandForecastParams(horizon=8, methods=("zero", "seasonal-naive", "mean")),
        data=sample_demand,
    ),
    predictions=lambda result, params, _: (
        predictions_of(result, site=params.site, characteristics=params.characteristics)
        if not params.where
        else ()
    ),
)
