"""Margins of wires to the cavity and to their neighbours, unit by unit.

A margin is a distance that remains, micrometres: 0 is contact, below 0 is beyond it. Both wires of
a pair are those of the same unit, so what a unit's wires share (a lot, a bonder, a high die) does
not pull them apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, inf, radians, sin
from typing import Literal

import numpy as np

from ops.loop.package import Package, Wire
from ops.loop.profile import Part, UnitHeights, heights_of, plan_of
from ops.values import FloatArray

Sweep = Literal["none", "together", "worst"]
NEAR = 1.5  # of the largest distance of a wire to its nearest: farther pairs are not looked at


@dataclass(frozen=True, slots=True)
class Margin:
    """What remains between a wire and the cavity, or between two wires.

    Parameters
    ----------
    one, other
        Positions; `other` is "" for the cavity.
    value : shape (units,)
        Micrometres; NaN where a wire of the unit is not measured.
    """

    one: str
    other: str
    value: FloatArray


@dataclass(frozen=True, slots=True)
class Allowance:
    """How geometry is read.

    Parameters
    ----------
    sweep
        ``none``; ``together``: all wires are swept at once, as far as their angle and span say;
        ``worst``: the least margin with each wire of a pair swept or not.
    from_top
        Whether heights were measured to the top of the wire instead of its axis.
    between_um
        Distance that must remain between wires.
    """

    sweep: Sweep = "together"
    from_top: bool = False
    between_um: float = 0.0


def margins(
    package: Package, heights: UnitHeights, *, allowance: Allowance, near_um: float | None = None
) -> tuple[Margin, ...]:
    """Margins of every wire to the cavity, and of every pair of neighbours.

    Parameters
    ----------
    heights
        Columns in the order of `package.wires`.
    near_um
        Pairs whose middles are farther apart in the plan are left out; None: see `near_of`.
    """
    lowered = package.wire_diameter_um / 2.0 if allowance.from_top else 0.0
    lines = {
        wire.position: heights_of(wire, i, heights, lowered_um=lowered)
        for i, wire in enumerate(package.wires)
    }
    near = near_of(package) if near_um is None else near_um
    to_cavity = tuple(
        Margin(wire.position, "", _under(package, lines[wire.position])) for wire in package.wires
    )
    parts = tuple(heights.height)
    between = tuple(
        Margin(
            one.position,
            other.position,
            _least(
                _plans(package, (one, other), parts, allowance.sweep),
                (lines[one.position], lines[other.position]),
            )
            - package.wire_diameter_um
            - allowance.between_um,
        )
        for one, other in package.pairs(near)
    )
    return to_cavity + between


def near_of(package: Package) -> float:
    """Distance of middles within which wires are neighbours: 1.5 times the widest gap of a wire."""
    middle = np.array([
        [(w.first.x_um + w.second.x_um) / 2.0, (w.first.y_um + w.second.y_um) / 2.0]
        for w in package.wires
    ])  # fmt: skip
    if len(middle) < 2:
        return 0.0
    apart = np.hypot(*(middle[:, None] - middle[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, inf)
    return NEAR * float(apart.min(axis=1).max())


def sweep_of(package: Package, wire: Wire) -> tuple[float, float]:
    """Displacement of a wire's apex by mold flow, micrometres along x and y.

    It goes across the wire to the side that the flow goes to, by ``sweep_share`` of the span times
    the sine of the angle between wire and flow: a wire along the flow is not swept.

    Examples
    --------
    >>> from ops.loop.package import BondPoint
    >>> wire = Wire(position="W1", first=BondPoint(x_um=0, y_um=0),
    ...             second=BondPoint(x_um=1000, y_um=0), height_um=150)
    >>> package = Package(cavity_height_um=400, wire_diameter_um=20, mold_flow_deg=90,
    ...                   sweep_share=0.02, wires=(wire,))
    >>> [abs(round(x, 9)) for x in sweep_of(package, wire)]
    [0.0, 20.0]
    """
    if package.mold_flow_deg is None or package.sweep_share == 0:
        return 0.0, 0.0
    angle = radians(package.mold_flow_deg)
    dx = wire.second.x_um - wire.first.x_um
    dy = wire.second.y_um - wire.first.y_um
    span = hypot(dx, dy)
    across = (-dy / span, dx / span)
    pushed = package.sweep_share * span * (cos(angle) * across[0] + sin(angle) * across[1])
    return pushed * across[0], pushed * across[1]


def _under(package: Package, line: FloatArray) -> FloatArray:
    """Distance of the highest point's upper side from what the cavity leaves."""
    room = package.cavity_height_um - package.clearance_um
    margin: FloatArray = room - (line.max(axis=1) + package.wire_diameter_um / 2.0)
    return margin


def _plans(
    package: Package, pair: tuple[Wire, Wire], parts: Sequence[Part], sweep: Sweep
) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Plans of both wires, for each way that they may be swept."""
    one, other = (
        (plan_of(wire, parts, (0.0, 0.0)), plan_of(wire, parts, sweep_of(package, wire)))
        for wire in pair
    )
    if sweep != "together":
        yield one[0], other[0]
    if sweep != "none":
        yield one[1], other[1]
    if sweep == "worst":
        yield one[1], other[0]
        yield one[0], other[1]


def _least(
    plans: Iterator[tuple[FloatArray, FloatArray]], lines: tuple[FloatArray, FloatArray]
) -> FloatArray:
    from ops.loop.distance_kernel import (  # noqa: PLC0415  (numba loads in half a second)
        least_distances,
    )

    found = [least_distances(one, lines[0], other, lines[1]) for one, other in plans]
    nearest: FloatArray = np.minimum.reduce(found)
    return nearest
