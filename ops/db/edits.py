"""Add, change and remove a row that people edit: its audit goes into the same transaction."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.base import Base
from ops.errors import Conflict
from ops.values import Actor

_HOUSEKEEPING = frozenset({"id", "row_version", "created_at", "updated_at", "created_by"})


def add(
    session: Session, row: Base, *, actor: Actor, now: datetime, site_id: int | None, taken: str
) -> None:
    """Insert a row; `taken` is what a violated uniqueness means, with the mend."""
    session.add(row)
    _flush(session, taken)
    _record(session, row, actor, "create", now=now, site_id=site_id, after=facts(row))


def change(
    session: Session,
    row: Base,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    site_id: int | None,
    taken: str = "",
    action: str = "update",
) -> None:
    """Set the fields named in `changes`; without any difference nothing is written."""
    before = facts(row)
    for name, value in changes.items():
        setattr(row, name, value)
    if not session.is_modified(row):
        return
    _flush(session, taken)
    after = facts(row)
    moved = [name for name in after if after[name] != before[name]]
    _record(
        session,
        row,
        actor,
        action,
        now=now,
        site_id=site_id,
        before={name: before[name] for name in moved},
        after={name: after[name] for name in moved},
    )


def remove(
    session: Session, row: Base, *, actor: Actor, now: datetime, site_id: int | None, used: str
) -> None:
    """Delete a row; `used` is said when something else refers to it."""
    before, key = facts(row), _key(row)
    session.delete(row)
    _flush(session, used)
    resource = (row.__tablename__, key)
    audit.record(session, actor, "delete", resource, now=now, before=before, site_id=site_id)


def facts(row: Base) -> dict[str, Any]:
    """Fields of a row that people edit, as JSON values."""
    names = [c.key for c in inspect(row).mapper.column_attrs if c.key not in _HOUSEKEEPING]
    return {name: _plain(getattr(row, name)) for name in names}


def _record(session: Session, row: Base, actor: Actor, action: str, **what: Any) -> None:
    audit.record(session, actor, action, (row.__tablename__, _key(row)), **what)


def _key(row: Base) -> Any:
    return (inspect(row).identity or (None,))[0]


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    return value.isoformat() if isinstance(value, date) else value


def _flush(session: Session, broken: str) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        if not broken:
            raise
        raise Conflict(broken) from error
