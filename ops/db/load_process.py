"""The loader of process control: measurements, events, marks, designs, baselines, documents."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ops.db import action_policies, chart_designs, marks, sites
from ops.db.batches import high_batch
from ops.db.engine import Database
from ops.db.load_baselines import load_baselines
from ops.db.load_measurements import load_measurements
from ops.db.models.control import PackageRow
from ops.db.models.plant import Characteristic, Event, Site, Tool
from ops.db.types import to_micros
from ops.errors import BadData, NotFound, Problem
from ops.query import ProcessData, ProcessQuery
from ops.values import PlantEvent

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


def load_process(database: Database, query: ProcessQuery) -> ProcessData:
    """Answer a query: what was measured, and what else a judgement of the process needs.

    Events and marks are those of the window; of each kind of event and tool also the last one
    before it, so that an age at the begin of the window is known. What was entered after `as_of`
    or after `max_batch` is not seen: a run that is repeated sees what it saw.

    Raises
    ------
    NotFound
        If the site, a characteristic or the package does not exist within the scope.
    BadData
        If several sites of the query have a package of that code.
    """
    measurements = load_measurements(database, query.measured())
    ids = [series.characteristic.id for series in measurements.series]
    codes = {series.characteristic.site for series in measurements.series}
    with database.read() as session:
        return ProcessData(
            measurements=measurements,
            events=() if query.events == () else _events(session, query, ids),
            marks=_marks(session, query, ids) if query.marks else (),
            designs=chart_designs.in_force(session, ids, query.as_of) if query.designs else {},
            package=_package(session, query, codes) if query.package else None,
            baselines=load_baselines(database, session, query, ids) if query.baselines else (),
            policy=action_policies.named(session, codes, query) if query.policy else None,
        )


def _marks(session: Session, query: ProcessQuery, ids: Collection[int]) -> Any:
    high = high_batch(session) if query.max_batch is None else query.max_batch
    found = marks.history(ids, start=query.start, end=query.end, max_batch=high)
    return tuple(map(marks.value_of, session.scalars(found.order_by(*marks.SAID))))


def _events(session: Session, query: ProcessQuery, ids: Collection[int]) -> tuple[PlantEvent, ...]:
    known = _known(query, ids)
    found = known if query.start is None else known.where(Event.ts >= query.start)
    rows = list(session.scalars(found))
    if query.start is not None:
        rows += _last_before(session, known, query.start)
    codes = _Codes(session, rows)
    return tuple(codes.value(row) for row in sorted(rows, key=lambda row: (row.ts, row.id)))


def _known(query: ProcessQuery, ids: Collection[int]) -> Select[Event]:
    """Events before the end of the window, of the sites of the characteristics, not of others."""
    of_sites = select(Characteristic.site_id).where(Characteristic.id.in_(ids))
    known = (
        select(Event)
        .where(Event.site_id.in_(of_sites), Event.ts < (query.end or _END_OF_TIME))
        .where(Event.created_at <= (query.as_of or _END_OF_TIME))
        .where(or_(Event.characteristic_id.is_(None), Event.characteristic_id.in_(ids)))
    )
    return known if query.events is None else known.where(Event.kind.in_(query.events))


def _last_before(session: Session, known: Select[Event], start: datetime) -> list[Event]:
    rank = func.row_number().over(
        partition_by=(Event.site_id, Event.kind, Event.tool_id, Event.characteristic_id),
        order_by=(Event.ts.desc(), Event.id.desc()),
    )
    earlier = known.where(Event.ts < start).with_only_columns(Event.id, rank.label("rank"))
    ranked = earlier.subquery()
    last = select(ranked.c.id).where(ranked.c.rank == 1)
    return list(session.scalars(select(Event).where(Event.id.in_(last))))


class _Codes:
    """Codes of the sites, tools and characteristics that some events name by their ids."""

    def __init__(self, session: Session, rows: list[Event]) -> None:
        self._sites = sites.codes(session)
        self._tools = _codes(session, Tool, {r.tool_id for r in rows})
        self._characteristics = _codes(session, Characteristic, {r.characteristic_id for r in rows})

    def value(self, row: Event) -> PlantEvent:
        """Make the frozen value of an event."""
        return PlantEvent(
            id=row.id,
            site=self._sites[row.site_id],
            kind=row.kind,
            ts=to_micros(row.ts),
            ended_at=None if row.ended_at is None else to_micros(row.ended_at),
            tool=self._tools.get(row.tool_id, ""),
            characteristic=self._characteristics.get(row.characteristic_id, ""),
            title=row.title,
            detail=row.detail,
        )


def _codes(
    session: Session, of: type[Tool] | type[Characteristic], ids: set[int | None]
) -> Mapping[int | None, str]:
    return dict(list(session.execute(select(of.id, of.code).where(of.id.in_(ids - {None})))))


def _package(session: Session, query: ProcessQuery, codes: Collection[str]) -> dict[str, Any]:
    of_code = (
        select(PackageRow.document, Site.code)
        .join(Site, Site.id == PackageRow.site_id)
        .where(PackageRow.code == query.package, Site.code.in_(codes))
        .where(sites.within(Site.id, query.scope))
        .order_by(Site.code)
    )
    found = session.execute(of_code).all()
    if not found:
        raise NotFound(f"there is no package {query.package!r} at {', '.join(sorted(codes))}")
    if len(found) > 1:
        named = ", ".join(row.code for row in found)
        problem = Problem("/site", f"name one of {named}")
        raise BadData(f"the package {query.package!r} is at {named}; name one site", (problem,))
    document: dict[str, Any] = found[0].document
    return document
