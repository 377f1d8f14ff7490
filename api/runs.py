"""Runs: their state, result, page and exports; cancel and retry."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from fastapi import Path as InPath
from pydantic import Field
from sqlalchemy.orm import Session

from api.body import View
from api.deps import ActorDep, Now, ReadSession, ServicesDep, Submitter, WriteSession
from api.listing import Cursor, Limit, Listing, page
from ops.db import artifacts, audit, runs
from ops.db.models.work import Run
from ops.errors import Conflict, NotFound
from ops.page import Page
from ops.work.advise.finish import finish_waiting
from ops.work.export import FORMATS, export
from ops.work.submit import retry

router = APIRouter(prefix="/v1/runs", tags=["runs"])

RunId = Annotated[str, InPath(pattern=r"^[0-9a-f\-]{36}$", description="Id of the run.")]
State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class RunIncumbent(View):
    """Where a solve stood at a moment; null where nothing was known."""

    time_s: float = Field(description="Seconds since the solve began.")
    value: float | None = Field(description="Objective of the best solution.")
    bound: float | None = Field(description="Best proven bound of the objective.")
    gap: float | None = Field(description="|value - bound| / |value|.")


class RunProgress(View):
    """How far a run has come."""

    fraction: float = Field(description="0 to 1.")
    message: str = Field(description="What it is doing, or how it ended.")
    incumbent: RunIncumbent | None = Field(description="Newest of a solve; null for other runs.")


class RunError(View):
    """Why a run failed."""

    kind: str = Field(description="NotEnoughData, BadData, ComputeFailed ...")
    message: str = Field(description="The reason, with its number and its mend.")


class RunSummary(View):
    """A run in a list."""

    id: str = Field(description="UUID of the run.")
    analysis: str = Field(description="Name of the analysis.")
    state: State = Field(description="Where it is in its life.")
    progress: RunProgress
    error: RunError | None = Field(description="Null unless it failed.")
    verdicts: list[str] = Field(description="The sentences of its page; empty until it succeeded.")
    submitted_by: str = Field(description="Who asked for it.")
    submitted_at: datetime = Field(description="When it was asked for.")
    started_at: datetime | None = Field(description="When its last attempt started.")
    finished_at: datetime | None = Field(description="When it ended.")
    schedule_id: int | None = Field(description="The schedule that submitted it.")
    links: dict[str, str] = Field(description="Where its parts are.")


class RunView(RunSummary):
    """A run in full, without its page (see `links`)."""

    version: int = Field(description="Version of the analysis.")
    params: dict[str, Any] = Field(description="Its parameters.")
    window_start: datetime | None = Field(description="First instant of the data it saw.")
    window_end: datetime | None = Field(description="First instant after the data it saw.")
    as_of: datetime = Field(description="Instant whose limits and master data it saw.")
    max_batch: int = Field(description="Highest ingest batch it saw; a retry sees the same.")
    fingerprint: str | None = Field(description="SHA-256 of its data.")
    attempt: int = Field(description="How often it was started.")
    queue: str = Field(description="interactive or nightly.")
    timings: dict[str, Any] = Field(description="Seconds by phase.")
    reused_from: str | None = Field(description="Run whose equal result it took over.")
    retry_of: str | None = Field(description="Run that it repeats.")
    correlation_id: str | None = Field(description="Id of the request that submitted it.")
    result: dict[str, Any] | None = Field(
        description="Result of the analysis; null until there is one, or if it is an artifact."
        " A cancelled or failed run may have one: the best that it had when it was cut short."
    )
    artifacts: list[str] = Field(description="Names of its artifacts.")
    incumbents: list[RunIncumbent] = Field(description="How a solve went; empty for other runs.")


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    analysis: Annotated[str | None, Query(max_length=100, description="Only this one.")] = None,
    state: Annotated[State | None, Query(description="Only in this state.")] = None,
    schedule_id: Annotated[int | None, Query(ge=1, le=2**63 - 1, description="Only of it.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[RunSummary]:
    """List the runs of the caller's sites, newest first."""
    query = runs.matching(actor.scope, analysis=analysis, state=state, schedule_id=schedule_id)
    query = query.options(*runs.BRIEF)
    found, following = page(session, query, runs.KEY, limit=limit, cursor=cursor, descending=True)
    return Listing(items=[RunSummary(**summary(run)) for run in found], next=following)


@router.get("/{run_id}")
def read(run_id: RunId, session: ReadSession, actor: ActorDep) -> RunView:
    """Read one run."""
    return view(session, runs.find(session, run_id, actor.scope))


