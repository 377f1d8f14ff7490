"""Labels from a characteristic: a value beyond limits, or the value itself."""

from dataclasses import replace

import numpy as np

from ops.classify.build.columns import Readings, RecipeData
from ops.classify.build.label import (
    OPEN,
    POSITIVE,
    UNKNOWN,
    Labels,
    LabelWindow,
    label_window,
    labelled,
)
from ops.classify.build.levels import joined, of_positions
from ops.classify.build.measured import facts_among, key_of
from ops.classify.build.rows import Rows
from ops.classify.build.windows import Facts, Pairs, Windows, pairs, was_known
from ops.classify.recipe_labels import NumberLabel, ValueLabel
from ops.classify.table import NO_TIME
from ops.errors import BadData, Problem
from ops.values import BoolArray, FloatArray, IntArray

_FEW = "too little was measured in its window"


def value_label(rule: ValueLabel, rows: Rows, data: RecipeData) -> Labels:
    """Label rows by values beyond limits in their window, as known at the data's instant.

    Raises
    ------
    BadData
        If neither the rule nor the characteristic has limits.
    """
    read = _judged(rule, data)
    beyond = (read.value < read.lower) | (read.value > read.upper)
    window, facts, windows = _windows(rule, rows, read, data)
    n = rows.moment.size
    event, known, count = np.full(n, NO_TIME), np.full(n, NO_TIME), np.zeros(n)
    news = np.full(n, NO_TIME)
    for found in pairs(facts, windows):
        seen = found.those(was_known(facts, windows, found))
        count += np.bincount(seen.row, minlength=n)
        np.maximum.at(news, seen.row, facts.known[seen.fact])
        bad = seen.those(beyond[facts.order][seen.fact])
        _reached(bad, facts.ts, rule.least, event)
        _reached(bad, facts.known, rule.least, known)
    return labelled(window, event, known, {_FEW: count < rule.needed}, last_news=news)


def number_label(rule: NumberLabel, rows: Rows, data: RecipeData) -> Labels:
    """Take the value itself, of windows that are over."""
    read = of_positions(joined([data.readings[c] for c in rule.characteristics]), rule.positions)
    window, facts, windows = _windows(rule, rows, read, data)
    n = rows.moment.size
    number, count = np.full(n, np.nan), np.zeros(n)
    event, news = np.full(n, NO_TIME), np.full(n, NO_TIME)
    value = read.value[facts.order]
    for found in pairs(facts, windows):
        seen = found.those(was_known(facts, windows, found))
        start = seen.starts()
        if start.size == 0:
            continue
        at, size = seen.row[start], np.diff(np.append(start, seen.row.size))
        count[at] = size
        number[at] = _of_values(rule.aggregate, value[seen.fact], start, size)
        event[at] = np.maximum.reduceat(facts.ts[seen.fact], start)
        news[at] = np.maximum.reduceat(facts.known[seen.fact], start)
    few = window.over & (count < rule.needed)
    told = window.over & ~few
    reasons = {OPEN: int((~window.over).sum()), _FEW: int(few.sum())}
    return Labels(
        code=np.where(told, POSITIVE, UNKNOWN),
        event=np.where(told, event, NO_TIME),
        known=np.where(told, np.maximum(window.settled, news), NO_TIME),
        ends=window.ends,
        unknown={why: k for why, k in reasons.items() if k},
        number=np.where(told, number, np.nan),
    )


def _of_values(aggregate: str, value: FloatArray, start: IntArray, size: IntArray) -> FloatArray:
    if aggregate == "mean":
        mean: FloatArray = np.add.reduceat(value, start) / size
        return mean
    extreme = np.minimum if aggregate == "min" else np.maximum
    found: FloatArray = extreme.reduceat(value, start)
    return found


def _windows(
    rule: ValueLabel | NumberLabel, rows: Rows, read: Readings, data: RecipeData
) -> tuple[LabelWindow, Facts, Windows]:
    window = label_window(
        rows, from_hours=rule.from_hours, horizon_hours=rule.horizon_hours,
        settle_hours=rule.settle_hours, as_of=data.as_of,
    )  # fmt: skip
    seen = np.full(rows.moment.size, data.as_of)
    windows = Windows(key_of(rows, rule.match), window.after, window.ends, seen)
    return window, facts_among(rows, read, rule.match), windows


def _judged(rule: ValueLabel, data: RecipeData) -> Readings:
    """Give readings the limits of the rule, or leave those of the specification."""
    read = of_positions(joined([data.readings[c] for c in rule.characteristics]), rule.positions)
    if rule.lower is None and rule.upper is None:
        limited: BoolArray = np.isfinite(read.lower) | np.isfinite(read.upper)
        if read.ts.size and not limited.any():
            detail = f"{', '.join(rule.characteristics)} has no specification limits; give `lower`"
            detail += " or `upper`"
            raise BadData(detail, (Problem("/label/upper", detail),))
        return _guarded(read.take(limited), rule.guard)
    return _limited(read, rule.lower, rule.upper)


def _guarded(read: Readings, guard: float) -> Readings:
    """Move limits towards their middle, where there are two."""
    if guard == 1.0:
        return read
    both = np.isfinite(read.lower) & np.isfinite(read.upper)
    inward = np.zeros(read.ts.size)
    inward[both] = (1 - guard) / 2 * (read.upper[both] - read.lower[both])
    return replace(read, lower=read.lower + inward, upper=read.upper - inward)


def _limited(read: Readings, lower: float | None, upper: float | None) -> Readings:
    n = read.ts.size
    return replace(
        read,
        lower=np.full(n, -np.inf if lower is None else lower),
        upper=np.full(n, np.inf if upper is None else upper),
    )


def _reached(bad: Pairs, times: IntArray, least: int, out: IntArray) -> None:
    """Write the `least`-th earliest time of each row that has so many."""
    when = times[bad.fact]
    order = np.lexsort((when, bad.row))
    row, when = bad.row[order], when[order]
    start = Pairs(row, row).starts()
    enough = np.diff(np.append(start, row.size)) >= least
    at = start[enough] + least - 1
    out[row[at]] = when[at]
