"""The page of the drift analysis: record, evidence, forecast, memory, decision."""

from collections.abc import Iterator

from ops.analyses.drift_before_page import before
from ops.analyses.drift_charts import cost_chart, record_chart
from ops.analyses.drift_result import DriftDecision, DriftEvidence, DriftResult
from ops.analyses.drift_terms_words import (
    MECHANISM_WORDS,
    METHOD_WORDS,
    REMARK_WORDS,
    SAYS_WORDS,
    SIDE_WORDS,
    TARGET_WORDS,
    event_word,
)
from ops.analyses.drift_words import (
    day_of,
    first_crossing,
    reasons_of,
    tips_of,
    verdicts,
)
from ops.page import Block, Figure, Page, Section, Text
from ops.page_table import Cell, Column, Table
from ops.page_value import Phrase


def view(result: DriftResult) -> Page:
    """Show a drift analysis."""
    return Page(
        title="Drift",
        verdicts=tuple(verdicts(result)),
        sections=(
            Section(title="Record", blocks=(record_chart(result), *_figures(result))),
            Section(title="What to do", blocks=tuple(_decision(result))),
            Section(title="Evidence", blocks=tuple(_evidence(result))),
            *_forecast(result),
            *before(result),
            *_remarks(result),
        ),
    )


def _figures(result: DriftResult) -> Iterator[Figure]:
    forecast = result.forecast
    if forecast is not None:
        yield Figure(
            label="Level now",
            value=forecast.level,
            unit=result.unit,
            lower=forecast.level_lower,
            upper=forecast.level_upper,
            decimals=2,
        )
        yield Figure(
            label="Slope now",
            value=forecast.slope,
            unit=f"{result.unit}/d",
            lower=forecast.slope_lower,
            upper=forecast.slope_upper,
        )
    crossing = first_crossing(result)
    if crossing is not None and crossing.median is not None:
        yield Figure(label="Mean meets a limit in", value=crossing.median, unit="d",
                     lower=crossing.lower80, upper=crossing.upper80, decimals=0)  # fmt: skip
    yield Figure(label="Counts as nothing", value=result.margin, unit=result.unit, decimals=2)
    yield Figure(label="Points", value=result.points, decimals=0)
    yield Figure(label="Correlation of neighbours", value=result.phi, decimals=2)


def _decision(result: DriftResult) -> Iterator[Block]:
    made = result.decision
    reasons = tuple(reasons_of(result))
    if reasons:
        yield Text.of(*reasons)
    chart = cost_chart(result)
    if chart is not None:
        yield chart
    if made.unavoidable:
        yield Figure(label="Cost until it can be done", value=made.unavoidable,
                     unit=made.currency, decimals=0)  # fmt: skip
    if made.week is not None and made.week > 0:
        yield Figure(label="Cost of waiting a week", value=made.week, unit=made.currency,
                     decimals=0)  # fmt: skip
    if made.alternatives:
        yield Table(
            title="Other candidates",
            columns=(
                Column(label="Action"),
                Column(label="Expected cost", unit=made.currency, decimals=0),
                Column(label="Best day", unit="d"),
            ),
            rows=tuple((one.title, one.cost, one.day) for one in made.alternatives),
        )
    if made.action != "keep" or made.tippings:
        yield Text(text="What would change it:")
        yield Text.of(*(tuple(tips_of(result)) or _nothing(made)))


def _nothing(made: DriftDecision) -> tuple[Phrase, ...]:
    """Say that nothing near would change a decision, or what it would take to compare costs."""
    if made.costed:
        text = (
            "Neither a slope from a tenth to ten times the forecast, nor costs from a twentieth to"
            " twenty times, would change the action, or its day by a week."
        )
        return (Phrase.of(text),)
    return (Phrase.of("Costs of going on, limits and a forecast would let costs decide."),)


def _evidence(result: DriftResult) -> Iterator[Block]:
    columns = ("What", "Says", "Estimate", "Lower", "Upper", "Unit", "p", "By", "Since")
    places = {"p": 4}
    yield Table(
        title="Every method",
        columns=tuple(Column(label=label, decimals=places.get(label)) for label in columns),
        rows=tuple(
            (MECHANISM_WORDS.get(one.mechanism, one.mechanism), _says(one), _short(one.estimate),
             _short(one.lower), _short(one.upper), one.unit, one.p_value,
             METHOD_WORDS.get(one.method, one.method),
             None if one.since is None else day_of(one.since))
            for one in result.evidence
        ),
    )  # fmt: skip
    if result.changes:
        yield _steps(result)
    if result.group is not None:
        yield _group(result)


