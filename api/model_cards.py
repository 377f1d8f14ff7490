"""Cards of models as PDF/A: data, cautions, scores, intended use."""

import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import Session

from api.body import Code
from api.coded import AtSite
from api.deps import ActorDep, ReadSession
from api.model_bodies import OfVersion
from api.pages.brand import svg_mark
from api.pages.shell import words_of
from api.render.words import LANGUAGES, Words
from ops.db import model_versions, sites
from ops.db.model_shelf import SHELF
from ops.db.models.classify import Model, ModelVersion
from ops.errors import NotFound
from ops.page import Page

router = APIRouter(prefix="/v1/models/{code}/versions/{number}", tags=["models"])
Language = Annotated[
    Literal["en", "de", "zh-Hans"] | None,
    Query(description=f"Language, {', '.join(LANGUAGES)}; absent: the caller's Accept-Language."),
]
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}


def card_of(version: ModelVersion) -> Page | None:
    """Card of a version as a page; None if it has none."""
    return Page.model_validate(version.card) if version.card else None


@router.get("/card.pdf", response_class=Response, responses=_PDF)
def card(
    code: Code,
    number: OfVersion,
    request: Request,
    session: ReadSession,
    actor: ActorDep,
    site: AtSite = None,
    lang: Language = None,
) -> Response:
    """Read the card of a version: PDF/A, equal bytes for equal versions."""
    from api.render.report import report  # noqa: PLC0415  (half a second to load)

    del lang  # read by `words_of`, as pages do
    row = SHELF.find(session, actor.scope, code, site=site)
    version = model_versions.find(session, row, number)
    page, words = card_of(version), words_of(request)
    if page is None:
        raise NotFound(f"version {number} of {code!r} has no card; evaluate it to get one")
    body = report(page, _origin(session, row, version, words), words)
    headers = {
        "Content-Disposition": f'inline; filename="{row.code}-{number}.pdf"',
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"',
        "Vary": "Accept-Language, Cookie",
    }
    return Response(body, media_type="application/pdf", headers=headers)


def _origin(session: Session, row: Model, version: ModelVersion, words: Words) -> Any:
    """Say where a card comes from."""
    from api.render.report import Origin  # noqa: PLC0415  (half a second to load)

    site = sites.codes(session).get(row.site_id or 0, "")
    dataset = f"{version.dataset}, {version.revision}" if version.dataset else ""
    facts = {
        "Model": f"{row.code}, {version.number}",
        "Run": version.run_id or "",
        "Made": f"{words.instant(version.created_at)} · {version.created_by}",
        "Dataset and revision": dataset,
        "Fingerprint of the data": version.fingerprint,
        "SHA-256 of the model": version.sha256 if version.size else "",
    }
    told = tuple((words.text(name), value) for name, value in facts.items() if value)
    subtitle = " · ".join(part for part in (site, row.title) if part)
    owner, mark = svg_mark(session)
    return Origin(subtitle, told, version.created_at, owner, mark)
