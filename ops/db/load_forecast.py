"""The loader of forecasts: measurements beside the results of earlier runs."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import artifacts
from ops.db.engine import Database
from ops.db.load_measurements import load_measurements
from ops.db.models.work import Run
from ops.db.runs import find, visible
from ops.errors import NotFound
from ops.forecast_query import EarlierRun, ForecastData, ForecastQuery
from ops.values import Scope

_END_OF_TIME = datetime.max.replace(tzinfo=UTC)
_LOOKED_AT = 2000  # newest runs whose parameters are compared


def load_forecast(database: Database, query: ForecastQuery) -> ForecastData:
    """Answer a query: what was measured, the newest runs before `as_of`, and the plan.

    Only runs within the scope are seen, and only those that had ended before `as_of`: a run that
    is repeated sees what it saw.

    Raises
    ------
    NotFound
        If the site, a characteristic, or the run of the plan does not exist within the scope.
    """
    measurements = load_measurements(database, query.measured())
    with database.read() as session:
        earlier = newest(
            session,
            query.analysis,
            like=query.like,
            most=query.earlier,
            before=query.as_of,
            scope=query.scope,
        )
        plan, latest = _plans(session, query)
    return ForecastData(measurements, query.start, query.end, earlier, plan, latest)


def newest(
    session: Session,
    analysis: str,
    *,
    like: dict[str, Any],
    most: int,
    before: datetime | None,
    scope: Scope,
) -> tuple[EarlierRun, ...]:
    """Newest succeeded runs of an analysis with the parameters `like`, newest first."""
    if most < 1:
        return ()
    query = (
        visible(scope)
        .where(Run.analysis == analysis, Run.state == "succeeded")
        .where(Run.finished_at < (before or _END_OF_TIME))
        .with_only_columns(Run.id, Run.params)
        .order_by(Run.as_of.desc(), Run.id)
        .limit(_LOOKED_AT)
    )
    ids = [row.id for row in session.execute(query) if _alike(row.params, like)][:most]
    found = {run.id: run for run in session.scalars(select(Run).where(Run.id.in_(ids)))}
    return tuple(_earlier(session, found[run_id]) for run_id in ids)


def _alike(params: dict[str, Any], like: dict[str, Any]) -> bool:
    return all(params.get(name) == value for name, value in like.items())


def _plans(session: Session, query: ForecastQuery) -> tuple[EarlierRun | None, EarlierRun | None]:
    """Find the plan that is watched, and the newest one where that is another."""
    if not query.plan_analysis:
        return None, None
    found = newest(
        session,
        query.plan_analysis,
        like=query.plan_like,
        most=1,
        before=query.as_of,
        scope=query.scope,
    )
    latest = found[0] if found and query.plan_like else None
    if query.plan_run is None:
        return latest, None
    run = find(session, query.plan_run, query.scope)
    if run.analysis != query.plan_analysis or run.state != "succeeded":
        raise NotFound(
            f"run {run.id!r} is a {run.analysis} that has {run.state}; name a succeeded run of"
            f" {query.plan_analysis}"
        )
    same = latest is None or latest.run_id == run.id
    return _earlier(session, run), None if same else latest


def _earlier(session: Session, run: Run) -> EarlierRun:
    result: dict[str, Any] | None = run.result
    if result is None:  # too large for its row
        result = json.loads(artifacts.read(session, run.id, artifacts.RESULT).data)
    return EarlierRun(run.id, run.as_of, result or {})
