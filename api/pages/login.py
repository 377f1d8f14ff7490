"""Sign in with an API key: the browser keeps it in a cookie that no script can read."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.auth import COOKIE, is_https
from api.deps import Now, ServicesDep
from api.pages.shell import Visit, words_of
from api.rate import Rate
from ops.db import keys
from ops.errors import Unknown

router = APIRouter(include_in_schema=False)
STAYS_S = 30 * 86_400


@router.get("/login", response_class=HTMLResponse)
def ask(
    request: Request, now: Now, next: Annotated[str, Query(max_length=2000)] = "/"
) -> HTMLResponse:
    """Show the form."""
    return _form(request, now, next, wrong="")


@router.post("/login")
def sign_in(
    request: Request,
    services: ServicesDep,
    now: Now,
    key: Annotated[str, Form(max_length=500)],
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Check the key and keep it in the browser."""
    try:
        with services.database.read() as session:
            keys.bearer(session, key.strip(), now)
    except Unknown as error:
        rate: Rate = request.app.state.rate
        rate.count(f"address {request.client.host if request.client else ''}")
        return _form(request, now, next, wrong=str(error), status=401)
    answer = RedirectResponse(_inside(next), 303)
    secure = is_https(request)
    answer.set_cookie(
        COOKIE, key.strip(), max_age=STAYS_S, httponly=True, samesite="strict", secure=secure
    )
    return answer


@router.post("/logout")
def sign_out() -> RedirectResponse:
    """Forget the key."""
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


def _form(
    request: Request, now: Now, following: str, *, wrong: str, status: int = 200
) -> HTMLResponse:
    visit = Visit(request, None, words_of(request), now, keys=True)
    return visit.show("login.html", status=status, following=_inside(following), wrong=wrong)


def _inside(address: str) -> str:
    # never to another host: `//host` and `/\\host` are addresses of one
    inside = address.startswith("/") and address[1:2] not in ("/", "\\")
    return address if inside else "/"
