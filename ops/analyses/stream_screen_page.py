"""The page of a stream screen: what stands, how far, and how many alarms are chance."""

from ops.analyses.stream_screen_result import StreamFinding, StreamScreenResult
from ops.page import Block, Page, Section, Subject, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

NAMED = 5  # findings with a verdict of their own
_TESTS = {
    "outlier": "single value",
    "ewma": "EWMA",
    "shift": "mean",
    "slope": "slope",
}
_COLUMNS = (
    Column(label="Characteristic"),
    Column(label="Stream"),
    Column(label="Site"),
    Column(label="Unit"),
    Column(label="Baseline n"),
    Column(label="Judged n"),
    Column(label="Baseline mean", decimals=3),
    Column(label="Baseline sigma", decimals=3),
    Column(label="Shift", decimals=3),
    Column(label="Shift from", decimals=3),
    Column(label="Shift to", decimals=3),
    Column(label="Shift in sigma", decimals=2),
    Column(label="Drift over the judged", decimals=3),
    Column(label="Largest in sigma", decimals=2),
    Column(label="Rules"),
    Column(label="Strongest test"),
    Column(label="p"),
    Column(label="Adjusted p"),
)


def view(result: StreamScreenResult) -> Page:
    """Show a stream screen."""
    return Page(
        title="Stream screen",
        verdicts=(_verdict(result), *(_named(f) for f in result.findings[:NAMED])),
        sections=(
            Section(title="Findings", blocks=_findings(result)),
            Section(title="What is chance", blocks=(_counts(result), _p_values(result))),
            Section(title="Method", blocks=(_method(result),)),
        ),
    )


def _verdict(result: StreamScreenResult) -> Verdict:
    limits = result.charts[0]
    return Verdict.of(
        "bad" if result.found else "good",
        Phrase.of(
            "{n} of {all} streams are beyond 3 sigma, {expected} are expected by chance",
            n=Number(value=limits.found),
            all=Number(value=result.streams),
            expected=Number(value=limits.expected, decimals=1),
        ),
        Phrase.of(
            "{n} stand after control of false findings at {fdr}",
            n=Number(value=result.found),
            fdr=Number(value=result.fdr, percent=True),
        ),
    )


def _named(finding: StreamFinding) -> Verdict:
    factors = {"stream": finding.level} if finding.level else {}
    return Verdict.of(
        "bad",
        Phrase.of(
            "{name} {stream}: the mean moved by {shift} {unit} (95 % {lower} to {upper}), {sigmas}"
            " sigma of its baseline",
            name=finding.title,
            stream=finding.level,
            shift=Number(value=finding.shift, decimals=3),
            unit=finding.unit,
            lower=Number(value=finding.shift_lower, decimals=3),
            upper=Number(value=finding.shift_upper, decimals=3),
            sigmas=Number(value=finding.shift_sigmas, decimals=2),
        ),
        subject=Subject(site=finding.site, characteristic=finding.characteristic, factors=factors),
    )


def _findings(result: StreamScreenResult) -> tuple[Block, ...]:
    if not result.found:
        none = Phrase.of(
            "No stream stands at a false discovery rate of {fdr}.",
            fdr=Number(value=result.fdr, percent=True),
        )
        return (Text.of(none),)
    rows = tuple(
        (
            f.characteristic, f.level, f.site, f.unit, f.baseline_n, f.n, f.center, f.sigma,
            f.shift, f.shift_lower, f.shift_upper, f.shift_sigmas, f.drift, f.largest,
            ", ".join(f.rules), _TESTS[f.strongest], f.p, f.adjusted,
        )
        for f in result.findings
    )  # fmt: skip
    table = Table(title="Findings, strongest first", columns=_COLUMNS, rows=rows)
    more = result.found - len(result.findings)
    if not more:
        return (table,)
    return table, Text.of(
        Phrase.of("Further findings that are not shown: {n}.", n=Number(value=more))
    )


def _counts(result: StreamScreenResult) -> Table:
    return Table(
        title="Streams with a signal, by chart",
        columns=(
            Column(label="Chart"),
            Column(label="Found"),
            Column(label="Expected by chance", decimals=1),
            Column(label="Expected if baselines were known", decimals=1),
        ),
        rows=tuple((c.chart, c.found, c.expected, c.known) for c in result.charts),
    )


def _p_values(result: StreamScreenResult) -> Chart:
    width = 1.0 / len(result.p_counts)
    return Chart(
        title="p-values of the streams",
        x=Axis(label="p-value"),
        y=Axis(label="Streams"),
        layers=(
            Layer(
                mark="bars",
                label="streams",
                x=tuple((i + 0.5) * width for i in range(len(result.p_counts))),
                y=tuple(float(c) for c in result.p_counts),
            ),
        ),
    )


def _method(result: StreamScreenResult) -> Text:
    phrases = [
        Phrase.of(
            "Each stream is judged against the mean and standard deviation of its own baseline"
            " (median {m} values), of which {removed} gross errors are left out; judged are"
            " {values} values, median {n} of a stream.",
            m=Number(value=result.baseline_n),
            removed=Number(value=result.removed),
            values=Number(value=result.values),
            n=Number(value=result.n),
        ),
        Phrase.of(
            "The p-value is that of the strongest of four tests (single value, EWMA, mean, slope)"
            " by Student's distribution, multiplied by the tests and by the looks of each;"
            " false findings are controlled by {control}.",
            control=result.control,
        ),
        Phrase.of(
            "Expected signals are simulated from independent normal values with baselines as"
            " uncertain as these; run rules and the CUSUM are counted and make no finding of"
            " their own."
        ),
        Phrase.of(
            "Left out: {few} streams with too few values, {constant} with a constant baseline.",
            few=Number(value=result.too_few),
            constant=Number(value=result.constant),
        ),
        Phrase.of(
            "Neighbouring values are correlated in {n} of {all} streams, {expected} are expected by"
            " chance; correlated values raise more alarms than these p-values say.",
            n=Number(value=result.autocorrelated),
            all=Number(value=result.streams),
            expected=Number(value=0.05 * result.streams, decimals=1),
        ),
    ]
    return Text.of(*phrases)
