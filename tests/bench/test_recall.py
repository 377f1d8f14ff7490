"""Recall over 10,000 memories beside scoring every one of them: as good, how many times as fast."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import median

import numpy as np
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ops.advise.memory import Remembered
from ops.advise.recall.query import RecallQuery
from ops.advise.recall.recall import asked_of, ranked
from ops.advise.recall.relevance import weights_of
from ops.db import memories, memory_search, memory_vectors
from ops.db.engine import Database
from ops.db.models.advise import Memory
from ops.db.types import to_micros
from ops.values import EVERYWHERE
from tests.api.plant import NOW

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

MEMORIES, DIMS = 10_000, 384
WORDS = [
    "drift",
    "creep",
    "clean",
    "recalibrate",
    "capillary",
    "lot",
    "wire",
    "spool",
    "loop",
    "height",
    "shear",
    "stage",
    "oven",
]
ASKED = "why does the loop height of WB-0042 drift since the wire spool changed"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session on a database with many memories; each tool has twenty."""
    rng = np.random.default_rng(1)
    with database.write.begin() as opened:
        opened.add_all(_memory(i, " ".join(rng.choice(WORDS, 30))) for i in range(MEMORIES))
        opened.flush()
        yield opened


def _memory(i: int, text: str) -> Memory:
    at = NOW - timedelta(hours=i)
    return Memory(
        kind="knowledge", title=f"WB-{i % 500:04}", text=text, tags={"tool": f"WB-{i % 500:04}"},
        provenance="person", origin="ada", valid_from=at, written_by="ada", written_at=at,
        updated_at=at,
    )  # fmt: skip


def _seconds(work: Callable[[], object]) -> float:
    work()
    spent: list[float] = []
    for _ in range(7):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return median(spent)


def _every(session: Session, query: RecallQuery) -> tuple[Remembered, ...]:
    """What a loop over all memories finds."""
    candidates = [memory_search.candidate(row, None) for row in session.scalars(select(Memory))]
    asked = asked_of(query)
    found_in = {term: sum(term in c.terms for c in candidates) for term in asked}
    found_in = {term: min(n, memory_search.COUNTED) for term, n in found_in.items()}
    total = session.scalar(select(func.count()).select_from(Memory)) or 0
    weights = weights_of(found_in, total=total)
    return ranked(query, candidates, weights, now=to_micros(NOW))


def test_recall_among_ten_thousand(session: Session, kind: str) -> None:
    query = RecallQuery(ASKED, tags={"tool": "WB-0042"})
    found = memories.recalled(session, EVERYWHERE, query, now=NOW)
    whole = _every(session, query)
    assert [one.id for one in found] == [one.id for one in whole]
    assert {one.title for one in found} == {"WB-0042"}
    ours = _seconds(lambda: memories.recalled(session, EVERYWHERE, query, now=NOW))
    common = RecallQuery("drift of the wire")
    words = _seconds(lambda: memories.recalled(session, EVERYWHERE, common, now=NOW))
    began = time.perf_counter()
    _every(session, query)
    loop = time.perf_counter() - began
    print(
        f"\n{kind}: a code {1e3 * ours:.1f} ms, common words {1e3 * words:.1f} ms,"
        f" a loop over all {1e3 * loop:.0f} ms: {loop / ours:.0f} x"
    )


def test_vectors_among_ten_thousand(session: Session, kind: str) -> None:
    rng = np.random.default_rng(2)
    vectors = rng.normal(size=(MEMORIES, DIMS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = list(session.scalars(select(Memory.id).order_by(Memory.id)))
    for one, vector in zip(ids, vectors, strict=True):
        memory_vectors.replace(session, one, "m", "0" * 64, vector[None])
    query = RecallQuery("drift of the wire", model="m", vector=vectors[77])
    plain = _seconds(lambda: memories.recalled(session, EVERYWHERE, query, now=NOW))
    every = memories.visible(EVERYWHERE).with_only_columns(Memory.id)
    by_numpy = memory_vectors.nearest(session, "m", vectors[77], every, limit=20)
    assert next(iter(by_numpy)) == ids[77]
    told = f"\n{kind}: by meaning {1e3 * plain:.0f} ms (numpy)"
    if memory_vectors.prepare(session):
        by_pgvector = memory_vectors.nearest(session, "m", vectors[77], every, limit=20)
        assert list(by_pgvector) == list(by_numpy)
        inside = _seconds(lambda: memories.recalled(session, EVERYWHERE, query, now=NOW))
        told += f", {1e3 * inside:.0f} ms (pgvector): {plain / inside:.1f} x"
    print(told)
