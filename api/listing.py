"""Keyset-paged lists: ``{"items": [...], "next": cursor|null}``."""

import base64
import json
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from ops.db.types import UtcInstant, from_micros, to_micros
from ops.errors import BadData, Problem

T = TypeVar("T")
Keyed = ColumnElement[Any] | InstrumentedAttribute[Any]

Limit = Annotated[int, Query(ge=1, le=1000, description="Most items on a page.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next` of the page before.")]


class Listing(BaseModel, Generic[T]):
    """One page of a list."""

    items: list[T] = Field(description="The things of this page.")
    next: str | None = Field(description="Cursor of the next page; null on the last one.")


def encode_cursor(key: list[Any]) -> str:
    """Opaque text of a keyset position."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """Keyset position of a cursor.

    Raises
    ------
    BadData
        If `cursor` was not made by `encode_cursor` for a key of `length` values.
    """
    try:
        key = json.loads(
            base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True)
        )
    except ValueError:
        key = None
    if (
        not isinstance(key, list)
        or len(key) != length
        or not all(isinstance(k, int | str) for k in key)
    ):
        raise _not_ours(cursor)
    return key


def page(
    session: Session,
    query: Select[T],
    key: tuple[Keyed, ...],
    *,
    limit: int,
    cursor: str | None,
    descending: bool = False,
) -> tuple[list[T], str | None]:
    """Rows of one page in the order of `key` (a unique tuple of columns), and the next cursor."""
    if cursor is not None:
        position = tuple_(*_position(cursor, key))
        query = query.where(tuple_(*key) < position if descending else tuple_(*key) > position)
    order = [k.desc() if descending else k.asc() for k in key]
    rows = session.execute(query.add_columns(*key).order_by(*order).limit(limit + 1)).all()
    more = rows[limit - 1] if len(rows) > limit else None
    following = encode_cursor([_plain(v) for v in more[1:]]) if more is not None else None
    return [row[0] for row in rows[:limit]], following


def _position(cursor: str, key: tuple[Keyed, ...]) -> list[ColumnElement[Any]]:
    values = decode_cursor(cursor, len(key))
    if any(not isinstance(v, c.type.python_type) for v, c in zip(values, key, strict=True)):
        raise _not_ours(cursor)
    instants = [isinstance(c.type, UtcInstant) for c in key]
    return [
        literal(from_micros(v) if instant else v, c.type)
        for v, c, instant in zip(values, key, instants, strict=True)
    ]


def _plain(value: Any) -> int | str:
    if isinstance(value, datetime):
        return to_micros(value)
    return value if isinstance(value, int | str) else str(value)


def _not_ours(cursor: str) -> BadData:
    problem = Problem("/cursor", "use the value of `next` of the page before, unchanged")
    return BadData(f"cursor {cursor!r} is not one of ours", (problem,))
