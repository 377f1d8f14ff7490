"""Sources: where files come from, each with its saved column mapping; and a look at a sample."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import AfterValidator, ConfigDict, Field
from sqlalchemy.orm import Session

from api import etag
from api.body import Body, Code, Id, Optional, Title, View, is_small_json
from api.deps import ActorDep, Engineer, Now, ReadSession, SettingsDep, WriteSession
from api.etag import IfMatch
from api.listing import Cursor, Limit, Listing, page
from api.measurements import RefusedRow
from api.tools import SiteCode
from ops.db import sites, sources
from ops.db.models.data import Source
from ops.errors import BadData, Problem
from ops.ingest.file_format import FileFormat
from ops.ingest.mapping import STANDARD, ColumnMapping
from ops.work.preview import Preview, columns_of, preview

router = APIRouter(prefix="/v1/sources", tags=["sources"])


def _keepable(mapping: ColumnMapping) -> ColumnMapping:
    is_small_json(mapping.model_dump(mode="json"))
    return mapping


Mapping = Annotated[ColumnMapping, AfterValidator(_keepable)]
_MAPPING: dict[str, Any] = {
    "time": {"column": "Zeit", "formats": ["%d.%m.%Y %H:%M:%S"], "zone": "Europe/Berlin"},
    "characteristic": {"constant": "LOOP-HEIGHT"},
    "value": "Hoehe",
    "unit": {"constant": "mil"},
    "unit_id": "Einheit",
    "factors": {"tool": "Maschine"},
    "decimal": ",",
}


class SourceDraft(Body):
    """A source to be saved."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"site": "PEN1", "name": "gauge 7", "mapping": _MAPPING}}
    )
    site: Code = Field(description="Code of its site.")
    name: Title = Field(description="Name, unique at the site.")
    mapping: Mapping = Field(description="Which column of its files means what.")


class SourceChange(Body):
    """What of a source is to be changed."""

    model_config = ConfigDict(json_schema_extra={"example": {"mapping": _MAPPING}})
    name: Annotated[Title, Optional] = Field(default="", description="Name.")
    mapping: Annotated[Mapping, Optional] = Field(
        default=STANDARD, description="The whole mapping, as it shall be."
    )


class SourceView(View):
    """A source of files."""

    id: int = Field(description="Number of the source.")
    site: str = Field(description="Code of its site.")
    name: str = Field(description="Name.")
    mapping: ColumnMapping = Field(description="Which column of its files means what.")
    created_at: datetime = Field(description="When it was saved.")


class SampleBody(Body):
    """The first rows of a file, and a mapping to be tried on it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "PEN1",
                "format": "csv",
                "sample": "time,characteristic,value\n2026-01-05T08:00:00Z,LOOP-HEIGHT,152.4\n",
            }
        }
    )
    site: Code = Field(description="Code of the site.")
    format: FileFormat = Field(description="Format of the sample.")
    sample: str = Field(description="The first lines of a text file, or a file in base64.")
    encoded: Literal["text", "base64"] = Field(default="text", description="How it is sent.")
    mapping: ColumnMapping = Field(default=STANDARD, description="The mapping to be tried.")


class ColumnView(View):
    """A column of a sample, as it stands in the file."""

    name: str = Field(description="Its name.")
    first: list[str | None] = Field(description="Its first values, as text.")


class ColumnsView(View):
    """The columns of a sample; nothing is judged, nothing stored."""

    columns: list[ColumnView] = Field(description="In the order of the file.")


class SampleRow(View):
    """One measurement of a sample, as it would be stored."""

    row: int = Field(description="Its number in the file.")
    time: datetime = Field(description="When it was measured, UTC.")
    characteristic: str = Field(description="What was measured.")
    value: float = Field(description="In the unit of the characteristic.")
    unit: str = Field(description="That unit.")
    seq: int = Field(description="Sequence number: mapped, or a hash of unit and position.")
    subgroup: str | None = Field(description="Rational subgroup.")
    unit_id: str | None = Field(description="Serial of the unit.")
    position: str | None = Field(description="Place on the unit.")
    n: float = Field(description="Sample size.")
    beyond_gauge: bool = Field(description="Whether it is beyond what the gauge can read.")
    factors: dict[str, str] = Field(description="Tool, lot and other slow context.")


class SampleView(View):
    """What a mapping makes of a sample; nothing is stored."""

    columns: list[str] = Field(description="The columns of the file.")
    rows: list[SampleRow] = Field(description="The first 50 measurements.")
    refused: list[RefusedRow] = Field(description="The first 50 rows that would be rejected.")


def _views(session: Session, rows: list[Source]) -> list[SourceView]:
    codes = sites.codes(session)
    names = set(SourceView.model_fields) - {"site"}
    return [
        SourceView(site=codes[row.site_id], **{n: getattr(row, n) for n in names}) for row in rows
    ]


def _view(session: Session, row: Source, response: Response) -> SourceView:
    etag.tag(response, row.row_version)
    return _views(session, [row])[0]


def _fields(body: SourceDraft | SourceChange) -> dict[str, Any]:
    fields = body.given("site", "mapping")
    if "mapping" in body.model_fields_set:
        fields["mapping"] = body.mapping.model_dump(mode="json")
    return fields


@router.get("")
def listing(
    session: ReadSession,
    actor: ActorDep,
    site: SiteCode = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Listing[SourceView]:
    """List the sources of the caller's sites."""
    query = sources.listed(actor.scope, site_id=sites.id_of(session, actor.scope, site))
    rows, following = page(session, query, sources.KEY, limit=limit, cursor=cursor)
    return Listing(items=_views(session, rows), next=following)


