"""Measured data: sources, ingests, batches, contexts, measurements, revisions, rejections.

An *ingest* is one request or file. It writes *batches*: chunks that are committed whole, numbered
in the order of their commits, so that "every batch up to 417" is one exact state of the data.
A revision (void, correction, restore) is a fact of its own in a batch of its own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key


class Source(Base):
    """Where files come from, with the saved column mapping."""

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("site_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str]
    mapping: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Ingest(Base):
    """One request or file: its state and its counts, also while it runs."""

    __tablename__ = "ingest"
    __table_args__ = (
        Index(None, "site_id", "started_at"),
        CheckConstraint("state IN ('running', 'succeeded', 'failed')", name="state"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    source: Mapped[str | None]
    file_name: Mapped[str | None]
    format: Mapped[str]
    state: Mapped[str] = mapped_column(default="running")
    rows: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)
    duplicate: Mapped[int] = mapped_column(BigInteger, default=0)
    conflicting: Mapped[int] = mapped_column(BigInteger, default=0)
    rejected: Mapped[int] = mapped_column(BigInteger, default=0)
    warnings: Mapped[list[Any]] = mapped_column(default=list)
    error: Mapped[str | None]
    person: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Batch(Base):
    """One committed chunk of an ingest, or one set of revisions; ids follow the commit order."""

    __tablename__ = "batch"
    __table_args__ = (Index(None, "ingest_id"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    ingest_id: Mapped[int | None] = mapped_column(ForeignKey("ingest.id"))
    kind: Mapped[str]  # 'rows' or 'revision'
    rows: Mapped[int]
    person: Mapped[str]
    reason: Mapped[str | None]
    committed_at: Mapped[datetime]


class BatchSpan(Base):
    """Where in time the rows of a batch lie, by characteristic: what is late is found by it."""

    __tablename__ = "batch_span"

    # the hot path writes these rows through ADBC: no foreign keys
    characteristic_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False
    )
    batch_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_ts: Mapped[datetime]
    last_ts: Mapped[datetime]


class Context(Base):
    """A distinct combination of slow factors: tool, lot, capillary, material, program ..."""

    __tablename__ = "context"
    __table_args__ = (UniqueConstraint("site_id", "digest"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    digest: Mapped[str]  # SHA-256 of the canonical JSON of `factors`
    factors: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Measurement(Base):
    """One measured value; the key is its only index."""

    __tablename__ = "measurement"
    __table_args__ = {"sqlite_with_rowid": False, "postgresql_partition_by": "RANGE (ts)"}  # noqa: RUF012

    # the hot path writes these rows through ADBC: no foreign keys, checked where ids are made
    characteristic_id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False
    )
    ts: Mapped[datetime] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    value: Mapped[float]
    subgroup: Mapped[str | None]
    unit_id: Mapped[str | None]
    position: Mapped[str | None]
    n: Mapped[float] = mapped_column(default=1.0)
    status: Mapped[int] = mapped_column(SmallInteger, default=0)  # ops.values.Status at ingest
    context_id: Mapped[int] = mapped_column(BigInteger)
    batch_id: Mapped[int] = mapped_column(BigInteger)


class Revision(Base):
    """A void, a correction or a restore of one measurement; the newest one seen counts."""

    __tablename__ = "revision"
    __table_args__ = (Index(None, "characteristic_id", "ts", "seq"), Index(None, "batch_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    characteristic_id: Mapped[int] = mapped_column(ForeignKey("characteristic.id"))
    ts: Mapped[datetime]
    seq: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[int] = mapped_column(SmallInteger)
    value: Mapped[float | None]  # the corrected value; None for void and restore


class Rejection(Base):
    """A row that was not stored: where it stood, what was wrong, and why."""

    __tablename__ = "rejection"
    __table_args__ = (Index(None, "ingest_id", "row"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    ingest_id: Mapped[int] = mapped_column(ForeignKey("ingest.id", ondelete="CASCADE"))
    kind: Mapped[str]  # 'rejected' or 'conflicting'
    row: Mapped[int] = mapped_column(BigInteger)  # 1 is the first data row
    column: Mapped[str]
    value: Mapped[str | None]
    reason: Mapped[str]
