"""One column of a dataset's file, typed: numbers, texts by code, or times."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa

from ops.classify.document import ColumnType
from ops.classify.table import NO_TIME
from ops.ingest.arrow import pc
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.instant import parse_instants
from ops.ingest.number import Fault, is_text, parse_numbers
from ops.ingest.text import as_text, labels, unfit_labels
from ops.values import BoolArray, Factor, FloatArray, IntArray, factor_of

LARGEST_WHOLE = 2**53  # beyond it a double is not every whole number: it is a name
MOSTLY = 0.95  # share of numbers above which the rest is taken for mistakes
_NAME = r"^[+-]?(?:0[0-9]+|[0-9]{17,})$"  # leading zeros, or more digits than a double has
_FEW_LABELS = 10


@dataclass(frozen=True, slots=True)
class TypedColumn:
    """Values of one of the types, and the rows that are not of it."""

    type: ColumnType
    values: FloatArray | IntArray | Factor
    faults: tuple[Fault, ...]
    missing: BoolArray


def typed(column: Any, name: str, type_: ColumnType | None, mapping: DatasetMapping) -> TypedColumn:
    """Read a column as a type; None takes that of its values.

    Whole numbers that a double cannot tell apart, and digits with leading zeros, are names.
    """
    column = _with_nulls(as_text(column), mapping.missing)
    kind = type_ or _type_of(column, mapping)
    missing = np.asarray(column.is_null().to_numpy(zero_copy_only=False), bool)
    if kind == "time":
        return _time(column, name, mapping, missing)
    if kind == "category":
        return _category(column, missing)
    parsed = parse_numbers(column, decimal=mapping.decimal, thousands=mapping.thousands)
    values = np.where(parsed.empty | missing, math.nan, parsed.values)
    mend = f"declare {name!r} a category, or name the word in `missing` of the mapping"
    faults = tuple((wrong & ~missing, f"{reason}; {mend}") for wrong, reason in parsed.faults)
    return TypedColumn("number", values, faults, missing)


def as_label(column: TypedColumn) -> TypedColumn:
    """Take a label whose numbers are a few whole ones for classes; others stay numbers."""
    if column.type != "number":
        return column
    values = cast("FloatArray", column.values)
    distinct = np.unique(values[~column.missing])
    if not 0 < distinct.size <= _FEW_LABELS or np.any(distinct != np.rint(distinct)):
        return column
    texts = [None if gone else str(int(v)) for gone, v in zip(column.missing, values, strict=True)]
    return TypedColumn("category", factor_of(texts), column.faults, column.missing)


def _with_nulls(column: Any, missing: Iterable[str]) -> Any:
    if is_text(column):
        trimmed = pc.utf8_trim_whitespace(column)
        gone = pc.is_in(trimmed, pa.array(["", *missing], pa.string()))
        return pc.if_else(
            pc.fill_null(gone, fill_value=True), pa.scalar(None, pa.string()), trimmed
        )
    if pa.types.is_boolean(column.type):
        return pc.cast(column, pa.string())
    if pa.types.is_floating(column.type):
        nothing = pc.is_nan(column)
        return pc.if_else(nothing, pa.scalar(None, column.type), column)
    return column


def _type_of(column: Any, mapping: DatasetMapping) -> ColumnType:
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        return "time"
    if not is_text(column):
        return "category" if _names(column) else "number"
    distinct = pc.unique(pc.drop_null(column))
    if len(distinct) == 0:
        return "number"
    if pc.any(pc.match_substring_regex(distinct, _NAME)).as_py():
        return "category"
    parsed = parse_numbers(distinct, decimal=mapping.decimal, thousands=mapping.thousands)
    well = ~np.logical_or.reduce([wrong for wrong, _ in parsed.faults])
    if well.all() or (well.sum() > 20 and well.mean() >= MOSTLY):
        return "number"
    return "time" if _all_times(distinct, mapping) else "category"


def _names(column: Any) -> bool:
    """Whether whole numbers are too large for a double, or what the column holds is none."""
    if pa.types.is_integer(column.type):
        low, high = pc.min_max(column).as_py().values()
        return low is not None and max(-int(low), int(high)) > LARGEST_WHOLE
    return not (
        pa.types.is_floating(column.type)
        or pa.types.is_decimal(column.type)
        or pa.types.is_null(column.type)
    )


def _all_times(distinct: Any, mapping: DatasetMapping) -> bool:
    head = distinct.slice(0, 1000)
    faults = parse_instants(head, mapping.times.column("time")).faults
    unread = np.logical_or.reduce([wrong for wrong, _ in faults[:2]])  # empty, or not written so
    return not bool(unread.any())


def _time(column: Any, name: str, mapping: DatasetMapping, missing: BoolArray) -> TypedColumn:
    parsed = parse_instants(column, mapping.times.column(name))
    faults = tuple(
        (wrong & ~missing, reason.replace("time.", "times.")) for wrong, reason in parsed.faults[1:]
    )
    values = np.where(missing, NO_TIME, parsed.micros)
    return TypedColumn("time", values, faults, missing)


def _category(column: Any, missing: BoolArray) -> TypedColumn:
    if pa.types.is_floating(column.type):
        whole = pc.fill_null(pc.equal(column, pc.round(column)), fill_value=False)
        small = pc.less(pc.abs(pc.fill_null(column, 0)), float(LARGEST_WHOLE))
        plain = pc.cast(pc.if_else(pc.and_(whole, small), column, 0.0), pa.int64())
        column = pc.if_else(
            pc.and_(whole, small), pc.cast(plain, pa.string()), pc.cast(column, pa.string())
        )
    text = labels(pa.array([], pa.string()) if len(column) == 0 else column)
    return TypedColumn("category", Factor(text.codes, text.levels), unfit_labels(text), missing)
