"""Memories of the advisor: the list, searched and filtered, and one of them with its history."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.body import Id
from api.deps import ActorDep, ReadSession, SettingsDep
from api.listing import Cursor, page
from api.memory_bodies import MemoryCorrection, MemoryDraft, MemoryState, MemoryView
from api.memory_views import recalled_view, views
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from ops.advise.memory import MemoryKind
from ops.advise.recall.query import RecallQuery
from ops.advise.titles_words import ACTION_TITLES, CAUSE_TITLES
from ops.db import memories, sites
from ops.db.memories import MemoryFilter
from ops.db.models.plant import Site
from ops.work.embed import why_not, with_vector

router = APIRouter(prefix="/memories", include_in_schema=False)
ON_A_PAGE = 50
RIVALS = 8  # memories that are held against one
_OWN = ("text", "tags", "valid_from", "valid_to")  # the template has fields of its own for these

TITLES: Mapping[str, str] = {
    **{str(cause): title for cause, title in CAUSE_TITLES.items()},
    **{str(action): title for action, title in ACTION_TITLES.items()},
    "knowledge": "knowledge", "preference": "preference", "outcome": "outcome",
}  # fmt: skip

Chosen = Annotated[str, Query(max_length=64)]


@router.get("", response_class=HTMLResponse)
def listing(  # noqa: PLR0913  (one for each parameter of the query)
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    settings: SettingsDep,
    q: Annotated[str, Query(max_length=2000)] = "",
    site: Chosen = "",
    kind: MemoryKind | Literal[""] = "",
    state: MemoryState = "valid",
    cursor: Cursor = None,
) -> HTMLResponse:
    """List memories, search them, and the way in for a new one."""
    following, found = None, list[MemoryView]()
    if q.strip():
        query = RecallQuery(q, site=site or None, kinds=(kind,) if kind else (), limit=ON_A_PAGE)
        query = with_vector(query, settings.embed_model)
        worth = memories.recalled(session, actor.scope, query, now=visit.now)
        found += recalled_view(session, worth, visit.now)
    else:
        site_id = sites.id_of(session, actor.scope, site or None)
        wanted = memories.listed(
            actor.scope,
            MemoryFilter(site_id=site_id, kind=kind or None, state=state),
            now=visit.now,
        )
        rows, following = page(
            session, wanted, memories.KEY, limit=ON_A_PAGE, cursor=cursor, descending=True
        )
        found += views(session, rows, visit.now)
    return visit.show(
        "memories.html",
        memories=found,
        following=following,
        chosen={"q": q, "site": site, "kind": kind, "state": state},
        sites=session.scalars(sites.listed(actor.scope).order_by(Site.code)).all(),
        fields=fields_of(MemoryDraft.model_json_schema(), {}, without=_OWN),
        titles=TITLES,
        by_meaning=not why_not(settings.embed_model),
    )


@router.get("/{memory_id}", response_class=HTMLResponse)
def read(memory_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep) -> HTMLResponse:
    """Show a memory, what contradicts it, and what it was before."""
    row = memories.get(session, actor.scope, memory_id)
    told = views(session, [row], visit.now)[0]
    values: dict[str, Any] = told.model_dump(mode="json")
    query = RecallQuery(f"{row.title} {row.text}", tags=told.tags, limit=ON_A_PAGE, least=0.0)
    near = memories.recalled(session, actor.scope, query, now=visit.now)
    return visit.show(
        "memory.html",
        memory=told,
        version=row.row_version,
        rivals=[one for one in near if told.id in one.conflicts][:RIVALS],
        itself=next((one for one in near if one.id == told.id), None),
        earlier=_earlier(session, actor, told, visit),
        titles=TITLES,
        fields=fields_of(MemoryCorrection.model_json_schema(), values, without=_OWN),
    )


def _earlier(
    session: Session, actor: ActorDep, told: MemoryView, visit: VisitDep
) -> list[MemoryView]:
    """Memories that it superseded, the newest first."""
    found: list[MemoryView] = []
    while told.supersedes is not None and len(found) < ON_A_PAGE:
        row = memories.get(session, actor.scope, told.supersedes)
        told = views(session, [row], visit.now)[0]
        found.append(told)
    return found
