"""Marks: what people say of measured points; append-only, a later one outweighs an earlier one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from ops.db import audit, reasons, revisions
from ops.db.batches import open_batch
from ops.db.models.control import PointMarkRow
from ops.db.models.data import Batch, Measurement
from ops.db.models.plant import Characteristic
from ops.db.revisions import Key, RevisionItem
from ops.db.types import to_micros
from ops.errors import BadData, Problem
from ops.values import Actor, MarkKind, PointMark

KEY = (PointMarkRow.ts, PointMarkRow.seq, PointMarkRow.id)
SAID = (PointMarkRow.batch_id, PointMarkRow.id)  # the order in which they were said
_REVISING: tuple[MarkKind, ...] = ("void", "restore")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said of some points at once.

    Parameters
    ----------
    kind
        As in `ops.values.PointMark`.
    cause, action
        Codes of the site's catalogue; "" for none.
    """

    kind: MarkKind
    cause: str = ""
    action: str = ""
    note: str = ""

    def sentence(self) -> str:
        """Say why, as the batch keeps it."""
        said = (self.cause, self.action, self.note.strip())
        return f"{self.kind}: {' · '.join(filter(None, said))}"


def mark(
    session: Session,
    actor: Actor,
    characteristic: Characteristic,
    keys: Sequence[Key],
    remark: Remark,
    now: datetime,
) -> Batch:
    """Say something of measured points, as one batch, with its audit.

    A void or a restore also writes its revision, in the same batch, so that statistics change with
    it. Every mark has a batch: who reads up to an earlier one does not see it.

    Raises
    ------
    BadData
        If nothing is said but the kind, a code is not in the site's catalogue, a measurement does
        not exist, or one is named twice.
    """
    _check(session, characteristic, remark)
    if remark.kind in _REVISING:
        items = [RevisionItem(ts, seq, _action(remark.kind)) for ts, seq in keys]
        batch = revisions.revise(session, actor, characteristic, items, remark.sentence(), now)
    else:
        revisions.require(session, characteristic.id, keys)
        batch = open_batch(
            session,
            site_id=characteristic.site_id,
            kind="revision",
            rows=len(keys),
            person=actor.name,
            reason=remark.sentence(),
            now=now,
        )
    _add(session, actor, characteristic, keys, remark, batch, now)
    return batch


def history(
    characteristic_ids: Collection[int],
    *,
    start: datetime | None = None,
    end: datetime | None = None,
    max_batch: int | None = None,
) -> Select[PointMarkRow]:
    """Query the marks of measurements in a half-open window, up to a batch."""
    query = select(PointMarkRow).where(PointMarkRow.characteristic_id.in_(characteristic_ids))
    if start is not None:
        query = query.where(PointMarkRow.ts >= start)
    if end is not None:
        query = query.where(PointMarkRow.ts < end)
    return query if max_batch is None else query.where(PointMarkRow.batch_id <= max_batch)


def are_of(context_ids: Collection[int]) -> ColumnElement[bool]:
    """Condition that marked measurements are of some contexts."""
    return exists().where(
        Measurement.characteristic_id == PointMarkRow.characteristic_id,
        Measurement.ts == PointMarkRow.ts,
        Measurement.seq == PointMarkRow.seq,
        Measurement.context_id.in_(context_ids),
    )


def value_of(row: PointMarkRow) -> PointMark:
    """Make the frozen value of a stored mark."""
    kind: MarkKind = row.kind  # type: ignore[assignment]  # the door lets no other kind in
    return PointMark(
        characteristic_id=row.characteristic_id,
        ts=to_micros(row.ts),
        seq=row.seq,
        kind=kind,
        cause=row.cause,
        action=row.action,
        note=row.note,
        person=row.person,
        at=to_micros(row.at),
    )


def newest_of(marks: Iterable[PointMark]) -> dict[tuple[int, int], PointMark]:
    """Newest mark of each point, by ts and seq; `marks` are in the order they were said."""
    return {(said.ts, said.seq): said for said in marks}


def left_out(marks: Iterable[PointMark]) -> dict[tuple[int, int], PointMark]:
    """Find marks of the points that are left out of the estimation of limits, by ts and seq."""
    last = {(m.ts, m.seq): m for m in marks if m.kind in ("exclude", "include")}
    return {key: said for key, said in last.items() if said.kind == "exclude"}


def _action(kind: MarkKind) -> revisions.Action:
    return "void" if kind == "void" else "restore"


def _check(session: Session, characteristic: Characteristic, remark: Remark) -> None:
    if not (remark.cause or remark.action or remark.note.strip()):
        mend = "say why: a cause, an action or a note"
        raise BadData(f"to {remark.kind} a point needs a reason; {mend}", (Problem("/note", mend),))
    for kind, code in (("cause", remark.cause), ("action", remark.action)):
        if code:
            reasons.require(session, characteristic.site_id, kind, code)


def _add(
    session: Session,
    actor: Actor,
    characteristic: Characteristic,
    keys: Sequence[Key],
    remark: Remark,
    batch: Batch,
    now: datetime,
) -> None:
    said = {"kind": remark.kind, "cause": remark.cause, "action": remark.action}
    session.add_all(
        PointMarkRow(
            batch_id=batch.id,
            characteristic_id=characteristic.id,
            ts=ts,
            seq=seq,
            note=remark.note,
            person=actor.name,
            at=now,
            **said,
        )
        for ts, seq in keys
    )
    session.flush()
    points = [{"ts": to_micros(ts), "seq": seq} for ts, seq in keys]
    audit.record(
        session,
        actor,
        "mark",
        ("characteristic", characteristic.id),
        now=now,
        after={**said, "note": remark.note, "points": points, "batch_id": batch.id},
        site_id=characteristic.site_id,
    )
