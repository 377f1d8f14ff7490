"""The brand: how the organisation that runs the service is called and shown."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.db import edits
from ops.db.models.brand import Brand
from ops.errors import NotFound
from ops.values import Actor

_TAKEN = "somebody else has just set the brand; read it again and repeat the change"


def find(session: Session) -> Brand | None:
    """Return the brand, if one is set."""
    return session.get(Brand, 1)


def put(session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime) -> Brand:
    """Set fields of the brand; what was never set of a new one is empty."""
    row = find(session)
    if row is None:
        row = Brand(**{"name": "", "color": "", **fields}, created_at=now)
        edits.add(session, row, actor=actor, now=now, site_id=None, taken=_TAKEN)
    else:
        edits.change(session, row, fields, actor=actor, now=now, site_id=None)
    return row


def remove(session: Session, *, actor: Actor, now: datetime) -> None:
    """Forget the brand: Longrun's own mark stands again."""
    row = find(session)
    if row is None:
        raise NotFound("no brand is set")
    edits.remove(session, row, actor=actor, now=now, site_id=None, used="")
