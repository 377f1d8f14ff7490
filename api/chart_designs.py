"""Chart designs: frozen limits and rules of a characteristic, drafted, approved, retired."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AfterValidator, ConfigDict, Field, JsonValue
from sqlalchemy.orm import Session

from api import etag
from api.body import MAX_ID, Body, Id, Instant, Note, Optional, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from ops.db import characteristics, chart_designs
from ops.db.chart_designs import DesignFilter
from ops.db.models.control import ChartDesignRow
from ops.db.types import dumps
from ops.errors import BadData, Problem
from ops.spc.design import ChartDesign, StreamLimits
from ops.spc.design_change import design_changes
from ops.values import Actor

router = APIRouter(prefix="/v1/chart-designs", tags=["chart designs"])

DesignState = Literal["draft", "approved", "retired"]
_MOST_JSON = 262_144
_NOTHING = ChartDesign(limits=(StreamLimits(center=0.0, sigma=1.0, n=1),))
_DESIGN: dict[str, Any] = {
    "kind": "individuals",
    "stream": "tool",
    "limits": [
        {"level": "WB-07", "center": 152.1, "sigma": 1.3, "n": 118},
        {"level": "WB-08", "center": 151.7, "sigma": 1.2, "n": 121},
    ],
    "holds": ["1"],
    "phase_one": {
        "start": 1767571200000000,
        "end": 1768176000000000,
        "points": 240,
        "estimator": "mean moving range of two over d2",
        "excluded": [
            {"ts": 1767600000000000, "seq": 3, "value": 171.2, "reason": "hair on the lens"}
        ],
    },
}


def _keepable(design: ChartDesign) -> ChartDesign:
    text = dumps(design.model_dump(mode="json"))
    if len(text) > _MOST_JSON:
        raise ValueError(f"larger than {_MOST_JSON} characters")
    if r"\u0000" in text:
        raise ValueError("the character U+0000 cannot be kept")
    return design


Design = Annotated[ChartDesign, AfterValidator(_keepable)]


class ChartDesignDraft(Body):
    """A version of a chart design to be added, as a document or from a run of phase I."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"characteristic_id": 1, "name": "line", "design": _DESIGN, "note": "Q1"}
        }
    )
    characteristic_id: int = Field(ge=1, le=MAX_ID, description="Of which characteristic.")
    name: Title = Field(description="Name; versions of one name follow each other.")
    note: Note = Field(default="", description="Why this design.")
    design: Design | None = Field(default=None, description="The design; or else give run_id.")
    run_id: Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*$")] | None = Field(
        default=None, description="Succeeded run of the analysis phase-one whose design it is."
    )


class ChartDesignChange(Body):
    """What of a draft is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"note": "without the pilot lot"}})
    note: Annotated[Note, Optional] = Field(default="", description="Why this design.")
    design: Annotated[Design, Optional] = Field(default=_NOTHING, description="The whole design.")


class ChartDesignApproval(Body):
    """From when on an approved design judges."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"effective_from": "2026-01-12T00:00:00Z"}}
    )
    effective_from: Instant | None = Field(
        default=None, description="Time of measurement from which it judges; absent: now."
    )


_FROM_NOW = ChartDesignApproval()


class ChartDesignView(View):
    """A version of a chart design."""

    id: int = Field(description="Number of the design.")
    characteristic_id: int = Field(description="Of which characteristic.")
    name: str = Field(description="Name; versions of one name follow each other.")
    number: int = Field(description="Number of the version: 1, 2 ...")
    state: DesignState = Field(description="Only what is approved judges; then it is fixed.")
    design: ChartDesign = Field(validation_alias="document", description="The document.")
    note: str = Field(description="Why this design.")
    effective_from: datetime | None = Field(description="Measurement time from which it judges.")
    approved_by: str | None = Field(description="Who approved it.")
    approved_at: datetime | None = Field(description="When it was approved.")
    retired_at: datetime | None = Field(description="When another version took its place.")
    created_by: str = Field(description="Who drafted it.")
    created_at: datetime = Field(description="When it was drafted.")


class DesignChangeView(View):
    """One thing that differs between two versions."""

    pointer: str = Field(description="Where: `/width`, `/limits/WB-07/center`, `/rules/2`.")
    before: JsonValue = Field(description="In the other version; null where it has none.")
    after: JsonValue = Field(description="In this version; null where it has none.")


class DesignDifference(View):
    """What differs between two versions of chart designs."""

    before: int | None = Field(description="Number of the other design; null: there is none.")
    after: int = Field(description="Number of this design.")
    changes: list[DesignChangeView] = Field(description="What differs; empty: nothing does.")


