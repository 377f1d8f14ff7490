"""The page of a study of capillaries: height and spread by count, strata, change points."""

from ops.analyses.capillary_health_result import CapillaryHealthResult, WearOfGroup
from ops.analyses.capillary_health_words import thousands
from ops.page import Figure, Page, Section, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_MILLION = 1e6
_COUNT = Axis(label="Touch-downs since the change")


def view(result: CapillaryHealthResult) -> Page:
    """Show a study of capillaries."""
    change = Section(title="When to change", blocks=(*_figures(result), _changes(result)))
    strata = Section(title="By stratum", blocks=(_strata(result), _departures(result)))
    return Page(
        title="Capillary health",
        verdicts=result.verdicts,
        sections=(
            change,
            Section(title="Height and spread", blocks=(_height(result), _spread(result))),
            strata,
            Section(title="Method", blocks=(_method(result),)),
        ),
    )


def _figures(result: CapillaryHealthResult) -> tuple[Figure, ...]:
    slope, growth = result.pool.slope, result.pool.growth
    figures = [
        Figure(
            label="Wear in a million touch-downs",
            value=slope.value if slope else None,
            unit=result.unit,
            lower=slope.lower if slope else None,
            upper=slope.upper if slope else None,
            decimals=2,
        ),
        Figure(
            label="Growth of the variance in a million touch-downs",
            value=100 * growth.value if growth else None,
            unit="%",
            lower=100 * growth.lower if growth else None,
            upper=100 * growth.upper if growth else None,
            decimals=0,
        ),
        Figure(label="Break-in left out", value=result.break_in.ends, decimals=0),
        Figure(
            label=f"Present life ({result.present_life_is})", value=result.present_life, decimals=0
        ),
    ]
    return tuple(figures)


def _changes(result: CapillaryHealthResult) -> Table:
    columns = (
        Column(label="Characteristic"),
        Column(label="Site"),
        Column(label="State"),
        Column(label="Change at", decimals=0),
        Column(label="Estimate", decimals=0),
        Column(label="Upper bound", decimals=0),
        Column(label="After", unit="h", decimals=0),
        Column(label="Present life", decimals=0),
        Column(label="Index after break-in", decimals=2),
        Column(label="Index at the longest count", decimals=2),
        Column(label="Reason"),
    )
    rows = tuple(
        (
            c.characteristic,
            c.site,
            c.state,
            c.lower,
            c.touch_downs,
            c.upper,
            c.hours,
            result.present_life,
            c.index_fresh,
            c.index_worn,
            c.reason,
        )
        for c in result.changes
    )
    return Table(title="Touch-downs at which to change", columns=columns, rows=rows)


def _height(result: CapillaryHealthResult) -> Chart:
    bins = result.bins
    x = tuple(b.touch_downs for b in bins)
    interval = Layer(
        mark="band",
        label="interval",
        x=x,
        y=tuple(b.lower for b in bins),
        y2=tuple(b.upper for b in bins),
    )
    layers = [
        *_shaded(result, [v for b in bins for v in (b.lower, b.upper, b.mean) if v is not None]),
        interval,
        Layer(mark="points", label="mean of devices", x=x, y=tuple(b.mean for b in bins)),
    ]
    if result.pool.slope is not None:
        kept = [b for b in bins if b.touch_downs >= result.break_in.ends]
        count = sum(b.devices for b in kept) or 1
        middle = sum(b.touch_downs * b.devices for b in kept) / count
        mean = sum(b.mean * b.devices for b in kept) / count
        ends = (result.break_in.ends, result.longest)
        line = tuple(mean + result.pool.slope.value / _MILLION * (t - middle) for t in ends)
        layers.append(Layer(mark="line", label="wear", x=ends, y=line, role="fit"))
    return Chart(
        title="Height over the mean of its capillary",
        x=_COUNT,
        y=Axis(label="Height", unit=result.unit),
        layers=tuple(layers),
    )


