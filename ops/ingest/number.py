"""Numbers as files write them: decimal comma, thousands, blanks; all rows at once."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from ops.ingest.arrow import pc
from ops.values import BoolArray, FloatArray, IntArray

_COMMA = r"^\s*[+-]?[0-9]+,[0-9]+\s*$"
_FLOAT = r"^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?$"
_WORD = r"(?i)^[+-]?(?:nan|inf|infinity)$"
_LARGEST = str(2**63 - 1)
Fault = tuple[BoolArray, str]  # the rows at fault, and the reason


@dataclass(frozen=True, slots=True)
class Numbers:
    """Parsed numbers; where a fault is, or nothing at all, the value means nothing."""

    values: FloatArray
    empty: BoolArray
    faults: tuple[Fault, ...]


def mask_of(array: Any) -> BoolArray:
    """Arrow booleans as numpy; null is False."""
    return np.asarray(pc.fill_null(array, fill_value=False).to_numpy(zero_copy_only=False), bool)


def is_text(column: Any) -> bool:
    """Whether an Arrow column is of strings."""
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def parse_numbers(column: Any, *, decimal: str = ".", thousands: str | None = None) -> Numbers:
    """Numbers of a column, of text or of a numeric type, shape (m,).

    Examples
    --------
    >>> parse_numbers(pa.array(["1.234,5", "-2"]), decimal=",", thousands=".").values
    array([1234.5,   -2. ])
    """
    if is_text(column):
        return _of_text(column, decimal, thousands)
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        return _nothing(len(column), f"is of type {kind}, not a number")
    values = _floats(pc.cast(column, pa.float64(), safe=False))
    empty = mask_of(column.is_null())
    return Numbers(values, empty, (_finite(values, empty),))


def _of_text(column: Any, decimal: str, thousands: str | None) -> Numbers:
    faults: list[Fault] = []
    if thousands is not None or decimal == ",":
        column, wrong = _plain(column, decimal, thousands)
        faults.append(
            (wrong, f"is not a number with the decimal mark {decimal!r}{_also(thousands)}")
        )
    try:
        values = _floats(pc.cast(column, pa.float64()))
        empty = mask_of(column.is_null())
    except pa.ArrowInvalid:
        values, empty, wrong = _with_care(column)
        faults += _not_numbers(column, wrong, decimal)
    return Numbers(values, empty, (*faults, _finite(values, empty)))


def _not_numbers(column: Any, wrong: BoolArray, decimal: str) -> list[Fault]:
    """Rows that are no numbers; those that would be one with a decimal comma say how to mend it."""
    comma = wrong & mask_of(pc.match_substring_regex(pc.fill_null(column, ""), _COMMA))
    mend = "is not a number with a decimal point; if the comma is the decimal mark, set decimal"
    hint = [(comma, f"{mend} in the mapping")] if decimal == "." and comma.any() else []
    return [*hint, (wrong & ~comma if hint else wrong, "is not a number")]


def _also(thousands: str | None) -> str:
    return "" if thousands is None else f" and {thousands!r} between groups of three digits"


def _plain(column: Any, decimal: str, thousands: str | None) -> tuple[Any, BoolArray]:
    """Text with a decimal point and no groups; and the rows that are not written as agreed."""
    column = pc.utf8_trim_whitespace(column)
    mark = "\\" + decimal
    wrong = np.zeros(len(column), bool)
    if thousands is not None:
        group = "\\" + thousands
        grouped = mask_of(pc.match_substring(column, thousands))
        tidy = pc.match_substring_regex(
            column, rf"^[+-]?[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?:{mark}[0-9]*)?$"
        )
        wrong |= grouped & ~mask_of(tidy)
        column = pc.replace_substring(column, thousands, "")
    if decimal == ",":
        wrong |= mask_of(pc.match_substring(column, "."))
        column = pc.replace_substring(column, ",", ".")
    return column, wrong


def _with_care(column: Any) -> tuple[FloatArray, BoolArray, BoolArray]:
    """Values, empty rows and wrong rows of a column that does not parse as a whole."""
    column = pc.fill_null(pc.utf8_trim_whitespace(column), "")
    empty = mask_of(pc.equal(column, ""))
    well = mask_of(pc.match_substring_regex(column, _FLOAT))
    word = mask_of(pc.match_substring_regex(column, _WORD))
    values = _floats(pc.cast(pc.if_else(pa.array(well), column, "0"), pa.float64()))
    values[word] = math.nan
    return values, empty, ~(well | word | empty)


def _floats(array: Any) -> FloatArray:
    values: FloatArray = array.to_numpy(zero_copy_only=False).astype(np.float64)
    return values


def _finite(values: FloatArray, empty: BoolArray) -> Fault:
    return ~np.isfinite(values) & ~empty, "is not a finite number"


def _nothing(m: int, reason: str) -> Numbers:
    return Numbers(np.zeros(m), np.zeros(m, bool), ((np.ones(m, bool), reason),))


def parse_integers(column: Any) -> tuple[IntArray, tuple[Fault, ...]]:
    """Whole numbers (int64) of a column, exact, and the rows at fault."""
    if is_text(column):
        column = pc.utf8_trim_whitespace(column)
    empty = mask_of(column.is_null())
    wrong = np.zeros(len(column), bool)
    try:
        whole = pc.cast(column, pa.int64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        texts = pc.fill_null(pc.cast(column, pa.string()), "")
        empty = mask_of(pc.equal(texts, ""))
        largest = pc.less_equal(texts, _LARGEST)  # of two texts of 19 digits, as of the numbers
        fits = mask_of(pc.match_substring_regex(texts, r"^-?[0-9]{1,18}$"))
        well = fits | mask_of(pc.and_(pc.match_substring_regex(texts, r"^[0-9]{19}$"), largest))
        wrong = ~well & ~empty
        whole = pc.cast(pc.if_else(pa.array(well), texts, "0"), pa.int64())
    values: IntArray = pc.fill_null(whole, 0).to_numpy(zero_copy_only=False)
    faults = ((empty, "is empty"), (wrong, f"is not a whole number up to {_LARGEST}"))
    return values, faults
