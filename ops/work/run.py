"""One run from the queue to its result: claim, load, compute, save. All I/O, no decision."""

import dataclasses
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from ops.analyses.registry import find
from ops.analysis import AnyAnalysis
from ops.classifier_query import ClassifierQuery
from ops.classify.draft import unpacked
from ops.db import artifacts, runs
from ops.db.away import AWAY
from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.work import Run
from ops.db.runs import Claim
from ops.errors import ComputeFailed, OpsError
from ops.life_query import LifetimeQuery
from ops.query import ScenarioQuery
from ops.settings import Settings
from ops.values import Scope
from ops.work.advise.finish import finish_waiting
from ops.work.child import Abandoned, Job, Outcome, Told, Wish, compute
from ops.work.childmain import Limits
from ops.work.climb import Climb
from ops.work.fetch_answers import with_answers
from ops.work.file_findings import file_findings
from ops.work.file_model import file_model
from ops.work.file_predictions import file_predictions
from ops.work.learn import learn_from_run
from ops.work.slots import Slots
from ops.work.submit import checked

RESULT_BYTES = 256 * 1024
SAVE_S = 120.0  # a computed result waits so long for a database that is away
SAVE_PAUSE_S = 1.0
REPORT_S = 0.3  # least time between two writes of progress, and between two looks at the row
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.run")


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker computes with: its database, settings, name and free slots."""

    database: Database
    settings: Settings
    worker_id: str
    slots: Slots


def execute(bench: Bench, run_id: str) -> None:
    """Carry a run to its end; a run that is cancelled, finished or taken over is left alone.

    Whatever is raised on the way becomes the reason of a failure, except that the database is
    away: then nothing can be written, and the caller tries again.
    """
    with bench.database.read() as session:
        urgent = runs.is_urgent(session, run_id)
    with bench.slots.taken(urgent=urgent):
        with bench.database.write.begin() as session:
            run = runs.claim(session, run_id, worker_id=bench.worker_id, now=_now())
        if run is None:
            return
        claim = Claim(run.id, run.attempt)
        with structlog.contextvars.bound_contextvars(
            run_id=run.id, correlation_id=run.correlation_id
        ):
            _log.info("run started", analysis=run.analysis, attempt=run.attempt)
            try:
                _carry(bench, run, claim)
            except Abandoned:
                _log.info("run abandoned: cancelled or taken over")
            except OpsError as error:
                _fail(bench, claim, error)
            except AWAY:
                raise
            except Exception as error:  # noqa: BLE001  (the last door: every run has an end)
                _log.exception("unforeseen")
                reason = f"unforeseen {type(error).__name__}: {error}"
                _fail(bench, claim, ComputeFailed(reason))


def _carry(bench: Bench, run: Run, claim: Claim) -> None:
    if run.attempt > bench.settings.max_attempts:
        raise _exhausted(bench, run)
    analysis, watch = find(run.analysis), _Watcher(bench, claim)
    params = checked(analysis, _today(analysis, run))
    began = time.monotonic()
    query = pinned(analysis.needs(params), run)
    found = load(bench.database, query)
    data = with_answers(query, found, bench.settings, watch.tell)
    loaded = time.monotonic()
    fingerprint = data.fingerprint() if hasattr(data, "fingerprint") else None
    values: dict[str, Any] = {"fingerprint": fingerprint, "version": analysis.version}
    if not run.fresh and fingerprint is not None and _reuse(bench, run, claim, fingerprint, values):
        return
    limits = Limits(bench.settings.memory_limit_mb * 2**20, bench.settings.time_limit_s)
    job = Job(run.analysis, params, data, can_finish=analysis.salvage is not None)
    outcome = compute(job, limits, watch)
    values["timings"] = {"load_s": loaded - began, "compute_s": time.monotonic() - loaded}
    values |= {"log_tail": outcome.log_tail, "incumbents": watch.climb.stored()}
    _keep(bench, claim, outcome, values, cancelled=watch.wish is Wish.FINISH)


def pinned(query: Any, run: Run) -> Any:
    """Restrict a query to the window, the data and the sites that the run is pinned to."""
    pins: dict[str, Any] = {
        "start": run.window_start,
        "end": run.window_end,
        "max_batch": run.max_batch,
        "as_of": run.as_of,
        "scope": Scope(None if run.sites is None else frozenset(run.sites)),
    }
    if isinstance(query, ScenarioQuery | LifetimeQuery | ClassifierQuery) and query.site is None:
        pins["site"] = run.params.get("site")
    if isinstance(query, ClassifierQuery) and query.rebuild:
        pins["recipe"] = run.params.get("recipe") or query.recipe
    known = {field.name for field in dataclasses.fields(query)}
    return dataclasses.replace(query, **{k: v for k, v in pins.items() if k in known})


class _Watcher:
    """Tells whether the run is still ours; writes progress, neither more often than needed."""

    def __init__(self, bench: Bench, claim: Claim) -> None:
        self._bench = bench
        self._claim = claim
        self._looked = 0.0
        self._unwritten: tuple[float, str] | None = None
        self.wish = Wish.GO_ON
        self.climb = Climb()

    def __call__(self, told: Told) -> Wish:
        """Take in what the child told; answer what is wanted of it."""
        if told.incumbent is not None:
            self.climb.add(told.incumbent)
        if told.fraction is not None:
            self._unwritten = (told.fraction, told.message)
        if self.wish is Wish.GO_ON and time.monotonic() - self._looked >= REPORT_S:
            self._looked = time.monotonic()
            with suppress(*AWAY):  # what it computes may still be saved when the database is back
                self.wish = self._look()
        return self.wish

    def tell(self, message: str) -> None:
        """Report what is done before the child starts.

        Raises
        ------
        Abandoned
            If the run is no longer ours, or cancelled.
        """
        if self(Told(0.0, message)) is not Wish.GO_ON:
            raise Abandoned

    def _look(self) -> Wish:
        if self._unwritten is None:
            with self._bench.database.read() as session:
                ours = runs.holds(session, self._claim)
        else:
            with self._bench.database.write.begin() as session:
                ours = runs.report(session, self._claim, *self._unwritten, self.climb.stored())
            self._unwritten = None
        if ours:
            return Wish.GO_ON
        with self._bench.database.read() as session:
            cancelled = runs.is_cancelled(session, self._claim)
        return Wish.FINISH if cancelled else Wish.ABANDON


def _reuse(bench: Bench, run: Run, claim: Claim, fingerprint: str, values: dict[str, Any]) -> bool:
    with bench.database.write.begin() as session:
        twin = runs.twin(session, run, fingerprint)
        if twin is None:
            return False
        copied = {name: getattr(twin, name) for name in ("result", "page", "incumbents")}
        if runs.succeed(session, claim, {**values, **copied, "reused_from": twin.id}, now=_now()):
            artifacts.copy(session, twin.id, run.id, url=bench.settings.artifacts, now=_now())
            file_findings(session, run.id, twin.page or {}, _now())
            if twin.result is not None:
                file_predictions(session, run.id, json.dumps(twin.result).encode())
            finish_waiting(session, run.id, _now())
    _log.info("run reused", reused_from=twin.id)
    return True


def _keep(
    bench: Bench, claim: Claim, outcome: Outcome, values: dict[str, Any], *, cancelled: bool
) -> None:
    """Write the end of a run, with what result there is: a cancelled or failed one may have one."""
    large = len(outcome.result) > RESULT_BYTES
    if outcome.page:
        values["page"] = json.loads(outcome.page)
        values["result"] = None if large else json.loads(outcome.result)

    def save(session: Session) -> None:
        if not _written(session, claim, outcome.error, values, cancelled=cancelled):
            return
        if large:
            whole = artifacts.Content(artifacts.RESULT, "application/json", outcome.result)
            artifacts.store(session, claim.run_id, whole, url=bench.settings.artifacts, now=_now())
        if outcome.error is None and not cancelled and outcome.page:
            file_findings(session, claim.run_id, values["page"], _now())
            file_predictions(session, claim.run_id, outcome.result)
            if outcome.model:
                url = bench.settings.artifacts
                file_model(session, claim.run_id, unpacked(outcome.model), url=url, now=_now())
            learn_from_run(session, runs.find(session, claim.run_id), now=_now())
        finish_waiting(session, claim.run_id, _now())

    _save(bench, save)
    _log.info("run ended", cancelled=cancelled, error=str(outcome.error), **values["timings"])


def _written(
    session: Session,
    claim: Claim,
    error: OpsError | None,
    values: dict[str, Any],
    *,
    cancelled: bool,
) -> bool:
    if error is not None:
        reason = (type(error).__name__, str(error))
        return runs.fail(session, claim, reason, now=_now(), values=values)
    if cancelled:
        return runs.keep(session, claim, values)
    # cancelled in the very moment of its end: what it has computed is kept nevertheless
    return runs.succeed(session, claim, values, now=_now()) or runs.keep(session, claim, values)


def _fail(bench: Bench, claim: Claim, error: OpsError) -> None:
    reason = (type(error).__name__, str(error))

    def save(session: Session) -> None:
        if runs.fail(session, claim, reason, now=_now()):
            finish_waiting(session, claim.run_id, _now())

    _save(bench, save)
    _log.warning("run failed", kind=type(error).__name__, reason=str(error))


def _save(bench: Bench, save: Callable[[Session], object]) -> None:
    """Write the end of a run; a database that is away for a moment does not cost the result."""
    deadline = time.monotonic() + SAVE_S
    while True:
        try:
            with bench.database.write.begin() as session:
                save(session)
                return
        except AWAY:
            if time.monotonic() > deadline:
                raise
            time.sleep(SAVE_PAUSE_S)


def _exhausted(bench: Bench, run: Run) -> OpsError:
    allowed = bench.settings.max_attempts
    return ComputeFailed(
        f"given up after {allowed} starts: the worker died or lost the database each time;"
        f" see the logs of the workers around {run.started_at}"
    )


def _today(analysis: AnyAnalysis, run: Run) -> dict[str, Any]:
    if run.version == analysis.version or analysis.upgrade is None:
        return run.params
    return analysis.upgrade(run.params, run.version)


def _now() -> datetime:
    return datetime.now(UTC)
