"""The page of a comparison of the lives of groups."""

from collections.abc import Iterator

from ops.analyses.life_title import of_test
from ops.analyses.lifetime_compare_result import ComparedFamily, LifetimeCompareResult
from ops.analyses.lifetime_compare_words import verdicts
from ops.page import Block, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table
from ops.page_value import Number, Phrase

FAR = 8.0  # ratio of scales above which their axis is logarithmic
_FOUND = {"shorter": "shorter", "longer": "longer", "alike": "alike", "open": "not told apart"}
_COMPARED = {
    "weibull": "Compared by the Weibull",
    "lognormal": "Compared by the lognormal",
}


def view(result: LifetimeCompareResult) -> Page:
    """Show a comparison of the lives of groups."""
    return Page(
        title=of_test("Lifetime comparison", result.title),
        verdicts=verdicts(result),
        sections=tuple(_sections(result)),
    )


def _sections(result: LifetimeCompareResult) -> Iterator[Section]:
    yield Section(title="Groups", blocks=tuple(_groups(result)))
    for place, side in enumerate(result.families):
        title = _COMPARED[side.family]
        blocks = (_pairs(side), *_tests(side), *(() if place else (_how(result),)))
        yield Section(title=title, blocks=blocks)
    if result.plots:
        yield Section(title="Scale and shape together", blocks=tuple(_regions(result)))
    if result.sizes:
        yield Section(title="Units that tell groups apart", blocks=tuple(_sizes(result)))


def _groups(result: LifetimeCompareResult) -> Iterator[Block]:
    if result.plots:
        yield _paper(result)
        if len(result.plots) < sum(not group.why for group in result.groups):
            said = "{n} groups are drawn: the reference and those that differ most."
            yield Text.of(Phrase.of(said, n=Number(value=len(result.plots))))
    yield _lives(result)
    if result.other_modes:
        said = "Units that failed by other modes and count as not failed at that time: {n}."
        yield Text.of(Phrase.of(said, n=Number(value=result.other_modes)))


def _paper(result: LifetimeCompareResult) -> Chart:
    layers: list[Layer] = []
    for plot in result.plots:
        line = plot.lines[0]
        layers.append(Layer(mark="points", label="", x=plot.time, y=plot.probability))
        layers.append(Layer(mark="line", label=line.name, x=line.time, y=line.value))
    lasted = sorted({time for plot in result.plots for time in plot.suspended})
    if lasted:
        lowest = min(mark for plot in result.plots for mark in plot.mark)
        layers.append(
            Layer(
                mark="points", label="not failed", role="center", symbol="arrow",
                x=tuple(lasted), y=(lowest,) * len(lasted),
            )
        )  # fmt: skip
    first = result.plots[0]
    return Chart(
        title="Probability paper: a line for each group",
        x=Axis(label="Time", unit=result.unit, scale="log"),
        y=Axis(label="Failed", scale=first.scale),
        layers=tuple(layers),
    )


def _lives(result: LifetimeCompareResult) -> Table:
    weibull = result.chosen == "weibull"
    scale, shape = ("eta", "beta") if weibull else ("median", "sigma")
    return Table(
        title="Lives of the groups, with bounds",
        columns=(
            Column(label="Group"),
            Column(label="Units", decimals=0),
            Column(label="Failures", decimals=0),
            Column(label=f"B{100 * result.share:g}", unit=result.unit),
            Column(label="One-sided lower", unit=result.unit),
            Column(label="From", unit=result.unit),
            Column(label="To", unit=result.unit),
            Column(label=scale, unit=result.unit),
            Column(label="From", unit=result.unit),
            Column(label="To", unit=result.unit),
            Column(label=shape, decimals=2),
            Column(label="From", decimals=2),
            Column(label="To", decimals=2),
        ),
        rows=tuple(
            (group.name, group.units, group.failures, _short(group.life),
             _short(group.lower_one_sided), _short(group.lower), _short(group.upper),
             _short(group.scale), _short(group.scale_lower), _short(group.scale_upper),
             group.shape, group.shape_lower, group.shape_upper)
            for group in result.groups
        ),
    )  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")