@router.post("/{run_id}/cancel")
def cancel(run_id: RunId, session: WriteSession, actor: Submitter, now: Now) -> RunView:
    """Cancel a run that is queued or running; its child process ends within two seconds.

    A solve that has found a plan by then keeps it: the run is cancelled and has a result.
    """
    run = runs.cancel(session, run_id, scope=actor.scope, now=now)
    finish_waiting(session, run_id, now)
    audit.record(session, actor, "cancel", ("run", run_id), now=now, site_id=run.site_id)
    return view(session, run)


@router.post("/{run_id}/retry", status_code=202)
def again(
    run_id: RunId,
    services: ServicesDep,
    session: WriteSession,
    actor: Submitter,
    now: Now,
    response: Response,
    fresh: Annotated[bool, Query(description="Compute although the result is stored.")] = True,
) -> RunView:
    """Run it again on the data that it saw: the same window and batches, the same result."""
    run = retry(session, services.queue, run_id, actor=actor, now=now, fresh=fresh)
    response.headers["Location"] = f"/v1/runs/{run.id}"
    return view(session, run)


@router.get("/{run_id}/page")
def rendered(run_id: RunId, session: ReadSession, actor: ActorDep) -> Page:
    """Read the page of a succeeded run: verdicts, tables and charts as values."""
    return stored_page(runs.find(session, run_id, actor.scope))


@router.get(
    "/{run_id}/log", response_class=Response, responses={200: {"content": {"text/plain": {}}}}
)
def log(run_id: RunId, session: ReadSession, actor: ActorDep) -> Response:
    """Read the end of what the computation printed."""
    run = runs.find(session, run_id, actor.scope)
    return Response(run.log_tail, media_type="text/plain; charset=utf-8")


@router.get(
    "/{run_id}/export.{format}",
    response_class=Response,
    responses={200: {"content": {media: {} for media in FORMATS.values()}}},
)
def exported(
    run_id: RunId,
    format: Annotated[Literal["json", "csv", "xlsx", "parquet"], InPath(description="Format.")],
    session: ReadSession,
    actor: ActorDep,
) -> Response:
    """Export a succeeded run: the result as JSON, its tables as CSV, XLSX or Parquet."""
    run = runs.find(session, run_id, actor.scope)
    body = export(format, stored_page(run), whole_result(session, run))
    disposition = f'attachment; filename="{run.analysis}-{run.id[:8]}.{format}"'
    return Response(body, media_type=FORMATS[format], headers={"Content-Disposition": disposition})


@router.get(
    "/{run_id}/artifacts/{name}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}, "application/json": {}}}},
)
def artifact(
    run_id: RunId,
    name: Annotated[str, InPath(pattern=r"^[A-Za-z0-9._\-]{1,100}$", description="Its name.")],
    session: ReadSession,
    actor: ActorDep,
) -> Response:
    """Read one artifact of a run."""
    run = runs.find(session, run_id, actor.scope)
    content = artifacts.read(session, run.id, name)
    return Response(content.data, media_type=content.media_type)


def stored_page(run: Run) -> Page:
    """Page of a run: of one that succeeded, or was cut short with an answer."""
    if run.page is None and run.state != "succeeded":
        raise Conflict(f"run {run.id} is {run.state}, and has no page")
    if run.page is None:
        raise NotFound(f"the page of run {run.id} was deleted by retention")
    return Page.model_validate(run.page)


def whole_result(session: Session, run: Run) -> dict[str, Any] | None:
    """Read the result of a run, also where its row could not hold it."""
    if run.result is not None or artifacts.RESULT not in _artifact_names(session, run):
        return run.result
    result: dict[str, Any] = json.loads(artifacts.read(session, run.id, artifacts.RESULT).data)
    return result


def _artifact_names(session: Session, run: Run) -> list[str]:
    return [artifact.name for artifact in artifacts.of_run(session, run.id)]


def summary(run: Run) -> dict[str, Any]:
    """Fields of `RunSummary`."""
    base = f"/v1/runs/{run.id}"
    shown = run.state == "succeeded" or run.verdicts is not None
    names = ("page", "events", "log") if shown else ("events", "log")
    copied = set(RunSummary.model_fields) - {"progress", "verdicts", "links"}
    return {name: getattr(run, name) for name in copied} | {
        "progress": {
            "fraction": run.progress,
            "message": run.message,
            "incumbent": run.incumbents[-1] if run.incumbents else None,
        },
        "verdicts": [v["sentence"] for v in run.verdicts or ()],
        "links": {"self": base} | {name: f"{base}/{name}" for name in names},
    }


def view(session: Session, run: Run) -> RunView:
    """Show a run in full."""
    copied = set(RunView.model_fields) - set(RunSummary.model_fields) - {"artifacts"}
    return RunView(
        **summary(run),
        **{name: getattr(run, name) for name in copied},
        artifacts=_artifact_names(session, run),
    )