def _wanted(
    characteristic_id: Annotated[
        int | None, Query(ge=1, le=MAX_ID, description="Only of this characteristic.")
    ] = None,
    state: Annotated[DesignState | None, Query(description="Only in this state.")] = None,
    name: Annotated[
        str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Only of this name.")
    ] = None,
) -> DesignFilter:
    return DesignFilter(characteristic_id, state, name)


def _view(row: ChartDesignRow, response: Response) -> ChartDesignView:
    etag.tag(response, row.row_version)
    return ChartDesignView.model_validate(row)


def _designed(session: Session, actor: Actor, body: ChartDesignDraft) -> ChartDesign:
    """Take the design of a body, or that of the run it names."""
    if (body.design is None) == (body.run_id is None):
        mend = "give either design or run_id"
        raise BadData(f"a draft has one origin; {mend}", (Problem("/design", mend),))
    if body.design is not None:
        return body.design
    characteristic = characteristics.get(session, actor.scope, body.characteristic_id)
    return chart_designs.of_run(session, actor.scope, characteristic, body.run_id or "")


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    wanted: Annotated[DesignFilter, Depends(_wanted)],
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[ChartDesignView]:
    """List the chart designs of the caller's sites."""
    query = chart_designs.listed(actor.scope, wanted)
    rows, following = page(session, query, chart_designs.KEY, limit=limit, cursor=cursor)
    return Listing(items=[ChartDesignView.model_validate(r) for r in rows], next=following)


@router.post("", status_code=201)
def create(
    body: ChartDesignDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> ChartDesignView:
    """Add a draft: the next version of its name."""
    characteristic = characteristics.get(session, actor.scope, body.characteristic_id)
    design = _designed(session, actor, body)
    row = chart_designs.create(
        session, characteristic, design, name=body.name, note=body.note, actor=actor, now=now
    )
    response.headers["Location"] = f"/v1/chart-designs/{row.id}"
    return _view(row, response)


@router.get("/{design_id}")
def read(
    design_id: Id, session: ReadSession, actor: ActorDep, response: Response
) -> ChartDesignView:
    """Read one version of a chart design."""
    return _view(chart_designs.get(session, actor.scope, design_id), response)


@router.get("/{design_id}/diff")
def diff(
    design_id: Id,
    session: ReadSession,
    actor: ActorDep,
    other: Annotated[
        int | None,
        Query(ge=1, le=MAX_ID, description="Design to compare with; absent: the version before."),
    ] = None,
) -> DesignDifference:
    """Read what differs from another version."""
    row = chart_designs.get(session, actor.scope, design_id)
    if other is None:
        before = chart_designs.before(session, row)
    else:
        before = chart_designs.get(session, actor.scope, other)
    return difference(before, row)


def difference(before: ChartDesignRow | None, row: ChartDesignRow) -> DesignDifference:
    """Compare two versions; without an earlier one nothing differs."""
    if before is None:
        return DesignDifference(before=None, after=row.id, changes=[])
    old, new = (ChartDesign.model_validate(one.document) for one in (before, row))
    changes = [DesignChangeView.model_validate(c) for c in design_changes(old, new)]
    return DesignDifference(before=before.id, after=row.id, changes=changes)


@router.patch("/{design_id}")
def change(
    design_id: Id,
    body: ChartDesignChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> ChartDesignView:
    """Change a draft."""
    row = chart_designs.get(session, actor.scope, design_id)
    etag.check(if_match, row.row_version)
    given = {name: getattr(body, name) for name in body.model_fields_set}
    chart_designs.change(session, row, given, actor=actor, now=now)
    return _view(row, response)


@router.post("/{design_id}/approve")
def approve(
    design_id: Id,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    body: ChartDesignApproval = _FROM_NOW,
    if_match: IfMatch = None,
) -> ChartDesignView:
    """Approve a draft; it is fixed, and the version approved before is retired."""
    row = chart_designs.get(session, actor.scope, design_id)
    if if_match is not None:  # who read the draft approves no other
        etag.check(if_match, row.row_version)
    chart_designs.approve(session, row, body.effective_from, actor=actor, now=now)
    return _view(row, response)


@router.post("/{design_id}/retire")
def retire(
    design_id: Id, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> ChartDesignView:
    """Take an approved design out of force; what it judged stays judged."""
    row = chart_designs.get(session, actor.scope, design_id)
    chart_designs.retire(session, row, actor=actor, now=now)
    return _view(row, response)


@router.delete("/{design_id}", status_code=204)
def delete(
    design_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a draft."""
    row = chart_designs.get(session, actor.scope, design_id)
    etag.check(if_match, row.row_version)
    chart_designs.remove(session, row, actor=actor, now=now)
