"""The page of a multivariate chart: the chart, the reasons of signals, the reference."""

from ops.analyses.multivariate_chart_result import MultivariateChartResult, MultivariateSignal
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Matrix, Table
from ops.page_value import Number, Phrase

_NAMES = {"t2": "T-squared", "mewma": "T-squared of the weighted average"}
_TINTED = 0.5  # correlations that stand out


def view(result: MultivariateChartResult) -> Page:
    """Show a multivariate chart."""
    chart: list[Block] = [_chart(result)]
    if result.units_incomplete:
        n = Number(value=result.units_incomplete)
        chart.append(Text.of(Phrase.of("Units left out since a value is missing: {n}.", n=n)))
    sections = [Section(title="Chart", blocks=tuple(chart))]
    if result.signals:
        sections.append(Section(title="Reasons", blocks=(_reasons(result),)))
    sections.append(Section(title="Reference", blocks=(_reference(result), _correlation(result))))
    sections.append(Section(title="Method", blocks=(_method(result),)))
    return Page(title="Multivariate chart", verdicts=(result.verdict,), sections=tuple(sections))


def _chart(result: MultivariateChartResult) -> Chart:
    signals = {signal.ts: signal.value for signal in result.signals}
    layers = [
        Layer(mark="line", label="statistic", x=result.ts, y=result.statistic),
        Layer(
            mark="points",
            label="beyond the limit",
            role="signal",
            x=tuple(signals),
            y=tuple(signals.values()),
        ),
        Layer(mark="rule", label="limit", role="limit", y=(result.limit_phase_two,)),
    ]
    if result.limit_phase_one != result.limit_phase_two:
        low = (result.limit_phase_one,)
        layers.append(Layer(mark="rule", label="limit of phase I", role="limit", y=low))
    return Chart(
        title=_NAMES[result.method],
        x=Axis(label="Time", scale="time"),
        y=Axis(label=_NAMES[result.method]),
        layers=tuple(layers),
    )


def _reasons(result: MultivariateChartResult) -> Table:
    columns = (
        Column(label="Unit"),
        Column(label="Statistic", decimals=1),
        Column(label="Suspect"),
        Column(label="Variable"),
        Column(label="Given"),
        Column(label="Off by", decimals=2),
        Column(label="In sigmas", decimals=1),
        Column(label="Term", decimals=1),
        Column(label="Limit", decimals=1),
    )
    rows = tuple(row for signal in result.signals for row in _rows(signal))
    return Table(title="What the signals are made of", columns=columns, rows=rows)


def _rows(signal: MultivariateSignal) -> list[tuple[str | float | None, ...]]:
    if not signal.terms:
        return [(signal.unit, signal.value, signal.suspect, "-", "", None, None, None, None)]
    return [
        (
            signal.unit,
            signal.value,
            signal.suspect,
            term.variable,
            ", ".join(term.given),
            term.residual,
            term.residual / term.sigma if term.sigma > 0 else None,
            term.value,
            term.limit,
        )
        for term in signal.terms
    ]


def _reference(result: MultivariateChartResult) -> Table:
    columns = (
        Column(label="Variable"),
        Column(label="Unit"),
        Column(label="Mean", decimals=3),
        Column(label="Sigma", decimals=3),
    )
    rows = tuple((v.variable, v.unit, v.mean, v.sigma) for v in result.variables)
    return Table(title="Mean and sigma in phase I", columns=columns, rows=rows)


def _correlation(result: MultivariateChartResult) -> Matrix:
    names = tuple(v.variable for v in result.variables)
    tints = tuple(
        tuple(2 if abs(r) >= _TINTED and i != j else 0 for j, r in enumerate(row))
        for i, row in enumerate(result.correlation)
    )
    return Matrix(
        title="Correlations in phase I",
        rows=names,
        columns=tuple(Column(label=name, decimals=2) for name in names),
        values=result.correlation,
        tints=tints,
    )


def _method(result: MultivariateChartResult) -> Text:
    phrases = [
        Phrase.of(
            "Mean and covariance come from the first {m} of {n} units and stay as they are for the"
            " others; {alpha} of the units of a process in control lie beyond.",
            m=Number(value=result.phase_one_units),
            n=Number(value=result.units),
            alpha=Number(value=result.alpha, percent=True),
        )
    ]
    if result.method == "mewma":
        phrases.append(
            Phrase.of(
                "The weight of the newest unit is {weight}; the limit is that of known parameters.",
                weight=Number(value=result.lambda_),
            )
        )
    phrases.append(Phrase.of("Without the suspect the statistic falls most."))
    phrases.append(
        Phrase.of(
            "A term by itself says that a variable is off; a term given others, that it does not go"
            " with them as it used to (Mason, Young and Tracy)."
        )
    )
    return Text.of(*phrases)
