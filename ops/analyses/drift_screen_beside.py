"""Tables of what the other methods say beside the findings of a drift screen."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ops.analyses.drift_screen_result import BesideFinding, DriftFinding, DriftScreenResult
from ops.analyses.drift_terms_words import METHOD_WORDS
from ops.page import Block, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Phrase

_SAID = {True: "drift", False: "none shown", None: "distance only"}
_COLUMNS = (
    Column(label="Tool"),
    Column(label="Characteristic"),
    Column(label="Method"),
    Column(label="Estimate", decimals=4),
    Column(label="95 % from", decimals=4),
    Column(label="95 % to", decimals=4),
    Column(label="Unit"),
    Column(label="p", decimals=4),
    Column(label="Since"),
    Column(label="Says by itself"),
)
_NOTE = (
    "Each method speaks of the means of the points, by itself and at 5 %, however many streams are"
    " asked: it speaks for or against a finding and decides none. Theil-Sen has the interval of"
    " independent values and the p-value of Mann-Kendall under autocorrelation."
)


def beside_sections(result: DriftScreenResult) -> Iterator[Section]:
    """Show what other methods say of the findings, and of all streams where that was asked."""
    blocks: list[Block] = []
    rows = tuple(_row(f, one) for f in result.findings for one in f.beside)
    if rows:
        blocks.append(Table(title="Of the streams that moved", columns=_COLUMNS, rows=rows))
    if result.methods:
        blocks.append(_counts(result))
    if blocks:
        yield Section(title="Other methods", blocks=(*blocks, Text.of(Phrase.of(_NOTE))))


def _row(finding: DriftFinding, one: BesideFinding) -> tuple[str | float | None, ...]:
    units = {"value": finding.unit, "value/day": f"{finding.unit}/day"}
    since = None if one.since is None else moment(one.since)
    return (
        finding.level, finding.characteristic, METHOD_WORDS.get(one.method, one.method),
        one.estimate, one.lower, one.upper, units.get(one.measure, ""), one.p, since,
        _SAID[one.present],
    )  # fmt: skip


def _counts(result: DriftScreenResult) -> Table:
    return Table(
        title="Of all streams",
        columns=(
            Column(label="Method"),
            Column(label="Streams"),
            Column(label="Drift by itself, at 5 %"),
            Column(label="Of those, in findings"),
        ),
        rows=tuple(
            (METHOD_WORDS.get(m.method, m.method), m.told, m.present, m.within)
            for m in result.methods
        ),
    )


def moment(us: int) -> str:
    """Write an instant, UTC, to the minute."""
    return datetime.fromtimestamp(us / 1e6, tz=UTC).strftime("%Y-%m-%d %H:%M")
