"""Drawings of a package: the plan of its wires, and their heights under the cavity."""

from collections.abc import Iterable
from typing import Literal

from ops.loop.package import Package
from ops.loop.profile import PARTS, plan_of, shares
from ops.page_chart import Axis, Chart, Layer

Place = tuple[float | None, float | None]


def plan_view(package: Package) -> Chart:
    """Wires from above: lines from bond to bond, first bonds as points."""
    lines = [
        [(float(x), float(y)) for x, y in plan_of(wire, ("apex",), (0.0, 0.0))]
        for wire in package.wires
    ]
    return Chart(
        title="Wires from above",
        x=Axis(label="x", unit="um"),
        y=Axis(label="y", unit="um"),
        layers=(
            _layer("wires", lines),
            Layer(
                mark="points",
                label="first bonds",
                x=tuple(line[0][0] for line in lines),
                y=tuple(line[0][1] for line in lines),
                role="center",
            ),
        ),
    )


def side_view(package: Package) -> Chart:
    """Nominal heights of the wires along their spans, and what the cavity leaves."""
    lines: list[list[tuple[float, float]]] = []
    for wire in package.wires:
        along = shares(wire, ("apex",)) * wire.span_um
        heights = (wire.first.z_um, wire.height_um, wire.second.z_um)
        lines.append([(float(x), z) for x, z in zip(along, heights, strict=True)])
    longest = max(wire.span_um for wire in package.wires)
    layers = [
        _layer("wires at nominal height", lines),
        _across("cavity", package.cavity_height_um, longest, "spec"),
    ]
    if package.clearance_um > 0:
        room = package.cavity_height_um - package.clearance_um
        layers.append(_across("what must remain", room, longest, "limit"))
    return Chart(
        title="Heights under the cavity",
        x=Axis(label="From the first bond", unit="um"),
        y=Axis(label="Height", unit="um"),
        layers=tuple(layers),
    )


def named_parts(package: Package) -> list[tuple[str, str]]:
    """Parts of the loop profile that are measured, and their characteristics."""
    return [(p, package.characteristics[p]) for p in PARTS if p in package.characteristics]


def _across(label: str, height: float, span: float, role: Literal["spec", "limit"]) -> Layer:
    """Draw a height over all of the span: a line, since the axis makes room for those only."""
    return Layer(mark="line", label=label, x=(0.0, span), y=(height, height), role=role)


def _layer(label: str, lines: Iterable[list[tuple[float, float]]]) -> Layer:
    """One layer of many lines: a gap stands between them."""
    places: list[Place] = []
    for line in lines:
        places += [*line, (line[-1][0], None)]
    return Layer(
        mark="line", label=label, x=tuple(x for x, _ in places), y=tuple(y for _, y in places)
    )
