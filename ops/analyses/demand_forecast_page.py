"""The page of a demand forecast: verdicts, the worst series first, charts with their fans."""

from datetime import UTC, date, datetime, time

from ops.analyses.demand_forecast_result import (
    AccuracyOfForecasts,
    DemandForecastResult,
    ForecastOfSeries,
    HistoryOfSeries,
)
from ops.page import Block, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Level, Number, Phrase

LISTED = 200  # series in the table
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def view(result: DemandForecastResult) -> Page:
    """Show a demand forecast."""
    sections = [Section(title="Series", blocks=(_table(result),))]
    if result.record:
        sections.append(Section(title="Forecast against actual", blocks=_record(result)))
    by_name = {one.name: one for one in result.series}
    sections += [
        Section(title=past.name, blocks=_of_series(result, by_name[past.name], past))
        for past in result.histories
    ]
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Demand forecast", verdicts=_verdicts(result), sections=tuple(sections))


def _verdicts(result: DemandForecastResult) -> tuple[Verdict, ...]:
    tested = _verdict("Back test", result.backtest, result, _worse(result.series))
    if not result.record:
        return (tested,)
    bottom = {one.name for one in result.series if one.kind == "bottom"}
    judged = [one for one in result.record_of_series if one.label in bottom]
    worse = (sum((one.fva or 0.0) < 0 for one in judged), len(judged))
    return _verdict("Forecasts of earlier nights", result.record[0], result, worse), tested


def _worse(series: tuple[ForecastOfSeries, ...]) -> tuple[int, int]:
    """How many bottom series are worse than naive, of how many that were judged."""
    scores = [one.score for one in series if one.kind == "bottom"]
    judged = [score for score in scores if score is not None]
    return sum((score.fva or 0.0) < 0 for score in judged), len(judged)


def _verdict(
    what: str,
    found: AccuracyOfForecasts,
    result: DemandForecastResult,
    worse: tuple[int, int],
) -> Verdict:
    if not found.n:
        reason = Phrase.of("{what}: the histories are too short to judge the forecast", what=what)
        return Verdict.of("warn", reason)
    ratio = None if found.fva is None else 1.0 - found.fva
    covered = found.coverage or 0.0
    level: Level = "good"
    if covered < result.interval - 0.1 or worse[0]:
        level = "warn"
    if ratio is not None and ratio > 1:
        level = "bad"
    said = Phrase.of(
        "{what}: WAPE {wape}, RMSE {ratio} of naive",
        what=what,
        wape=_percent(found.wape),
        ratio=Number(value=ratio, decimals=2),
    )
    intervals = Phrase.of(
        "{level} intervals covered {share}",
        level=_percent(result.interval),
        share=_percent(found.coverage),
    )
    few = Phrase.of(
        "{k} of {n} series are worse than naive",
        k=Number(value=worse[0]),
        n=Number(value=worse[1]),
    )
    return Verdict.of(level, said, intervals, few)


def _percent(value: float | None) -> Number:
    return Number(value=value, percent=True, decimals=0)


def _table(result: DemandForecastResult) -> Table:
    ranked = sorted(result.series, key=lambda one: -_badness(one))[:LISTED]
    unit = result.unit
    return Table(
        title="Worst first, by scaled error of the back test",
        columns=(
            Column(label="Series"),
            Column(label="Level"),
            Column(label="Pattern"),
            Column(label="Method"),
            Column(label="Next period", unit=unit, decimals=1),
            Column(label="From", unit=unit, decimals=1),
            Column(label="To", unit=unit, decimals=1),
            Column(label="RMSSE", decimals=2),
            Column(label="WAPE", unit="%", decimals=0),
            Column(label="Bias", unit="%", decimals=0),
            Column(label="Value added", unit="%", decimals=0),
            Column(label="Covered", unit="%", decimals=0),
            Column(label="Fill rate", unit="%", decimals=1),
        ),
        rows=tuple(_row(one) for one in ranked),
    )


def _badness(one: ForecastOfSeries) -> float:
    score = one.score
    return 0.0 if score is None or score.rmsse is None else score.rmsse


