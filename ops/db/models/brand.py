"""The organisation that runs the service: its name, colour and mark."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base


class Brand(Base):
    """The one row of an organisation; without a mark of its own a letter stands for it."""

    __tablename__ = "brand"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    name: Mapped[str]
    color: Mapped[str]
    media_type: Mapped[str | None]  # of the mark
    mark: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012
