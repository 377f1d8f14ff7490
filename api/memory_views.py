"""Memories as they are answered: with trust, state, and what superseded them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.memory_bodies import MemoryState, MemoryView, RecalledView
from ops.advise.memory import MemoryKind, Provenance, Remembered
from ops.advise.recall.recency import is_stale
from ops.advise.recall.trust import trust_of
from ops.db import memories, sites
from ops.db.models.advise import Memory
from ops.db.types import to_micros


def views(session: Session, rows: Sequence[Memory], now: datetime) -> list[MemoryView]:
    """Answer of some memories."""
    return [MemoryView.model_validate(told) for told in _told(session, rows, now)]


def recalled_view(
    session: Session, found: Sequence[Remembered], now: datetime
) -> list[RecalledView]:
    """Answer of memories that were searched for, in their order."""
    query = select(Memory).where(Memory.id.in_([one.id for one in found]))
    rows = {row.id: row for row in session.scalars(query)}
    told = _told(session, [rows[one.id] for one in found], now)
    worth = ("relevance", "recency", "score", "conflicts", "loses_to", "why")
    return [
        RecalledView.model_validate(facts | {name: getattr(one, name) for name in worth})
        for facts, one in zip(told, found, strict=True)
    ]


def state_of(row: Memory, superseded_by: int | None, now: datetime) -> MemoryState:
    """Whether it is superseded, has ended, or is valid (now or later)."""
    if superseded_by is not None:
        return "superseded"
    return "ended" if row.valid_to is not None and row.valid_to <= now else "valid"


def _told(session: Session, rows: Sequence[Memory], now: datetime) -> list[dict[str, Any]]:
    codes = sites.codes(session)
    newer = memories.superseded_by(session, [row.id for row in rows])
    held = [name for name in MemoryView.model_fields if hasattr(Memory, name)]
    return [
        {
            **{name: getattr(row, name) for name in held},
            "site": None if row.site_id is None else codes[row.site_id],
            "trust": trust_of(
                cast("Provenance", row.provenance), confirmed=row.confirmed, refuted=row.refuted
            ),
            "stale": is_stale(
                cast("MemoryKind", row.kind), written=to_micros(row.written_at), now=to_micros(now)
            ),
            "state": state_of(row, newer.get(row.id), now),
            "superseded_by": newer.get(row.id),
        }
        for row in rows
    ]
