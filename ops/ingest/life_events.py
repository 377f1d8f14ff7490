"""Events of repairable systems: when each failed, and from when to when it was watched."""

import numpy as np

from ops.ingest.life_columns import LifeColumns
from ops.ingest.life_header import plain
from ops.lifetime.rows import LifeRows, TextArray, texts_of
from ops.values import BoolArray, FloatArray

_WHAT = {
    **dict.fromkeys(
        ["event", "failure", "failed", "fail", "f", "repair", "replacement", "1", "e", "true"],
        "event",
    ),
    **dict.fromkeys(
        ["end", "censored", "suspended", "stop", "last", "c", "s", "0", "false"], "end"
    ),
    **dict.fromkeys(["start", "entry", "begin"], "start"),
}


def read_events(columns: LifeColumns) -> LifeRows:
    """Recurrent rows of a file; those that cannot be are refused."""
    columns.need("system", "time")
    system, time, what = columns.text("system"), columns.time("time"), _what(columns)
    cost = columns.number("cost", 1.0)
    columns.refuse("system", [(system == None, "is empty")])  # noqa: E711  (of each row)
    event = what == "event"
    columns.refuse(
        "time",
        [
            (np.isnan(time), "is empty"),
            (time < 0, "a time cannot be negative"),
            ((time == 0) & (what != "start"), "zero is not an age at which a system can fail"),
        ],
    )
    columns.refuse("cost", [(cost < 0, "a cost cannot be negative")])
    for bound in ("start", "end"):
        columns.refuse("what", [(_twice(system, what == bound), f"is the second {bound} of it")])
    start, end = (_bound(columns, name, system, time, what) for name in ("start", "end"))
    columns.refuse("end", [(start >= end, "the watch ends before it begins")])
    columns.refuse(
        "time",
        [
            (event & (time > end), "lies after the end of the watch of its system"),
            (event & (time <= start) & (start > 0), "lies before the watch of its system begins"),
        ],
    )
    return _with_bounds(columns, (system, time, what, cost), (start, end))


def _what(columns: LifeColumns) -> TextArray:
    """Event, start or end for each row; every row is an event if no column says it."""
    if not columns.layout.has("what"):
        return texts_of("event", columns.n)
    said = columns.text("what")
    words = {t: _WHAT.get(plain(t.removesuffix(".0"))) for t in {t for t in said if t is not None}}
    what = np.array([None if t is None else words[t] for t in said], dtype=object)
    reason = "is no kind of event; write event, end or start"
    columns.refuse("what", [(what == None, reason)])  # noqa: E711  (of each row)
    return what


def _twice(system: TextArray, rows: BoolArray) -> BoolArray:
    seen: set[str | None] = set()
    again = np.zeros(len(system), dtype=bool)
    for i in np.flatnonzero(rows):
        again[i] = system[i] in seen
        seen.add(system[i])
    return again


def _bound(
    columns: LifeColumns, name: str, system: TextArray, time: FloatArray, what: TextArray
) -> FloatArray:
    """Start or end of the watch of the system of each row; NaN where nothing says it."""
    given = columns.time(name)
    known: dict[str | None, float] = {}
    for i in np.flatnonzero(columns.refusals.standing):
        if what[i] == name:
            known[system[i]] = float(time[i])
        elif not np.isnan(given[i]):
            known.setdefault(system[i], float(given[i]))
    return np.array([known.get(s, np.nan) for s in system])


def _with_bounds(
    columns: LifeColumns,
    told: tuple[TextArray, FloatArray, TextArray, FloatArray],
    bounds: tuple[FloatArray, FloatArray],
) -> LifeRows:
    """Events that stand, behind them a start and an end for each system that has one."""
    system, time, what, cost = told
    mode, group = columns.text("mode"), columns.text("group")
    standing = columns.refusals.standing
    kept = np.flatnonzero(standing & (what == "event"))
    parts = [(kept, texts_of("event", kept.size), time[kept], cost[kept])]
    for name, bound in zip(("start", "end"), bounds, strict=True):
        rows = np.flatnonzero(standing & ~np.isnan(bound))
        first = {s: i for i, s in zip(rows[::-1], system[rows][::-1], strict=True)}
        at = np.array(sorted(first.values()), dtype=np.int64)
        parts.append((at, texts_of(name, at.size), bound[at], np.zeros(at.size)))
    index = np.concatenate([at for at, *_ in parts])
    numbers = {
        "time": np.concatenate([t for _, _, t, _ in parts]),
        "cost": np.concatenate([c for *_, c in parts]),
    }
    texts = {
        "what": np.concatenate([w for _, w, _, _ in parts]),
        "system": system[index],
        "mode": mode[index],
        "group": group[index],
    }
    return LifeRows("recurrent", numbers, texts, columns.document.time_unit)
