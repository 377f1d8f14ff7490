"""The brand: name, colour and mark of the organisation that runs the service."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import ConfigDict, Field

from api import etag
from api.body import Body, Title, View
from api.deps import ActorDep, Now, ReadSession, Steward, WriteSession
from api.etag import IfMatch
from api.render.contrast import contrast, ink_on
from ops.db import brands
from ops.db.models.brand import Brand
from ops.errors import BadData, NotFound, Problem, TooLarge

router = APIRouter(prefix="/v1/brand", tags=["brand"])
OWN = "Longrun"
OWN_COLOR = "#1f5fa8"
MOST_BYTES = 256 * 1024
MARKS = ("image/svg+xml", "image/png")
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in MARKS},
    }
}
Color = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]


class BrandDraft(Body):
    """How the organisation is called and coloured."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Straits Assembly", "color": "#7a1f3d"}}
    )
    name: Title = Field(description="Name, as it stands on pages and reports.")
    color: Color = Field(default=OWN_COLOR, description="Colour of the mark, like #1f5fa8.")


class BrandView(View):
    """How the organisation is shown."""

    name: str = Field(description="Name.")
    color: str = Field(description="Colour.")
    source: Literal["longrun", "lettermark", "upload"] = Field(
        description="Longrun's own mark, one drawn from name and colour, or an uploaded one."
    )
    media_type: str = Field(description="Of the mark.")
    contrast: float = Field(description="Contrast of the letter on its tile, by WCAG 2.")
    marks: dict[str, str] = Field(description="Addresses of mark, icon, mono and reversed.")


class MarkView(BrandView):
    """How the organisation is shown after an upload."""

    removed: list[str] = Field(description="What was left out of the drawing for safety.")


@router.get("")
def read(session: ReadSession, actor: ActorDep, response: Response) -> BrandView:
    """Read the brand."""
    del actor
    row = brands.find(session)
    etag.tag(response, version_of(row))
    return view_of(row)


@router.put("")
def put(
    body: BrandDraft,
    session: WriteSession,
    actor: Steward,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> BrandView:
    """Set name and colour; an uploaded mark stays."""
    from api.render.lettermark import letter_of  # noqa: PLC0415  (half a second to load)

    row = brands.find(session)
    etag.check(if_match, version_of(row))
    if row is None or row.mark is None:
        letter_of(body.name)  # what cannot be drawn is refused
    row = brands.put(session, body.model_dump(), actor=actor, now=now)
    etag.tag(response, version_of(row))
    return view_of(row)


@router.delete("", status_code=204)
def delete(session: WriteSession, actor: Steward, now: Now, if_match: IfMatch = None) -> None:
    """Go back to Longrun's own mark."""
    etag.check(if_match, version_of(brands.find(session)))
    brands.remove(session, actor=actor, now=now)


async def _sent(request: Request) -> bytes:
    """Read the body: `async`, since only so its size can be watched."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise TooLarge(f"a mark has at most {MOST_BYTES // 1024} KiB; save it smaller")
    return body


@router.put("/mark", openapi_extra=_BODY)
def put_mark(
    request: Request,
    sent: Annotated[bytes, Depends(_sent)],
    session: WriteSession,
    actor: Steward,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> MarkView:
    """Upload a mark: an SVG, of which only what draws is kept, or a PNG of 32 to 2048 pixels."""
    row = brands.find(session)
    etag.check(if_match, version_of(row))
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    mark, removed = _cleaned(sent, media_type)
    unnamed = {"name": OWN, "color": OWN_COLOR} if row is None else {}
    fields = {**unnamed, "media_type": media_type, "mark": mark}
    row = brands.put(session, fields, actor=actor, now=now)
    etag.tag(response, version_of(row))
    return MarkView(**view_of(row).model_dump(), removed=list(removed))


@router.delete("/mark", status_code=204)
def delete_mark(session: WriteSession, actor: Steward, now: Now, if_match: IfMatch = None) -> None:
    """Forget the uploaded mark; one is drawn from name and colour."""
    row = brands.find(session)
    if row is None or row.media_type is None:
        raise NotFound("no mark was uploaded")
    etag.check(if_match, version_of(row))
    brands.put(session, {"media_type": None, "mark": None}, actor=actor, now=now)


def _cleaned(sent: bytes, media_type: str) -> tuple[bytes, tuple[str, ...]]:
    if media_type == "image/svg+xml":
        from api.render.clean_svg import clean_svg  # noqa: PLC0415  (rarely needed)

        clean = clean_svg(sent)
        return clean.svg, clean.removed
    if media_type == "image/png":
        from api.render.clean_png import clean_png  # noqa: PLC0415  (rarely needed)

        return clean_png(sent), ()
    mend = f"send one of {', '.join(MARKS)}"
    raise BadData(f"the Content-Type is {media_type!r}; {mend}", (Problem("/content-type", mend),))


def version_of(row: Brand | None) -> int:
    """Version for `ETag` and `If-Match`; 0 while no brand is set."""
    return 0 if row is None else row.row_version


def view_of(row: Brand | None) -> BrandView:
    """How a brand is shown; None: Longrun's own."""
    color = OWN_COLOR if row is None else row.color
    uploaded = row is not None and row.media_type is not None
    return BrandView(
        name=OWN if row is None else row.name,
        color=color,
        source="longrun" if row is None else "upload" if uploaded else "lettermark",
        media_type=(row and row.media_type) or "image/svg+xml",
        contrast=round(contrast(ink_on(color), color), 2),
        marks={name: address(name, row) for name in ("mark", "icon", "mono", "reversed")},
    )


def address(variant: str, row: Brand | None) -> str:
    """Address of a mark; it changes with the brand, so browsers may keep it for ever."""
    edition = "0" if row is None else f"{row.created_at.timestamp():.6f}-{row.row_version}"
    return f"/brand/{variant}?v={edition}"
