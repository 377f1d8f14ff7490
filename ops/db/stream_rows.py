"""Rows of a design's streams, as its chart takes them: in force, within its window, by stream."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db.arrived import PORTION, Key, stream_factor
from ops.db.designs_in_force import InForce
from ops.db.engine import Database
from ops.db.load_measurements import load_measurements
from ops.db.models.data import Measurement
from ops.db.types import from_micros, to_micros
from ops.query import SEQ, MeasurementQuery
from ops.spc.arrivals import Arrivals, is_single
from ops.values import Factor, Series, stable_order

_LABELS = {"unit": "unit_id", "unit_id": "unit_id", "position": "position", "subgroup": "subgroup"}


def stream_rows(
    database: Database,
    one: InForce,
    *,
    high: int,
    first: int,
    last: int | None = None,
    stream: str | None = None,
) -> dict[str, Arrivals]:
    """Rows by stream, in (ts, seq) order; streams without limits are left out.

    Parameters
    ----------
    high
        Highest batch that is seen.
    first, last
        Closed window, microseconds since 1970 UTC; None: to the end of the design.
    stream
        Only this one.
    """
    until = one.until if last is None else min(last + 1, one.until or last + 1)
    if until is not None and until <= max(first, one.start):
        return {}
    query = _query(one, high)
    query = replace(query, start=from_micros(max(first, one.start)))
    query = query if until is None else replace(query, end=from_micros(until))
    factor = stream_factor(one)
    if stream and factor:
        query = replace(query, where={**query.where, _name(factor): (stream,)})
    found = load_measurements(database, query).series
    return _by_stream(one, found[0], factor) if found else {}


def end_of_portion(session: Session, one: InForce, first: int, high: int) -> int | None:
    """Instant before which, from `first` on, lies a portion of rows; None: there are no more."""
    from_first = (
        Measurement.characteristic_id == one.characteristic_id,
        Measurement.batch_id <= high,
        Measurement.ts >= from_micros(first),
    )
    query = select(Measurement.ts).where(*from_first).order_by(Measurement.ts).offset(PORTION)
    found = session.scalar(query.limit(1))
    if found is None:
        return None
    end = max(to_micros(found), first + 1)
    return None if one.until is not None and end >= one.until else end


def beyond(arrivals: Arrivals, key: Key) -> Arrivals:
    """Rows after a key."""
    first = int(np.searchsorted(arrivals.ts, key[0], side="left"))
    while first < arrivals.ts.size and (arrivals.ts[first], arrivals.seq[first]) <= key:
        first += 1
    return arrivals.take(slice(first, None))


def _query(one: InForce, high: int) -> MeasurementQuery:
    design = one.design
    named = {design.stream, _label_of(one), _part_of(one)}
    columns = {_LABELS[name] for name in named if name in _LABELS}
    return MeasurementQuery(
        characteristics=(one.code,),
        site=one.site,
        where={_name(name): levels for name, levels in design.where.items()},
        factors=tuple(sorted(named - {*_LABELS, "", "none"})),
        columns=frozenset({"n", SEQ, *columns}),
        max_batch=high,
    )


def _label_of(one: InForce) -> str:
    """Name of what labels the subgroups; "" where nothing does."""
    if is_single(one.design):
        return ""
    kind, _, name = one.design.subgroup.partition(":")
    return {"column": "subgroup", "unit": "unit_id", "factor": name}.get(kind, "")


def _part_of(one: InForce) -> str:
    return one.design.part if one.design.kind.startswith("short-run") else ""


def _name(factor: str) -> str:
    return _LABELS.get(factor, factor)


def _by_stream(one: InForce, series: Series, factor: str | None) -> dict[str, Arrivals]:
    every = _arrivals(one, series)
    if factor is None:
        judged = one.design.limits_of("") is not None
        return {"": every} if judged and every.ts.size else {}
    codes = _factor(series, factor)
    order = stable_order(codes.codes)
    bounds = np.flatnonzero(np.diff(codes.codes[order])) + 1
    found: dict[str, Arrivals] = {}
    for rows in np.split(order, bounds) if order.size else ():
        code = int(codes.codes[rows[0]])
        level = codes.levels[code] if code >= 0 else ""
        if one.design.limits_of(level) is not None:
            found[level] = every.take(rows)
    return found


def _arrivals(one: InForce, series: Series) -> Arrivals:
    label, part = _label_of(one), _part_of(one)
    assert series.seq is not None, "the query asks for it"
    return Arrivals(
        series.ts, series.seq, series.value, series.n,
        label=_factor(series, label) if label else None,
        part=_factor(series, part) if part else None,
    )  # fmt: skip


def _factor(series: Series, name: str) -> Factor:
    labels: Mapping[str, Factor] = {
        "subgroup": series.subgroup, "unit_id": series.unit_id, "position": series.position,
    }  # fmt: skip
    found = labels.get(_name(name)) or series.factors.get(name)
    return found or Factor(np.full(series.ts.size, -1, dtype=np.int64), ())
