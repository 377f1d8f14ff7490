"""A Nevada chart: a row for each period of shipping, a column for each period of returns.

What was shipped within a period counts as shipped in its middle; what came back within a period
failed some time in it. So the age at return is right to half a period either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ops.errors import BadData, Problem
from ops.ingest.life_columns import LifeColumns
from ops.ingest.life_header import Found, LifeLayout
from ops.ingest.life_period import Period, period_of
from ops.ingest.number import parse_numbers
from ops.ingest.text import keys
from ops.lifetime.rows import LifeRows, TextArray, texts_of
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class _Returns:
    """One column: returns of each cohort within one period."""

    period: Period
    count: FloatArray


def is_nevada(columns: LifeColumns) -> bool:
    """Whether columns are named for periods, and none is of dates of return."""
    return not columns.layout.has("returned") and bool(_periods(columns))


def read_nevada(columns: LifeColumns) -> LifeRows:
    """Field rows of a Nevada chart; rows that cannot be are refused."""
    columns.need("shipped", "quantity")
    shipped, names = _cohorts(columns)
    quantity = columns.number("quantity")
    columns.refuse(
        "quantity", [(np.isnan(quantity), "is empty"), (quantity <= 0, "is not above 0")]
    )
    until = _until(columns)
    back = [_returns(columns, column, shipped) for column in _periods(columns)]
    total = np.sum([one.count for one in back], axis=0)
    columns.refuse("quantity", [(total > quantity, "is less than what came back")])
    return _rows(columns, (shipped, quantity, names), back, until)


def _cohorts(columns: LifeColumns) -> tuple[FloatArray, TextArray]:
    """Day in the middle of the period of shipping, and name, of each row."""
    column = columns.arrow(columns.layout.roles["shipped"].column)
    texts = keys(column).to_pylist()
    periods = [None if text is None else period_of(text) for text in texts]
    unread = np.array([period is None for period in periods])
    reason = "is no month such as 2026-01, no week such as 2026-W05 and no day"
    columns.refuse("shipped", [(unread, reason)])
    group = columns.text("group")
    names = texts_of(
        [f"{t or ''} {g}" if g else t or "" for t, g in zip(texts, group, strict=True)], columns.n
    )
    seen: dict[str | None, int] = {}
    again = np.array([seen.setdefault(name, i) != i for i, name in enumerate(names)], dtype=bool)
    columns.refuse("shipped", [(again, "is there already: give a period one row for each group")])
    return np.array([np.nan if p is None else p.middle for p in periods]), names


def _periods(columns: LifeColumns) -> list[str]:
    """Headers that name a period."""
    return [c for c in columns.layout.ignored if period_of(c) is not None]


def _until(columns: LifeColumns) -> float:
    ends = [p.end for p in map(period_of, _periods(columns)) if p is not None]
    given = columns.mapping.until
    if given is None:
        return max(ends)
    day = float(np.datetime64(given, "D").astype(np.int64)) + 1.0
    if day < max(ends):
        detail = f"is {given}, but the last column of returns ends later; leave that column out"
        raise BadData(f"until {detail}", (Problem("/mapping/until", detail),))
    return day


def _returns(columns: LifeColumns, column: str, shipped: FloatArray) -> _Returns:
    period = period_of(column)
    assert period is not None
    values = columns.arrow(column)
    parsed = parse_numbers(
        values, decimal=columns.mapping.decimal, thousands=columns.mapping.thousands
    )
    count = np.where(parsed.empty, 0.0, parsed.values)
    early = (count > 0) & (shipped >= period.end)
    faults = (
        *parsed.faults,
        (count < 0, "a number of returns cannot be negative"),
        (early, "came back before it was shipped"),
    )
    columns.refusals.refuse(column, values, faults)
    return _Returns(period, count)


def _rows(
    columns: LifeColumns,
    cohorts: tuple[FloatArray, FloatArray, TextArray],
    back: list[_Returns],
    until: float,
) -> LifeRows:
    shipped, quantity, names = cohorts
    group = columns.text("group")
    kept = np.flatnonzero(columns.refusals.standing)
    n = kept.size
    nan = np.full(n, np.nan)
    parts = [(texts_of("shipped", n), kept, shipped[kept], quantity[kept], nan, nan)]
    for one in back:
        at = kept[one.count[kept] > 0]
        begin = np.maximum(one.period.start, shipped[at])
        end = np.full(at.size, one.period.end)
        returned = texts_of("returned", at.size)
        parts.append((returned, at, np.full(at.size, np.nan), one.count[at], begin, end))
    part, index, day, number, begin, end = (np.concatenate(c) for c in zip(*parts, strict=True))
    numbers = {
        "shipped": day,
        "quantity": number,
        "failed_from": begin,
        "failed_to": end,
        "reported": np.full(index.size, np.nan),
    }
    texts = {
        "part": part,
        "cohort": names[index],
        "mode": texts_of(None, index.size),
        "group": group[index],
    }
    return LifeRows("field", numbers, texts, unit="d", until=until)


def with_shipped(layout: LifeLayout, columns: Sequence[str]) -> LifeLayout:
    """Take the first column for the period of shipping where no header says which one is it."""
    first = columns[0] if columns else ""
    if layout.has("shipped") or first not in layout.ignored or period_of(first) is not None:
        return layout
    ignored = tuple(c for c in layout.ignored if c != first)
    return replace(layout, roles={**layout.roles, "shipped": Found(first)}, ignored=ignored)


def without_periods(layout: LifeLayout) -> LifeLayout:
    """Take columns of periods out of those that are ignored: a chart is read from them."""
    return replace(layout, ignored=tuple(c for c in layout.ignored if period_of(c) is None))
