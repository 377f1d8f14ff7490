"""The page of the honesty ledger: coverage and false alarms, and what did not hold."""

from collections.abc import Iterator
from datetime import UTC, datetime

from ops.analyses.honesty_ledger_result import (
    FindingRecord,
    HonestyLedgerResult,
    IntervalRecord,
    MissedPrediction,
)
from ops.page import Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase
from ops.prediction import QUANTITIES

FEW = 10  # settled ones below which nothing is judged


def view(result: HonestyLedgerResult) -> Page:
    """Show a ledger."""
    return Page(
        title="Honesty ledger",
        verdicts=tuple(_verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _verdicts(result: HonestyLedgerResult) -> Iterator[Verdict]:
    for line in result.intervals:
        yield _of_intervals(line)
    for found in result.findings:
        yield _of_findings(found, result.false_share)


def _of_intervals(line: IntervalRecord) -> Verdict:
    if line.n < FEW:
        said = Phrase.of(
            "{analysis}: {n} of its {level} intervals of the {quantity} could be told so far",
            analysis=line.analysis,
            quantity=QUANTITIES[line.quantity],
            level=Number(value=line.level, percent=True),
            n=Number(value=line.n),
        )
        return Verdict.of("info", said)
    said = Phrase.of(
        "{analysis}: of its {level} intervals of the {quantity}, {share} held"
        " ({lower} to {upper}, n = {n})",
        analysis=line.analysis,
        quantity=QUANTITIES[line.quantity],
        level=Number(value=line.level, percent=True),
        share=Number(value=line.share, percent=True, decimals=0),
        lower=Number(value=line.lower, percent=True, decimals=0),
        upper=Number(value=line.upper, percent=True, decimals=0),
        n=Number(value=line.n),
    )
    if line.is_overconfident:
        return Verdict.of("bad", said, Phrase.of("they are too narrow"))
    if line.is_timid:
        return Verdict.of("good", said, Phrase.of("they are wider than they need to be"))
    return Verdict.of("good", said)


def _of_findings(found: FindingRecord, promised: float) -> Verdict:
    settled = found.confirmed + found.false_alarms
    if settled < FEW:
        said = Phrase.of(
            "{source}: {settled} of {n} findings are settled so far",
            source=found.source,
            settled=Number(value=settled),
            n=Number(value=found.findings),
        )
        return Verdict.of("info", said)
    said = Phrase.of(
        "{source}: {share} of {settled} settled findings were false alarms ({lower} to {upper}),"
        " promised are at most {promised}",
        source=found.source,
        share=Number(value=found.share, percent=True, decimals=0),
        settled=Number(value=settled),
        lower=Number(value=found.lower, percent=True, decimals=0),
        upper=Number(value=found.upper, percent=True, decimals=0),
        promised=Number(value=promised, percent=True),
    )
    return Verdict.of("bad" if found.lower > promised else "good", said)


def _sections(result: HonestyLedgerResult) -> Iterator[Section]:
    if result.intervals:
        yield Section(title="Intervals", blocks=(_coverage(result), _intervals(result), _how()))
    if result.findings:
        yield Section(title="Findings", blocks=(_findings(result), _fates()))
    if result.missed:
        yield Section(title="What did not hold", blocks=(_missed(result),))
    if result.left_out:
        more = Phrase.of(
            "Further predictions that were due and are not counted: {n}; narrow the window",
            n=Number(value=result.left_out),
        )
        yield Section(title="Left out", blocks=(Text.of(more),))


def _coverage(result: HonestyLedgerResult) -> Chart:
    told = [line for line in result.intervals if line.share is not None]
    names = tuple(
        f"{line.analysis}, {QUANTITIES[line.quantity]}, {100 * line.level:g} %" for line in told
    )
    return Chart(
        title="Share that held, beside what was claimed",
        x=Axis(label="Intervals", scale="category"),
        y=Axis(label="Share"),
        layers=(
            Layer(
                mark="spans",
                label="95 % interval",
                x=names,
                y=tuple(line.lower for line in told),
                y2=tuple(line.upper for line in told),
                role="fit",
            ),
            Layer(mark="points", label="held", x=names, y=tuple(line.share for line in told)),
            Layer(
                mark="points",
                label="claimed",
                x=names,
                y=tuple(line.level for line in told),
                role="limit",
            ),
        ),
    )


def _intervals(result: HonestyLedgerResult) -> Table:
    columns = ("Analysis", "Quantity", "Claimed", "Held", "Lower", "Upper", "Told", "Undetermined",
               "Due")  # fmt: skip
    rows = (
        (line.analysis, QUANTITIES[line.quantity], line.level, line.share, line.lower, line.upper,
         line.n, line.undetermined, line.due)
        for line in result.intervals
    )  # fmt: skip
    return Table(
        title="Coverage",
        columns=tuple(
            Column(label=c, decimals=2 if c in ("Claimed", "Held", "Lower", "Upper") else None)
            for c in columns
        ),
        rows=tuple(rows),
    )


def _how() -> Text:
    return Text(
        text=(
            "Counted are predictions whose stretches do not overlap. An action on the tool, or"
            " missing data, leaves a prediction undetermined: it is counted neither way. An index"
            " is held against the next of separate data."
        )
    )


def _findings(result: HonestyLedgerResult) -> Table:
    columns = ("Source", "Findings", "Confirmed", "False alarms", "Acted on", "Open", "False share",
               "Lower", "Upper")  # fmt: skip
    rows = (
        (f.source, f.findings, f.confirmed, f.false_alarms, f.acted_on, f.still_open, f.share,
         f.lower, f.upper)
        for f in result.findings
    )  # fmt: skip
    shares = ("False share", "Lower", "Upper")
    return Table(
        title="What became of findings",
        columns=tuple(Column(label=c, decimals=2 if c in shares else None) for c in columns),
        rows=tuple(rows),
    )


def _fates() -> Text:
    return Text(
        text=(
            "What people said when they closed an alert counts first. Else the two weeks after it"
            " was found, up to the first action: it is confirmed where the level surely still"
            " stands off on the same side, and false where it surely stands off by less than half."
            " A finding of a single point or of the scatter is told by people alone."
        )
    )


def _missed(result: HonestyLedgerResult) -> Table:
    columns = ("Due", "Analysis", "Subject", "Level", "Lower", "Upper", "Happened")
    rows = (
        (_instant(m.due), m.analysis, m.subject, m.level, _told(m, m.lower), _told(m, m.upper),
         _told(m, m.actual))
        for m in result.missed
    )  # fmt: skip
    return Table(
        title="Predictions that missed",
        columns=tuple(Column(label=c) for c in columns),
        rows=tuple(rows),
    )


def _told(missed: MissedPrediction, value: float | None) -> str | float | None:
    return _instant(int(value)) if missed.is_time and value is not None else value


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at / 1_000_000, UTC).strftime("%Y-%m-%d %H:%MZ")
