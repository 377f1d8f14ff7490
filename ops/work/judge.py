"""Judge what has come: by the designs in force, in the order of the commits, exactly once.

Reading and computing hold no lock. What came out is stored in one transaction that begins by moving
the design on from the batch that the reading began with: if somebody else has moved it meanwhile,
nothing is stored, and the rest is judged anew. So a crash, a repeat and a second judge change
nothing.
"""

import threading
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from ops.db import chart_states, designs_in_force, violations
from ops.db.arrived import Key
from ops.db.away import AWAY
from ops.db.batches import high_batch
from ops.db.chart_states import Progress
from ops.db.designs_in_force import InForce
from ops.db.engine import Database
from ops.work.portion import Known, Outcome, next_portion, position, progress_of

EVERY_S = 0.3
_TRIES = 20
_EVER: Key = (-2_208_988_800_000_000, -(2**62))  # before any key: the year 1900
_log: structlog.stdlib.BoundLogger = structlog.get_logger("longrun.judge")


def judge_due(database: Database, *, now: datetime, known: Known | None = None) -> int:
    """Judge what has come since the last time; the number of designs that had anything to judge.

    Parameters
    ----------
    known
        What this judge remembers of its last times; it changes nothing but the cost.
    """
    with database.read() as session:
        high = high_batch(session)
        due = designs_in_force.due(session)
    for one in due:
        judge(database, one, high, now=now, known=known)
    return len(due)


def judge(
    database: Database, one: InForce, high: int, *, now: datetime, known: Known | None = None
) -> None:
    """Bring one design up to a batch, whoever else is at it, in portions of bounded size."""
    at: InForce | None = one
    known = known or Known()
    lost = 0
    while lost < _TRIES:
        if at is None or (at.seen is not None and at.seen >= high and at.reached is None):
            return
        to, outcomes = next_portion(database, at, high, known)
        if _store(database, at, outcomes, to, now):
            at = replace(at, seen=to.batch, reached=to.reached)
            known.keep(at, outcomes)
            continue
        lost += 1
        known.forget(at)
        with database.read() as session:
            fresh = designs_in_force.in_force(session, {one.characteristic_id})
        at = next((each for each in fresh if each.id == one.id), None)
    _log.warning("design judged by somebody else all the time", design=one.id)


class Judge:
    """Judges every few tenths of a second, in a thread of its own, until told to end."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = Known()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="judge", daemon=True)

    def __enter__(self) -> "Judge":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _keep(self) -> None:
        while not self._ended.wait(EVERY_S):
            try:
                judge_due(self._database, now=datetime.now(UTC), known=self._known)
            except (SQLAlchemyError, *AWAY) as error:
                _log.warning("database away", reason=str(getattr(error, "orig", error)))
            except Exception:  # noqa: BLE001  (a thread's last door: one bad design stops nobody)
                _log.exception("judging failed")


def _store(
    database: Database, one: InForce, outcomes: list[Outcome], to: Progress, now: datetime
) -> bool:
    with database.write.begin() as session:
        if not chart_states.claim(session, one.id, progress_of(one), to):
            return False
        if one.seen is None:
            chart_states.forget_all(session, one.id)
        for outcome in outcomes:
            if outcome.rebuilt and one.seen is not None:
                since = position(outcome.base) if outcome.base.rows else None
                chart_states.forget(session, one.id, outcome.stream, since)
        passed = [(o.stream, o.base) for o in outcomes if not o.rebuilt and o.base.rows]
        chart_states.pass_on(session, one.id, passed)
        states = [(o.stream, memory) for o in outcomes for memory in o.states]
        chart_states.save(session, one.id, states, batch=to.batch or 0)
        violations.record(session, one, [outcome.verdicts() for outcome in outcomes], now=now)
    return True
