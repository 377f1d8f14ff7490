"""What stands beside a fit of lives: how the life moved, other packages, mechanisms."""

from collections.abc import Iterator

from ops.analyses.lifetime_fit_result import LifetimeFitResult
from ops.analyses.lifetime_fit_tables import cut
from ops.analyses.lifetime_fit_words import b_name
from ops.page import Block, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Phrase


def moved(result: LifetimeFitResult) -> Iterator[Block]:
    """Show how the life moved from run to run."""
    if not result.earlier:
        return
    yield _moves(result)
    yield Table(
        title="Earlier runs",
        columns=(
            Column(label="Run of"),
            Column(label="Revision"),
            Column(label="Failures"),
            Column(label="Distribution"),
            *(
                Column(label=label, unit=result.unit)
                for label in ("Lower bound", "Estimate", "Two-sided lower", "Two-sided upper")
            ),
            Column(label="Approved by"),
        ),
        rows=tuple(
            (f"{run.as_of:%Y-%m-%d %H:%M}", run.revision, run.failures, run.family,
             cut(run.lower_one_sided), cut(run.estimate), cut(run.lower), cut(run.upper),
             result.approval.approved_by if result.approval is not None
             and result.approval.run_id == run.run_id else "")
            for run in reversed(result.earlier)
        ),
    )  # fmt: skip


def _moves(result: LifetimeFitResult) -> Chart:
    now = next((one for one in result.reported if one.p == result.main), None)
    runs = [(run.estimate, run.lower_one_sided, run.lower, run.upper) for run in result.earlier]
    if now is not None:
        runs.append((now.life.estimate, now.lower, now.life.lower, now.life.upper))
    places = (*(f"{run.as_of:%Y-%m-%d %H:%M}" for run in result.earlier), "this run")[: len(runs)]
    estimate, bound, lower, upper = zip(*runs, strict=True)
    layers = [
        Layer(mark="band", label="two-sided", x=places, y=lower, y2=upper, role="fit"),
        Layer(mark="line", label="estimate", x=places, y=estimate, role="fit"),
        Layer(mark="line", label="lower bound, one-sided", x=places, y=bound),
        Layer(mark="points", label="runs", x=places, y=bound),
    ]
    if result.approval is not None and result.approval.lower is not None:
        layers.append(
            Layer(mark="rule", label="approved bound", y=(result.approval.lower,), role="limit")
        )
    return Chart(
        title="Life by run",
        x=Axis(label="Run", scale="category"),
        y=Axis(label=b_name(result.main), unit=result.unit),
        layers=tuple(layers),
    )


def printed(result: LifetimeFitResult) -> Iterator[Block]:
    """Show what other packages would print."""
    if not result.reproductions:
        return
    yield Text(
        text="Reproduced by the conventions of the package, to check an old report: these are not"
        " the lives that are reported."
    )
    yield Table(
        title="Reproductions",
        columns=(
            Column(label="As in"),
            Column(label="Distribution"),
            Column(label="What"),
            Column(label="Estimate"),
            Column(label="Lower"),
            Column(label="Upper"),
        ),
        rows=tuple(
            (one.label, one.family, n.name, cut(n.estimate, 6), cut(n.lower, 6), cut(n.upper, 6))
            for one in result.reproductions
            for n in one.printed
        ),
    )
    failed = [one for one in result.reproductions if one.reason]
    if failed:
        yield Text.of(
            *(Phrase.of("{label}, {family}: {why}.", label=one.label, family=one.family,
                        why=one.reason) for one in failed)
        )  # fmt: skip


def mechanisms(result: LifetimeFitResult) -> Iterator[Block]:
    """Show which mechanisms may be meant."""
    if not result.suggestions:
        return
    yield Table(
        title="Name one of these, if it is the one",
        columns=tuple(
            Column(label=label) for label in ("Code", "Mechanism", "Distributions", "Why", "Source")
        ),
        rows=tuple(
            (m.code, m.title, ", ".join(m.families) or "either", m.reason, m.source)
            for m in result.suggestions
        ),
    )
