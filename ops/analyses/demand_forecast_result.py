"""Result of the demand forecast: what is stored, scored on later nights, and shown."""

from datetime import date
from math import isfinite

import numpy as np
from pydantic import Field

from ops.analysis import AnalysisResult
from ops.forecast.accuracy import StockService, stock_service
from ops.forecast.backtest import Backtest
from ops.forecast.choice import Forecast, Score
from ops.forecast.interval import back_tested
from ops.forecast.record import Accuracy
from ops.page_value import PageValue
from ops.values import FloatArray

_DIGITS = 6  # significant ones that are kept: a forecast is no more exact


class CandidateScore(PageValue):
    """A method that competed for a series, over all origins of the back test."""

    method: str = Field(description="Name of the method.")
    rmsse: float | None = Field(description="Root mean squared scaled error; below 1 is good.")
    pinball: float | None = Field(
        description="Pinball loss at the service quantile over the mean demand."
    )
    wape: float | None = Field(description="Absolute error over demand, a share.")
    bias: float | None = Field(description="Forecast less demand over demand, a share.")
    fva: float | None = Field(description="Share of the RMSE of naive that it saves.")
    fill: float | None = Field(description="Share of demand that the service quantile serves.")


class ForecastOfSeries(PageValue):
    """Forecast of one series; arrays have one value for each period to come."""

    name: str = Field(description="Levels joined by a slash; * adds up over a factor.")
    kind: str = Field(description="total, the name of a factor, or bottom.")
    method: str = Field(description="Method that was chosen.")
    pattern: str = Field(description="smooth, erratic, intermittent or lumpy.")
    adi: float | None = Field(description="Mean interval between demands, in periods.")
    cv2: float | None = Field(description="Squared variation of the demands that are not 0.")
    history: int = Field(description="Periods since the first demand.")
    last: float = Field(description="Demand of the last complete period: the naive forecast.")
    mean: tuple[float, ...] = Field(description="Mean, reconciled.")
    sd: tuple[float, ...] = Field(description="Standard deviation of the error.")
    lower: tuple[float, ...] = Field(description="Lower end of the interval.")
    upper: tuple[float, ...] = Field(description="Upper end of the interval.")
    stock: tuple[float, ...] = Field(description="Quantile that is stocked for the service.")
    interval_source: str = Field(description="model, conformal, or spread of a short history.")
    coverage: float | None = Field(description="Share of the back test within the interval.")
    cycle_service: float | None = Field(
        description="Share of back-tested periods without a stock-out."
    )
    scores: tuple[CandidateScore, ...] = Field(description="All that competed, simplest first.")

    @property
    def score(self) -> CandidateScore | None:
        """Score of the chosen method; None if the history was too short to choose."""
        return next((s for s in self.scores if s.method == self.method), None)


class AccuracyOfForecasts(PageValue):
    """What forecasts of earlier nights were worth, once their period had come."""

    label: str = Field(description="What they have in common.")
    lead: int | None = Field(description="Periods ahead; null: all of them.")
    n: int = Field(description="Forecasts that met their period.")
    wape: float | None = Field(description="Absolute error over demand, a share.")
    bias: float | None = Field(description="Forecast less demand over demand, a share.")
    rmse: float | None = Field(description="Root mean squared error, in the unit.")
    pinball: float | None = Field(description="Pinball loss over the mean demand.")
    coverage: float | None = Field(description="Share of periods within the interval.")
    cycle_service: float | None = Field(description="Share of periods without a stock-out.")
    fill_rate: float | None = Field(description="Share of demand served from the stock.")
    fva: float | None = Field(description="Share of the RMSE of naive that was saved.")

    @classmethod
    def of(cls, label: str, lead: int | None, found: Accuracy) -> "AccuracyOfForecasts":
        """Take over figures of a record."""
        return cls(
            label=label,
            lead=lead,
            n=found.n,
            wape=number(found.wape),
            bias=number(found.bias),
            rmse=number(found.rmse),
            pinball=number(found.pinball),
            coverage=number(found.coverage),
            cycle_service=number(found.service.cycle),
            fill_rate=number(found.service.fill),
            fva=number(found.fva),
        )


class HistoryOfSeries(PageValue):
    """Demand of the past of one series, for its chart."""

    name: str = Field(description="Name of the series.")
    total: tuple[float, ...] = Field(description="Demand of the last periods, oldest first.")


class DemandForecastResult(AnalysisResult):
    """Forecasts of all series, and how those of earlier nights turned out."""

    period: str = Field(description="day, week or month.")
    zone: str = Field(description="Zone whose midnights periods start at.")
    unit: str = Field(description="What is counted.")
    by: tuple[str, ...] = Field(description="Factors whose levels are told apart.")
    bounds: tuple[date, ...] = Field(description="First days of the periods, and the end.")
    history_bounds: tuple[date, ...] = Field(description="The same of the histories kept here.")
    periods: int = Field(description="Complete periods that the forecast was made from.")
    interval: float = Field(description="Level of the interval.")
    service: float = Field(description="Probability of the stocked quantile.")
    criterion: str = Field(description="What the choice of the method minimized.")
    origins: int = Field(description="Origins of the back test at most.")
    reconciliation: str = Field(description="mint, bottom-up or none.")
    series: tuple[ForecastOfSeries, ...] = Field(description="Aggregates, then the bottom.")
    histories: tuple[HistoryOfSeries, ...] = Field(description="Of the largest series.")
    backtest: AccuracyOfForecasts = Field(description="Back test of the whole bottom.")
    nights: int = Field(description="Earlier runs that were scored.")
    record: tuple[AccuracyOfForecasts, ...] = Field(
        description="Earlier forecasts against what came: all leads, then by lead."
    )
    record_of_series: tuple[AccuracyOfForecasts, ...] = Field(
        description="The same by series, worst first."
    )


def of_series(name: str, kind: str, y: FloatArray, found: Forecast) -> ForecastOfSeries:
    """Take over a base forecast; mean and quantiles are put in by who has reconciled them."""
    service = _service(found.test, found)
    return ForecastOfSeries(
        name=name,
        kind=kind,
        method=found.method,
        pattern=found.intermittence.pattern,
        adi=number(found.intermittence.adi),
        cv2=number(found.intermittence.cv2),
        history=int(y.size - np.argmax(y > 0)),
        last=float(y[-1]),
        mean=(),
        sd=numbers(found.intervals.sd),
        lower=(),
        upper=(),
        stock=(),
        interval_source=found.intervals.source,
        coverage=found.intervals.coverage,
        cycle_service=None if service is None else number(service.cycle),
        scores=tuple(_score(score) for score in found.scores),
    )


def _service(test: Backtest | None, found: Forecast) -> StockService | None:
    if test is None:
        return None
    probability = list(found.intervals.quantiles)[-1]
    return stock_service(test.actual.ravel(), back_tested(test, probability).ravel())


def _score(score: Score) -> CandidateScore:
    return CandidateScore(
        method=score.method,
        rmsse=number(score.rmsse),
        pinball=number(score.pinball),
        wape=number(score.wape),
        bias=number(score.bias),
        fva=number(score.fva),
        fill=number(score.fill),
    )


def number(value: float) -> float | None:
    """Six digits of a number; None if it is not finite.

    Examples
    --------
    >>> number(1 / 3), number(float("nan"))
    (0.333333, None)
    """
    return float(f"{value:.{_DIGITS}g}") if isfinite(value) else None


def numbers(values: FloatArray) -> tuple[float, ...]:
    """Six digits of each of some finite numbers."""
    return tuple(float(f"{value:.{_DIGITS}g}") for value in values)
