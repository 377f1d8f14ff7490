"""Data: bring in a file, map its columns, see what was read; and what became of every file."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from api.body import Id
from api.characteristics import CharacteristicDraft
from api.deps import ActorDep, ReadSession
from api.ingests import KEY
from api.listing import Cursor, page
from api.pages.shell import VisitDep
from api.render.forms import fields_of
from api.sites import SiteDraft
from ops.db import characteristics, ingests, sites, sources
from ops.db.models.data import Ingest, Source
from ops.db.models.plant import Characteristic
from ops.db.refused import REJECTION_KEY
from ops.ingest.file_format import FORMATS
from ops.ingest.mapping import STANDARD
from ops.values import Actor

router = APIRouter(prefix="/data", include_in_schema=False)
ON_A_PAGE = 30
REFUSED = 100


@router.get("", response_class=HTMLResponse)
def read(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    site: Annotated[str, Query(max_length=100)] = "",
    cursor: Cursor = None,
) -> HTMLResponse:
    """Show the way in, and the newest files."""
    query = ingests.listed(actor.scope)
    found, following = page(session, query, KEY, limit=ON_A_PAGE, cursor=cursor, descending=True)
    return visit.show(
        "data.html",
        ingests=found,
        following=following,
        codes=sites.codes(session),
        chosen=site,
        standard=STANDARD.model_dump(mode="json"),
        formats=FORMATS,
        **_known(session, actor),
    )


def _known(session: Session, actor: Actor) -> dict[str, Any]:
    """Collect what a file can be mapped to, and the forms that add to it."""
    here = session.scalars(sites.listed(actor.scope)).all()
    known = session.scalars(characteristics.listed(actor.scope).order_by(Characteristic.code)).all()
    first = here[0].code if len(here) == 1 else ""
    codes: dict[str, list[str]] = {site.code: [] for site in here}
    by_id = {site.id: site.code for site in here}
    for one in known:
        codes[by_id[one.site_id]].append(one.code)
    saved = session.scalars(sources.listed(actor.scope).order_by(Source.name)).all()
    return {
        "sites": here,
        "site_codes": list(codes),
        "codes_by_site": codes,
        "saved": saved,
        "saved_mappings": {str(one.id): one.mapping for one in saved},
        "new_site": fields_of(SiteDraft.model_json_schema(), {}),
        "new_characteristic": fields_of(CharacteristicDraft.model_json_schema(), {"site": first}),
    }


@router.get("/{ingest_id}", response_class=HTMLResponse)
def of_file(
    ingest_id: Id, visit: VisitDep, session: ReadSession, actor: ActorDep, cursor: Cursor = None
) -> HTMLResponse:
    """Show what became of one file, and the rows that were not stored."""
    ingest: Ingest = ingests.find(session, actor.scope, ingest_id)
    rows, following = page(
        session, ingests.rejections(ingest_id), REJECTION_KEY, limit=REFUSED, cursor=cursor
    )
    return visit.show(
        "ingest.html",
        ingest=ingest,
        site=sites.get(session, actor.scope, ingest.site_id),
        rows=rows,
        following=following,
    )
