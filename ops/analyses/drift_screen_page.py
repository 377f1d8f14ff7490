"""The page of a drift screen: what drifts, since when, what is over, and what is promised."""

from ops.analyses.drift_screen_beside import beside_sections, moment
from ops.analyses.drift_screen_result import DriftFinding, DriftScreenResult
from ops.analyses.drift_screen_words import finding_verdict, over_verdict, screen_verdict
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

_KINDS = {
    "trend": "trend of the mean",
    "step": "step of the mean",
    "level": "level of the mean",
    "spread": "scatter",
    "near-limit": "share near a limit",
}
_COLUMNS = (
    Column(label="Tool"),
    Column(label="Characteristic"),
    Column(label="Site"),
    Column(label="What moved"),
    Column(label="Size", decimals=3),
    Column(label="From", decimals=3),
    Column(label="To", decimals=3),
    Column(label="Unit"),
    Column(label="Since"),
    Column(label="Allowed", decimals=3),
    Column(label="Slope per day", decimals=4),
    Column(label="Points"),
    Column(label="Autocorrelation", decimals=2),
    Column(label="p", decimals=4),
    Column(label="p of the finding", decimals=4),
    Column(label="Nearest event"),
    Column(label="Over since"),
)


def view(result: DriftScreenResult) -> Page:
    """Show a drift screen."""
    standing = tuple(finding_verdict(f, result.stream) for f in _told(result.findings))
    over = tuple(over_verdict(o, result.stream) for o in result.over)
    return Page(
        title="Drift screen",
        verdicts=(screen_verdict(result), *standing, *over),
        sections=(
            Section(title="Findings", blocks=_findings(result)),
            *beside_sections(result),
            Section(title="Drift that is over", blocks=(_over(result),)),
            Section(title="What is chance", blocks=(_p_values(result), _promise(result))),
            Section(title="Left out", blocks=_left_out(result)),
            Section(title="Method", blocks=(_method(result),)),
        ),
    )


def _told(findings: tuple[DriftFinding, ...]) -> list[DriftFinding]:
    """Choose the findings with a verdict of their own.

    Not those that are over, and not a share near a limit where the same values moved or scatter:
    it follows from that, and the table has it.
    """
    moved = {(f.site, f.level, f.characteristic) for f in findings if f.mechanism != "near-limit"}
    return [
        f
        for f in findings
        if not f.over
        and (f.mechanism != "near-limit" or (f.site, f.level, f.characteristic) not in moved)
    ]


def _findings(result: DriftScreenResult) -> tuple[Block, ...]:
    if not result.findings:
        return (
            Text.of(
                Phrase.of(
                    "No tool drifts, of {n} pairs of a tool and a mechanism.",
                    n=Number(value=result.tested),
                )
            ),
        )
    table = Table(
        title="Streams that moved, the surest first",
        columns=_COLUMNS,
        rows=tuple(_row(f) for f in result.findings),
    )
    return (table,)


def _row(f: DriftFinding) -> tuple[str | float | int | None, ...]:
    unit = f.unit if f.mechanism == "mean" else ""
    return (
        f.level, f.characteristic, f.site, _KINDS[f.kind], f.size, f.lower, f.upper, unit,
        moment(f.since), f.delta, f.slope, f.n, f.autocorrelation, f.p, f.p_finding, f.event,
        f.over,
    )  # fmt: skip


def _over(result: DriftScreenResult) -> Block:
    if not result.over:
        return Text.of(Phrase.of("Of no drift is it shown that it is over."))
    return Table(
        title="Back within the band",
        columns=(
            Column(label="Tool"),
            Column(label="Characteristic"),
            Column(label="What had moved"),
            Column(label="Since event"),
            Column(label="Against before", decimals=3),
            Column(label="90 % from", decimals=3),
            Column(label="90 % to", decimals=3),
            Column(label="Allowed", decimals=3),
            Column(label="Points since"),
        ),
        rows=tuple(
            (o.level, o.characteristic, o.mechanism, o.event, o.shift, o.lower, o.upper, o.delta,
             o.n)
            for o in result.over
        ),
    )  # fmt: skip


def _p_values(result: DriftScreenResult) -> Chart:
    width = 1.0 / len(result.p_counts)
    return Chart(
        title="p-values of tool and mechanism",
        x=Axis(label="p-value"),
        y=Axis(label="Pairs"),
        layers=(
            Layer(
                mark="bars",
                label="pairs",
                x=tuple((i + 0.5) * width for i in range(len(result.p_counts))),
                y=tuple(float(c) for c in result.p_counts),
            ),
        ),
    )


def _promise(result: DriftScreenResult) -> Text:
    return Text.of(
        Phrase.of(
            "Of the findings of {nights} nights, at most {fdr} are false on average, however the"
            " nights depend on each other: each of them is judged at {level}.",
            nights=Number(value=result.nights),
            fdr=Number(value=result.fdr, percent=True),
            level=Number(value=result.night_level, percent=True, decimals=2),
        ),
        Phrase.of(
            "This is shard {shard} of {shards}; the promise holds for all of them together.",
            shard=Number(value=result.shard + 1),
            shards=Number(value=result.shards),
        ),
        Phrase.of(
            "Since a p-value is that of a band, quiet tools gather at 1, not evenly between 0 and"
            " 1."
        ),
    )


def _left_out(result: DriftScreenResult) -> tuple[Block, ...]:
    if not result.left_out:
        return (Text.of(Phrase.of("Every stream was judged.")),)
    columns = (
        Column(label="Tool"),
        Column(label="Characteristic"),
        Column(label="Points"),
        Column(label="Reason"),
    )
    rows = tuple((s.level, s.characteristic, s.n, s.reason) for s in result.left_out)
    table = Table(title="Streams that were not judged", columns=columns, rows=rows)
    if not result.left_out_more:
        return (table,)
    more = Number(value=result.left_out_more)
    return table, Text.of(Phrase.of("Further streams that are not shown: {n}.", n=more))


def _method(result: DriftScreenResult) -> Text:
    return Text.of(
        Phrase.of(
            "{streams} streams of {tools} tools with {values} values, median {points} points.",
            streams=Number(value=result.streams),
            tools=Number(value=result.tools),
            values=Number(value=result.values),
            points=Number(value=result.points),
        ),
        Phrase.of(
            "The null is that mean, scatter and share near a limit stayed each within a band; it is"
            " tested by the slowest cosines of a stream, whose noise is white whatever its short"
            " memory (Student's t). Trend, step and level are tested and combined by Simes."
        ),
        Phrase.of(
            "Findings are tools with a mechanism: a p-filter holds the share of false findings and"
            " of false tools, and inside a finding the streams that moved are named."
        ),
    )
