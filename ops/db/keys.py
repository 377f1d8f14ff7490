"""API keys: issued once in clear, stored as SHA-256, found by it, revoked."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, false, func, or_, select, update
from sqlalchemy.orm import Session

from ops.db import audit
from ops.db.models.people import ApiKey, User
from ops.errors import BadData, Conflict, NotFound, Unknown
from ops.values import ROLES, Actor, Role, Scope

KEY = (ApiKey.id,)
SYSTEM = Actor(name="longrun", role="admin")


@dataclass(frozen=True, slots=True)
class KeyDraft:
    """A key to be issued; `sites` None means every site."""

    name: str
    role: Role
    sites: tuple[int, ...] | None = None
    expires_at: datetime | None = None
    user_id: int | None = None


def issue(session: Session, draft: KeyDraft, *, actor: Actor, now: datetime) -> tuple[ApiKey, str]:
    """Create a key; its text ``lr_<prefix>_<secret>`` is returned here and never again."""
    if draft.expires_at is not None and draft.expires_at <= now:
        raise BadData(f"expires_at {draft.expires_at.isoformat()} is in the past")
    prefix = secrets.token_hex(4)
    token = f"lr_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        user_id=draft.user_id,
        name=draft.name,
        prefix=prefix,
        sha256=_sha256(token),
        role=draft.role,
        sites=None if draft.sites is None else sorted(draft.sites),
        created_by=actor.name,
        created_at=now,
        expires_at=draft.expires_at,
    )
    session.add(key)
    session.flush()
    audit.record(session, actor, "create", ("api_key", key.id), now=now, after=facts(key))
    return key, token


def bearer(session: Session, token: str, now: datetime) -> tuple[ApiKey, Actor]:
    """Key and actor of a token.

    Raises
    ------
    Unknown
        If the key is wrong, expired or revoked, or its user is disabled.
    """
    digest = _sha256(token)
    key = session.scalar(select(ApiKey).where(ApiKey.sha256 == digest))
    if key is None or not hmac.compare_digest(key.sha256, digest):
        raise Unknown("the API key is not known; `longrun keys create` makes a new one")
    if key.revoked_at is not None:
        raise Unknown(f"the API key {key.prefix} was revoked; ask an administrator for another")
    if key.expires_at is not None and key.expires_at <= now:
        raise Unknown(f"the API key {key.prefix} expired on {key.expires_at:%Y-%m-%d}")
    user = session.get(User, key.user_id) if key.user_id is not None else None
    if user is not None and user.disabled_at is not None:
        raise Unknown(f"the user {user.name} is disabled; ask an administrator")
    scope = Scope(None if key.sites is None else frozenset(key.sites))
    name = f"{user.name if user is not None else key.name} ({key.prefix})"
    return key, Actor(name=name, role=_role(key.role), scope=scope)


def touch(session: Session, key_id: int, *, now: datetime, every: timedelta) -> None:
    """Remember that a key is used, at most once in `every`."""
    old = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= now - every)
    session.execute(update(ApiKey).where(ApiKey.id == key_id, old).values(last_used_at=now))


def listed(*, active: bool | None, now: datetime) -> Select[ApiKey]:
    """Keys; `active` keeps those that work, or those that no longer do."""
    ended = or_(ApiKey.revoked_at.is_not(None), func.coalesce(ApiKey.expires_at <= now, false()))
    query = select(ApiKey)
    return query if active is None else query.where(~ended if active else ended)


def get(session: Session, key_id: int) -> ApiKey:
    """One key."""
    key = session.get(ApiKey, key_id)
    if key is None:
        raise NotFound(f"there is no API key {key_id}")
    return key


def with_prefix(session: Session, prefix: str) -> ApiKey:
    """Key whose text starts with ``lr_<prefix>``."""
    found: Sequence[ApiKey] = session.scalars(select(ApiKey).where(ApiKey.prefix == prefix)).all()
    if len(found) != 1:
        raise NotFound(f"{len(found)} API keys have the prefix {prefix!r}; `longrun keys list`")
    return found[0]


def revoke(session: Session, key: ApiKey, *, actor: Actor, now: datetime) -> None:
    """End a key at once."""
    if key.revoked_at is not None:
        raise Conflict(f"the API key {key.prefix} was revoked at {key.revoked_at.isoformat()}")
    key.revoked_at = now
    audit.record(session, actor, "revoke", ("api_key", key.id), now=now, after=facts(key))


def bootstrap(session: Session, now: datetime) -> str | None:
    """First start: one administrator key, in clear; None where there are keys already."""
    if session.scalar(select(ApiKey.id).limit(1)) is not None:
        return None
    _, token = issue(session, KeyDraft("first administrator", "admin"), actor=SYSTEM, now=now)
    return token


def facts(key: ApiKey) -> dict[str, Any]:
    """Facts of a key for the audit: never its secret nor its hash."""
    return {
        "name": key.name,
        "prefix": key.prefix,
        "role": key.role,
        "sites": key.sites,
        "user_id": key.user_id,
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


def _role(text: str) -> Role:
    return next(role for role in ROLES if role == text)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
