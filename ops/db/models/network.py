"""Scenarios of the supply network, and their revisions that nobody can rewrite."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key

_WITHOUT_SITE = text("site_id IS NULL")


class StoredScenario(Base):
    """A scenario: what people call it, its newest revision, and the plan that is in force."""

    __tablename__ = "scenario"
    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        Index(  # a database takes two nulls for two sites
            "uq_scenario_code",
            "code",
            unique=True,
            sqlite_where=_WITHOUT_SITE,
            postgresql_where=_WITHOUT_SITE,
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    newest: Mapped[int] = mapped_column(default=1)  # number of the newest revision
    approved_run: Mapped[str | None]  # the plan in force; no key: retention may take the run
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ScenarioRevision(Base):
    """One state of a scenario's document; triggers refuse updates and deletes."""

    __tablename__ = "scenario_revision"

    scenario_id: Mapped[int] = mapped_column(ForeignKey("scenario.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    parent: Mapped[int | None]  # number of the revision it was made from
    note: Mapped[str]
    origin: Mapped[dict[str, Any]]  # {"kind": upload, edits, copy ...} and what goes with it
    edits: Mapped[list[Any] | None]  # how it came from its parent
    document: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # JSON, deflated
    size: Mapped[int] = mapped_column(Key)  # bytes of the JSON
    sha256: Mapped[str]  # of the JSON
    created_by: Mapped[str]
    created_at: Mapped[datetime]
