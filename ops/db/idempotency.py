"""The first answer to a POST under an Idempotency-Key, kept to be repeated."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from ops.db.models.people import IdempotencyKey
from ops.errors import BadData, Conflict


@dataclass(frozen=True, slots=True)
class Ask:
    """A request under a key: who asks, the key with its path, and what is asked."""

    actor: str
    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given; `body` None where it must not be kept."""

    status: int
    headers: dict[str, str]
    body: bytes | None


def reserve(connection: Connection, ask: Ask, *, now: datetime) -> Kept | None:
    """Take the key in the caller's transaction, or return the answer that was given under it.

    A request under the same key that is still under way is waited for.

    Raises
    ------
    BadData
        If the key was used for something else.
    Conflict
        If the answer was not kept.
    """
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = {"actor": ask.actor, "key": ask.key, "request_sha256": ask.sha256, "headers": {}}
    statement = insert(IdempotencyKey).values(**row, created_at=now).on_conflict_do_nothing()
    taken = connection.execute(statement.returning(IdempotencyKey.key)).first() is not None
    return None if taken else find(connection, ask)


def find(connection: Connection, ask: Ask) -> Kept | None:
    """Answer that was given under the key; None if there is none."""
    where = (IdempotencyKey.actor == ask.actor, IdempotencyKey.key == ask.key)
    table = IdempotencyKey.__table__.c
    row = connection.execute(
        select(table.request_sha256, table.status, table.headers, table.body).where(*where)
    ).one_or_none()
    if row is None:
        return None
    if row.request_sha256 != ask.sha256:
        raise BadData("the Idempotency-Key was used for another request; send a new one")
    if row.status is None:
        raise Conflict("this was done before under the same Idempotency-Key; look at the list")
    return Kept(row.status, row.headers, row.body)


def is_used(session: Session, actor: str, key: str) -> bool:
    """Whether anything was asked under the key."""
    return session.get(IdempotencyKey, (actor, key)) is not None


def keep(session: Session, ask: Ask, answer: Kept) -> None:
    """Keep the answer of a reserved key, in the transaction of the work."""
    session.execute(
        update(IdempotencyKey)
        .where(IdempotencyKey.actor == ask.actor, IdempotencyKey.key == ask.key)
        .values(status=answer.status, headers=answer.headers, body=answer.body)
    )
