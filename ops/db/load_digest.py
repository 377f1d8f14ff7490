"""The loader of the digest: what happened between two moments, in few queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from ops.advise.case import StoredRun
from ops.advise.digest.digest import READ, digest
from ops.advise.digest.item import Digest
from ops.advise.digest.news import FailedRuns, News, NewsAlert, RunPair
from ops.advise.sources import Wanted
from ops.db import advice_records, news_models, raised, runs, sites
from ops.db.models.control import Finding
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.db.types import to_micros
from ops.values import Scope

LOOK_BACK = timedelta(days=60)  # how long before the stretch the run before may lie
MOST_ALERTS, MOST_PAIRS, MOST_FAILED = 300, 120, 500
_SCENARIO = Run.params["scenario"].as_string()
_ENDED = func.coalesce(Run.finished_at, Run.submitted_at)
_Key = tuple[Any, ...]


def digest_of(
    session: Session, scope: Scope, *, since: datetime, now: datetime, site: str | None
) -> Digest:
    """Tell what is new: after `since`, up to `now`.

    Runs are those of schedules, and plans, watches and forecasts that anybody asked for without
    edits; a run of the same analysis, site, schedule and scenario is the one before. What-ifs are
    nobody's news.

    Parameters
    ----------
    site
        Code of a site: only what concerns it, and what concerns all of them.
    """
    alerts, more_alerts = _alerts(session, scope, since, now, site)
    pairs, more_pairs = _pairs(session, scope, since, now, site)
    news = News(
        since=to_micros(since), now=to_micros(now), alerts=alerts, pairs=pairs,
        failed=_failed(session, scope, since, now, site),
        moves=news_models.moves(session, scope, since, now, site),
        versions=news_models.versions(session, scope, since, now, site),
        left_out=more_alerts + more_pairs,
    )  # fmt: skip
    return digest(news)


def _alerts(
    session: Session, scope: Scope, since: datetime, now: datetime, site: str | None
) -> tuple[tuple[NewsAlert, ...], int]:
    """Alerts that are open, or were closed in the stretch, the newest first."""
    told = or_(Finding.state != "closed", and_(Finding.closed_at > since, Finding.closed_at <= now))
    query = select(Finding.id, Finding.outcome).where(sites.within(Finding.site_id, scope), told)
    query = query.where(Finding.opened_at <= now)
    if site is not None:
        query = query.where(Finding.site_id.in_(select(Site.id).where(Site.code == site)))
    newest = query.order_by(Finding.updated_at.desc(), Finding.id.desc()).limit(MOST_ALERTS + 1)
    outcomes = {row.id: row.outcome or "" for row in session.execute(newest)}
    ids = tuple(outcomes)[:MOST_ALERTS]
    records, _ = advice_records.alerts(session, scope, Wanted(alert_ids=ids))
    rose = raised.raised(session, ids, since=since, now=now)
    rose_at = {key: to_micros(at) for key, at in rose.items()}
    found = tuple(NewsAlert(r, outcomes[r.id], rose_at.get(r.id)) for r in records)
    return found, len(outcomes) - len(ids)


def _pairs(
    session: Session, scope: Scope, since: datetime, now: datetime, site: str | None
) -> tuple[tuple[RunPair, ...], int]:
    """Newest runs of the stretch, each with the one before it."""
    inside = [_at(site), _is_news(), Run.state == "succeeded"]
    after = _newest(session, scope, [*inside, since < _ENDED, now >= _ENDED])
    if not after:
        return (), 0
    early = [since >= _ENDED, Run.submitted_at > since - LOOK_BACK]
    named = Run.analysis.in_({key[0] for key in after})
    before = _newest(session, scope, [*inside, *early, named])
    chosen = dict(sorted(after.items(), key=lambda item: (-to_micros(item[1][1]), item[1][0]))
                  [:MOST_PAIRS])  # fmt: skip
    ids = [head[0] for key in chosen for head in (chosen[key], before.get(key)) if head]
    stored = _stored(session, ids)
    pairs: list[RunPair] = []
    for key, (run_id, ended) in chosen.items():
        then = before.get(key)
        if run_id in stored:
            former = stored.get(then[0]) if then else None
            pairs.append(RunPair(stored[run_id], former, to_micros(ended)))
    return tuple(pairs), len(after) - len(chosen)


def _newest(
    session: Session, scope: Scope, where: Sequence[ColumnElement[bool]]
) -> dict[_Key, tuple[str, datetime]]:
    """Id and end of the newest run of each analysis, site, schedule and scenario."""
    rank = func.row_number().over(
        partition_by=(Run.analysis, Run.site_id, Run.schedule_id, _SCENARIO),
        order_by=(_ENDED.desc(), Run.id),
    )
    columns = (Run.id, Run.analysis, Run.site_id, Run.schedule_id, _SCENARIO.label("scenario"))
    ended = func.coalesce(Run.finished_at, Run.submitted_at).label("ended")
    seen = runs.visible(scope).where(*where).with_only_columns(*columns, ended, rank.label("rank"))
    ranked = seen.subquery()
    rows = session.execute(select(ranked).where(ranked.c.rank == 1))
    return {
        (row.analysis, row.site_id, row.schedule_id, row.scenario): (row.id, row.ended)
        for row in rows
    }


def _is_news() -> ColumnElement[bool]:
    """Whether a schedule asked for a run, or it is a plan or forecast as things stand."""
    edits = Run.params["edits"]
    plain = or_(edits.is_(None), edits.as_string().is_(None), edits.as_string() == "[]")
    return or_(Run.schedule_id.is_not(None), and_(Run.analysis.in_(READ), plain))


def _at(site: str | None) -> ColumnElement[bool]:
    if site is None:
        return Run.id.is_not(None)
    at_site = Run.site_id.in_(select(Site.id).where(Site.code == site))
    return or_(at_site, Run.site_id.is_(None))


def _stored(session: Session, ids: Sequence[str]) -> Mapping[str, StoredRun]:
    """Load what is looked at of runs: results of some analyses, of all the verdicts."""
    brief = (Run.id, Run.analysis, Run.version, Run.params, Run.as_of, Run.window_start,
             Run.window_end, Site.code, Run.page["verdicts"].label("verdicts"))  # fmt: skip
    query = select(*brief).select_from(Run).outerjoin(Site, Site.id == Run.site_id)
    rows: list[Any] = list(session.execute(query.where(Run.id.in_(ids))))
    read = [row.id for row in rows if row.analysis in READ]
    found = session.execute(select(Run.id, Run.result).where(Run.id.in_(read)))
    results = {row.id: row.result for row in found}
    return {row.id: _run(row, results.get(row.id) or {}) for row in rows}


def _run(row: Any, result: Mapping[str, Any]) -> StoredRun:
    return StoredRun(
        id=row.id, analysis=row.analysis, version=row.version, params=row.params, result=result,
        page={"verdicts": row.verdicts or []}, at=to_micros(row.as_of), site=row.code,
        window_start=None if row.window_start is None else to_micros(row.window_start),
        window_end=None if row.window_end is None else to_micros(row.window_end),
    )  # fmt: skip


def _failed(
    session: Session, scope: Scope, since: datetime, now: datetime, site: str | None
) -> tuple[FailedRuns, ...]:
    """Count what failed of each thing that schedules compute; whether it succeeded later."""
    columns = (Run.id, Run.analysis, Run.site_id, Run.schedule_id, Run.state, Run.error)
    query = (
        runs.visible(scope)
        .where(_at(site), Run.schedule_id.is_not(None), since < _ENDED, now >= _ENDED)
        .where(Run.state.in_(("failed", "succeeded")), Run.submitted_at > since - LOOK_BACK)
        .with_only_columns(*columns, _ENDED.label("ended"))
        .order_by(_ENDED.desc(), Run.id)
        .limit(MOST_FAILED)
    )
    ended: dict[_Key, list[Any]] = {}
    for row in session.execute(query):
        ended.setdefault((row.analysis, row.site_id, row.schedule_id), []).append(row)
    codes = {row.id: row.code for row in session.execute(select(Site.id, Site.code))}
    return tuple(_failures(ended.values(), codes))


def _failures(ended: Iterable[list[Any]], codes: Mapping[Any, str]) -> Iterable[FailedRuns]:
    for rows in ended:
        failed = [row for row in rows if row.state == "failed"]
        if failed:
            newest = failed[0]
            yield FailedRuns(
                id=newest.id, analysis=newest.analysis, site=codes.get(newest.site_id),
                at=to_micros(newest.ended), message=str((newest.error or {}).get("message") or ""),
                count=len(failed), recovered=rows[0].state == "succeeded",
            )  # fmt: skip
