"""What a problem document's `type` leads to: the kinds of problems, and how to mend each."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from api.deps import Now, SettingsDep
from api.pages.failure import wants_page
from api.pages.shell import Visit, words_of
from api.problems import KINDS, Kind
from ops.errors import NotFound

router = APIRouter(prefix="/problems", include_in_schema=False)
Name = Annotated[str, Path(max_length=100)]


@router.get("")
def listing(request: Request, settings: SettingsDep, now: Now) -> Response:
    """List every kind of problem."""
    visit = Visit(request, None, words_of(request), now, settings.auth == "keys")
    return _shown(visit, tuple(KINDS.values()))


@router.get("/{name}")
def read(name: Name, request: Request, settings: SettingsDep, now: Now) -> Response:
    """Explain one kind of problem."""
    kind = KINDS.get(name)
    if kind is None:
        raise NotFound(f"there is no kind of problem {name!r}; /problems lists them")
    visit = Visit(request, None, words_of(request), now, settings.auth == "keys")
    return _shown(visit, (kind,))


def _shown(visit: Visit, kinds: tuple[Kind, ...]) -> Response:
    if wants_page(visit.request):
        return visit.show("problems.html", kinds=kinds)
    return JSONResponse([{"type": f"/problems/{k.name}", **_fields(k)} for k in kinds])


def _fields(kind: Kind) -> dict[str, str | int]:
    return {"title": kind.title, "status": kind.status, "mend": kind.mend}
