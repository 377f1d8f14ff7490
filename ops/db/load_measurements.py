"""The loader of measurements: a query value in, numpy arrays and dictionary-encoded factors out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import contexts
from ops.db.batches import high_batch
from ops.db.calendars import calendars_until
from ops.db.engine import Database
from ops.db.models.plant import Characteristic as CharacteristicRow
from ops.db.models.plant import Site, SpecLimit
from ops.db.points import Points, Span, read_points
from ops.db.selection import Selected, selected
from ops.db.types import to_micros
from ops.query import ROW_COLUMNS, MeasurementQuery
from ops.timing.shift import ShiftCalendar, shift_factor_of_versions
from ops.values import (
    BoolArray,
    Characteristic,
    Factor,
    IntArray,
    Measurements,
    Series,
    SpecLimits,
    factor_of,
)

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_OF_ROWS = ("subgroup", "unit_id", "position", "shift")  # factors that no context holds


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the read needs besides the rows, of one consistent state."""

    characteristics: tuple[Selected, ...]
    span: Span
    contexts: tuple[int, ...] | None  # ids kept; None = all
    specs: Mapping[int, SpecLimits]
    calendars: Mapping[int, tuple[tuple[int, ShiftCalendar], ...]]


def load_measurements(database: Database, query: MeasurementQuery) -> Measurements:
    """Answer a query: one series for each characteristic, by site code and code.

    Void values are left out. So are values beyond the gauge: the reading is a bound, not a value,
    and would bias every statistic; they stay visible among the points. A correction replaces the
    value (and brings a void or censored one into the series), a restore undoes the revisions
    before it; of several revisions the newest that the query sees counts. Spec limits are those
    in force at the end of the window, as they were known at `as_of`; the shift of a value is that
    of the calendar in force when it was measured, as it was known then.

    Raises
    ------
    NotFound
        If the site or a characteristic does not exist within the scope.
    """
    with database.read() as session:
        plan = _plan(session, query)
    wanted = query.columns | (ROW_COLUMNS & query.where.keys())
    with database.columnar.cursor() as cur:
        read = [
            (row, site, read_points(cur, row.id, plan.span, contexts=plan.contexts, columns=wanted))
            for row, site in plan.characteristics
        ]
    used = {int(i) for _, _, points in read for i in np.unique(points.context_id)}
    with database.read() as session:
        combos = contexts.factors_of(session, used)
    series = (_series(query, plan, row, site, points, combos) for row, site, points in read)
    return Measurements(tuple(series))


def _plan(session: Session, query: MeasurementQuery) -> _Plan:
    rows = selected(session, query)
    sites = sorted({site.id for _, site in rows})
    where = {name: levels for name, levels in query.where.items() if name not in _OF_ROWS}
    start, end = (None if t is None else to_micros(t) for t in (query.start, query.end))
    high = high_batch(session) if query.max_batch is None else query.max_batch
    end_of_window = query.end or _END_OF_TIME
    return _Plan(
        characteristics=rows,
        span=Span(start, end, high),
        contexts=tuple(contexts.matching(session, sites, where)) if where else None,
        specs=_specs(session, [row.id for row, _ in rows], query),
        calendars={
            s: calendars_until(session, s, end_of_window, known_at=query.as_of or _END_OF_TIME)
            for s in sites
        },
    )


def _specs(session: Session, ids: list[int], query: MeasurementQuery) -> dict[int, SpecLimits]:
    versions = (
        select(SpecLimit)
        .where(SpecLimit.characteristic_id.in_(ids))
        .where(SpecLimit.effective_from <= (query.end or _END_OF_TIME))
        .where(SpecLimit.created_at <= (query.as_of or _END_OF_TIME))
        .order_by(SpecLimit.effective_from)
    )
    return {
        v.characteristic_id: SpecLimits(
            lower=-inf if v.lower is None else v.lower,
            upper=inf if v.upper is None else v.upper,
            target=v.target,
        )
        for v in session.scalars(versions)  # the last one of each characteristic stays
    }


def _series(
    query: MeasurementQuery,
    plan: _Plan,
    row: CharacteristicRow,
    site: Site,
    points: Points,
    combos: Mapping[int, Mapping[str, str]],
) -> Series:
    factors = _factors(points.context_id, combos)
    versions = plan.calendars[site.id]
    if versions and "shift" not in factors:
        factors["shift"] = shift_factor_of_versions(points.ts, versions)
    labels = {
        "subgroup": points.subgroup, "unit_id": points.unit_id, "position": points.position,
    }  # fmt: skip
    keep = _kept(points.ts.size, query.where, {**factors, **labels})
    wanted = factors if query.factors is None else {k: factors.get(k) for k in query.factors}
    nothing = Factor(np.full(points.ts.size, -1, dtype=np.int64), ())
    return Series(
        characteristic=Characteristic(row.id, site.code, row.code, row.title, row.unit),
        ts=points.ts[keep],
        value=points.value[keep],
        n=points.n[keep],
        subgroup=labels["subgroup"].take(keep),
        unit_id=labels["unit_id"].take(keep),
        position=labels["position"].take(keep),
        factors={name: (factor or nothing).take(keep) for name, factor in wanted.items()},
        spec=plan.specs.get(row.id),
        seq=None if points.seq is None else points.seq[keep],
    )


def _factors(context_id: IntArray, combos: Mapping[int, Mapping[str, str]]) -> dict[str, Factor]:
    used, place = np.unique(context_id, return_inverse=True)
    rows = [combos[int(i)] for i in used]
    names = {name for row in rows for name in row}
    encoded = {name: factor_of([row.get(name) for row in rows]) for name in sorted(names)}
    return {name: factor.take(place) for name, factor in encoded.items()}


def _kept(
    size: int, where: Mapping[str, tuple[str, ...]], factors: Mapping[str, Factor]
) -> BoolArray | slice:
    """Rows whose every factor in `where` has one of its levels; a slice copies nothing."""
    if not where:
        return slice(None)
    keep = np.ones(size, dtype=np.bool_)
    for name, levels in where.items():
        factor = factors.get(name)
        if factor is None:
            return np.zeros(size, dtype=np.bool_)
        codes = [i for i, level in enumerate(factor.levels) if level in levels]
        keep &= np.isin(factor.codes, codes)
    return keep
