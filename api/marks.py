"""Marks of measured points: annotate, exclude, include, void, restore, each with a reason."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field

from api.body import Body, Code, Id, Instant, Note, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.listing import Cursor, Limit, Listing, page
from api.points import End, Start
from api.revisions import Seq
from ops.db import characteristics, marks
from ops.db.marks import Remark
from ops.db.models.control import PointMarkRow
from ops.values import MarkKind

router = APIRouter(prefix="/v1/characteristics", tags=["marks"])


class PointKey(Body):
    """Which measurement."""

    ts: Instant = Field(description="When it was measured, as its point says.")
    seq: Seq = Field(description="Its seq, as its point says.")


class MarksDraft(Body):
    """What is said of some measurements of one characteristic."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "kind": "exclude",
                "cause": "PILOT",
                "note": "pilot lot, not the process as it will be",
                "items": [{"ts": "2026-01-05T08:00:00Z", "seq": "1"}],
            }
        }
    )
    kind: MarkKind = Field(
        description="annotate: a remark; exclude: limits are not estimated from it, until include;"
        " void: it enters no statistics, until restore."
    )
    cause: Code | None = Field(default=None, description="Code of the catalogue: why.")
    action: Code | None = Field(default=None, description="Code of the catalogue: what was done.")
    note: Note = Field(default="", description="In words; needed where no code is given.")
    items: list[PointKey] = Field(
        min_length=1, max_length=1000, description="The measurements, each once."
    )


class MarkView(View):
    """What somebody said of a measured point; the newest mark counts."""

    id: int = Field(description="Number of the mark.")
    batch_id: int = Field(description="Batch from which on it is seen.")
    characteristic_id: int = Field(description="Number of the characteristic.")
    ts: datetime = Field(description="When the point was measured.")
    seq: str = Field(description="Its seq.")
    kind: MarkKind = Field(description="What was said.")
    cause: str | None = Field(description="Code of the catalogue: why.")
    action: str | None = Field(description="Code of the catalogue: what was done.")
    note: str = Field(description="In words.")
    person: str = Field(description="Who said it.")
    at: datetime = Field(description="When it was said.")


class MarksAnswer(View):
    """The batch of the marks that were made."""

    batch_id: int = Field(description="Batch from which on they are seen.")
    marks: int = Field(description="How many points were marked.")


def _view(row: PointMarkRow) -> MarkView:
    said = marks.value_of(row)
    return MarkView(
        id=row.id,
        batch_id=row.batch_id,
        characteristic_id=row.characteristic_id,
        ts=row.ts,
        seq=str(row.seq),
        kind=said.kind,
        cause=row.cause or None,
        action=row.action or None,
        note=row.note,
        person=row.person,
        at=row.at,
    )


@router.post("/{characteristic_id}/marks", status_code=201)
def mark(
    characteristic_id: Id,
    body: MarksDraft,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
) -> MarksAnswer:
    """Mark points; nothing is deleted, and older runs stay as they are."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    remark = Remark(body.kind, body.cause or "", body.action or "", body.note)
    keys = [(item.ts, int(item.seq)) for item in body.items]
    batch = marks.mark(session, actor, row, keys, remark, now)
    response.headers["Location"] = f"/v1/characteristics/{row.id}/marks"
    return MarksAnswer(batch_id=batch.id, marks=len(keys))


@router.get("/{characteristic_id}/marks")
def listing(
    characteristic_id: Id,
    session: ReadSession,
    actor: ActorDep,
    start: Start = None,
    end: End = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[MarkView]:
    """List the marks of a characteristic's points, by time of measurement."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    query = marks.history([row.id], start=start, end=end)
    found, following = page(session, query, marks.KEY, limit=limit, cursor=cursor)
    return Listing(items=[_view(r) for r in found], next=following)
