"""The page of a system reliability."""

from collections.abc import Iterator

from ops.analyses.system_reliability_result import SystemLife, SystemPoint, SystemReliabilityResult
from ops.page import Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Level, Number, Phrase


def view(result: SystemReliabilityResult) -> Page:
    """Show a system reliability."""
    return Page(
        title="System reliability",
        verdicts=tuple(_verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _verdicts(result: SystemReliabilityResult) -> Iterator[Verdict]:
    yield _works(result.points[0], result)
    for life in result.lives[-1:]:
        yield _life(life, result)
    if result.matters:
        worst = result.matters[0]
        yield Verdict.of(
            "info",
            Phrase.of(
                "{part} is the most critical part: to blame for {share} of failures by {t} {unit};"
                " if it never failed, the reliability would gain {gain}",
                part=worst.part,
                share=Number(value=worst.criticality, percent=True, decimals=0),
                t=Number(value=result.points[0].t, decimals=0),
                unit=result.unit,
                gain=Number(value=worst.improvement, decimals=4),
            ),
        )


def _works(point: SystemPoint, result: SystemReliabilityResult) -> Verdict:
    values: dict[str, Number | str] = {
        "t": Number(value=point.t, decimals=0),
        "unit": result.unit,
        "r": Number(value=point.reliability, decimals=4),
        "lower": Number(value=point.lower_one_sided, decimals=4),
        "low": Number(value=point.lower, decimals=4),
        "high": Number(value=point.upper, decimals=4),
        "level": Number(value=result.confidence, percent=True),
    }
    said = (
        "The system works at {t} {unit} with probability {lower} at least, with {level} confidence"
        " (estimate {r}, two-sided {low} to {high})"
        if result.uncertain
        else "The system works at {t} {unit} with probability {r}, its parts being taken as known"
    )
    if result.target is None:
        return Verdict.of("info", Phrase.of(said, **values))
    met = point.lower_one_sided >= result.target
    asked = Phrase.of("asked are {target}", target=Number(value=result.target, decimals=4))
    if met:
        return Verdict.of("good", Phrase.of(said, **values), asked)
    level: Level = "warn" if point.reliability >= result.target else "bad"
    return Verdict.of(level, Phrase.of(said, **values), asked)


def _life(life: SystemLife, result: SystemReliabilityResult) -> Verdict:
    share = Number(value=life.p, percent=True)
    if life.estimate is None:
        return Verdict.of(
            "info", Phrase.of("A failure in {share} of cases is never reached", share=share)
        )
    return Verdict.of(
        "info",
        Phrase.of(
            "{share} of such systems have failed not before {lower} {unit} (estimate {estimate},"
            " two-sided {low} to {high})",
            share=share,
            lower=Number(value=life.lower_one_sided, decimals=0),
            unit=result.unit,
            estimate=Number(value=life.estimate, decimals=0),
            low=Number(value=life.lower, decimals=0),
            high=Number(value=life.upper, decimals=0),
        ),
    )


def _sections(result: SystemReliabilityResult) -> Iterator[Section]:
    yield Section(title="Reliability", blocks=(_chart(result), _points(result), _lives(result)))
    yield Section(title="Components", blocks=(_parts(result), _how()))


def _chart(result: SystemReliabilityResult) -> Chart:
    t = tuple(point.t for point in result.curve)
    band = Layer(
        mark="band",
        label=f"{100 * result.confidence:g} %",
        x=t,
        y=tuple(point.lower for point in result.curve),
        y2=tuple(point.upper for point in result.curve),
        role="fit",
    )
    line = Layer(
        mark="line", label="reliability", x=t, y=tuple(p.reliability for p in result.curve)
    )
    return Chart(
        title="Reliability of the system over time",
        x=Axis(label="Time", unit=result.unit),
        y=Axis(label="Reliability"),
        layers=(band, line) if result.uncertain else (line,),
    )


def _points(result: SystemReliabilityResult) -> Table:
    shares = ("Reliability", "Lower bound", "Two-sided lower", "Two-sided upper")
    return Table(
        title="Reliability at the asked times",
        columns=(
            Column(label="Time", unit=result.unit, decimals=0),
            *(Column(label=label, decimals=5) for label in shares),
        ),
        rows=tuple(
            (p.t, p.reliability, p.lower_one_sided, p.lower, p.upper) for p in result.points
        ),
    )


def _lives(result: SystemReliabilityResult) -> Table:
    times = ("Lower bound", "Estimate", "Two-sided lower", "Two-sided upper")
    return Table(
        title="Time by which the system has failed with a probability",
        columns=(
            Column(label="Probability"),
            *(Column(label=label, unit=result.unit, decimals=0) for label in times),
        ),
        rows=tuple((v.p, v.lower_one_sided, v.estimate, v.lower, v.upper) for v in result.lives),
    )


def _parts(result: SystemReliabilityResult) -> Table:
    return Table(
        title="What each part matters at the first asked time",
        columns=(
            Column(label="Component"),
            Column(label="Works", decimals=5),
            Column(label="To blame", decimals=4),
            Column(label="Birnbaum", decimals=4),
            Column(label="Gain if it never failed", decimals=5),
        ),
        rows=tuple(
            (m.part, m.reliability, m.criticality, m.birnbaum, m.improvement)
            for m in result.matters
        ),
    )


def _how() -> Text:
    return Text(
        text=(
            "Parts fail independently; one that stands in several places is one part, and the"
            " answer stays exact (total probability). Standby copies do not age while they wait."
            " Intervals hold what is not known of the lives of parts, drawn again and again; a part"
            " without a factor is taken as known."
        )
    )
