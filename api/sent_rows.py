"""A file of rows in a request: what the API says of it, what was sent, what is wrong with it."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import Field, ValidationError

from api.body import View
from api.spool import Sent, Spool
from ops.errors import BadData, Problem
from ops.ingest.file_format import MEDIA_TYPES, FileFormat, format_of
from ops.work.file_record import Rejects

RejectsAsked = Annotated[
    Rejects, Query(description="Whether wrong rows refuse the file, or are left out of it.")
]
Preview = Annotated[bool, Query(description="Only say what would come out; nothing is stored.")]
FileName = Annotated[
    str | None, Query(max_length=200, pattern=r"^[^\x00]*$", description="Name of the file.")
]


class RejectedRow(View):
    """A row of a file that cannot be kept."""

    row: int = Field(description="Its number in the file; 1 is the first data row.")
    column: str = Field(description="The column at fault; empty for the row as a whole.")
    value: str | None = Field(description="What it held, the first 200 characters.")
    reason: str = Field(description="What is wrong, and how to mend it.")


def body_of(csv: str, rows: list[dict[str, Any]], mapping: str) -> dict[str, Any]:
    """OpenAPI of a body that is a file, or a form with one.

    Parameters
    ----------
    csv, rows
        Examples.
    mapping
        Name of the document that says what columns mean.
    """
    examples: dict[str, Any] = {"text/csv": csv, "application/json": rows}
    files = {
        media: {"schema": {}, "example": examples[media]}
        if media in examples
        else {"schema": {"type": "string", "format": "binary"}}
        for media in MEDIA_TYPES
    }
    return {
        "requestBody": {
            "required": True,
            "description": "The file itself, or a form with the part `file`.",
            "content": {**files, "multipart/form-data": {"schema": _form(csv, mapping)}},
        }
    }


def _form(csv: str, mapping: str) -> dict[str, Any]:
    return {
        "type": "object",
        "example": {"file": csv},
        "properties": {
            "file": {"type": "string", "format": "binary", "description": "The file."},
            "mapping": {"type": "string", "description": f"A {mapping} as JSON."},
        },
        "required": ["file"],
    }


def file_of(spool: Spool) -> Sent:
    """File of a request.

    Raises
    ------
    BadData
        If a form has none.
    """
    sent = spool.files.get("") or spool.files.get("file")
    if sent is None:
        mend = "add a part named file"
        raise BadData(f"the form has no file; {mend}", (Problem("/file", mend),))
    return sent


def form_of(media_type: str, name: str | None) -> FileFormat:
    """Format of a file by its media type, or else by its name.

    Raises
    ------
    BadData
        If neither tells.
    """
    if media_type in MEDIA_TYPES:
        return MEDIA_TYPES[media_type]
    if name:
        return format_of(name)
    mend = f"send one of {', '.join(MEDIA_TYPES)}, or give file_name"
    raise BadData(
        f"the Content-Type is {media_type or 'missing'}; {mend}", (Problem("/content-type", mend),)
    )


def wrong_mapping(error: ValidationError) -> BadData:
    """Tell what is wrong with what columns are said to mean."""
    problems = tuple(
        Problem("/mapping" + "".join(f"/{step}" for step in e["loc"]), e["msg"])
        for e in error.errors(include_url=False, include_context=False)
    )
    return BadData("the mapping of columns is wrong", problems)
