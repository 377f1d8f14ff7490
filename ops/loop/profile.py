"""Loop profiles of the wires of one unit: measured heights joined, and the line that they make.

A profile is a line of straight pieces: first bond, rise (where the wire leaves the ball), apex,
descent (on the way down), second bond. Its plan comes from the package, its heights from what was
measured; rise and descent are left out where they are not measured. Heights are those of the
wire's axis over the plane of measurement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.loop.package import Wire
from ops.values import FloatArray, IntArray, Series

Part = Literal["rise", "apex", "descent"]
PARTS: tuple[Part, ...] = ("rise", "apex", "descent")


@dataclass(frozen=True, slots=True)
class UnitHeights:
    """Heights of the wires of units, joined by unit and position.

    Parameters
    ----------
    units
        Serial of each unit.
    row : shape (units,)
        Row of the apex series that was measured last on the unit; -1: none.
    height
        Part of the profile to heights of shape (units, wires), micrometres; NaN: not measured.
    """

    units: tuple[str, ...]
    row: IntArray
    height: Mapping[Part, FloatArray]

    @property
    def apex(self) -> FloatArray:
        """Heights of the apex, shape (units, wires)."""
        return self.height["apex"]


def joined_heights(series: Mapping[Part, Series], positions: Sequence[str]) -> UnitHeights:
    """Join the parts of profiles; of several values of one wire the newest counts.

    Parameters
    ----------
    series
        Part of the profile to its measurements in micrometres; the apex at least.
    positions
        Of the wires, in the order of the columns.

    Examples
    --------
    >>> from ops.simulate.sample import sample_series
    >>> joined_heights({"apex": sample_series(8)}, ("W1", "W3")).apex.shape
    (2, 2)
    """
    apex = series["apex"]
    used = np.unique(apex.unit_id.codes[apex.unit_id.codes >= 0])
    units = tuple(apex.unit_id.levels[code] for code in used)
    number = {unit: i for i, unit in enumerate(units)}
    column = {position: i for i, position in enumerate(positions)}
    height: dict[Part, FloatArray] = {}
    for part, measured in series.items():
        table = np.full((len(units), len(positions)), np.nan)
        unit = _codes(measured.unit_id.levels, number)[measured.unit_id.codes]
        wire = _codes(measured.position.levels, column)[measured.position.codes]
        there = np.flatnonzero((unit >= 0) & (wire >= 0))
        table[unit[there], wire[there]] = measured.value[there]  # rows are in time order
        height[part] = table
    row = np.full(len(units), -1, dtype=np.int64)
    known = np.flatnonzero(apex.unit_id.codes >= 0)
    row[_codes(apex.unit_id.levels, number)[apex.unit_id.codes[known]]] = known
    return UnitHeights(units, row, height)


def _codes(levels: Sequence[str], number: Mapping[str, int]) -> IntArray:
    """Tell the number of each level, and -1 at the end for code -1."""
    return np.array([number.get(level, -1) for level in (*levels, "")], dtype=np.int64)


def shares(wire: Wire, parts: Sequence[Part]) -> FloatArray:
    """Where the points of the profile stand, shares of the span from first to second bond."""
    at = {"rise": wire.rise_at, "apex": wire.apex_at, "descent": wire.falls_at}
    return np.array([0.0, *(at[part] for part in PARTS if part in parts), 1.0])


def plan_of(wire: Wire, parts: Sequence[Part], sweep_um: tuple[float, float]) -> FloatArray:
    """Plan of the profile, shape (points, 2): the apex displaced by the sweep, the bonds not.

    Between them the displacement grows and falls evenly along the span, so that what was straight
    in the plan is straight on either side of the apex.
    """
    share = shares(wire, parts)
    first = np.array([wire.first.x_um, wire.first.y_um])
    second = np.array([wire.second.x_um, wire.second.y_um])
    moved = np.minimum(share / wire.apex_at, (1.0 - share) / (1.0 - wire.apex_at))
    plan: FloatArray = (
        first + share[:, None] * (second - first) + moved[:, None] * np.array(sweep_um)
    )
    return plan


def heights_of(wire: Wire, column: int, heights: UnitHeights, *, lowered_um: float) -> FloatArray:
    """Heights of the points of the profile in each unit, shape (units, points).

    Parameters
    ----------
    column
        Of the wire in the heights.
    lowered_um
        What is taken from measured heights to reach the axis of the wire.
    """
    n = len(heights.units)
    middle = [heights.height[part][:, column] - lowered_um for part in PARTS
              if part in heights.height]  # fmt: skip
    return np.column_stack((np.full(n, wire.first.z_um), *middle, np.full(n, wire.second.z_um)))
