"""Scenarios as files: taken in, given out, checked without being stored."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api import etag
from api.body import Code, Note, Title
from api.coded import AtRevision, AtSite
from api.deps import ActorDep, Now, Planner, ReadSession, WriteSession
from api.etag import IfMatch
from api.scenario_bodies import EXAMPLE, FlawsView, ScenarioAnswer
from api.scenario_documents import judged
from api.scenario_sheet import MEDIA, SheetDep
from api.scenario_step import refusal
from api.scenarios import answer, fields_of
from ops.db import scenario_revisions, scenarios
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import packed
from ops.errors import NotFound, Unseen
from solvers.errors import ScenarioError
from solvers.scenario.exchange import ExchangeFormat, export_scenario

router = APIRouter(prefix="/v1/scenarios", tags=["scenarios"])

_FILES: dict[str, Any] = {
    "application/json": {
        "schema": {"$ref": "#/components/schemas/Scenario"},
        "example": EXAMPLE,
    },
    **{
        media: {"schema": {"type": "string", "format": "binary"}}
        for media in ("application/zip", MEDIA["xlsx"])
    },
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "example": {"file": "(a scenario as JSON, XLSX, or a ZIP of CSV or Parquet tables)"},
            "properties": {
                "file": {"type": "string", "format": "binary", "description": "The file."}
            },
            "required": ["file"],
        }
    },
}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself, or a form with the part `file`.",
        "content": _FILES,
    }
}
_EXPORT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {media: {} for media in dict.fromkeys(MEDIA.values())},
        "description": "The file.",
    }
}


@dataclass(frozen=True, slots=True)
class Goal:
    """Which scenario a file becomes, or becomes a revision of."""

    code: str
    site: str | None
    title: str | None
    note: str
    if_match: str | None


def _goal(
    code: Annotated[Code, Query(description="Code of the scenario; a new one is added.")],
    site: AtSite = None,
    title: Annotated[Title | None, Query(description="Title of a new one.")] = None,
    note: Annotated[Note, Query(description="What it is for, or what has changed.")] = "",
    if_match: IfMatch = None,
) -> Goal:
    return Goal(code, site, title, note, if_match)


@router.post("/import", status_code=201, openapi_extra=_BODY)
def take_in(
    actor: Planner,
    sheet: SheetDep,
    goal: Annotated[Goal, Depends(_goal)],
    session: WriteSession,
    now: Now,
    response: Response,
) -> ScenarioAnswer:
    """Add a scenario from a file, or a revision (If-Match) if there is one of this code."""
    packet, flaws = packed(sheet.document), judged(sheet.document)
    try:
        row = scenarios.find(session, actor.scope, goal.code, site=goal.site)
    except NotFound:
        told = (goal.code, goal.site, goal.title or sheet.document.title, goal.note)
        row = scenarios.create(session, fields_of(session, told, actor), actor=actor, now=now)
        origin = Origin("upload", note=goal.note, detail=sheet.detail)
        scenario_revisions.begin(session, row, packet, origin, actor=actor, now=now)
        return answer(session, row, flaws, response)
    if goal.if_match is None:
        raise Unseen(f"there is a scenario {row.code!r}; send its ETag as If-Match to revise it")
    etag.check(goal.if_match, row.row_version)
    origin = Origin("upload", row.newest, goal.note, detail=sheet.detail)
    scenario_revisions.add(session, row, packet, origin, actor=actor, now=now)
    return answer(session, row, flaws, response)


@router.get(
    "/template.xlsx", response_class=Response, responses={200: {"content": {MEDIA["xlsx"]: {}}}}
)
def template(actor: ActorDep) -> Response:
    """Read an empty scenario as a workbook: a headed sheet for each table, with units."""
    from solvers.scenario.spreadsheet import template as empty  # noqa: PLC0415  (loads openpyxl)

    del actor
    disposition = 'attachment; filename="scenario.xlsx"'
    return Response(empty(), media_type=MEDIA["xlsx"], headers={"Content-Disposition": disposition})


@router.post("/validate", openapi_extra=_BODY)
def validate(actor: ActorDep, sheet: SheetDep) -> FlawsView:
    """Check a document without storing it; a wrong form is refused, a wrong meaning listed."""
    del actor
    return judged(sheet.document)


@router.get("/{code}/export", response_class=Response, responses=_EXPORT)
def export(
    code: Code,
    session: ReadSession,
    actor: ActorDep,
    format: Annotated[ExchangeFormat, Query(description="csv, parquet: a ZIP of tables.")] = "json",
    revision: AtRevision = None,
    site: AtSite = None,
) -> Response:
    """Download a revision as a file that can be taken in again."""
    row = scenarios.find(session, actor.scope, code, site=site)
    found = scenario_revisions.find(session, row, revision)
    try:
        body = export_scenario(scenario_revisions.document(session, found), format)
    except ScenarioError as error:
        raise refusal(error) from error
    ending = format if format in ("json", "xlsx") else f"{format}.zip"
    name = f'attachment; filename="{row.code}-{found.number}.{ending}"'
    return Response(body, media_type=MEDIA[format], headers={"Content-Disposition": name})
