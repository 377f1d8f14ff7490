"""Times to failure: exact, censored, between two readouts; one row for each unit or for equals."""

import numpy as np

from ops.ingest.life_columns import LifeColumns
from ops.ingest.life_status import statuses
from ops.lifetime.rows import STRESS, LifeRows, TextArray
from ops.values import BoolArray, FloatArray

_ZERO = (
    "zero is not a time to failure nor on test: a unit that was dead on arrival is left-censored"
    " at the first readout (lower empty, upper its time), or belongs to a zero-inflated model"
)


def read_times(columns: LifeColumns) -> LifeRows:
    """Life rows of a file; those that cannot be are refused."""
    layout = columns.layout
    if layout.has("lower", "upper"):
        lower, upper = _between(columns)
    elif layout.has("time", "lower"):
        lower, upper = _inspected(columns)
    else:
        columns.need("time")
        lower, upper = _at(columns)
    entry, exit_ = columns.time("entry"), columns.time("exit")
    entry, exit_ = np.where(np.isnan(entry), 0.0, entry), np.where(np.isnan(exit_), np.inf, exit_)
    weight = columns.number("quantity", 1.0)
    shown = "time" if not layout.has("lower", "upper") else "upper"
    columns.refuse(shown, _wrong(lower, upper))
    columns.refuse("quantity", [(weight <= 0, "a row stands for more than 0 units")])
    columns.refuse("entry", _truncated(lower, upper, entry, exit_))
    levels, units = columns.stresses()
    unit_id = columns.text("unit_id")
    columns.refuse("unit_id", [(_again(unit_id), "is there already: a unit fails once")])
    numbers = {"lower": lower, "upper": upper, "weight": weight, "entry": entry, "exit": exit_}
    numbers |= {STRESS + name: level for name, level in levels.items()}
    texts = {"unit_id": unit_id, "mode": columns.text("mode"), "group": columns.text("group")}
    texts["mode"][np.isinf(upper)] = None
    rows = LifeRows("life", numbers, texts, columns.document.time_unit, units)
    return rows.take(columns.refusals.standing)


def _at(columns: LifeColumns) -> tuple[FloatArray, FloatArray]:
    """One time each, and a status."""
    time, status = columns.time("time"), statuses(columns)
    empty = np.isnan(time)
    columns.refuse("time", [(empty, "is empty")])
    silent = status == None  # noqa: E711  (of each row)
    if columns.layout.has("status"):
        columns.refuse("status", [(silent, "is empty; write failed or censored")])
    columns.refuse(
        "status",
        [(status == "interval", "an interval needs a column lower: the last good readout")],
    )
    time = np.where(empty, 1.0, time)
    lower = np.where(status == "left", 0.0, time)
    return lower, np.where(status == "censored", np.inf, time)


def _inspected(columns: LifeColumns) -> tuple[FloatArray, FloatArray]:
    """Time and status, and the last readout at which it was still good."""
    lower, upper = _at(columns)
    last = columns.time("lower")
    between = ~np.isnan(last) & np.isfinite(upper)
    columns.refuse("lower", [(between & (last > upper), "lies behind the time of the failure")])
    return np.where(between, last, lower), upper


def _between(columns: LifeColumns) -> tuple[FloatArray, FloatArray]:
    """Last good and first bad readout; one of them may be empty."""
    lower, upper, status = columns.time("lower"), columns.time("upper"), statuses(columns)
    nothing = np.isnan(lower) & np.isnan(upper)
    columns.refuse("lower", [(nothing, "is empty, and so is the other bound")])
    contradicted = (status == "failed") & np.isnan(upper)
    columns.refuse("upper", [(contradicted, "is empty, but the status says that it failed")])
    censored = status == "censored"
    reaches = censored & ~np.isnan(upper) & ~np.isnan(lower) & (upper != lower)
    columns.refuse("upper", [(reaches, "is a time of failure, but the status says censored")])
    upper = np.where(np.isnan(upper) & nothing, 1.0, upper)
    last = np.where(censored & np.isnan(lower), upper, lower)
    return np.where(np.isnan(last), 0.0, last), np.where(censored | np.isnan(upper), np.inf, upper)


def _wrong(lower: FloatArray, upper: FloatArray) -> list[tuple[BoolArray, str]]:
    return [
        ((lower < 0) | (upper < 0), "a time cannot be negative"),
        ((upper == 0) | ((lower == 0) & np.isinf(upper)), _ZERO),
        (upper < lower, "the interval ends before it begins"),
    ]


def _truncated(
    lower: FloatArray, upper: FloatArray, entry: FloatArray, exit_: FloatArray
) -> list[tuple[BoolArray, str]]:
    beyond = np.isfinite(upper) & (upper > exit_)
    return [
        (~(entry >= 0) | ~(exit_ > entry), "truncation must be 0 <= entry < exit"),
        (lower < entry, "the time lies before its entry"),
        (beyond, "the time lies after its exit"),
    ]


def _again(unit_id: TextArray) -> BoolArray:
    """Rows whose unit an earlier row has named."""
    seen: set[str] = set()
    again = np.zeros(len(unit_id), dtype=bool)
    for i, name in enumerate(unit_id):
        if name is not None:
            again[i] = name in seen
            seen.add(name)
    return again
