"""Characteristics: what is measured, and in which unit."""

import re
from datetime import datetime
from functools import cache
from typing import Annotated, Literal

import pint
from fastapi import APIRouter, Response
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field
from sqlalchemy.orm import Session

from api import etag
from api.body import Body, Code, Id, Optional, Title, View
from api.deps import ActorDep, Engineer, Now, ReadSession, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.tools import SiteCode
from ops.db import characteristics, sites
from ops.db.models.plant import Characteristic

router = APIRouter(prefix="/v1/characteristics", tags=["characteristics"])
_NO_UNIT = "not a unit; write it like um, gf, mm/s, 1 (a plain number)"


@cache
def _registry() -> pint.UnitRegistry[float]:
    return pint.UnitRegistry()


def _known_unit(unit: str) -> str:
    try:
        _registry().parse_units(unit)
    except Exception as error:
        raise ValueError(_NO_UNIT) from error
    return unit


def _unit_in_words(unit: object) -> object:
    if isinstance(unit, str) and not re.fullmatch(_UNIT, unit):
        raise ValueError(_NO_UNIT)
    return unit


# units and small powers of them: nothing that could be computed at length
_TERM = r"(1|[A-Za-zµμΩ°%_]+((\*\*|\^)-?[0-9])?)"
_UNIT = rf"^{_TERM}(\s?[*/· ]\s?{_TERM}){{0,7}}$"
Unit = Annotated[
    str,
    BeforeValidator(_unit_in_words),
    Field(max_length=40, pattern=_UNIT),
    AfterValidator(_known_unit),
]
Kind = Literal["variable", "attribute"]


class CharacteristicDraft(Body):
    """A characteristic to be added."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "code": "LOOP-HEIGHT",
                "title": "Loop height",
                "unit": "um",
                "gauge_lower": 0,
                "gauge_upper": 500,
            }
        }
    )
    site: Code = Field(description="Code of its site.")
    code: Code = Field(description="Short name, unique at the site, never changed.")
    title: Title = Field(description="Name in full.")
    unit: Unit = Field(description="Unit of its values, e.g. um; fixed once there are data.")
    kind: Kind = Field(default="variable", description="Measured (variable) or counted.")
    gauge_lower: float | None = Field(default=None, description="Least value the gauge can read.")
    gauge_upper: float | None = Field(default=None, description="Largest one.")


class CharacteristicChange(Body):
    """What of a characteristic is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"title": "Loop height, span 1 mm"}})
    title: Annotated[Title, Optional] = Field(default="", description="Name in full.")
    unit: Annotated[Unit, Optional] = Field(default="1", description="Unit of its values.")
    kind: Annotated[Kind, Optional] = Field(default="variable", description="Measured or counted.")
    gauge_lower: Annotated[float | None, Optional] = Field(
        default=None, description="Least value the gauge can read."
    )
    gauge_upper: Annotated[float | None, Optional] = Field(
        default=None, description="Largest value the gauge can read."
    )


class CharacteristicView(View):
    """A characteristic."""

    id: int = Field(description="Number of the characteristic.")
    site: str = Field(description="Code of its site.")
    code: str = Field(description="Short name.")
    title: str = Field(description="Name in full.")
    unit: str = Field(description="Unit of its values.")
    kind: Kind = Field(description="Measured (variable) or counted (attribute).")
    gauge_lower: float | None = Field(description="Least value the gauge can read.")
    gauge_upper: float | None = Field(description="Largest value the gauge can read.")
    created_at: datetime = Field(description="When it was added.")


def _views(session: Session, rows: list[Characteristic]) -> list[CharacteristicView]:
    codes = sites.codes(session)
    names = set(CharacteristicView.model_fields) - {"site"}
    return [
        CharacteristicView(site=codes[row.site_id], **{n: getattr(row, n) for n in names})
        for row in rows
    ]


def _view(session: Session, row: Characteristic, response: Response) -> CharacteristicView:
    etag.tag(response, row.row_version)
    return _views(session, [row])[0]


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[CharacteristicView]:
    """List the characteristics of the caller's sites."""
    query = characteristics.listed(actor.scope, site_id=sites.id_of(session, actor.scope, site))
    rows, following = page(session, query, characteristics.KEY, limit=limit, cursor=cursor)
    return Listing(items=_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: CharacteristicDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> CharacteristicView:
    """Add a characteristic."""
    site = sites.with_code(session, actor.scope, body.site)
    fields = body.model_dump(exclude={"site"})
    row = characteristics.create(session, site, fields, actor=actor, now=now)
    response.headers["Location"] = f"/v1/characteristics/{row.id}"
    return _view(session, row, response)


@router.get("/{characteristic_id}")
def read(
    characteristic_id: Id, session: ReadSession, actor: ActorDep, response: Response
) -> CharacteristicView:
    """Read one characteristic."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    return _view(session, row, response)


@router.patch("/{characteristic_id}")
def change(
    characteristic_id: Id,
    body: CharacteristicChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> CharacteristicView:
    """Change a characteristic; its unit only while it has no data."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    etag.check(if_match, row.row_version)
    characteristics.change(session, row, body.given(), actor=actor, now=now)
    return _view(session, row, response)


@router.delete("/{characteristic_id}", status_code=204)
def delete(
    characteristic_id: Id,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    if_match: IfMatch = None,
) -> None:
    """Delete a characteristic that nothing refers to."""
    row = characteristics.get(session, actor.scope, characteristic_id)
    etag.check(if_match, row.row_version)
    characteristics.remove(session, row, actor=actor, now=now)
