"""Memories of the advisor: what people, runs and outcomes taught; listed, searched, corrected."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api import etag
from api.body import Id
from api.deps import ActorDep, Engineer, Now, ReadSession, SettingsDep, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.memory_bodies import MemoryCorrection, MemoryDraft, MemoryState, MemoryView, RecalledView
from api.memory_views import recalled_view, views
from api.tools import SiteCode
from ops.advise.memory import MemoryKind, Provenance
from ops.advise.recall.query import RecallQuery
from ops.db import memories, sites
from ops.db.memories import MemoryFilter
from ops.db.models.advise import Memory
from ops.errors import BadData, Problem
from ops.work.embed import embed_row, with_vector
from ops.work.submit import site_of

router = APIRouter(prefix="/v1/memories", tags=["memories"])

Asked = Annotated[
    str | None,
    Query(max_length=2000, description="Words and codes to search for; the best come first."),
]
OfKind = Annotated[MemoryKind | None, Query(description="Only of this kind.")]
OfProvenance = Annotated[Provenance | None, Query(description="Only of this provenance.")]
InState = Annotated[MemoryState | None, Query(description="Only in this state; absent: all.")]


def _one(session: Session, row: Memory, now: Now, response: Response) -> MemoryView:
    etag.tag(response, row.row_version)
    return views(session, [row], now)[0]


@router.get("")
def listing(  # noqa: PLR0913  (one for each parameter of the query)
    session: ReadSession,
    actor: ActorDep,
    settings: SettingsDep,
    now: Now,
    q: Asked = None,
    site: SiteCode = None,
    kind: OfKind = None,
    provenance: OfProvenance = None,
    state: InState = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[MemoryView | RecalledView]:
    """List memories, the newest first; with `q`, those worth most to it, with their scores."""
    site_id = sites.id_of(session, actor.scope, site)
    if q is not None and q.strip():
        _refuse_with_q(provenance, state, cursor)
        query = RecallQuery(q, site=site, kinds=(kind,) if kind else (), limit=limit)
        query = with_vector(query, settings.embed_model)
        found = memories.recalled(session, actor.scope, query, now=now)
        return Listing(items=[*recalled_view(session, found, now)], next=None)
    wanted = MemoryFilter(site_id, kind, provenance, state)
    query_rows = memories.listed(actor.scope, wanted, now=now)
    rows, following = page(
        session, query_rows, memories.KEY, limit=limit, cursor=cursor, descending=True
    )
    return Listing(items=[*views(session, rows, now)], next=following)


@router.post("", status_code=201)
def create(
    body: MemoryDraft,
    session: WriteSession,
    actor: Engineer,
    settings: SettingsDep,
    now: Now,
    response: Response,
) -> MemoryView:
    """Add a memory, as a person."""
    site = site_of(session, body.site, actor.scope)
    site_id = None if site is None else site.id
    row = memories.write(session, body.note(), site_id=site_id, actor=actor, now=now)
    embed_row(session, settings.embed_model, row)
    response.headers["Location"] = f"/v1/memories/{row.id}"
    return _one(session, row, now, response)


@router.get("/{memory_id}")
def read(
    memory_id: Id, session: ReadSession, actor: ActorDep, now: Now, response: Response
) -> MemoryView:
    """Read one memory, also one that has ended."""
    return _one(session, memories.get(session, actor.scope, memory_id), now, response)


@router.post("/{memory_id}/correct", status_code=201)
def correct(
    memory_id: Id,
    body: MemoryCorrection,
    session: WriteSession,
    actor: Engineer,
    settings: SettingsDep,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> MemoryView:
    """Write it anew; the new memory supersedes the old one, which stays to be read."""
    row = memories.get(session, actor.scope, memory_id)
    etag.check(if_match, row.row_version)
    made = memories.correct(session, row, body.note(), actor=actor, now=now)
    embed_row(session, settings.embed_model, made)
    response.headers["Location"] = f"/v1/memories/{made.id}"
    return _one(session, made, now, response)


@router.post("/{memory_id}/expire")
def expire(
    memory_id: Id,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> MemoryView:
    """End it now: it is not recalled any more, and stays to be read."""
    row = memories.get(session, actor.scope, memory_id)
    etag.check(if_match, row.row_version)
    memories.expire(session, row, actor=actor, now=now)
    return _one(session, row, now, response)


def _refuse_with_q(provenance: str | None, state: str | None, cursor: str | None) -> None:
    given = {"provenance": provenance, "state": state, "cursor": cursor}
    wrong = next((name for name, value in given.items() if value is not None), None)
    if wrong is not None:
        problem = Problem(f"/{wrong}", "leave it out, or leave `q` out")
        raise BadData(f"a search takes no {wrong}", (problem,))
