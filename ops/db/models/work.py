"""Runs, their artifacts, schedules and workers."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, column_property, mapped_column

from ops.db.base import Base
from ops.db.types import Json, Key


class Run(Base):
    """One computation of one analysis, with all that is needed to repeat it."""

    __tablename__ = "run"
    __table_args__ = (
        UniqueConstraint("schedule_id", "fire_key"),
        Index(None, "submitted_at"),
        Index(None, "site_id", "submitted_at"),
        Index(None, "state", "submitted_at"),
        Index(None, "analysis", "submitted_at"),
        Index(None, "schedule_id", "state", "window_end"),
        CheckConstraint(
            "state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')", name="state"
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)  # UUID; also the engine's workflow id
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    sites: Mapped[list[Any] | None]  # site ids its data may come from; None = all
    analysis: Mapped[str]
    version: Mapped[int]
    params: Mapped[dict[str, Any]]
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    as_of: Mapped[datetime]
    max_batch: Mapped[int] = mapped_column(Key)
    fingerprint: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="queued")
    attempt: Mapped[int] = mapped_column(default=0)
    queue: Mapped[str] = mapped_column(default="interactive")
    fresh: Mapped[bool] = mapped_column(default=False)  # never reuse an earlier result
    progress: Mapped[float] = mapped_column(default=0.0)
    message: Mapped[str] = mapped_column(default="waiting for a worker")
    incumbents: Mapped[list[Any]] = mapped_column(default=list)  # ops.work.climb
    result: Mapped[dict[str, Any] | None]
    page: Mapped[dict[str, Any] | None] = mapped_column(Json)  # its type is used below
    error: Mapped[dict[str, Any] | None]  # {"kind", "message"}
    timings: Mapped[dict[str, Any]] = mapped_column(default=dict)  # seconds by phase
    log_tail: Mapped[str] = mapped_column(default="")
    reused_from: Mapped[str | None]
    retry_of: Mapped[str | None]
    schedule_id: Mapped[int | None] = mapped_column(ForeignKey("schedule.id", ondelete="SET NULL"))
    fire_key: Mapped[str | None]
    worker_id: Mapped[str | None]
    correlation_id: Mapped[str | None]
    submitted_by: Mapped[str]
    submitted_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    verdicts: Mapped[list[Any] | None] = column_property(  # read without the rest of the page
        page["verdicts"], deferred=True
    )


class PredictionRow(Base):
    """What a run predicted, which time will check; it outlives its run."""

    __tablename__ = "prediction"
    __table_args__ = (
        Index(None, "site_id", "due_at"),
        Index(None, "due_at"),
        Index(None, "run_id"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    run_id: Mapped[str]
    analysis: Mapped[str]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    issued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    document: Mapped[dict[str, Any]]  # ops.prediction.Prediction


class Artifact(Base):
    """A large result: in the database up to 16 MiB, else at a URL that all hosts share."""

    __tablename__ = "artifact"
    __table_args__ = (UniqueConstraint("run_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str]
    data: Mapped[bytes | None] = mapped_column(LargeBinary)
    url: Mapped[str | None]
    created_at: Mapped[datetime]


class Schedule(Base):
    """When to submit an analysis by itself."""

    __tablename__ = "schedule"
    __table_args__ = (
        Index(None, "enabled", "next_at"),
        CheckConstraint("catch_up IN ('skip', 'once', 'all')", name="catch_up"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    sites: Mapped[list[Any] | None]  # of its owner: what its runs may see; None = all
    name: Mapped[str]
    analysis: Mapped[str]
    version: Mapped[int]
    params: Mapped[dict[str, Any]]
    cron: Mapped[str]
    zone: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)
    catch_up: Mapped[str] = mapped_column(default="once")
    max_parallel: Mapped[int] = mapped_column(default=1)
    next_at: Mapped[datetime | None]  # next due instant; None = never
    last_at: Mapped[datetime | None]  # last due instant that was handled
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Worker(Base):
    """A worker process and its lease, by the clock of the database."""

    __tablename__ = "worker"

    id: Mapped[str] = mapped_column(primary_key=True)
    host: Mapped[str]
    pid: Mapped[int]
    version: Mapped[str]
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]
