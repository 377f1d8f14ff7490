"""Rows of a revision in an answer: a page of them as JSON, or all of them as a file."""

from collections.abc import Iterable
from typing import Any

from fastapi import Response

from api.listing import decode_cursor
from ops.errors import BadData, Problem

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "arrow": "application/vnd.apache.arrow.stream",
}


def answers_of(view: str, forms: Iterable[str]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI of the answers: the schema `view`, or a file of one of `forms`."""
    return {
        200: {
            "content": {
                "application/json": {"schema": {"$ref": f"#/components/schemas/{view}"}},
                **{MEDIA[form]: {} for form in forms},
            },
            "description": "A page of rows, or all of them as a file.",
        }
    }


def attached(body: bytes, name: str, form: str) -> Response:
    """Answer with a file; `name` is without its ending."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return Response(body, media_type=MEDIA[form], headers=headers)


def start_of(cursor: str | None, rows: int) -> int:
    """Row at which a page begins.

    Raises
    ------
    BadData
        If `cursor` does not come from a page of `rows` rows.
    """
    if cursor is None:
        return 0
    (start,) = decode_cursor(cursor, 1)
    if not isinstance(start, int) or not 0 <= start <= rows:
        problem = Problem("/cursor", "use the value of `next` of the page before, unchanged")
        raise BadData(f"cursor {cursor!r} is not one of ours", (problem,))
    return start
