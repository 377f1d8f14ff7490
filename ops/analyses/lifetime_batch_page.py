"""The page of a batch of lives."""

from collections.abc import Iterator

from ops.analyses.life_title import of_test
from ops.analyses.lifetime_batch_result import LifetimeBatchResult, PopulationLife
from ops.page import Page, Section, Subject, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

MOST_NAMED = 10  # populations with a verdict of their own
MOST_DRAWN = 40
NAMES = {"weibull": "Weibull", "lognormal": "Lognormal"}


def view(result: LifetimeBatchResult) -> Page:
    """Show a batch of lives."""
    return Page(
        title=of_test("Lifetime batch", result.title),
        verdicts=tuple(_verdicts(result)),
        sections=tuple(_sections(result)),
    )


def _verdicts(result: LifetimeBatchResult) -> Iterator[Verdict]:
    yield _whole(result)
    if result.below is not None:
        yield _against(result)
    for one in [p for p in result.shown if p.stands_out == "worse"][:MOST_NAMED]:
        yield _of_population(one)


def _whole(result: LifetimeBatchResult) -> Verdict:
    counted = Phrase.of(
        "{worse} of {k} populations fail sooner than the usual spread between them explains,"
        " {better} later (at most {false} of these by chance)",
        worse=Number(value=result.worse),
        k=Number(value=result.populations),
        better=Number(value=result.better),
        false=Number(value=result.false_share, percent=True),
    )
    usual = Phrase.of(
        "hazard ratios of usual ones differ by {spread}",
        spread=Number(value=result.spread, percent=True, decimals=0),
    )
    return Verdict.of("bad" if result.worse else "good", counted, usual)


def _against(result: LifetimeBatchResult) -> Verdict:
    values: dict[str, Number | str] = {
        "below": Number(value=result.below),
        "k": Number(value=result.populations),
        "target": Number(value=result.target, decimals=0),
        "unit": result.unit,
        "share": Number(value=result.share, percent=True),
        "level": Number(value=result.confidence, percent=True),
    }
    said = (
        "{below} of {k} populations do not show that no more than {share} fail by {target} {unit}"
        " ({level} confidence)"
    )
    return Verdict.of("warn" if result.below else "good", Phrase.of(said, **values))


def _of_population(one: PopulationLife) -> Verdict:
    return Verdict.of(
        "bad",
        Phrase.of(
            "{name}: {failures} of {units} units failed where {expected} are expected; its hazard"
            " is {ratio} times the usual ({low} to {high})",
            name=one.name,
            failures=Number(value=one.failures, decimals=0),
            units=Number(value=one.units, decimals=0),
            expected=Number(value=one.expected, decimals=1),
            ratio=Number(value=one.ratio, decimals=1),
            low=Number(value=one.ratio_lower, decimals=1),
            high=Number(value=one.ratio_upper, decimals=1),
        ),
        subject=Subject(factors={"lot": one.name}, mechanism="early failures"),
    )


def _sections(result: LifetimeBatchResult) -> Iterator[Section]:
    yield Section(
        title="Populations beside each other", blocks=(_ratios(result), _quantiles(result))
    )
    yield Section(title="Populations", blocks=(_screened(result), _lives(result), _how(result)))


def _ratios(result: LifetimeBatchResult) -> Chart:
    drawn = result.shown[:MOST_DRAWN]
    names = tuple(p.name for p in drawn)
    return Chart(
        title="Hazard ratio of those that stand out, and of the shortest lives",
        x=Axis(label="Population", scale="category"),
        y=Axis(label="Hazard ratio to the usual", scale="log"),
        layers=(
            Layer(
                mark="spans",
                label=f"{100 * result.confidence:g} %",
                x=names,
                y=tuple(p.ratio_lower for p in drawn),
                y2=tuple(p.ratio_upper for p in drawn),
                role="fit",
            ),
            Layer(
                mark="points",
                label="usual",
                x=tuple(p.name for p in drawn if not p.stands_out),
                y=tuple(p.ratio for p in drawn if not p.stands_out),
            ),
            Layer(
                mark="points",
                label="stand out",
                x=tuple(p.name for p in drawn if p.stands_out),
                y=tuple(p.ratio for p in drawn if p.stands_out),
                role="signal",
            ),
        ),
    )


def _quantiles(result: LifetimeBatchResult) -> Chart:
    shares = tuple(at / (len(result.ratios) - 1) for at in range(len(result.ratios)))
    return Chart(
        title="Hazard ratios of all populations",
        x=Axis(label="Hazard ratio to the usual", scale="log"),
        y=Axis(label="Share of populations"),
        layers=(Layer(mark="line", label="share below", x=result.ratios, y=shares),),
    )


def _screened(result: LifetimeBatchResult) -> Table:
    return Table(
        title="Failures beside what the common life leads one to expect",
        columns=(
            Column(label="Population"),
            Column(label="Stands out"),
            Column(label="Units", decimals=0),
            Column(label="Failures", decimals=0),
            Column(label="Expected", decimals=1),
            Column(label="Hazard ratio", decimals=2),
            Column(label="Lower", decimals=2),
            Column(label="Upper", decimals=2),
            Column(label="p, adjusted", decimals=4),
        ),
        rows=tuple(
            (p.name, p.stands_out, p.units, p.failures, p.expected, p.ratio, p.ratio_lower,
             p.ratio_upper, p.adjusted_p)
            for p in result.shown
        ),
    )  # fmt: skip


def _lives(result: LifetimeBatchResult) -> Table:
    weibull = result.family == "weibull"
    return Table(
        title="Lives of the asked share",
        columns=(
            Column(label="Population"),
            Column(label="Lower bound", unit=result.unit, decimals=0),
            Column(label="Estimate", unit=result.unit, decimals=0),
            Column(label="Two-sided upper", unit=result.unit, decimals=0),
            Column(label="Method"),
            Column(label="eta" if weibull else "median", unit=result.unit, decimals=0),
            Column(label="beta" if weibull else "sigma", decimals=2),
            Column(label="Why not"),
        ),
        rows=tuple(
            (p.name, p.life_lower, p.life, p.life_upper, p.method, p.scale, p.shape, p.reason)
            for p in result.shown
        ),
    )


def _how(result: LifetimeBatchResult) -> Text:
    family = Phrase.of(
        "{family} for all: eta {scale} {unit}, beta {shape} taken together."
        if result.family == "weibull"
        else "{family} for all: median {scale} {unit}, sigma {shape} taken together.",
        family=NAMES[result.family],
        scale=Number(value=result.common_scale, decimals=0),
        unit=result.unit,
        shape=Number(value=result.common_shape, decimals=2),
    )
    how = Phrase.of(
        "Failures less expectation are martingale residuals of the common life; their spread"
        " between usual populations is estimated, and those beyond it stand out. Bounds of the"
        " first ones are calibrated, the others' are plain likelihood ratios."
    )
    asked = Phrase.of(
        "A life is the time by which {share} of a population have failed.",
        share=Number(value=result.share, percent=True),
    )
    left = Phrase.of("Populations that are not shown: {n}.", n=Number(value=result.left_out))
    told = (family, asked, how)
    return Text.of(*told, left) if result.left_out else Text.of(*told)
