"""A problem as a page: what a browser sees where a program gets a problem document."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.pages.shell import Visit, words_of
from api.problems import INTERNAL

NO_PAGES = ("/v1/", "/static/", "/healthz", "/readyz", "/metrics", "/openapi.json")


def wants_page(request: Request) -> bool:
    """Whether whoever asks reads pages."""
    accepted = request.headers.get("accept", "")
    return "text/html" in accepted and not request.url.path.startswith(NO_PAGES)


def told(request: Request, problem: Response) -> HTMLResponse | RedirectResponse:
    """Show a problem document; who is not known is asked to sign in."""
    document: dict[str, Any] = json.loads(bytes(problem.body))
    if problem.status_code == 401:
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': place})}", 303)
    actor = getattr(request.state, "actor", None)
    visit = Visit(request, actor, words_of(request), datetime.now(UTC), keys=actor is not None)
    return visit.show(
        "failure.html",
        status=problem.status_code,
        title=document["title"],
        detail=document["detail"],
        errors=document.get("errors", []),
        correlation_id=document.get("correlation_id"),
        mend=INTERNAL.mend if document["type"] == f"/problems/{INTERNAL.name}" else "",
    )
