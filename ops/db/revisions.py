"""Revisions: a void, a correction or a restore is a new fact; no measurement is ever changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.batches import open_batch
from ops.db.models.data import Batch, Measurement, Revision
from ops.db.models.plant import Characteristic
from ops.db.types import to_micros
from ops.errors import BadData, Problem
from ops.values import Actor, Status

Action = Literal["void", "correct", "restore"]
KEY = (Revision.batch_id, Revision.id)
STATUS: dict[Action, Status] = {
    "void": Status.VOID,
    "correct": Status.CORRECTED,
    "restore": Status.VALID,
}
ACTION: dict[Status, Action] = {status: action for action, status in STATUS.items()}
_PAGE = 250  # keys in one IN list
Key = tuple[datetime, int]


@dataclass(frozen=True, slots=True)
class RevisionItem:
    """What becomes of one measurement; `value` is given for a correction, and only then."""

    ts: datetime
    seq: int
    action: Action
    value: float | None = None

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.action == "correct"):
            raise ValueError(f"a value is given to correct, and only then, not to {self.action}")


def revise(
    session: Session,
    actor: Actor,
    characteristic: Characteristic,
    items: Sequence[RevisionItem],
    reason: str,
    now: datetime,
) -> Batch:
    """Write revisions of measurements of one characteristic, as one batch, with their audit.

    Raises
    ------
    BadData
        If no reason is given, a measurement does not exist, or one is named twice.
    """
    if not reason.strip():
        raise BadData("a revision needs a reason", (Problem("/reason", "say why"),))
    stored = _stored(session, characteristic.id, [(i.ts, i.seq) for i in items])
    _check([(item.ts, item.seq) for item in items], stored)
    batch = open_batch(
        session,
        site_id=characteristic.site_id,
        kind="revision",
        rows=len(items),
        person=actor.name,
        reason=reason,
        now=now,
    )
    before = _in_force(session, characteristic.id, stored)
    session.add_all(
        Revision(
            batch_id=batch.id,
            characteristic_id=characteristic.id,
            ts=item.ts,
            seq=item.seq,
            status=STATUS[item.action],
            value=item.value,
        )
        for item in items
    )
    session.flush()
    after = _in_force(session, characteristic.id, stored)
    audit.record(
        session,
        actor,
        "revise",
        ("characteristic", characteristic.id),
        now=now,
        before={"points": _facts(before)},
        after={"points": _facts(after), "reason": reason, "batch_id": batch.id},
        site_id=characteristic.site_id,
    )
    return batch


def require(session: Session, characteristic_id: int, keys: Sequence[Key]) -> None:
    """Check that measurements exist, each named once.

    Raises
    ------
    BadData
        If one does not, or is named twice.
    """
    _check(keys, _stored(session, characteristic_id, keys))


def values_of(
    session: Session, characteristic_id: int, keys: Sequence[Key]
) -> dict[Key, tuple[float, int]]:
    """Value and status in force of some measurements, by ts and seq."""
    return _in_force(session, characteristic_id, _stored(session, characteristic_id, keys))


def history(
    characteristic_id: int, *, start: datetime | None = None, end: datetime | None = None
) -> Select[Revision]:
    """Query the revisions of a characteristic, of measurements in a half-open window."""
    query = select(Revision).where(Revision.characteristic_id == characteristic_id)
    if start is not None:
        query = query.where(Revision.ts >= start)
    return query if end is None else query.where(Revision.ts < end)


def batches_of(session: Session, revisions: Sequence[Revision]) -> dict[int, Batch]:
    """Batches of revisions by id: who, when and why."""
    ids = {r.batch_id for r in revisions}
    return {b.id: b for b in session.scalars(select(Batch).where(Batch.id.in_(ids)))}


def _stored(
    session: Session, characteristic_id: int, keys: Sequence[Key]
) -> dict[Key, tuple[float, int]]:
    found: dict[Key, tuple[float, int]] = {}
    for start in range(0, len(keys), _PAGE):
        query = select(Measurement.ts, Measurement.seq, Measurement.value, Measurement.status)
        page = tuple_(Measurement.ts, Measurement.seq).in_(keys[start : start + _PAGE])
        rows = session.execute(
            query.where(Measurement.characteristic_id == characteristic_id, page)
        )
        found |= {(ts, seq): (value, status) for ts, seq, value, status in rows}
    return found


def _check(keys: Sequence[Key], stored: dict[Key, tuple[float, int]]) -> None:
    problems: list[Problem] = []
    seen: set[Key] = set()
    for i, key in enumerate(keys):
        if key not in stored:
            detail = "there is no measurement with this ts and seq; take both from its point"
            problems.append(Problem(f"/items/{i}", detail))
        elif key in seen:
            problems.append(Problem(f"/items/{i}", "this measurement is named twice"))
        seen.add(key)
    if problems:
        raise BadData(f"{len(problems)} of {len(keys)} points cannot be taken", tuple(problems))


def _in_force(
    session: Session, characteristic_id: int, stored: dict[Key, tuple[float, int]]
) -> dict[Key, tuple[float, int]]:
    known = dict(stored)
    keys = sorted(stored)
    for start in range(0, len(keys), _PAGE):
        page = tuple_(Revision.ts, Revision.seq).in_(keys[start : start + _PAGE])
        query = select(Revision).where(Revision.characteristic_id == characteristic_id, page)
        for revision in session.scalars(query.order_by(*KEY)):
            key = (revision.ts, revision.seq)
            value, status = stored[key]
            if revision.status == Status.VOID:
                status = int(Status.VOID)
            elif revision.value is not None:
                value, status = revision.value, int(Status.CORRECTED)
            known[key] = (value, status)
    return known


def _facts(points: dict[Key, tuple[float, int]]) -> list[dict[str, Any]]:
    return [
        {"ts": to_micros(ts), "seq": seq, "value": value, "status": Status(status).name.lower()}
        for (ts, seq), (value, status) in sorted(points.items())
    ]
