"""The page of a fit of lives: decision, plots, lives, comparison, record."""

from collections.abc import Iterator

from ops.analyses.life_charts import (
    hazard_chart,
    incidence_chart,
    probability_chart,
    survival_chart,
)
from ops.analyses.life_title import of_test
from ops.analyses.lifetime_fit_beside import mechanisms, moved, printed
from ops.analyses.lifetime_fit_result import FitModes, LifetimeFitResult
from ops.analyses.lifetime_fit_tables import (
    METHODS,
    candidates,
    cut,
    grounds,
    lives,
    parameters,
    ratios,
    record,
    remarks,
    rivals,
    survivals,
    tail,
)
from ops.analyses.lifetime_fit_words import b_name, verdicts
from ops.page import Block, Figure, Page, Section, Text
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

_BOUNDS = (
    "The lower bounds are one-sided; from and to are two-sided, beside them. From 30 failures they"
    " are those of the likelihood ratio; below, exact pivots where the test was complete or ended"
    " at a failure, else the likelihood ratio compared with its own distribution in drawn tests."
    " Bands in the charts are pointwise, by the plain likelihood ratio, by Wald from 200 failures."
)
_CRITERIA = (
    "Criteria count the failures as n. Weibull and lognormal have two parameters each, so that"
    " twice the difference of their log-likelihoods decides. The Anderson-Darling distance,"
    " adjusted for censoring, ranks and tests nothing."
)


def view(result: LifetimeFitResult) -> Page:
    """Show a fit of lives."""
    sections = (
        ("Life", _life(result)),
        ("Probability plots", _papers(result)),
        ("Survival and hazard", _curves(result)),
        ("Comparison", _comparison(result)),
        ("Failure modes", _modes(result)),
        ("A known shape", _shapes(result)),
        ("Record", _record(result)),
        ("How the life moved", moved(result)),
        ("As in other packages", printed(result)),
        ("Mechanisms that may be meant", mechanisms(result)),
    )
    made = ((title, tuple(blocks)) for title, blocks in sections)
    return Page(
        title=of_test("Lifetime fit", result.title),
        verdicts=tuple(verdicts(result)),
        sections=tuple(Section(title=title, blocks=blocks) for title, blocks in made if blocks),
    )


def _life(result: LifetimeFitResult) -> Iterator[Block]:
    yield Text.of(
        Phrase.of(
            "{title}, revision {revision}: {failures} of {units} units failed within {longest}"
            " {unit}.",
            title=result.title or result.code,
            revision=Number(value=result.revision),
            failures=Number(value=result.failures),
            units=Number(value=result.units),
            longest=Number(value=cut(result.longest_time)),
            unit=result.unit,
        )
    )
    if result.lives:
        yield lives("Lives with their bounds", result.lives, result.unit)
        yield Text(text=_BOUNDS)
    if result.survivals:
        yield survivals(result)
    if result.tail:
        yield tail(result)


def _papers(result: LifetimeFitResult) -> Iterator[Block]:
    if result.weibull is not None:
        yield probability_chart(result.weibull, title="Weibull paper")
    if result.lognormal is not None:
        yield probability_chart(result.lognormal, title="Lognormal paper")


def _curves(result: LifetimeFitResult) -> Iterator[Block]:
    if result.survival is not None:
        yield survival_chart(result.survival)
    if result.hazard is not None:
        yield hazard_chart(result.hazard)


def _comparison(result: LifetimeFitResult) -> Iterator[Block]:
    if any(one.loglik is not None for one in result.candidates):
        yield candidates(result)
        yield Text(text=_CRITERIA)
    known = remarks(result)
    if known is not None:
        yield known
    if any(one.parameters for one in result.candidates):
        yield parameters(result)
    if result.ratios:
        yield ratios(result)
    if result.departures:
        yield _departures(result)


def _departures(result: LifetimeFitResult) -> Table:
    return Table(
        title="Plateau and bend of the plot",
        columns=(
            Column(label="What"),
            Column(label="Distribution"),
            Column(label="At", unit=result.unit),
            Column(label="Slope before", decimals=2),
            Column(label="Slope after", decimals=2),
            Column(label="p", decimals=4),
            Column(label="More than chance"),
        ),
        rows=tuple(
            (d.kind, d.family, cut(d.at), d.before, d.after, d.p_value, "yes" if d.shown else "no")
            for d in result.departures
        ),
    )


def _modes(result: LifetimeFitResult) -> Iterator[Block]:
    if result.modes is None:
        return
    if result.modes.incidence is not None:
        yield incidence_chart(result.modes.incidence)
    yield _of_modes(result.modes, result)


def _of_modes(found: FitModes, result: LifetimeFitResult) -> Table:
    name = b_name(result.main)
    times = (f"{name}, lower bound", "Estimate", "Two-sided lower", "Two-sided upper")
    rows = []
    for one in found.modes:
        life = one.life
        ends = (
            (life.lower_one_sided, life.estimate, life.lower, life.upper) if life else (None,) * 4
        )
        family = life.family if life else ""
        by = METHODS.get(life.method, life.method) if life else one.reason
        rows.append((one.mode, one.failures, family, *(cut(end) for end in ends), by))
    return Table(
        title="Each mode with the others taken away",
        columns=(
            Column(label="Mode"),
            Column(label="Failures"),
            Column(label="Distribution"),
            *(Column(label=label, unit=result.unit) for label in times),
            Column(label="Bounds by"),
        ),
        rows=tuple(rows),
    )


def _shapes(result: LifetimeFitResult) -> Iterator[Block]:
    if not result.by_shape:
        return
    if result.shapes_assumed:
        yield Text(
            text="Nobody gave a shape. What the units have lasted would bound the life so if the"
            " shape were the one in the row: name the one that earlier tests of the mechanism"
            " showed. No row is a reported life."
        )
    yield Text(text="The data do not test the shape: the lives below take it for true.")
    yield lives("Lives under a given shape", result.by_shape, result.unit)


def _record(result: LifetimeFitResult) -> Iterator[Block]:
    if not result.reported:
        return
    quoted = next((one for one in result.reported if one.p == result.main), result.reported[0])
    one = quoted.record
    yield Figure(label="Units", value=one.units, decimals=0)
    yield Figure(label="Failures", value=one.failures, decimals=0)
    yield Figure(label="Not failed", value=100.0 * one.censored_share, unit="%", decimals=1)
    yield Figure(label="Longest time on test", value=one.longest_time, unit=result.unit, decimals=0)
    yield record(result)
    yield grounds(quoted, result)
    yield Text.of(*(_sentence(phrase) for phrase in quoted.record.rationale))
    if any(one.record.rivals for one in result.reported):
        yield rivals(result)


def _sentence(phrase: Phrase) -> Phrase:
    """Make a clause a sentence."""
    template = phrase.template.rstrip(".")
    return Phrase(template=template[0].upper() + template[1:] + ".", values=phrase.values)
