"""One value column: its numbers, its characteristics, its unit and what its gauge can measure."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ops.ingest.catalogue import Catalogue, Known
from ops.ingest.chunk import Rejected, Text
from ops.ingest.layout import Measure, Origin
from ops.ingest.mapping import ColumnMapping, Constant
from ops.ingest.number import parse_numbers
from ops.ingest.refusal import Refusals
from ops.ingest.text import labels, one_label
from ops.ingest.units import conversion
from ops.values import BoolArray, FloatArray, IntArray, Status

_NOWHERE = Known(0, "")


@dataclass(frozen=True, slots=True)
class Measured:
    """What one value column holds.

    Parameters
    ----------
    index : shape (k,)
        Rows of the chunk that are stored.
    characteristic_id, value, status : shape (k,)
        Of these rows; values in the unit of the characteristic.
    """

    index: IntArray
    characteristic_id: IntArray
    value: FloatArray
    status: NDArray[np.int16]
    rejected: tuple[Rejected, ...]


def measure(
    one: Measure,
    columns: dict[str, Any],
    catalogue: Catalogue,
    mapping: ColumnMapping,
    so_far: Refusals,
) -> Measured:
    """Read one value column of the rows that stand so far."""
    column = columns[one.column]
    parsed = parse_numbers(column, decimal=mapping.decimal, thousands=mapping.thousands)
    standing = so_far.standing & ~parsed.empty if one.may_be_empty else so_far.standing
    refusals = Refusals(so_far.rows, standing)
    codes, codes_array, code_column = _labels(one.characteristic, columns, len(column))
    known, unknown = _look_up(codes, catalogue)
    refusals.refuse(code_column, codes_array, [(codes.codes < 0, "is empty"), *unknown])
    refusals.refuse(one.column, column, [(parsed.empty, "is empty"), *parsed.faults])
    value = parsed.values
    if one.unit is not None:
        units, units_array, unit_column = _labels(one.unit, columns, len(column))
        value, wrong = _converted(value, codes, known, units, refusals.standing)
        refusals.refuse(unit_column, units_array, wrong)
        refusals.refuse(one.column, column, [(~np.isfinite(value), "is not a finite number")])
    index = np.flatnonzero(refusals.standing)
    value, code = value[index], codes.codes[index]
    ids = np.array([k.id for k in known], np.int64)[code]
    return Measured(index, ids, value, _status(value, known, code), tuple(refusals.noted))


def _labels(origin: Origin, columns: dict[str, Any], m: int) -> tuple[Text, Any, str]:
    """Labels of a column or a constant, the array to show, and the column's name."""
    if isinstance(origin, Constant):
        return one_label(m, origin.constant), pa.repeat(pa.scalar(origin.constant), m), ""
    return labels(columns[origin.column]), columns[origin.column], origin.column


def _look_up(codes: Text, catalogue: Catalogue) -> tuple[list[Known], list[tuple[BoolArray, str]]]:
    """Look up the characteristic of each level (one more: none), and the rows of unknown ones."""
    found = [catalogue.find(level) for level in codes.levels]
    unknown = [
        (codes.codes == i, catalogue.reason(codes.levels[i]))
        for i, known in enumerate(found)
        if known is None
    ]
    return [*(known or _NOWHERE for known in found), _NOWHERE], unknown


def _converted(
    value: FloatArray, codes: Text, known: list[Known], units: Text, standing: BoolArray
) -> tuple[FloatArray, list[tuple[BoolArray, str]]]:
    """Values in the unit of their characteristic, and the rows whose unit does not fit."""
    pairs = codes.codes * (len(units.levels) + 1) + units.codes + 1
    converted = value.copy()
    wrong: list[tuple[BoolArray, str]] = []
    for pair in np.unique(pairs[standing]):
        code, unit = divmod(int(pair), len(units.levels) + 1)
        if unit == 0:
            continue  # no unit is the characteristic's own
        rows = (pairs == pair) & standing
        target = known[code].unit
        way = conversion(units.levels[unit - 1], target)
        if way is None:
            wrong.append((rows, f"cannot be converted to {target}, the characteristic's unit"))
        else:
            converted[rows] = value[rows] * way.factor + way.offset
    return converted, wrong


def _status(value: FloatArray, known: list[Known], code: IntArray) -> NDArray[np.int16]:
    lower = np.array([k.gauge_lower for k in known])[code]
    upper = np.array([k.gauge_upper for k in known])[code]
    beyond = (value < lower) | (value > upper)  # never true of NaN, no bound
    return np.where(beyond, Status.BEYOND_GAUGE, Status.VALID).astype(np.int16)
