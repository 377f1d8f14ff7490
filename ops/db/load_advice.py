"""What the advisor reads: the newest results of analyses, open alerts, events, in few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from ops.advise.case import StoredRun
from ops.advise.read.cases import reads_result
from ops.advise.sources import Found, Wanted
from ops.db import advice_records, runs
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.db.types import from_micros, to_micros
from ops.values import Scope

RECENT = timedelta(days=30)  # an older result says nothing about now
MOST_RUNS = 60
_ABOUT = ("life_test", "scenario", "dataset")  # parameters that hold the code of what is studied


@dataclass(frozen=True, slots=True)
class _Head:
    """Which run, and whether its result has a reader."""

    id: str
    is_read: bool


def found(session: Session, scope: Scope, wanted: Wanted, *, now: datetime) -> Found:
    """Look up what is wanted, within a scope.

    Of the newest runs and of those that are named, only what is read is loaded: the result and the
    verdicts where the analysis has a reader, else the page. Nothing older than 30 days is newest;
    a run that is named may be of any age. Runs over all sites count for every site.

    Returns
    -------
    Found
        `left_out` counts runs, alerts and events beyond the most that are read.
    """
    heads = [*_named(session, scope, wanted), *_newest(session, scope, wanted, now)]
    unique = list({head.id: head for head in heads}.values())
    read = unique[:MOST_RUNS]
    alerts, more_alerts = advice_records.alerts(session, scope, wanted)
    events, more_events = advice_records.events(session, scope, wanted, now=now)
    beyond = {"runs": len(unique) - len(read), "alerts": more_alerts, "events": more_events}
    return Found(
        runs=_loaded(session, read),
        alerts=alerts,
        events=events,
        left_out={name: count for name, count in beyond.items() if count},
    )


def _named(session: Session, scope: Scope, wanted: Wanted) -> list[_Head]:
    if not wanted.runs:
        return []
    query = _succeeded(scope, wanted).where(Run.id.in_(wanted.runs)).order_by(Run.id)
    return _heads(session, query.with_only_columns(Run.id, Run.analysis, Run.version))


def _newest(session: Session, scope: Scope, wanted: Wanted, now: datetime) -> list[_Head]:
    """Newest run of each analysis, site and schedule, the newest first."""
    if not wanted.analyses:
        return []
    query = _succeeded(scope, wanted).where(
        Run.analysis.in_(wanted.analyses), Run.submitted_at > now - RECENT
    )
    if wanted.site is not None:
        at_site = select(Site.id).where(Site.code == wanted.site).scalar_subquery()
        query = query.where(or_(Run.site_id == at_site, Run.site_id.is_(None)))
    if wanted.codes:
        query = query.where(_is_about(wanted.codes))
    rank = func.row_number().over(
        partition_by=(Run.analysis, Run.site_id, Run.schedule_id),
        order_by=(Run.submitted_at.desc(), Run.id),
    )
    columns = (Run.id, Run.analysis, Run.version, Run.submitted_at, rank.label("rank"))
    ranked = query.with_only_columns(*columns).subquery()
    first = select(ranked.c.id, ranked.c.analysis, ranked.c.version).where(ranked.c.rank == 1)
    return _heads(session, first.order_by(ranked.c.submitted_at.desc(), ranked.c.id))


def _succeeded(scope: Scope, wanted: Wanted) -> Select[Run]:
    query = runs.visible(scope).where(Run.state == "succeeded")
    if wanted.known_by is None:
        return query
    return query.where(Run.as_of <= from_micros(wanted.known_by))


def _is_about(codes: Sequence[str]) -> ColumnElement[bool]:
    """Whether a run studies one of the codes, or nothing that has a code of its own."""
    about = [Run.params[name].as_string() for name in _ABOUT]
    named = [one.in_(codes) for one in (*about, Run.params["model"].as_string())]
    return or_(*named, and_(*(one.is_(None) for one in about)))


def _heads(session: Session, query: Select[str, str, int]) -> list[_Head]:
    return [
        _Head(run_id, reads_result(analysis, version))
        for run_id, analysis, version in session.execute(query)
    ]


def _loaded(session: Session, heads: Sequence[_Head]) -> tuple[StoredRun, ...]:
    """Load what is read of runs, in the order of the heads."""
    stored = {run.id: run for run in _with_results(session, [h.id for h in heads if h.is_read])}
    paged = [head.id for head in heads if head.id not in stored]  # large results are artifacts
    stored |= {run.id: run for run in _with_pages(session, paged)}
    return tuple(stored[head.id] for head in heads if head.id in stored)


def _with_results(session: Session, ids: Sequence[str]) -> Iterable[StoredRun]:
    rows = _rows(session, ids, Run.result, Run.page["verdicts"].label("verdicts"))
    for row in rows:
        if row.result is not None:
            yield _stored(row, result=row.result, page={"verdicts": row.verdicts or []})


def _with_pages(session: Session, ids: Sequence[str]) -> Iterable[StoredRun]:
    for row in _rows(session, ids, Run.page):
        if row.page is not None:
            yield _stored(row, result={}, page=row.page)


def _rows(session: Session, ids: Sequence[str], *columns: Any) -> list[Any]:
    if not ids:
        return []
    brief = (Run.id, Run.analysis, Run.version, Run.params, Run.as_of)
    query = select(*brief, Run.window_start, Run.window_end, Site.code, *columns)
    joined = query.select_from(Run).outerjoin(Site, Site.id == Run.site_id)
    return list(session.execute(joined.where(Run.id.in_(ids))))


def _stored(row: Any, *, result: Any, page: Any) -> StoredRun:
    return StoredRun(
        id=row.id, analysis=row.analysis, version=row.version, params=row.params, result=result,
        page=page, at=to_micros(row.as_of), site=row.code,
        window_start=None if row.window_start is None else to_micros(row.window_start),
        window_end=None if row.window_end is None else to_micros(row.window_end),
    )  # fmt: skip


def stored_runs(session: Session, scope: Scope, ids: Sequence[str]) -> tuple[StoredRun, ...]:
    """Load the results of runs of a scope, of any age; those that have no page are left out."""
    query = runs.visible(scope).where(Run.id.in_(ids)).with_only_columns(Run.id)
    allowed = set(session.scalars(query))
    return _loaded(session, [_Head(one, is_read=True) for one in ids if one in allowed])
