"""Master data of a plant: sites, tools, characteristics, limits, calendars, events, baselines."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key


class Site(Base):
    """A plant or warehouse; the boundary of what a user may see."""

    __tablename__ = "site"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    zone: Mapped[str] = mapped_column(default="UTC")
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Tool(Base):
    """A wire bonder or any other tool of a site."""

    __tablename__ = "tool"
    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    family: Mapped[str | None]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Characteristic(Base):
    """What is measured, in which unit; the unit is fixed once there are data."""

    __tablename__ = "characteristic"
    __table_args__ = (
        UniqueConstraint("site_id", "code"),
        CheckConstraint("kind IN ('variable', 'attribute')", name="kind"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    unit: Mapped[str]
    kind: Mapped[str] = mapped_column(default="variable")
    gauge_lower: Mapped[float | None]
    gauge_upper: Mapped[float | None]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class SpecLimit(Base):
    """Limits of a characteristic from `effective_from` until the next version."""

    __tablename__ = "spec_limit"
    __table_args__ = (
        UniqueConstraint("characteristic_id", "effective_from"),
        CheckConstraint("lower IS NOT NULL OR upper IS NOT NULL", name="one_side"),
        CheckConstraint("lower IS NULL OR upper IS NULL OR lower < upper", name="order"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    characteristic_id: Mapped[int] = mapped_column(ForeignKey("characteristic.id"))
    effective_from: Mapped[datetime]
    lower: Mapped[float | None]
    upper: Mapped[float | None]
    target: Mapped[float | None]
    reason: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class Calendar(Base):
    """The working calendar of a site from `effective_from` on: shifts and holidays."""

    __tablename__ = "calendar"
    __table_args__ = (UniqueConstraint("site_id", "effective_from"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    zone: Mapped[str]
    effective_from: Mapped[datetime]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Shift(Base):
    """A shift in local minutes of the day; an end at or before the start crosses midnight."""

    __tablename__ = "shift"
    __table_args__ = (UniqueConstraint("calendar_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"))
    name: Mapped[str]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    weekdays: Mapped[list[Any]]  # 0 = Monday, the day on which the shift starts


class Holiday(Base):
    """A local date on which no shift starts."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("calendar_id", "day"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id", ondelete="CASCADE"))
    day: Mapped[date]
    name: Mapped[str]


class Event(Base):
    """Something that happened to a tool: maintenance, capillary change, calibration ..."""

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "ts"),
        Index(None, "site_id", "ts"),
        Index(None, "tool_id", "ts"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    tool_id: Mapped[int | None] = mapped_column(ForeignKey("tool.id"))
    characteristic_id: Mapped[int | None] = mapped_column(ForeignKey("characteristic.id"))
    kind: Mapped[str]
    ts: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    title: Mapped[str]
    detail: Mapped[dict[str, Any]]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Baseline(Base):
    """A qualified reference window of a characteristic."""

    __tablename__ = "baseline"
    __table_args__ = (UniqueConstraint("characteristic_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    characteristic_id: Mapped[int] = mapped_column(ForeignKey("characteristic.id"))
    name: Mapped[str]
    start: Mapped[datetime]
    end: Mapped[datetime]
    where: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    approved_by: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    review_days: Mapped[int | None]  # after its approval it is due to be looked at again
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    @property
    def review_at(self) -> datetime | None:
        """When it is due for review: counted from its approval; None: never, or not approved."""
        if self.approved_at is None or self.review_days is None:
            return None
        return self.approved_at + timedelta(days=self.review_days)
