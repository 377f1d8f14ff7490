"""What the advisor was asked and said, what it remembers, what language servers can do."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from ops.advise.recall.terms import kept_terms
from ops.db.base import Base
from ops.db.types import Key


def _terms(context: Any) -> str:
    """List what a new memory is found by, spaces between: each database has an index of these."""
    row = context.get_current_parameters()
    return " ".join(kept_terms([row["title"], row["text"], row["origin"], *codes_of(row["tags"])]))


def codes_of(tags: Mapping[str, Any]) -> list[str]:
    """Codes that the tags of a memory name."""
    return [str(code) for code in tags.values()]


class Advice(Base):
    """A question, its answer with all that it rests on, and what became of it."""

    __tablename__ = "advice"
    __table_args__ = (
        Index(None, "site_id", "asked_at"),
        Index(None, "asked_by", "asked_at"),
        Index(None, "asked_at"),
        Index(None, "run_id"),
        CheckConstraint("state IN ('waiting', 'answered', 'refused')", name="state"),
        CheckConstraint("verdict IN ('accepted', 'rejected')", name="verdict"),
        CheckConstraint("outcome IN ('helped', 'did-not-help', 'unclear')", name="outcome"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)  # UUID
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    sites: Mapped[list[Any] | None]  # site ids that its evidence may come from; None = all
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    question: Mapped[dict[str, Any]]  # ops.advise.question.Question
    intent: Mapped[dict[str, Any]]  # ops.advise.question.Intent
    state: Mapped[str]
    source: Mapped[str]  # rules, model
    level: Mapped[str]
    answer: Mapped[dict[str, Any]]  # ops.advise.answer.Answer, that which is shown
    by_rules: Mapped[dict[str, Any] | None]  # the answer of the rules, if a model's is shown
    run_id: Mapped[str | None]  # of a what-if that it waits for
    trail: Mapped[dict[str, Any]]  # prompt, context, model, settings, raw output, guard, timings
    answered_at: Mapped[datetime | None]
    verdict: Mapped[str | None]  # of a person
    outcome: Mapped[str | None]
    said: Mapped[str] = mapped_column(default="")  # with the verdict or the outcome
    said_by: Mapped[str | None]
    said_at: Mapped[datetime | None]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class Memory(Base):
    """Something to remember: written by a person, a run, or a confirmed outcome."""

    __tablename__ = "memory"
    __table_args__ = (
        Index(None, "site_id", "written_at"),
        Index(None, "origin_key", unique=True),
        Index(None, "supersedes"),
        Index(None, "valid_to"),
        CheckConstraint("kind IN ('knowledge', 'preference', 'outcome')", name="kind"),
        CheckConstraint("provenance IN ('person', 'run', 'outcome')", name="provenance"),
    )

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    tags: Mapped[dict[str, Any]]  # tool, characteristic, lot, model, scenario ...: code
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # numbers that it was made of
    terms: Mapped[str] = mapped_column(default=_terms)
    cause: Mapped[str | None]  # ops.advise.catalogue.CauseId
    action: Mapped[str | None]  # ops.advise.catalogue.ActionId
    helped: Mapped[bool | None]
    provenance: Mapped[str]
    origin: Mapped[str]  # name of a person, id of a run or an advice
    origin_key: Mapped[str | None]  # the same lesson of a run or an outcome is kept once
    confirmed: Mapped[int] = mapped_column(default=0)  # advice that used it and helped
    refuted: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    supersedes: Mapped[int | None] = mapped_column(ForeignKey("memory.id", ondelete="SET NULL"))
    written_by: Mapped[str]
    written_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class MemoryVector(Base):
    """A dense vector of a piece of a memory, as a model of embeddings made it."""

    __tablename__ = "memory_vector"

    memory_id: Mapped[int] = mapped_column(
        ForeignKey("memory.id", ondelete="CASCADE"), primary_key=True
    )
    model: Mapped[str] = mapped_column(primary_key=True)  # its name and the digest of its file
    piece: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sha256: Mapped[str]  # of the text that it was made of
    vector: Mapped[bytes] = mapped_column(LargeBinary)  # float32, of length one


class AdviceVisit(Base):
    """When somebody last said that they had seen what is new."""

    __tablename__ = "advice_visit"

    name: Mapped[str] = mapped_column(primary_key=True)  # of the actor
    seen_at: Mapped[datetime]


class LlmProbe(Base):
    """What a server can do with a model, as it was tried."""

    __tablename__ = "llm_probe"

    server: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    probed_at: Mapped[datetime]
    found: Mapped[dict[str, Any]]
