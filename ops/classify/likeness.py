"""Columns like the number of a row, texts like numbers, and rows that are like one another."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ops.values import Factor, FloatArray, IntArray

_LEAST = 20  # rows: below, distinct values are no wonder
_DISTINCT = 0.95  # share of the rows that have a value of their own
_LEVELS = 0.5  # number of levels over number of rows
_ONE_WAY = 0.99  # share of steps in the order of the rows that go one way
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. ']\d{3})+),\d+")
_ALL_BUT = 0.95  # share of the levels that are numbers with a comma
_DENSE = 2.0  # range of whole numbers over the number of rows


def number_like_identifier(x: FloatArray) -> str | None:
    """Say why a column of numbers is like the number of a row; None if it is not.

    Nearly all of its values are distinct, and they go one way with the order of the rows, or are
    whole numbers that fill their range.

    Parameters
    ----------
    x : shape (n,)
        In the order of the rows (or of time); NaN where missing.

    Examples
    --------
    >>> number_like_identifier(np.arange(100.0))
    'goes one way with the order of the rows'
    """
    known = x[~np.isnan(x)]
    if known.size < _LEAST or np.unique(known).size < _DISTINCT * known.size:
        return None
    rising = float((np.diff(known) > 0).mean())
    if max(rising, 1.0 - rising) >= _ONE_WAY:
        return "goes one way with the order of the rows"
    whole = bool((known == np.rint(known)).all())
    if whole and float(np.ptp(known)) <= _DENSE * known.size:
        return "numbers the rows"
    return None


def texts_like_identifier(factor: Factor) -> str | None:
    """Say why a column of texts is like the name of a row; None if it is not.

    Examples
    --------
    >>> from ops.values import factor_of
    >>> texts_like_identifier(factor_of([f"D{i}" for i in range(40)]))
    'has 40 levels in 40 rows'
    """
    known = factor.codes[factor.codes >= 0]
    levels = np.unique(known).size
    if known.size < _LEAST or levels <= _LEVELS * known.size:
        return None
    return f"has {levels} levels in {known.size} rows"


def comma_numbers(factor: Factor) -> bool:
    """Whether a column of texts is one of numbers with a decimal comma.

    Examples
    --------
    >>> from ops.values import factor_of
    >>> comma_numbers(factor_of(["12,5", "1.013,25", "-0,7"]))
    True
    """
    used = np.unique(factor.codes[factor.codes >= 0])
    like = sum(_COMMA.fullmatch(factor.levels[code].strip()) is not None for code in used)
    return used.size > 1 and like >= _ALL_BUT * used.size


def repeats(columns: Sequence[FloatArray | IntArray]) -> int:
    """Count the rows that repeat an earlier one in every column; missing is like missing.

    Examples
    --------
    >>> repeats([np.array([1.0, 2.0, 1.0]), np.array([np.nan, 1.0, np.nan])])
    1
    """
    if not columns:
        return 0
    key = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        # 64 bits mixed after splitmix64 (Steele, Lea and Flood 2014, OOPSLA): a chance collision
        # among a million rows has a probability of 3e-8
        key = _mixed(key ^ _bits(column))
    return int(key.size - np.unique(key).size)


def _bits(column: FloatArray | IntArray) -> NDArray[np.uint64]:
    if column.dtype == np.float64:
        plain = np.where(np.isnan(column), np.nan, column + 0.0)  # one NaN, one zero
        return np.ascontiguousarray(plain).view(np.uint64)
    return np.ascontiguousarray(column, dtype=np.int64).view(np.uint64)


def _mixed(
    x: NDArray[np.uint64],
) -> NDArray[np.uint64]:
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))
