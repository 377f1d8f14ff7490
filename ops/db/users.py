"""Users: the people behind keys and, later, logins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits
from ops.db.models.people import User
from ops.errors import NotFound
from ops.values import Actor

KEY = (User.id,)


def listed() -> Select[User]:
    """Every user."""
    return select(User)


def get(session: Session, user_id: int) -> User:
    """One user."""
    user = session.get(User, user_id)
    if user is None:
        raise NotFound(f"there is no user {user_id}")
    return user


def create(session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime) -> User:
    """Add a user."""
    user = User(**fields, created_at=now)
    taken = f"there is a user {user.name!r} already; choose another name"
    edits.add(session, user, actor=actor, now=now, site_id=None, taken=taken)
    return user


def change(
    session: Session, user: User, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a user."""
    edits.change(session, user, changes, actor=actor, now=now, site_id=None)


def remove(session: Session, user: User, *, actor: Actor, now: datetime) -> None:
    """Delete a user who has no keys."""
    used = f"the user {user.name!r} has keys; set disabled instead"
    edits.remove(session, user, actor=actor, now=now, site_id=None, used=used)