@router.post("", status_code=201)
def create(
    body: SourceDraft, session: WriteSession, actor: Engineer, now: Now, response: Response
) -> SourceView:
    """Save a source."""
    site = sites.with_code(session, actor.scope, body.site)
    row = sources.create(session, site, _fields(body), actor=actor, now=now)
    response.headers["Location"] = f"/v1/sources/{row.id}"
    return _view(session, row, response)


@router.post("/preview")
def try_mapping(
    body: SampleBody, session: ReadSession, actor: Engineer, settings: SettingsDep, now: Now
) -> SampleView:
    """Try a mapping on a sample; nothing is stored."""
    site = sites.with_code(session, actor.scope, body.site)
    late = settings.future_tolerance_s
    found = preview(
        session, site.id, _octets(body), body.format, body.mapping, now=now, tolerance_s=late
    )
    return _sample(found)


@router.post("/columns")
def find_columns(body: SampleBody, actor: Engineer) -> ColumnsView:
    """Read the columns of a sample, to map them; of the mapping only the text options count."""
    del actor
    found = columns_of(_octets(body), body.format, body.mapping)
    return ColumnsView(columns=[ColumnView(name=n, first=list(v)) for n, v in found.items()])


@router.get("/{source_id}")
def read(source_id: Id, session: ReadSession, actor: ActorDep, response: Response) -> SourceView:
    """Read one source."""
    return _view(session, sources.get(session, actor.scope, source_id), response)


@router.patch("/{source_id}")
def change(
    source_id: Id,
    body: SourceChange,
    session: WriteSession,
    actor: Engineer,
    now: Now,
    response: Response,
    if_match: IfMatch = None,
) -> SourceView:
    """Change a source."""
    row = sources.get(session, actor.scope, source_id)
    etag.check(if_match, row.row_version)
    sources.change(session, row, _fields(body), actor=actor, now=now)
    return _view(session, row, response)


@router.delete("/{source_id}", status_code=204)
def delete(
    source_id: Id, session: WriteSession, actor: Engineer, now: Now, if_match: IfMatch = None
) -> None:
    """Delete a source; what it sent stays."""
    row = sources.get(session, actor.scope, source_id)
    etag.check(if_match, row.row_version)
    sources.remove(session, row, actor=actor, now=now)


def _octets(body: SampleBody) -> bytes:
    if body.encoded == "text":
        return body.sample.encode("utf-8", "replace")
    try:
        return base64.b64decode(body.sample, validate=True)
    except (binascii.Error, ValueError) as error:
        problem = Problem("/sample", "encode the bytes of the file in base64")
        raise BadData(f"the sample is not base64: {error}", (problem,)) from error


def _sample(found: Preview) -> SampleView:
    return SampleView(
        columns=list(found.columns),
        rows=[SampleRow.model_validate(row) for row in found.rows],
        refused=[
            RefusedRow(kind="rejected", row=r.row, column=r.column, value=r.value, reason=r.reason)
            for r in found.refused
        ],
    )
