"""Datasets and models: rows and versions that nobody rewrites, aliases that people move."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from ops.db.base import Base
from ops.db.types import Key

_WITHOUT_SITE = text("site_id IS NULL")


def _only_one(name: str) -> Index:
    """Index of codes without a site: a database takes two nulls for two sites."""
    return Index(
        name, "code", unique=True, sqlite_where=_WITHOUT_SITE, postgresql_where=_WITHOUT_SITE
    )


class Dataset(Base):
    """A dataset: what people call it, what is said of it, its newest revision."""

    __tablename__ = "dataset"
    __table_args__ = (UniqueConstraint("site_id", "code"), _only_one("uq_dataset_code"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[str]  # table, traces; never changed
    document: Mapped[dict[str, Any]]  # DatasetDocument as JSON, that of the newest revision
    recipe: Mapped[dict[str, Any] | None]  # DatasetRecipe as JSON: built from the database
    newest: Mapped[int] = mapped_column(default=0)  # number of the newest revision; 0: no rows yet
    archived_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class DatasetRevision(Base):
    """Rows and document of a dataset at one time; triggers refuse updates and deletes."""

    __tablename__ = "dataset_revision"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("dataset.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    note: Mapped[str]
    origin: Mapped[dict[str, Any]]  # {"kind": file, append, recipe, document}, what goes with it
    document: Mapped[dict[str, Any]]
    rows: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # Arrow IPC, zstd
    url: Mapped[str | None]  # where they are, if the database cannot hold them
    size: Mapped[int] = mapped_column(Key)  # bytes of them
    sha256: Mapped[str]
    summary: Mapped[dict[str, Any]]  # rows, label counts, missing shares, warnings
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class Model(Base):
    """A model: a name whose versions are made by training runs or registered from outside."""

    __tablename__ = "model"
    __table_args__ = (UniqueConstraint("site_id", "code"), _only_one("uq_model_code"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    code: Mapped[str]
    title: Mapped[str]
    task: Mapped[str]  # classify, regress, trace; never changed
    newest: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ModelVersion(Base):
    """A version of a model; triggers refuse updates and deletes."""

    __tablename__ = "model_version"

    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str]  # own, onnx, endpoint
    run_id: Mapped[str | None]  # no key: retention may take the run, not the model
    dataset: Mapped[str]  # code of what it learned from; "" if unknown
    revision: Mapped[int]
    fingerprint: Mapped[str]  # of the table it learned from
    spec: Mapped[dict[str, Any]]
    libraries: Mapped[dict[str, Any]]
    metrics: Mapped[dict[str, Any]]
    card: Mapped[dict[str, Any]]
    note: Mapped[str]
    artefact: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    url: Mapped[str | None]  # where it is, if the database cannot hold it
    size: Mapped[int] = mapped_column(Key)
    sha256: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime]


class ModelAlias(Base):
    """Which version an alias of a model stands for now."""

    __tablename__ = "model_alias"

    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), primary_key=True)
    alias: Mapped[str] = mapped_column(primary_key=True)  # champion, challenger, ...
    number: Mapped[int]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class ModelPromotion(Base):
    """A move of an alias: from, to, why; triggers refuse updates and deletes."""

    __tablename__ = "model_promotion"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    model_id: Mapped[int] = mapped_column(ForeignKey("model.id"), index=True)
    alias: Mapped[str]
    number: Mapped[int | None]  # None: the alias was taken away
    previous: Mapped[int | None]
    reason: Mapped[str]
    waiver: Mapped[str]  # why it was moved although the score is not better; "" if it is
    evidence: Mapped[dict[str, Any]]  # the scores that were compared
    moved_by: Mapped[str]
    moved_at: Mapped[datetime]