def _row(one: ForecastOfSeries) -> tuple[Cell, ...]:
    score = one.score
    figures = (None,) * 3 if score is None else (score.wape, score.bias, score.fva)
    return (
        one.name,
        one.kind,
        one.pattern,
        one.method,
        one.mean[0],
        one.lower[0],
        one.upper[0],
        None if score is None else score.rmsse,
        *(_hundred(figure) for figure in figures),
        _hundred(one.coverage),
        None if score is None else _hundred(score.fill),
    )


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100.0 * share


def _record(result: DemandForecastResult) -> tuple[Block, ...]:
    series = result.record_of_series[:LISTED]
    return (
        Text.of(
            Phrase.of(
                "Forecasts of {nights} earlier runs, beside what has come since.",
                nights=Number(value=result.nights),
            )
        ),
        _accuracy("Bottom series by lead", "Lead", result.record),
        _accuracy("By series, worst first", "Series", series),
    )


def _accuracy(title: str, head: str, found: tuple[AccuracyOfForecasts, ...]) -> Table:
    shares = ("WAPE", "Bias", "Covered", "Cycle service", "Fill rate", "Value added")
    columns = [Column(label=head), Column(label="n")]
    columns += [Column(label=label, unit="%", decimals=0) for label in shares]
    rows = [
        (
            one.label,
            one.n,
            *(
                _hundred(share)
                for share in (
                    one.wape,
                    one.bias,
                    one.coverage,
                    one.cycle_service,
                    one.fill_rate,
                    one.fva,
                )
            ),
        )
        for one in found
    ]
    return Table(title=title, columns=tuple(columns), rows=tuple(rows))


def _of_series(
    result: DemandForecastResult, one: ForecastOfSeries, past: HistoryOfSeries
) -> tuple[Block, ...]:
    blocks: list[Block] = [_fan(result, one, past)]
    if one.scores:
        columns = [Column(label="Method"), Column(label="RMSSE", decimals=3)]
        columns.append(Column(label="Pinball over demand", decimals=3))
        columns += [
            Column(label=label, unit="%", decimals=0)
            for label in ("WAPE", "Bias", "Value added", "Fill rate")
        ]
        rows = tuple(
            (
                score.method,
                score.rmsse,
                score.pinball,
                *map(_hundred, (score.wape, score.bias, score.fva, score.fill)),
            )
            for score in one.scores
        )
        blocks.append(Table(title="Candidates", columns=tuple(columns), rows=rows))
    return tuple(blocks)


def _fan(result: DemandForecastResult, one: ForecastOfSeries, past: HistoryOfSeries) -> Chart:
    x_past = tuple(_micros(day) for day in result.history_bounds[:-1])
    x = tuple(_micros(day) for day in result.bounds[:-1])
    return Chart(
        title="Demand and forecast",
        x=Axis(label="Period", scale="time"),
        y=Axis(label="Demand", unit=result.unit),
        layers=(
            Layer(mark="band", label="interval", x=x, y=one.lower, y2=one.upper, role="fit"),
            Layer(mark="line", label="demand", x=x_past, y=past.total),
            Layer(mark="line", label="forecast", x=x, y=one.mean, role="fit"),
            Layer(mark="line", label="stocked", x=x, y=one.stock, role="limit"),
        ),
    )


def _micros(day: date) -> float:
    return float((datetime.combine(day, time(), UTC) - _EPOCH).total_seconds() * 1e6)


def _method(result: DemandForecastResult) -> Text:
    return Text.of(
        Phrase.of(
            "Demand of {n} complete periods ({period}, {zone}).",
            n=Number(value=result.periods),
            period=result.period,
            zone=result.zone,
        ),
        Phrase.of(
            "Each method forecast from up to {k} origins of the past; the simplest within 1 % of"
            " the best {criterion} was chosen.",
            k=Number(value=result.origins),
            criterion=result.criterion,
        ),
        Phrase.of(
            "Intervals are the model's where the back test bore them out, else order statistics of"
            " back-test errors; sums agree by {how}.",
            how=result.reconciliation,
        ),
        Phrase.of(
            "WAPE alone rewards a forecast of nothing where demand is rare: see RMSSE, pinball loss"
            " and fill rate."
        ),
    )
