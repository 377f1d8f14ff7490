"""Marks as pictures: for the head of every page, also before anybody signed in."""

import struct
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

import structlog
from fastapi import APIRouter, Path, Request, Response
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from api.brand import OWN, address
from api.deps import ReadSession
from api.documentation import STATIC
from ops.db import brands

router = APIRouter(include_in_schema=False)
Variant = Annotated[Literal["mark", "icon", "mono", "reversed"], Path()]
# a picture may not act, even when it is opened by itself
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
_SVG = "http://www.w3.org/2000/svg"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class BrandShown:
    """What the head of a page shows."""

    name: str
    icon: str
    reversed: str


@router.get("/brand/{variant}")
def picture(variant: Variant, session: ReadSession) -> Response:
    """Read a mark; an uploaded one stands for every variant."""
    row = brands.find(session)
    if row is None:
        return Response((STATIC / "mark.svg").read_bytes(), 200, _HEADERS, "image/svg+xml")
    if row.mark is not None:
        return Response(row.mark, 200, _HEADERS, row.media_type)
    return Response(_drawn(row.name, row.color, variant), 200, _HEADERS, "image/svg+xml")


@lru_cache(maxsize=16)
def _drawn(name: str, color: str, variant: str) -> bytes:
    from api.render.lettermark import lettermark  # noqa: PLC0415  (half a second to load)

    return lettermark(name, color, variant)


def svg_mark(session: Session) -> tuple[str, str]:
    """Name, and the mark as SVG text; a PNG is put into one."""
    row = brands.find(session)
    if row is None:
        return OWN, (STATIC / "mark.svg").read_text(encoding="utf-8")
    if row.mark is None:
        return row.name, _drawn(row.name, row.color, "mark").decode()
    if row.media_type == "image/svg+xml":
        return row.name, row.mark.decode()
    width, height = struct.unpack(">II", row.mark[16:24])  # where every PNG has its size
    href = f"data:image/png;base64,{b64encode(row.mark).decode()}"
    picture = f'<image width="{width}" height="{height}" href="{href}"/>'
    return row.name, f'<svg xmlns="{_SVG}" viewBox="0 0 {width} {height}">{picture}</svg>'


def brand_of(request: Request) -> BrandShown:
    """Brand for the head of a page; a failing database takes no page with it."""
    try:
        with request.app.state.services.database.read() as session:
            row = brands.find(session)
    except SQLAlchemyError as error:
        structlog.get_logger(__name__).warning("the brand cannot be read", error=str(error))
        row = None
    name = OWN if row is None else row.name
    return BrandShown(name, address("icon", row), address("reversed", row))
