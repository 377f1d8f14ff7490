"""What stands below the table of a characteristic: dependence, stability, distribution, ppm."""

from collections.abc import Iterator

from ops.analyses.capability_parts import DistributionFound, Estimate, StabilityFound
from ops.analyses.capability_result import CapabilityOfCharacteristic
from ops.analyses.capability_verdict import populations_phrase
from ops.page import Block, Figure, Text
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Cell, Column, Table
from ops.page_value import Number, Phrase

_WHY = {
    "asked": Phrase.of("The distribution was chosen by hand: {name}."),
    "few": Phrase.of("Too few values to speak against the normal distribution: {name}."),
    "not-rejected": Phrase.of("The normal distribution is not rejected (p {p}): {name}."),
    "rejected": Phrase.of("The normal distribution is rejected (p {p}), this fits best: {name}."),
    "no-better": Phrase.of(
        "The normal distribution is rejected (p {p}), but no family fits much better: {name}."
    ),
    "two-populations": Phrase.of(
        "No single distribution is right (p {p}); the indices of all values are shown by the"
        " {name} and describe neither population."
    ),
}
_EDGE = 0.1  # share of values equal to the extreme that looks like the end of the gauge


def dependence_text(found: CapabilityOfCharacteristic) -> Text:
    """Say what the intervals allow for, and whether stability is shown."""
    index = found.pool.index
    phrases: list[Phrase] = []
    if index is not None:
        rho = Number(value=found.lot_correlation, decimals=2)
        n = Number(value=index.n_effective, decimals=0)
        if index.interval == "lots":
            phrases.append(
                Phrase.of(
                    "Intervals are made from variance components: {lots} lots, correlation {rho}"
                    " within a lot, {n} effective values.",
                    lots=Number(value=found.lots),
                    rho=rho,
                    n=n,
                )
            )
        elif index.interval == "serial":
            phrases.append(
                Phrase.of(
                    "Intervals allow for an autocorrelation of {rho}: {n} effective values.",
                    rho=rho,
                    n=n,
                )
            )
        else:
            phrases.append(
                Phrase.of("A test allows to take the values as independent: {n} of them.", n=n)
            )
    return Text.of(*phrases, *_stability(found.stability))


def _stability(found: StabilityFound | None) -> tuple[Phrase, ...]:
    if found is None:
        return (Phrase.of("Stability was not judged."),)
    points = Number(value=found.points)
    if found.shown:
        return (
            Phrase.of(
                "Stability is shown: {points} points break no run rule more than by chance.",
                points=points,
            ),
        )
    if not found.broken:
        return (Phrase.of("Stability is not shown: {points} points are too few.", points=points),)
    return tuple(
        Phrase.of(
            "Not stable: {points} points break rule {rule} ({sentence}), {expected} would by"
            " chance.",
            points=Number(value=one.points),
            rule=one.rule,
            sentence=one.sentence,
            expected=Number(value=one.expected, decimals=1),
        )
        for one in found.broken
    )


def distribution_blocks(found: CapabilityOfCharacteristic, confidence: float) -> tuple[Block, ...]:
    """Chosen distribution and why, candidates, probability plot, ppm and tolerance limits."""
    shape = found.distribution
    if shape is None:
        return ()
    blocks: list[Block] = [_why(shape)]
    if shape.candidates:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (c.name, c.aicc, c.bic, c.anderson_darling, c.p) for c in shape.candidates
        )
        columns = (
            Column(label="Distribution"),
            Column(label="AICc", decimals=1),
            Column(label="BIC", decimals=1),
            Column(label="Anderson-Darling", decimals=3),
            Column(label="p", decimals=4),
        )
        blocks.append(Table(title="Distributions that were fitted", columns=columns, rows=rows))
    if shape.plot_value:
        blocks.append(_plot(found, shape))
    blocks += [
        *_ppm("Expected outside, total", found.expected_ppm),
        *_ppm("Expected outside, sigma within", found.expected_ppm_within),
    ]
    if found.tolerance:
        columns = (
            Column(label="Method"),
            Column(label="Holds", unit="%", decimals=2),
            Column(label="Confidence", unit="%", decimals=1),
            Column(label="from", unit=found.unit, decimals=3),
            Column(label="to", unit=found.unit, decimals=3),
        )
        rows = tuple(
            (t.method, 100 * t.coverage, 100 * confidence, t.lower, t.upper)
            for t in found.tolerance
        )
        blocks.append(Table(title="Tolerance intervals", columns=columns, rows=rows))
    return tuple(blocks)


def _why(shape: DistributionFound) -> Text:
    p = Number(value=shape.normal_p, decimals=4)
    phrases = [Phrase.of(_WHY[shape.why].template, name=shape.name, p=p), *_dependent(shape)]
    if shape.populations is not None:
        named = dict(populations_phrase(shape).values)
        phrases.append(
            Phrase.of(
                "Two populations at {low} and {high} ({share}) are mixed, told apart by {factor}.",
                **named,
            )
            if "factor" in named
            else Phrase.of(
                "Two populations at {low} and {high} ({share}) are mixed, no factor tells them"
                " apart.",
                **named,
            )
        )
    if shape.rounded_to is not None:
        phrases.append(
            Phrase.of(
                "The values are rounded to {step}: ties were spread over that step before the"
                " test.",
                step=Number(value=shape.rounded_to),
            )
        )
    if shape.at_edge >= _EDGE:
        phrases.append(
            Phrase.of(
                "{share} of the values equal the smallest or the largest: the gauge may end there.",
                share=Number(value=round(shape.at_edge, 3), percent=True),
            )
        )
    return Text.of(*phrases)


def _dependent(shape: DistributionFound) -> Iterator[Phrase]:
    """Say how many independent values were tested, and what they are too few to tell."""
    if shape.tested_as is None or shape.why in ("asked", "few"):
        return
    yield Phrase.of(
        "Since the values hang together, they were tested as {n} independent ones.",
        n=Number(value=shape.tested_as, decimals=0),
    )
    if shape.hint is not None:
        low, high = (Number(value=float(f"{mean:.4g}")) for mean in shape.hint)
        yield Phrase.of(
            "Were all of them independent, two populations at {low} and {high} would be told: look"
            " at the probability plot.",
            low=low,
            high=high,
        )


def _plot(found: CapabilityOfCharacteristic, shape: DistributionFound) -> Chart:
    data = Layer(mark="points", label="values", x=shape.plot_value, y=tuple(shape.plot_score))
    layers = [data]
    if any(value is not None for value in shape.plot_fit):
        line = Layer(
            mark="line", label=shape.name, role="fit", x=shape.plot_fit, y=tuple(shape.plot_score)
        )
        layers.append(line)
    return Chart(
        title="Probability plot",
        x=Axis(label=found.title, unit=found.unit),
        y=Axis(label="Normal score"),
        layers=tuple(layers),
    )


def _ppm(label: str, estimate: Estimate | None) -> tuple[Figure, ...]:
    if estimate is None:
        return ()
    return (
        Figure(
            label=label,
            value=estimate.value,
            lower=estimate.lower,
            upper=estimate.upper,
            unit="ppm",
            decimals=1,
        ),
    )
