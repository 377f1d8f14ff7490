"""Tables of a watch."""

from datetime import UTC, datetime

from ops.analyses.classifier_monitor_result import ChallengerLine, ClassifierMonitorResult
from ops.analyses.classifier_monitor_words import WHAT
from ops.analyses.classifier_words import KINDS, SCORES
from ops.page import Block
from ops.page_table import Column, Table

_COLUMNS = (
    Column(label="Column"),
    Column(label="Unit"),
    Column(label="Matters"),
    Column(label="What changed"),
    Column(label="Size (1: worth a word)", decimals=2),
    Column(label="Worth to the model", decimals=3),
    Column(label="Mean before", decimals=3),
    Column(label="Shift", decimals=3),
    Column(label="From", decimals=3),
    Column(label="To", decimals=3),
    Column(label="Variance ratio", decimals=2),
    Column(label="KS", decimals=3),
    Column(label="AD", decimals=2),
    Column(label="p of AD, blocks permuted", decimals=3),
    Column(label="Distance", decimals=3),
    Column(label="PSI", decimals=3),
    Column(label="PSI by chance (95 %)", decimals=3),
    Column(label="Missing before", decimals=3),
    Column(label="Missing now", decimals=3),
    Column(label="New levels"),
    Column(label="p", decimals=4),
    Column(label="q", decimals=4),
    Column(label="Since"),
)


def moment(micros: int | None) -> str | None:
    """Say an instant in UTC."""
    if micros is None:
        return None
    return datetime.fromtimestamp(micros / 1e6, tz=UTC).strftime("%Y-%m-%d %H:%M")


def columns_table(result: ClassifierMonitorResult) -> Table:
    """Show the columns, what matters first."""
    return Table(
        title="Columns, what matters to the model first",
        columns=_COLUMNS,
        rows=tuple(
            (
                c.name, c.unit, "yes" if c.matters else "moved" if c.found else "no",
                WHAT[c.what], c.size, c.worth, c.before, c.shift.value, c.shift.lower,
                c.shift.upper, c.ratio, c.ks, c.ad, c.ad_p, c.moved, c.psi, c.psi_limit,
                c.missing_before, c.missing_now, ", ".join(c.new_levels), c.p, c.q, moment(c.since),
            )
            for c in result.columns
        ),
    )  # fmt: skip


def scores_table(result: ClassifierMonitorResult) -> Table:
    """Show what is said of the newest rows beside what was said before."""
    s = result.scores
    before = "Training rows" if s.learned else "Earlier later rows"
    return Table(
        title="Answers for the newest rows",
        columns=(
            Column(label="What"),
            Column(label=before, decimals=4),
            Column(label="Newest rows", decimals=4),
            Column(label="From", decimals=4),
            Column(label="To", decimals=4),
        ),
        rows=(
            ("Mean probability", s.before, s.now, None, None),
            ("Share called", s.called_before, s.called.value, s.called.lower, s.called.upper),
            (
                "Share of unusual rows", s.unusual_before, s.unusual.value, s.unusual.lower,
                s.unusual.upper,
            ),
            ("p of no change", None, s.p, None, None),
        ),
    )  # fmt: skip


def delay_table(result: ClassifierMonitorResult) -> tuple[Block, ...]:
    """Show how late labels come."""
    if not result.labels.delays:
        return ()
    return (
        Table(
            title="How late labels come, corrected for those still to come",
            columns=(
                Column(label="Class"),
                Column(label="Labels", decimals=0),
                Column(label="Median", unit="h", decimals=3),
                Column(label="Mature from", unit="h", decimals=3),
            ),
            rows=tuple((d.name, d.rows, d.median, d.mature) for d in result.labels.delays),
        ),
    )


def stretches_table(result: ClassifierMonitorResult) -> Table:
    """Show stretches of later rows, the newest last."""
    return Table(
        title="Stretches of later rows",
        columns=(
            Column(label="From"),
            Column(label="To"),
            Column(label="Rows", decimals=0),
            Column(label="Judged", decimals=0),
            Column(label="Mean probability", decimals=4),
            Column(label="Events over promised", decimals=2),
            Column(label="Expected without labels", decimals=3),
            Column(label="By labels", decimals=3),
            Column(label="Lower", decimals=3),
            Column(label="Upper", decimals=3),
        ),
        rows=tuple(
            (
                moment(s.start), moment(s.end), s.rows, s.judged, s.mean_score, s.ratio.value,
                s.foretold, s.realised.value, s.realised.lower, s.realised.upper,
            )
            for s in result.stretches
        ),
    )  # fmt: skip


def challenger_tables(result: ClassifierMonitorResult) -> tuple[Block, ...]:
    """Show each other version against the watched one."""
    return tuple(_challenger(line) for line in result.challengers if line.tests)


def _challenger(line: ChallengerLine) -> Table:
    return Table(
        title=f"Version {line.version} ({line.alias}), {KINDS.get(line.kind, line.kind)}",
        columns=(
            Column(label="Score"),
            Column(label="Less that of the watched one", decimals=4),
            Column(label="Lower", decimals=4),
            Column(label="Upper", decimals=4),
            Column(label="p", decimals=4),
            Column(label="Verdict"),
        ),
        rows=tuple(
            (SCORES[t.score], t.difference, t.lower, t.upper, t.p, t.verdict) for t in line.tests
        ),
    )
