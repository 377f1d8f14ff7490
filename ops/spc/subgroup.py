"""Rational subgroups: which values of a series are plotted together as one point."""

import numpy as np

from ops.errors import BadData
from ops.values import Factor, FloatArray, IntArray, Series, stable_order

SECOND_US = 1_000_000


def stream_of(series: Series, name: str) -> Factor:
    """Stream of each row: the factor `name`, or one stream of level "" where there is none."""
    factor = series.factors.get(name) if name else None
    return Factor(np.zeros(series.ts.size, dtype=np.int64), ("",)) if factor is None else factor


def subgroups(series: Series, how: str, stream: IntArray) -> IntArray:
    """Code of the subgroup of each row, numbered by the first row of each.

    A subgroup never reaches across two streams. A row without a label is a subgroup of its own. A
    label that comes back after another one of the stream begins a new subgroup: a point that has
    been plotted does not change any more.

    Parameters
    ----------
    series
        Rows in (ts, seq) order.
    how
        ``individuals``, ``column``, ``unit``, ``count:5`` (consecutive values of one stream, the
        last subgroup may be smaller), ``factor:lot``, or ``gap:1800`` (a new subgroup after more
        than so many seconds without a value of the stream).
    stream : shape (n,)
        Code of the stream of each row, at least -1.

    Raises
    ------
    BadData
        If `how` is none of these, or names a factor that the series has not.

    Examples
    --------
    >>> from ops.simulate.sample import sample_series
    >>> subgroups(sample_series(6), "count:2", np.array([0, 1, 0, 1, 0, 1])).tolist()
    [0, 1, 0, 1, 2, 3]
    """
    if how == "individuals":
        return np.arange(series.ts.size)
    kind, _, argument = how.partition(":")
    order = stable_order(stream)  # time order is kept within each stream
    begins = np.ones(stream.size, dtype=np.bool_)
    begins[1:] = np.diff(stream[order]) != 0
    if kind == "count":
        begins |= _place(begins) % _number(how, argument) == 0
    elif kind == "gap":
        begins[1:] |= np.diff(series.ts[order]) > _number(how, argument) * SECOND_US
    else:
        label = _labels(series, how, kind, argument)[order]
        begins[1:] |= (np.diff(label) != 0) | (label[1:] < 0)
    code = np.empty(stream.size, dtype=np.int64)
    code[order] = np.cumsum(begins)
    return by_first_row(code)


def _number(how: str, argument: str) -> int:
    if not argument.isdigit() or int(argument) < 1:
        raise BadData(f"subgroup {how!r} needs a whole number above 0 after the colon: count:5")
    return int(argument)


def _labels(series: Series, how: str, kind: str, argument: str) -> IntArray:
    if how == "column":
        return series.subgroup.codes
    if how == "unit":
        return series.unit_id.codes
    if kind != "factor" or argument not in series.factors:
        raise BadData(
            f"subgroup {how!r} is unknown or its factor is not in the data; take individuals,"
            f" column, unit, count:5, gap:1800 or one of {sorted(series.factors)} as factor:NAME"
        )
    return series.factors[argument].codes


def _place(begins: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> IntArray:
    """Place of each row in its segment, from 0."""
    at = np.arange(begins.size)
    return at - np.maximum.accumulate(np.where(begins, at, 0))


def by_first_row(code: IntArray) -> IntArray:
    """Renumber the codes by the first row of each."""
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    rank = np.empty(first.size, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    return rank[place.reshape(-1)]


def squares(value: FloatArray, mean: FloatArray, code: IntArray) -> FloatArray:
    """Sum of squared deviations of each subgroup from its mean."""
    deviation = value - mean[code]
    return np.asarray(np.bincount(code, deviation * deviation, mean.size), dtype=np.float64)