def _short(value: float | None) -> float | None:
    """Three digits: more are not known."""
    return None if value is None else float(f"{value:.3g}")


def _says(one: DriftEvidence) -> str:
    if one.present:
        return SAYS_WORDS["drift"]
    if one.absent:
        return SAYS_WORDS["absent"]
    return SAYS_WORDS["untold" if one.present is None else "none"]


def _steps(result: DriftResult) -> Table:
    columns = (Column(label="Step"), Column(label="Earliest"), Column(label="Latest"),
               Column(label="Size", unit=result.unit, decimals=2),
               Column(label="Lower", unit=result.unit, decimals=2),
               Column(label="Upper", unit=result.unit, decimals=2), Column(label="Event"),
               Column(label="After it", unit="min", decimals=0),
               Column(label="By chance", decimals=3))  # fmt: skip
    return Table(
        title="Steps, and what happened then",
        columns=columns,
        rows=tuple(
            (day_of(c.at), day_of(c.lower), day_of(c.upper), c.size, c.size_lower, c.size_upper,
             event_word(c.event) if c.event else None, c.lag_minutes,
             c.chance if c.event else None)
            for c in result.changes
        ),
    )  # fmt: skip


def _group(result: DriftResult) -> Table:
    assert result.group is not None, "a group is shown where there is one"
    unit = result.unit
    columns = (Column(label="Member"), Column(label="Shift", unit=unit, decimals=2),
               Column(label="Lower", unit=unit, decimals=2),
               Column(label="Upper", unit=unit, decimals=2),
               Column(label="Own", unit=unit, decimals=2),
               Column(label="p of its own", decimals=4),
               Column(label="Responsible"))  # fmt: skip
    told = result.group.pattern != "unresolved"
    rows = tuple(
        (m.name, m.shift, m.lower, m.upper, m.own, m.own_p, m.responsible if told else None)
        for m in result.group.members
    )
    return _filled("What is measured together", columns, rows)


def _filled(title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """Make a table of the columns in which anything stands."""
    kept = [i for i in range(len(columns)) if any(row[i] not in (None, "") for row in rows)]
    return Table(
        title=title,
        columns=tuple(columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in rows),
    )


def _forecast(result: DriftResult) -> Iterator[Section]:
    if result.forecast is None:
        return
    days = [Column(label=label, unit="d", decimals=0) for label in
            ("Median", "80 % from", "80 % to", "95 % from", "95 % to")]  # fmt: skip
    blocks: list[Block] = [
        Table(
            title="When limits are met, if nobody acts",
            columns=(Column(label="What"), Column(label="Side"), *days,
                     Column(label="Within the horizon", decimals=2)),
            rows=tuple(
                (TARGET_WORDS.get(c.target, c.target), SIDE_WORDS.get(c.side, c.side), c.median,
                 c.lower80, c.upper80, c.lower95, c.upper95, c.probability)
                for c in result.forecast.crossings
            ),
        ),
        Text.of(Phrase.of("Method: {method}.", method=result.forecast.method)),
    ]  # fmt: skip
    if result.backtest:
        blocks.append(
            Table(
                title="The same forecast from earlier days of this record",
                columns=(Column(label="Days ahead"), Column(label="Forecasts"),
                         Column(label="80 % held", decimals=2),
                         Column(label="95 % held", decimals=2),
                         Column(label="Better than no change by", decimals=2)),
                rows=tuple((b.horizon_days, b.origins, b.held80, b.held95, b.skill)
                           for b in result.backtest),
            )
        )  # fmt: skip
    yield Section(title="Forecast", blocks=tuple(blocks))


def _remarks(result: DriftResult) -> Iterator[Section]:
    if not result.remarks:
        return
    columns = ("Remark", "Baseline", "Count", "Where", "How much", "Told")
    rows = tuple(
        (REMARK_WORDS.get(r.id, r.id), r.name, r.count, None if r.at is None else day_of(r.at),
         _short(r.amount), r.said)
        for r in result.remarks
    )  # fmt: skip
    made = tuple(Column(label=label) for label in columns)
    yield Section(
        title="What to know about the data", blocks=(_filled("Record and baseline", made, rows),)
    )
