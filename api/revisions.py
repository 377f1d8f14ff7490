"""Revisions of measurements: voids, corrections and restores, each with person and reason."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from api.body import MAX_ID, Body, Instant, Note, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.listing import Cursor, Limit, Listing, page
from api.points import End, Start
from ops.db import characteristics, revisions
from ops.db.models.data import Batch, Revision
from ops.db.revisions import ACTION, Action, RevisionItem
from ops.values import Status

router = APIRouter(prefix="/v1/measurements/revisions", tags=["revisions"])


OfCharacteristic = Annotated[
    int, Query(ge=1, le=MAX_ID, description="Number of the characteristic.")
]


def _of_64_bits(seq: str) -> str:
    if abs(int(seq)) > MAX_ID:
        raise ValueError("not a 64-bit number")
    return seq


Seq = Annotated[str, Field(pattern=r"^(0|-?[1-9][0-9]{0,18})$"), AfterValidator(_of_64_bits)]


class RevisionDraft(Body):
    """What becomes of one measurement."""

    ts: Instant = Field(description="When it was measured, as its point says.")
    seq: Seq = Field(description="Its seq, as its point says.")
    action: Action = Field(
        description="Void leaves it out, correct replaces its value, restore undoes both."
    )
    value: float | None = Field(default=None, description="The right value; only to correct.")

    @model_validator(mode="after")
    def _value_when_corrected(self) -> "RevisionDraft":
        self.item()
        return self

    def item(self) -> RevisionItem:
        """Return it as a value."""
        return RevisionItem(self.ts, int(self.seq), self.action, self.value)


class RevisionsDraft(Body):
    """Revisions of measurements of one characteristic, for one reason."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "characteristic_id": 1,
                "reason": "gauge 7 read 2 um high, see calibration of 2026-01-09",
                "items": [
                    {"ts": "2026-01-05T08:00:00Z", "seq": "1", "action": "correct", "value": 152.4},
                    {"ts": "2026-01-05T08:00:01Z", "seq": "1", "action": "void"},
                ],
            }
        }
    )
    characteristic_id: int = Field(ge=1, le=MAX_ID, description="Number of the characteristic.")
    reason: Annotated[Note, Field(min_length=1)] = Field(description="Why; it is kept for good.")
    items: list[RevisionDraft] = Field(
        min_length=1, max_length=1000, description="The revisions, at most one of a measurement."
    )


class RevisionView(View):
    """A revision of one measurement; the newest one counts."""

    id: int = Field(description="Number of the revision.")
    characteristic_id: int = Field(description="Number of the characteristic.")
    batch_id: int = Field(description="Batch from which on it is seen.")
    ts: datetime = Field(description="When the measurement was made.")
    seq: str = Field(description="Its seq.")
    action: Action = Field(description="What became of it.")
    value: float | None = Field(description="The corrected value.")
    person: str = Field(description="Who did it.")
    reason: str = Field(description="Why.")
    revised_at: datetime = Field(description="When.")


class RevisionsAnswer(View):
    """The batch of the revisions that were made."""

    batch_id: int = Field(description="Batch from which on they are seen.")
    revisions: int = Field(description="How many were made.")


def _view(revision: Revision, batch: Batch) -> RevisionView:
    return RevisionView(
        id=revision.id,
        characteristic_id=revision.characteristic_id,
        batch_id=batch.id,
        ts=revision.ts,
        seq=str(revision.seq),
        action=ACTION[Status(revision.status)],
        value=revision.value,
        person=batch.person,
        reason=batch.reason or "",
        revised_at=batch.committed_at,
    )


@router.post("", status_code=201)
def revise(
    body: RevisionsDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> RevisionsAnswer:
    """Void, correct or restore measurements; nothing is deleted, older runs stay as they are."""
    row = characteristics.get(session, actor.scope, body.characteristic_id)
    items = [item.item() for item in body.items]
    batch = revisions.revise(session, actor, row, items, body.reason, now)
    response.headers["Location"] = f"/v1/measurements/revisions?characteristic_id={row.id}"
    return RevisionsAnswer(batch_id=batch.id, revisions=batch.rows)


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    characteristic_id: OfCharacteristic,
    start: Start = None,
    end: End = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[RevisionView]:
    """List the revisions of a characteristic, oldest first."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    query = revisions.history(row.id, start=start, end=end)
    found, following = page(session, query, revisions.KEY, limit=limit, cursor=cursor)
    batches = revisions.batches_of(session, found)
    return Listing(items=[_view(r, batches[r.batch_id]) for r in found], next=following)