def _pairs(side: ComparedFamily) -> Table:
    return Table(
        title="Ratio of lives, pair by pair",
        columns=(
            Column(label="Group"),
            Column(label="Over"),
            Column(label="Ratio", decimals=2),
            Column(label="From", decimals=2),
            Column(label="To", decimals=2),
            Column(label="At least", decimals=2),
            Column(label="At most", decimals=2),
            Column(label="p", decimals=4),
            Column(label="p, all pairs", decimals=4),
            Column(label="Lasts longer", unit="%", decimals=1),
            Column(label="Found"),
            Column(label="By"),
        ),
        rows=tuple(
            (pair.one, pair.other, pair.ratio, pair.lower, pair.upper, pair.lower_one_sided,
             pair.upper_one_sided, pair.p, pair.adjusted_p, 100.0 * pair.longer,
             _FOUND[pair.finding], _by(pair.calibrated, pair.approximate, pair.shapes))
            for pair in side.pairs
        ),
    )  # fmt: skip


def _by(calibrated: bool, approximate: bool = False, shapes: str = "own") -> str:
    plain = "approximate" if approximate else "likelihood ratio"
    said = "calibrated" if calibrated else plain
    return f"{said}, one shape" if shapes == "common" else said


def _tests(side: ComparedFamily) -> Iterator[Block]:
    tests = (
        ("one shape", side.shape),
        ("one scale, given one shape", side.scale),
        ("one shape and one scale", side.joint),
    )
    rows = tuple(
        (name, test.statistic, test.df, test.p, _by(test.calibrated),
         test.chi_square_p)
        for name, test in tests
        if test is not None
    )  # fmt: skip
    if rows:
        yield Table(
            title="Tests of all groups at once",
            columns=(
                Column(label="Held to be alike"),
                Column(label="Statistic", decimals=2),
                Column(label="Degrees of freedom"),
                Column(label="p", decimals=4),
                Column(label="By"),
                Column(label="p by chi-square", decimals=4),
            ),
            rows=rows,
        )


def _how(result: LifetimeCompareResult) -> Text:
    return Text.of(
        Phrase.of(
            "Every bound holds with {level}. With fewer than 30 failures in a group, ratios and"
            " tests are calibrated by tests drawn from the fit, with the same censoring.",
            level=Number(value=result.confidence, percent=True),
        ),
        Phrase.of("p, all pairs, allows for how many pairs are compared (Holm)."),
        Phrase.of(
            "At least and at most are one-sided bounds; lasts longer is the confidence that the"
            " first group does."
        ),
    )


def _regions(result: LifetimeCompareResult) -> Iterator[Block]:
    weibull = result.chosen == "weibull"
    drawn = {plot.lines[0].name for plot in result.plots}
    edges = [
        Layer(mark="line", label=group.name, x=group.region_scale, y=group.region_shape)
        for group in result.groups
        if group.name in drawn and group.region_scale
    ]
    wide = [x for edge in edges for x in edge.x if isinstance(x, float)]
    centers = Layer(
        mark="points", label="estimate", role="center", symbol="plus",
        x=tuple(group.scale for group in result.groups if group.name in drawn),
        y=tuple(group.shape for group in result.groups if group.name in drawn),
    )  # fmt: skip
    yield Chart(
        title="Joint regions of scale and shape",
        x=Axis(
            label="eta" if weibull else "Median life",
            unit=result.unit,
            scale="log" if max(wide) > FAR * min(wide) else "linear",
        ),
        y=Axis(label="beta" if weibull else "sigma"),
        layers=(*edges, centers),
    )
    warning = Phrase.of(
        "Whether regions overlap is no test: groups whose regions overlap can differ, see the"
        " ratios."
    )
    if not result.overlap:
        yield Text.of(Phrase.of("No two regions overlap."), warning)
        return
    pairs = "; ".join(f"{one} / {other}" for one, other in result.overlap[:12])
    yield Text.of(Phrase.of("Regions that overlap: {pairs}.", pairs=pairs), warning)


def _sizes(result: LifetimeCompareResult) -> Iterator[Block]:
    yield Table(
        title="Units of each group that tell a ratio of lives from 1",
        columns=(
            Column(label="Ratio", decimals=2),
            Column(label="Units of each group"),
            Column(label="Failures expected in both", decimals=0),
        ),
        rows=tuple((size.ratio, size.units, size.failures) for size in result.sizes),
    )
    yield Text.of(
        Phrase.of(
            "With these a ratio is told from 1 with a chance of {power}, at {level} confidence, in"
            " a test that ends at {end} {unit}; by the expected information, which is too hopeful"
            " where few fail.",
            power=Number(value=result.power, percent=True),
            level=Number(value=result.confidence, percent=True),
            end=Number(value=result.test_end),
            unit=result.unit,
        )
    )
