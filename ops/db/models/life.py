"""Life tests: what was tested, their rows as revisions that nobody rewrites, approved lives."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key

_WITHOUT_SITE = text("site_id IS NULL")


class LifeTest(Base):
    """A life test: what people call it, what was tested, its newest revision."""

    __tablename__ = "life_test"
    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        Index(  # a database takes two nulls for two sites
            "uq_life_test_code",
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
    kind: Mapped[str]  # life, field, recurrent, degradation; never changed
    document: Mapped[dict[str, Any]]  # LifeTestDocument as JSON, that of the newest revision
    newest: Mapped[int] = mapped_column(default=0)  # number of the newest revision; 0: no rows yet
    archived_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class LifeTestRevision(Base):
    """Rows and document of a life test at one time; triggers refuse updates and deletes."""

    __tablename__ = "life_test_revision"

    life_test_id: Mapped[int] = mapped_column(ForeignKey("life_test.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str]
    origin: Mapped[dict[str, Any]]  # {"kind": replace, merge, document} and what goes with it
    document: Mapped[dict[str, Any]]
    rows: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # Arrow IPC stream, zstd
    size: Mapped[int] = mapped_column(Key)  # bytes of it
    sha256: Mapped[str]
    summary: Mapped[dict[str, Any]]  # rows, units, failures, modes, groups, stresses
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class LifeApprovalRow(Base):
    """A run whose life was approved; triggers refuse updates and deletes."""

    __tablename__ = "life_approval"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    life_test_id: Mapped[int] = mapped_column(ForeignKey("life_test.id"), index=True)
    run_id: Mapped[str]  # no key: retention may take the run, not who approved it
    rationale: Mapped[str]
    waiver: Mapped[str]
    approved_by: Mapped[str]
    approved_at: Mapped[datetime]
