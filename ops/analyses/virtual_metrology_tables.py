"""Tables of virtual metrology."""

from ops.analyses.classifier_parts import ScoreLine
from ops.analyses.virtual_metrology_result import VirtualMetrologyResult
from ops.analyses.virtual_metrology_words import INTERVALS, NUMBER_KINDS, NUMBER_SCORES
from ops.page_table import Column, Table


def scores(result: VirtualMetrologyResult) -> Table:
    """Show scores beside those of who looks at no signal."""
    bases = [
        {line.name: line.value for line in side}
        for side in (result.mean_scores, result.last_scores)
    ]
    return Table(
        title="Scores out of fold",
        columns=(
            Column(label="Score"),
            Column(label="Value", decimals=4),
            Column(label="Lower", decimals=4),
            Column(label="Upper", decimals=4),
            Column(label="All rows at once", decimals=4),
            Column(label="Mean so far", decimals=4),
            Column(label="Value measured just before", decimals=4),
        ),
        rows=tuple(
            (
                NUMBER_SCORES[s.name],
                s.value,
                s.lower,
                s.upper,
                s.pooled,
                bases[0].get(s.name),
                bases[1].get(s.name),
            )
            for s in result.scores
        ),
    )


def candidates(result: VirtualMetrologyResult) -> Table:
    """Show kinds of models beside each other."""
    rows: list[tuple[str | float | bool | None, ...]] = []
    for one in result.candidates:
        line = _of(one.scores, result.headline)
        test = next((t for t in one.against if t.score == result.headline), None)
        rows.append(
            (
                NUMBER_KINDS[one.kind],
                "kept" if one.kept else "" if test is None else test.verdict,
                None if line is None else line.value,
                None if line is None else line.lower,
                None if line is None else line.upper,
                one.random,
                None if test is None else test.difference,
                None if test is None else test.p,
            )
        )
    return Table(
        title="Kinds beside each other",
        columns=(
            Column(label="Kind"),
            Column(label="Against the one kept"),
            Column(label=NUMBER_SCORES[result.headline], unit=result.unit, decimals=4),
            Column(label="Lower", unit=result.unit, decimals=4),
            Column(label="Upper", unit=result.unit, decimals=4),
            Column(label="On random splits", unit=result.unit, decimals=4),
            Column(label="Difference", unit=result.unit, decimals=4),
            Column(label="p", decimals=4),
        ),
        rows=tuple(rows),
    )


def champion(result: VirtualMetrologyResult) -> Table:
    """Show the kept kind against the champion's recipe."""
    return Table(
        title="Against the champion, on the same tested rows",
        columns=(
            Column(label="Score"),
            Column(label="Champion, version", decimals=0),
            Column(label="Difference", unit=result.unit, decimals=4),
            Column(label="Lower", unit=result.unit, decimals=4),
            Column(label="Upper", unit=result.unit, decimals=4),
            Column(label="p", decimals=4),
            Column(label="This one is"),
        ),
        rows=tuple(
            (
                NUMBER_SCORES[t.score],
                result.champion,
                t.difference,
                t.lower,
                t.upper,
                t.p,
                t.verdict,
            )
            for t in result.against_champion
        ),
    )


def intervals(result: VirtualMetrologyResult) -> Table:
    """Show what each kind of interval covers."""
    return Table(
        title="Intervals on rows that did not choose their margin",
        columns=(
            Column(label="Kind"),
            Column(label="Served"),
            Column(label="Share inside", decimals=3),
            Column(label="Lower", decimals=3),
            Column(label="Upper", decimals=3),
            Column(label="Mean width", unit=result.unit, decimals=3),
            Column(label="Pinball loss of the ends", unit=result.unit, decimals=4),
        ),
        rows=tuple(
            (INTERVALS[i.kind], i.kept, i.coverage, i.lower, i.upper, i.width, i.pinball)
            for i in result.intervals
        ),
    )


def thirds(result: VirtualMetrologyResult) -> Table:
    """Show errors by third of reliance."""
    return Table(
        title="Errors by third of reliance, out of fold",
        columns=(
            Column(label="Reliance from", decimals=3),
            Column(label="To", decimals=3),
            Column(label="Rows", decimals=0),
            Column(label="RMSE", unit=result.unit, decimals=3),
            Column(label="Mean absolute error", unit=result.unit, decimals=3),
            Column(label="Share inside of the interval", decimals=3),
            Column(label="Lower", decimals=3),
            Column(label="Upper", decimals=3),
        ),
        rows=tuple(
            (t.low, t.high, t.rows, t.rmse, t.mae, t.within, t.lower, t.upper)
            for t in result.thirds
        ),
    )


def measure(result: VirtualMetrologyResult) -> Table:
    """Show the rows to measure."""
    return Table(
        title="Rows to measure, the least relied on first",
        columns=(
            Column(label="Row", decimals=0),
            Column(label="Name"),
            Column(label="Reliance", decimals=3),
            Column(label="Predicted", unit=result.unit, decimals=3),
            Column(label="Lower", unit=result.unit, decimals=3),
            Column(label="Upper", unit=result.unit, decimals=3),
            Column(label="Outside of what training has seen"),
        ),
        rows=tuple(
            (m.row, m.unit, m.reliance, m.value, m.lower, m.upper, m.unusual)
            for m in result.to_measure
        ),
    )


def warnings(result: VirtualMetrologyResult) -> Table:
    """Show doubts about the data."""
    return Table(
        title="Warnings about the data",
        columns=(Column(label="Where"), Column(label="What, and what to do")),
        rows=tuple((w.pointer, w.detail) for w in result.warnings),
    )


def _of(lines: tuple[ScoreLine, ...], name: str) -> ScoreLine | None:
    return next((line for line in lines if line.name == name), None)