def _spread(result: CapillaryHealthResult) -> Chart:
    bins = [b for b in result.bins if b.sigma is not None]
    points = Layer(
        mark="points",
        label="wires of a device",
        x=tuple(b.touch_downs for b in bins),
        y=tuple(b.sigma for b in bins),
    )
    sigmas = [b.sigma for b in bins if b.sigma is not None]
    return Chart(
        title="Sigma of wires within a device",
        x=_COUNT,
        y=Axis(label="Sigma", unit=result.unit),
        layers=(*_shaded(result, sigmas), points),
    )


def _shaded(result: CapillaryHealthResult, values: list[float]) -> list[Layer]:
    ends = result.break_in.ends
    if ends <= 0 or not values:
        return []
    low, high = min(values), max(values)
    band = Layer(
        mark="band", label="break-in", x=(0.0, ends), y=(low, low), y2=(high, high), role="event"
    )
    return [band]


def _strata(result: CapillaryHealthResult) -> Table:
    columns = (
        Column(label="Group"),
        Column(label="Capillaries"),
        Column(label="Devices"),
        Column(label="Wear in a million", unit=result.unit, decimals=2),
        Column(label="Wear from", unit=result.unit, decimals=2),
        Column(label="Wear to", unit=result.unit, decimals=2),
        Column(label="Variance in a million", unit="%", decimals=0),
        Column(label="Touch-downs an hour", decimals=0),
        Column(label="Reason"),
    )
    groups = (result.pool, *result.by_characteristic, *result.strata)
    return Table(title="Pool and strata", columns=columns, rows=tuple(_row(g) for g in groups))


def _row(group: WearOfGroup) -> tuple[Cell, ...]:
    slope = group.slope
    return (
        group.level or "pool",
        group.capillaries,
        group.devices,
        slope.value if slope else None,
        slope.lower if slope else None,
        slope.upper if slope else None,
        100 * group.growth.value if group.growth else None,
        group.per_hour,
        group.reason,
    )


def _departures(result: CapillaryHealthResult) -> Table:
    columns = (
        Column(label="Capillary"),
        Column(label="Bonder"),
        Column(label="Characteristic"),
        Column(label="What"),
        Column(label="Departure, shrunken", unit=result.unit, decimals=2),
        Column(label="In sigmas of the others", decimals=1),
    )
    rows = tuple(
        (d.capillary, d.tool, d.characteristic, d.what, d.departure, d.z) for d in result.departures
    )
    return Table(title="Capillaries that stand apart", columns=columns, rows=rows)


def _method(result: CapillaryHealthResult) -> Text:
    start = result.break_in
    phrases = [
        Phrase.of(
            "Points are {devices} devices; each capillary has a level of its own, intervals hold at"
            " {level} and count capillaries.",
            devices=Number(value=result.devices),
            level=Number(value=result.confidence, percent=True),
        ),
    ]
    if start.amplitude is not None and start.fading is not None:
        phrases.append(
            Phrase.of(
                "Break-in: {amplitude} {unit} exp(-t / {fading} thousand), p = {p}.",
                amplitude=Number(value=start.amplitude.value, decimals=2),
                fading=thousands(start.fading.value),
                p=Number(value=start.p, decimals=3),
                unit=result.unit,
            )
        )
    elif start.reason:
        phrases.append(Phrase.of("Break-in: {reason}.", reason=start.reason))
    if start.how == "none" and not start.reason:
        phrases.append(Phrase.of("No break-in is shown: nothing is left out for it."))
    phrases.append(
        Phrase.of(
            "The change point is where the index of the nearer limit falls below {requirement};"
            " changing is advised at its lower bound. Beyond 1.5 times the longest count seen,"
            " {longest} thousand, no answer is given.",
            requirement=Number(value=result.requirement, decimals=2),
            longest=thousands(result.longest),
        )
    )
    if result.left_out:
        phrases.append(
            Phrase.of("Values without a known count: {n}.", n=Number(value=result.left_out))
        )
    return Text.of(*phrases)
