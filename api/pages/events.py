"""Events: the list, by site, tool and kind, and the form that adds one."""

from typing import Annotated, get_args

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.deps import ActorDep, ReadSession
from api.events import EventDraft, EventKind, event_views
from api.listing import Cursor, page
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from ops.analyses.drift_terms_words import EVENT_WORDS
from ops.db import characteristics, events, sites, tools
from ops.db.events import EventFilter
from ops.db.models.plant import Characteristic, Site, Tool
from ops.values import Scope

router = APIRouter(prefix="/events", include_in_schema=False)
ON_A_PAGE = 100
SUGGESTED = 500
TITLES = {kind: EVENT_WORDS.get(kind, kind) for kind in get_args(EventKind)}


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: Annotated[str, Query(max_length=64)] = "",
    tool: Annotated[str, Query(max_length=64)] = "",
    kind: EventKind | None = None,
    cursor: Cursor = None,
) -> HTMLResponse:
    """List events, newest first, and the way in for a new one."""
    site_id = sites.id_of(session, actor.scope, site or None)
    wanted = EventFilter(site_id=site_id, tool=tool or None, kind=kind)
    query = events.listed(actor.scope, wanted)
    found, following = page(
        session, query, events.KEY, limit=ON_A_PAGE, cursor=cursor, descending=True
    )
    versions = [row.row_version for row in found]
    known = session.scalars(sites.listed(actor.scope).order_by(Site.code)).all()
    return visit.show(
        "events.html",
        events=list(zip(versions, event_views(session, found), strict=True)),
        following=following,
        sites=known,
        titles=TITLES,
        chosen={"site": site, "tool": tool, "kind": kind or ""},
        fields=fields_of(
            EventDraft.model_json_schema(),
            {"ts": "now", "site": site or (known[0].code if len(known) == 1 else None)},
            without=("detail",),
        ),
        suggestions=_suggestions(session, actor.scope) | {"/site": [s.code for s in known]},
    )


def _suggestions(session: Session, scope: Scope) -> dict[str, list[str]]:
    """Codes that a form offers."""
    of_tools = tools.listed(scope).with_only_columns(Tool.code).distinct().order_by(Tool.code)
    code = Characteristic.code
    named = characteristics.listed(scope).with_only_columns(code).distinct().order_by(code)
    return {
        "/tool": list(session.scalars(of_tools.limit(SUGGESTED))),
        "/characteristic": list(session.scalars(named.limit(SUGGESTED))),
    }
