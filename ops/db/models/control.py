"""Control of a process: chart designs and their state, findings, marks, packages, policies."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key

_OPEN = text("state <> 'closed'")


class ChartDesignRow(Base):
    """A version of a chart design of a characteristic; fixed once it is approved."""

    __tablename__ = "chart_design"
    __table_args__ = (
        UniqueConstraint("characteristic_id", "name", "number"),
        CheckConstraint("state IN ('draft', 'approved', 'retired')", name="state"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    characteristic_id: Mapped[int] = mapped_column(ForeignKey("characteristic.id"))
    name: Mapped[str]
    number: Mapped[int]  # 1, 2 ...: versions of one name
    state: Mapped[str] = mapped_column(default="draft")
    document: Mapped[dict[str, Any]]  # ops.spc.design.ChartDesign
    note: Mapped[str] = mapped_column(default="")
    effective_from: Mapped[datetime | None]  # measurement time from which it judges
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ChartState(Base):
    """What a chart remembers of a stream after one of its points; the newest one is the present."""

    __tablename__ = "chart_state"

    design_id: Mapped[int] = mapped_column(
        ForeignKey("chart_design.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    stream: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[datetime] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(BigInteger)  # highest batch that it has seen
    points: Mapped[int] = mapped_column(BigInteger)  # judged so far
    memory: Mapped[dict[str, Any]]


class ChartProgress(Base):
    """How far a design has judged; whoever judges moves it on, or gives up.

    Every row up to `batch_id` is judged; of a backlog only what was measured before `reached`.
    """

    __tablename__ = "chart_progress"

    design_id: Mapped[int] = mapped_column(
        ForeignKey("chart_design.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    batch_id: Mapped[int] = mapped_column(BigInteger)
    reached: Mapped[datetime | None]


class Violation(Base):
    """A point that broke rules of a design."""

    __tablename__ = "violation"
    __table_args__ = (Index(None, "finding_id"),)

    design_id: Mapped[int] = mapped_column(
        ForeignKey("chart_design.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    stream: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[datetime] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    value: Mapped[float]  # plotted
    z: Mapped[float | None]  # standardized: limits at the width of the design
    rules: Mapped[list[Any]]  # names, as in the design
    disposition: Mapped[str]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"))


class Finding(Base):
    """Something that a rule or an analysis found; one is open for one cause."""

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'acknowledged', 'closed')", name="state"),
        Index(None, "last_ts"),
        Index(None, "site_id", "state", "last_ts"),
        Index(
            "uq_finding_open_cause",
            "site_id",
            "cause",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    characteristic_id: Mapped[int | None] = mapped_column(ForeignKey("characteristic.id"))
    design_id: Mapped[int | None] = mapped_column(ForeignKey("chart_design.id"))
    run_id: Mapped[str | None]
    cause: Mapped[str]  # what makes two findings the same: design, stream, family of rules
    stream: Mapped[str] = mapped_column(default="")
    disposition: Mapped[str]
    state: Mapped[str] = mapped_column(default="open")
    title: Mapped[str]
    evidence: Mapped[dict[str, Any]]  # rules, points, stratum, last events
    reaction: Mapped[dict[str, Any]]  # the plan as it stood when the finding was opened
    due_at: Mapped[datetime | None]
    points: Mapped[int] = mapped_column(BigInteger)
    first_ts: Mapped[datetime]
    last_ts: Mapped[datetime]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    closing_note: Mapped[str | None]
    outcome: Mapped[str | None]  # confirmed, false-alarm or unclear: what whoever closed it said
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ReactionPlan(Base):
    """What is to be done when a characteristic breaks a rule: steps, owner, time allowed."""

    __tablename__ = "reaction_plan"
    __table_args__ = (UniqueConstraint("characteristic_id", "disposition"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    characteristic_id: Mapped[int] = mapped_column(ForeignKey("characteristic.id"))
    disposition: Mapped[str]  # warn or hold
    title: Mapped[str]
    owner: Mapped[str]
    minutes: Mapped[int]
    steps: Mapped[list[Any]]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class PointMarkRow(Base):
    """What somebody said of a measured point; append-only."""

    __tablename__ = "point_mark"
    __table_args__ = (Index(None, "characteristic_id", "ts", "seq"), Index(None, "batch_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    characteristic_id: Mapped[int] = mapped_column(ForeignKey("characteristic.id"))
    ts: Mapped[datetime]
    seq: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]  # ops.values.MarkKind
    cause: Mapped[str] = mapped_column(default="")
    action: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    person: Mapped[str]
    at: Mapped[datetime]


class Reason(Base):
    """A cause or an action that people of a site may choose from; never deleted, put away."""

    __tablename__ = "reason"
    __table_args__ = (
        UniqueConstraint("site_id", "kind", "code"),
        CheckConstraint("kind IN ('cause', 'action')", name="kind"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[str]
    code: Mapped[str]
    title: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class PackageRow(Base):
    """A package and its wires: the geometry that loops must keep clear of."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    document: Mapped[dict[str, Any]]  # ops.loop.package.Package
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ActionPolicyRow(Base):
    """What to do about drift at a site: actions with their costs, and rules that choose."""

    __tablename__ = "action_policy"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    document: Mapped[dict[str, Any]]  # ops.drift.policy.ActionPolicy
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012
