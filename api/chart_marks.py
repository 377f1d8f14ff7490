"""Marks of the points of a chart: what was said of them, and which of them estimate no limits."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy.orm import Session

from api.chart_view import ChartMark
from ops.db import contexts, marks, revisions
from ops.db.models.control import PointMarkRow
from ops.db.models.plant import Characteristic
from ops.db.types import from_micros
from ops.query import MeasurementQuery
from ops.spc.chart import Chart
from ops.values import BoolArray, IntArray, PointMark, Series, Status

MOST_MARKS = 200
_OF_ROWS = ("subgroup", "unit_id", "position", "shift")  # factors that no context holds


def said_of(
    session: Session, characteristic: Characteristic, window: MeasurementQuery
) -> tuple[PointMark, ...]:
    """Read the marks of the points of a window and its contexts, in the order they were said."""
    query = marks.history([characteristic.id], start=window.start, end=window.end)
    of_context = {k: v for k, v in window.where.items() if k not in _OF_ROWS}
    if of_context:
        ids = contexts.matching(session, [characteristic.site_id], of_context)
        query = query.where(marks.are_of(ids))
    return tuple(map(marks.value_of, session.scalars(query.order_by(*marks.SAID))))


def are_marked(session: Session, characteristic_id: int) -> bool:
    """Whether any point of a characteristic was ever marked."""
    of_it = marks.history([characteristic_id]).with_only_columns(PointMarkRow.id)
    return session.scalar(of_it.limit(1)) is not None


def left_out_of(series: Series, said: Sequence[PointMark]) -> BoolArray | None:
    """Rows of a series that limits are not estimated from; None where all are."""
    keys = marks.left_out(said)
    if not keys or series.seq is None:
        return None
    out = np.zeros(series.ts.size, dtype=np.bool_)
    for ts, seq in keys:
        first, after = np.searchsorted(series.ts, [ts, ts + 1])
        out[first:after] |= series.seq[first:after] == seq
    return out


def marks_of(
    session: Session, series: Series, found: Chart, zoom: IntArray, said: Sequence[PointMark]
) -> list[ChartMark]:
    """List marked points between the first and the last instant of a zoom, the newest ones.

    Points of the series are listed, and void ones, which no series holds.
    """
    low, high = (int(zoom[0]), int(zoom[-1])) if zoom.size else (0, -1)
    excluded = marks.left_out(said)
    newest = [m for m in marks.newest_of(said).values() if low <= m.ts <= high]
    shown = sorted(newest, key=lambda m: (m.ts, m.seq))
    keys = [(from_micros(m.ts), m.seq) for m in shown]
    known = revisions.values_of(session, series.characteristic.id, keys)
    return [
        _mark(one, known[key], found, is_left_out=(one.ts, one.seq) in excluded)
        for one, key in zip(shown, keys, strict=True)
        if key in known and (known[key][1] == Status.VOID or _is_in(series, one))
    ][-MOST_MARKS:]


def _is_in(series: Series, said: PointMark) -> bool:
    first, after = np.searchsorted(series.ts, [said.ts, said.ts + 1])
    return series.seq is not None and bool(np.any(series.seq[first:after] == said.seq))


def _mark(
    said: PointMark, known: tuple[float, int], found: Chart, *, is_left_out: bool
) -> ChartMark:
    value, status = known
    if found.settings.kind not in ("individuals", "t"):  # it stands at the point that it went into
        place = int(np.searchsorted(found.ts, said.ts, side="right")) - 1
        drawn = float(found.judged.line.statistic[max(place, 0)])
        value = drawn if np.isfinite(drawn) else value
    return ChartMark(
        ts=said.ts,
        seq=str(said.seq),
        value=value,
        kind=said.kind,
        is_left_out=is_left_out,
        is_void=status == Status.VOID,
        cause=said.cause or None,
        action=said.action or None,
        note=said.note,
        person=said.person,
        at=said.at,
    )
