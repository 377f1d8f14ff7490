"""The page of loop clearance: probability against requirement, wires and pairs, distributions."""

from ops.analyses.loop_clearance_result import LoopClearanceResult, MarginBars, Probability
from ops.analyses.loop_clearance_words import PPM, name_of, ppm
from ops.page import Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_METHOD = {"counted": "counted", "tail": "fitted tail", "bound": "bound, 3/n"}


def view(result: LoopClearanceResult) -> Page:
    """Show a study of loop clearance."""
    charts = tuple(_chart(bars, result.unit) for bars in result.bars)
    return Page(
        title="Loop clearance",
        verdicts=(result.verdict,),
        sections=(
            Section(title="Contact of a unit", blocks=(*_figures(result), *charts[:1])),
            Section(title="Wires and pairs", blocks=(_table(result), *charts[1:])),
            Section(title="Method", blocks=_method(result)),
        ),
    )


def _figures(result: LoopClearanceResult) -> tuple[Figure, ...]:
    one = result.any_contact or result.margins[0]
    estimate = None if one.estimate is None else PPM * one.estimate
    return (
        Figure(
            label="Probability of contact",
            value=estimate,
            unit="ppm",
            lower=PPM * one.lower,
            upper=PPM * one.upper,
            decimals=1,
        ),
        Figure(label="Allowed", value=result.requirement_ppm, unit="ppm", decimals=1),
        Figure(label="Mean of the least margin", value=one.mean, unit=result.unit, decimals=1),
        Figure(label="Smallest margin", value=one.least, unit=result.unit, decimals=1),
        Figure(label="Units", value=one.units, decimals=0),
        Figure(label="Independent units", value=one.effective, decimals=0),
    )


def _chart(bars: MarginBars, unit: str) -> Chart:
    name = "Least margin of a unit" if not bars.one else f"{bars.one} to {bars.other or 'cavity'}"
    counts = tuple(float(c) if c else None for c in bars.count)
    # a bar of one unit has no height on a log scale: its top is drawn too
    layers = [
        Layer(mark="bars", label="units", x=bars.margin, y=counts),
        Layer(mark="points", label="top of the bar", x=bars.margin, y=counts),
    ]
    fitted = [(x, y) for x, y in zip(bars.margin, bars.fitted, strict=True) if y is not None]
    if fitted:
        x, y = zip(*fitted, strict=True)
        shown = tuple(max(v, 1e-4) for v in y)
        layers.append(Layer(mark="line", label="fitted tail", x=x, y=shown, role="fit"))
    layers.append(Layer(mark="rule", label="contact", x=(0.0,), role="signal"))
    return Chart(
        title=name,
        x=Axis(label="Margin", unit=unit),
        y=Axis(label="Units", scale="log"),
        layers=tuple(layers),
    )


def _table(result: LoopClearanceResult) -> Table:
    unit = result.unit
    columns = (
        Column(label="Margin of"),
        Column(label="Units"),
        Column(label="Independent", decimals=0),
        Column(label="Mean", unit=unit, decimals=1),
        Column(label="Sigma", unit=unit, decimals=2),
        Column(label="Smallest", unit=unit, decimals=1),
        Column(label="Contacts"),
        Column(label="Probability", unit="ppm"),
        Column(label="from", unit="ppm"),
        Column(label="to", unit="ppm"),
        Column(label="Shape of the tail", decimals=2),
        Column(label="How"),
        Column(label="Requirement"),
        Column(label="What the data cannot say"),
    )
    overall = () if result.any_contact is None else (result.any_contact,)
    rows = tuple(_row(one) for one in (*overall, *result.margins))
    return Table(title="Margins, most likely contact first", columns=columns, rows=rows)


def _row(one: Probability) -> tuple[Cell, ...]:
    return (
        name_of(one),
        one.units,
        one.effective,
        one.mean,
        one.sigma,
        one.least,
        one.contacts,
        ppm(one.estimate).value,
        ppm(one.lower).value,
        ppm(one.upper).value,
        one.shape,
        _METHOD[one.method],
        one.judged,
        one.reason,
    )


def _method(result: LoopClearanceResult) -> tuple[Text, ...]:
    return (
        Text.of(
            Phrase.of(
                "Heights of a unit's wires are taken together: {complete} of {units} units have"
                " all wires that are measured.",
                complete=Number(value=result.complete),
                units=Number(value=result.units),
            ),
            *_unmeasured(result),
            Phrase.of(
                "Pairs whose middles lie within {near} {unit} are neighbours.",
                near=Number(value=result.near, decimals=0),
                unit=result.unit,
            ),
            _sweep(result),
        ),
        Text.of(
            Phrase.of(
                "Intervals hold at {level}; a bound is one-sided at the same level.",
                level=Number(value=result.confidence, percent=True),
            ),
            _alike(result),
            Phrase.of(
                "Beyond the body a Pareto tail is followed, at most to a tenth of one unit in all"
                " that were measured (Davison and Smith 1990)."
            ),
        ),
    )


def _unmeasured(result: LoopClearanceResult) -> tuple[Phrase, ...]:
    if not result.unmeasured:
        return ()
    first = ", ".join(result.unmeasured[:10])
    return (
        Phrase.of(
            "Wires of the package without values, which are not judged: {count} ({first}).",
            count=Number(value=len(result.unmeasured)),
            first=first,
        ),
    )


def _sweep(result: LoopClearanceResult) -> Phrase:
    if result.sweep == "none" or result.sweep_share == 0:
        return Phrase.of("No sweep is allowed for.")
    share = Number(value=result.sweep_share, percent=True)
    if result.sweep == "together":
        return Phrase.of(
            "A wire across the mold flow is swept by {share} of its span, others by the sine of"
            " their angle; all wires of a unit are swept at once.",
            share=share,
        )
    return Phrase.of(
        "A wire across the mold flow is swept by {share} of its span, others by the sine of their"
        " angle; of a pair each wire is swept or not, and the least margin counts.",
        share=share,
    )


def _alike(result: LoopClearanceResult) -> Phrase:
    if not result.cluster:
        return Phrase.of("Units count as independent: the data name no lots.")
    return Phrase.of(
        "Units of one {cluster} are alike: their number is divided by the design effect of the"
        " smallest margins over {clusters} levels.",
        cluster=result.cluster,
        clusters=Number(value=result.clusters),
    )
