"""Reports of runs: the page as PDF/A, and each of its charts as a picture."""

import hashlib
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi import Path as InPath
from sqlalchemy.orm import Session

from api.deps import ActorDep, ReadSession
from api.pages.brand import svg_mark
from api.pages.shell import words_of
from api.render.words import LANGUAGES, Words
from api.runs import RunId, stored_page
from ops.db import runs, sites
from ops.db.models.work import Run
from ops.errors import NotFound
from ops.page import Page
from ops.page_chart import Chart

router = APIRouter(prefix="/v1/runs", tags=["runs"])
Language = Annotated[
    Literal["en", "de", "zh-Hans"] | None,
    Query(description=f"Language, {', '.join(LANGUAGES)}; absent: the caller's Accept-Language."),
]
MEDIA = {"svg": "image/svg+xml", "png": "image/png"}
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}
_PICTURE: dict[int | str, dict[str, Any]] = {200: {"content": {m: {} for m in MEDIA.values()}}}


@router.get("/{run_id}/report.pdf", response_class=Response, responses=_PDF)
def report(
    run_id: RunId, request: Request, session: ReadSession, actor: ActorDep, lang: Language = None
) -> Response:
    """Read the report of a succeeded run: PDF/A, equal bytes for equal runs."""
    from api.render.report import report as written  # noqa: PLC0415  (half a second to load)

    del lang  # read by `words_of`, as pages do
    run = runs.find(session, run_id, actor.scope)
    page, words = stored_page(run), words_of(request)
    body = written(page, origin_of(session, run, words), words)
    name = f"{run.analysis}-{run.id[:8]}.pdf"
    return _answer(body, "application/pdf", f'inline; filename="{name}"')


@router.get("/{run_id}/charts/{n}.{format}", response_class=Response, responses=_PICTURE)
def picture(
    run_id: RunId,
    n: Annotated[int, InPath(ge=1, le=1000, description="Its place on the page, from 1.")],
    format: Annotated[Literal["svg", "png"], InPath(description="Format.")],
    request: Request,
    session: ReadSession,
    actor: ActorDep,
    lang: Language = None,
) -> Response:
    """Read one chart of a succeeded run as a picture."""
    from api.render.figure import draw  # noqa: PLC0415  (half a second to load)

    del lang
    run = runs.find(session, run_id, actor.scope)
    charts = charts_of(stored_page(run))
    if n > len(charts):
        raise NotFound(f"the run {run_id} has {len(charts)} charts, there is no chart {n}")
    name = f"{run.analysis}-{run.id[:8]}-{n}.{format}"
    body = draw(charts[n - 1], words_of(request), format)
    return _answer(body, MEDIA[format], f'inline; filename="{name}"')


def charts_of(page: Page) -> list[Chart]:
    """List the charts of a page in reading order."""
    return [b for section in page.sections for b in section.blocks if isinstance(b, Chart)]


def origin_of(session: Session, run: Run, words: Words) -> Any:
    """Say where a page comes from."""
    from api.render.report import Origin  # noqa: PLC0415  (half a second to load)

    site = sites.codes(session).get(run.site_id or 0, "")
    window = _between(run.window_start, run.window_end, words)
    facts = {
        "Run": run.id,
        "Analysis": f"{run.analysis} {run.version}",
        "Asked for": f"{words.instant(run.submitted_at)} · {run.submitted_by}",
        "Saw data up to batch": str(run.max_batch),
        "Fingerprint of the data": run.fingerprint or "",
    }
    told = tuple((words.text(name), value) for name, value in facts.items() if value)
    subtitle = " · ".join(part for part in (site, window) if part)
    at = run.finished_at or run.submitted_at
    owner, mark = svg_mark(session)
    return Origin(subtitle, told, at, owner, mark)


def _between(start: datetime | None, end: datetime | None, words: Words) -> str:
    return (
        ""
        if start is None or end is None
        else f"{words.instant(start)} \N{EN DASH} {words.instant(end)}"
    )


def _answer(body: bytes, media_type: str, disposition: str) -> Response:
    etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    headers = {"Content-Disposition": disposition, "ETag": etag, "Vary": "Accept-Language, Cookie"}
    return Response(body, media_type=media_type, headers=headers)
