"""Uploads: the body of a request in a temporary file, its kind, and how it is to be read."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO

from fastapi import Depends, Query, Request
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from api.body import Code
from api.deps import Engineer, ServicesDep
from api.spool import copy, open_spool
from ops.db import sites, sources
from ops.errors import BadData, Problem
from ops.ingest.file_format import MEDIA_TYPES, FileFormat, format_of
from ops.ingest.mapping import STANDARD, ColumnMapping
from ops.values import Actor
from ops.work.ingest import IngestRequest

_VAGUE = ("", "application/octet-stream", "application/x-www-form-urlencoded")
FileName = Annotated[
    str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Name of the file.")
]
SourceName = Annotated[
    str | None, Query(max_length=100, description="Saved source whose column mapping is used.")
]


@dataclass(frozen=True, slots=True)
class Target:
    """Where an upload goes, and how its source says it is to be read."""

    site_id: int
    actor: Actor
    mapping: ColumnMapping
    source: str | None
    file_name: str | None


def _target(
    services: ServicesDep,
    actor: Engineer,
    site: Annotated[Code, Query(description="Code of the site.")],
    source: SourceName = None,
    file_name: FileName = None,
) -> Target:
    # a session of its own, closed before the body is read: none stays open through an upload
    with services.database.read() as session:
        found = sites.with_code(session, actor.scope, site)
        mapping = STANDARD
        if source is not None:
            saved = sources.with_name(session, found, source)
            mapping = ColumnMapping.model_validate(saved.mapping)
        return Target(found.id, actor, mapping, source, file_name)


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that lies in a file, and what is to be done with it."""

    stream: BinaryIO
    request: IngestRequest


async def _upload(
    request: Request, services: ServicesDep, target: Annotated[Target, Depends(_target)]
) -> AsyncGenerator[Upload]:
    """Write the body to a file piece by piece: `async`, since only so a body can be streamed."""
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type == "multipart/form-data":
        async with request.form(max_files=1, max_fields=2) as form:
            yield _of_form(dict(form), target)
        return
    file_format = _format(media_type, target.file_name)
    with open_spool(services.settings.data_dir) as spool:
        await copy(request.stream(), spool)
        yield Upload(spool, _request(target, file_format, target.file_name, target.mapping))


UploadDep = Annotated[Upload, Depends(_upload)]


def _of_form(form: dict[str, Any], target: Target) -> Upload:
    file = form.get("file")
    if not isinstance(file, UploadFile):
        problem = Problem("/file", "add a part named file")
        raise BadData("the form has no file; add a part named file", (problem,))
    name = target.file_name or file.filename
    file_format = _format((file.content_type or "").lower(), name)
    mapping = target.mapping
    if isinstance(given := form.get("mapping"), str):
        mapping = _mapping(given)
    return Upload(file.file, _request(target, file_format, name, mapping))


def _mapping(text: str) -> ColumnMapping:
    try:
        return ColumnMapping.model_validate_json(text)
    except ValidationError as error:
        problems = tuple(
            Problem("/mapping/" + "/".join(str(p) for p in e["loc"]), e["msg"])
            for e in error.errors(include_url=False, include_context=False)
        )
        raise BadData("the part mapping is no column mapping", problems) from error


def _format(media_type: str, file_name: str | None) -> FileFormat:
    if media_type in MEDIA_TYPES:
        return MEDIA_TYPES[media_type]
    if file_name:
        return format_of(file_name)
    told = "is missing" if media_type in _VAGUE else f"is {media_type}"
    mend = f"send one of {', '.join(MEDIA_TYPES)}, or give file_name"
    raise BadData(f"the Content-Type {told}; {mend}", (Problem("/content-type", mend),))


def _request(
    target: Target, file_format: FileFormat, file_name: str | None, mapping: ColumnMapping
) -> IngestRequest:
    name = file_name[:200].replace("\x00", "") if file_name else None
    return IngestRequest(target.site_id, file_format, target.actor, mapping, target.source, name)
