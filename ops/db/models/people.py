"""Who may do what, what was done, and which answers were already given."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key

_ROLES = "role IN ('viewer', 'engineer', 'planner', 'admin')"


class User(Base):
    """A person; `sites` None means every site."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint(_ROLES, name="role"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str] = mapped_column(default="")
    role: Mapped[str]
    sites: Mapped[list[Any] | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ApiKey(Base):
    """A key of a person or a machine; only its SHA-256 is stored."""

    __tablename__ = "api_key"
    __table_args__ = (CheckConstraint(_ROLES, name="role"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str]
    prefix: Mapped[str]  # first characters, to recognise a key in a list
    sha256: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    sites: Mapped[list[Any] | None]  # None = all
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class Audit(Base):
    """An append-only record of one change; triggers refuse updates and early deletes."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "resource", "resource_id"), Index(None, "at"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    resource: Mapped[str]
    resource_id: Mapped[str]
    site_id: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    correlation_id: Mapped[str | None]


class IdempotencyKey(Base):
    """The first answer to a POST under an Idempotency-Key, to be repeated."""

    __tablename__ = "idempotency_key"
    __table_args__ = (Index(None, "created_at"),)

    actor: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_sha256: Mapped[str]
    status: Mapped[int | None]  # None while the first request is under way
    headers: Mapped[dict[str, Any]]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
