"""What is old enough to be deleted, and its deletion, a few rows at a time.

Each condition starts from an index, so that looking for old rows never reads the large ones.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, delete, func, select, tuple_
from sqlalchemy.orm import Session

from ops.db.models.advise import Advice, Memory
from ops.db.models.data import Ingest, Rejection
from ops.db.models.people import Audit, IdempotencyKey
from ops.db.models.work import Artifact, PredictionRow, Run, Worker
from ops.db.runs import LIVE

Kind = Literal[
    "artifacts", "runs", "audit", "idempotency_keys", "rejections", "workers", "predictions",
    "advice", "memories",
]  # fmt: skip
Aged = type[
    Run | Artifact | Audit | IdempotencyKey | Rejection | Worker | PredictionRow | Advice | Memory
]
_ENDED = ("succeeded", "failed", "cancelled")
assert not set(_ENDED) & set(LIVE)


@dataclass(frozen=True, slots=True)
class _Rule:
    table: Aged
    is_old: Callable[[datetime], ColumnElement[bool]]


def _ended(before: datetime) -> ColumnElement[bool]:
    # what ended before was submitted before: that has an index
    return and_(Run.state.in_(_ENDED), Run.submitted_at < before, Run.finished_at < before)


def _of_ended_runs(before: datetime) -> ColumnElement[bool]:
    runs = select(Run.id).where(Run.state.in_(_ENDED), Run.submitted_at < before)
    return and_(Artifact.run_id.in_(runs), Artifact.created_at < before)


def _of_old_ingests(before: datetime) -> ColumnElement[bool]:
    return Rejection.ingest_id.in_(select(Ingest.id).where(Ingest.started_at < before))


_RULES: Mapping[Kind, _Rule] = MappingProxyType(
    {
        "artifacts": _Rule(Artifact, _of_ended_runs),
        "runs": _Rule(Run, _ended),
        "audit": _Rule(Audit, lambda before: Audit.at < before),
        "idempotency_keys": _Rule(
            IdempotencyKey, lambda before: IdempotencyKey.created_at < before
        ),
        "rejections": _Rule(Rejection, _of_old_ingests),
        "predictions": _Rule(PredictionRow, lambda before: PredictionRow.due_at < before),
        "advice": _Rule(Advice, lambda before: Advice.asked_at < before),
        "memories": _Rule(Memory, lambda before: Memory.valid_to < before),
        "workers": _Rule(Worker, lambda before: Worker.seen_at < before),
    }
)


def count(session: Session, kind: Kind, before: datetime) -> int:
    """Count the rows of a kind that are older than `before`."""
    rule = _RULES[kind]
    query = select(func.count()).select_from(rule.table).where(rule.is_old(before))
    return session.scalars(query).one()


def delete_some(
    session: Session, kind: Kind, before: datetime, *, at_most: int
) -> tuple[int, list[str]]:
    """Delete some rows of a kind that are older than `before`.

    Returns
    -------
    tuple
        How many went, and the URLs of the files that belonged to them.
    """
    rule = _RULES[kind]
    key: list[ColumnElement[Any]] = list(rule.table.__table__.primary_key)
    some = select(*key).where(rule.is_old(before)).limit(at_most)
    gone = delete(rule.table).where(tuple_(*key).in_(some))
    told = Artifact.url if rule.table is Artifact else key[0]
    rows = session.scalars(
        gone.returning(told), execution_options={"synchronize_session": False}
    ).all()
    return len(rows), [url for url in rows if url is not None] if rule.table is Artifact else []
