"""Tables of a qualification report: every lot, and the standards of the plan."""

from ops.analyses.qualification_report_result import QualificationReportResult, StressResult
from ops.lifetime.qualification.standards import Standard, standard
from ops.page_table import Cell, Column, Table

WANT = {
    "lots": "lots",
    "units": "units",
    "duration": "duration",
    "cpk": "Cpk",
    "limit": "bonds below the limit",
    "failures": "too many failures",
}


def lots_table(result: QualificationReportResult) -> Table:
    """List every lot under every stress."""
    return Table(
        title="Lots",
        columns=(
            Column(label="Stress test"),
            Column(label="Lot"),
            Column(label="Units"),
            Column(label="Failed"),
            Column(label="Accepted"),
            Column(label="Last readout", decimals=0),
            Column(label="Unit"),
            Column(label="Result"),
            Column(label="Falls short of"),
        ),
        rows=tuple(
            (
                s.code,
                lot.lot,
                lot.units,
                lot.failures,
                s.accept,
                None if s.unit == "bonds" else lot.done,
                s.unit,
                lot.state,
                ", ".join(WANT[w] for w in lot.want),
            )
            for s in result.stresses
            for lot in s.lots
        ),
    )


def standards_table(result: QualificationReportResult) -> Table:
    """List the standards with what of them is known."""
    codes = dict.fromkeys((*result.basis, *(s.standard for s in result.stresses)))
    named = {s.standard: s for s in result.stresses}
    return Table(
        title="Standards of the plan",
        columns=(
            Column(label="Standard"),
            Column(label="Title"),
            Column(label="Stress test"),
            Column(label="Known conditions"),
            Column(label="Note of the plan"),
        ),
        rows=tuple(_standard_row(code, standard(code), named.get(code)) for code in codes),
    )


def _standard_row(
    code: str, known: Standard | None, stress: StressResult | None
) -> tuple[Cell, ...]:
    facts = {} if known is None else known.conditions
    return (
        code,
        "" if known is None else known.title,
        "" if stress is None else stress.code,
        "; ".join(f"{name}: {setting}" for name, setting in facts.items()),
        "" if stress is None else stress.condition_note,
    )
