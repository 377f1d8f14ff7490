"""Dense vectors of memories: kept as float32, searched by numpy, or by pgvector where it is.

Both compare all vectors of a model, so that they find the same. pgvector needs a column of its own
type, which `prepare` adds where the extension can be had; nothing else depends on it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Float, Select, delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from ops.db.models.advise import Memory, MemoryVector

_COLUMN = "embedding"
_BATCH = 5000  # rows that are compared at once: their vectors are in memory together
_AVAILABLE = text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
_HAS_COLUMN = text(
    "SELECT 1 FROM pg_attribute WHERE attrelid = 'memory_vector'::regclass"
    f" AND attname = '{_COLUMN}' AND NOT attisdropped"
)
_FILL = text(f"UPDATE memory_vector SET {_COLUMN} = CAST(:v AS vector) WHERE {_COLUMN} IS NULL"
             " AND memory_id = :id AND model = :model AND piece = :piece")  # fmt: skip


def prepare(session: Session) -> bool:
    """Add the column of pgvector if the extension can be had; whether there is one."""
    if session.get_bind().dialect.name == "sqlite" or not session.scalar(_AVAILABLE):
        return False
    try:
        with session.begin_nested():
            session.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
            session.execute(
                text(f"ALTER TABLE memory_vector ADD COLUMN IF NOT EXISTS {_COLUMN} vector")
            )
    except SQLAlchemyError:
        return False  # an administrator of the database has to create it
    for row in session.scalars(select(MemoryVector)):
        _fill(session, row)
    return True


def has_pgvector(session: Session) -> bool:
    """Whether vectors are searched by pgvector."""
    if session.get_bind().dialect.name == "sqlite":
        return False
    return session.scalar(_HAS_COLUMN) is not None


def digests(session: Session, model: str) -> dict[int, str]:
    """SHA-256 of the text that the vectors of each memory were made of, of one model."""
    query = select(MemoryVector.memory_id, MemoryVector.sha256).where(MemoryVector.model == model)
    return dict(list(session.execute(query)))


def replace(
    session: Session, memory_id: int, model: str, sha256: str, vectors: NDArray[np.float32]
) -> None:
    """Keep the vectors of the pieces of a memory in place of those there were, of any model.

    Parameters
    ----------
    sha256
        Of the text that they were made of.
    vectors : shape (n_pieces, n_dimensions)
        Of length one.
    """
    session.execute(delete(MemoryVector).where(MemoryVector.memory_id == memory_id))
    rows = [
        MemoryVector(
            memory_id=memory_id, model=model, piece=piece, sha256=sha256, vector=_packed(vector)
        )
        for piece, vector in enumerate(vectors)
    ]
    session.add_all(rows)
    session.flush()
    if has_pgvector(session):
        for row in rows:
            _fill(session, row)


def cosines(
    session: Session, model: str, vector: NDArray[np.float32], ids: Sequence[int]
) -> dict[int, float]:
    """Cosine of the best piece of each of some memories that has vectors of a model."""
    query = select(Memory.id).where(Memory.id.in_(ids))
    return nearest(session, model, vector, query, limit=len(ids))


def nearest(
    session: Session, model: str, vector: NDArray[np.float32], ids: Select[int], *, limit: int
) -> dict[int, float]:
    """Memories nearest to a vector with the cosine of their best piece, the nearest first.

    Parameters
    ----------
    vector : shape (n_dimensions,)
        Of length one; vectors of another number of dimensions are never near.
    ids
        Which memories count.
    """
    if limit < 1:
        return {}
    if has_pgvector(session):
        return _by_pgvector(session, model, vector, ids, limit)
    found = _by_numpy(session, model, vector, ids)
    best = sorted(found.items(), key=lambda pair: (-pair[1], -pair[0]))
    return dict(best[:limit])


def _by_numpy(
    session: Session, model: str, vector: NDArray[np.float32], ids: Select[int]
) -> dict[int, float]:
    query = select(MemoryVector.memory_id, MemoryVector.vector).where(
        MemoryVector.model == model, MemoryVector.memory_id.in_(ids)
    )
    wanted = np.asarray(vector, np.float32)
    best: dict[int, float] = {}
    for rows in session.execute(query).partitions(_BATCH):
        fitting = [(one, kept) for one, kept in rows if len(kept) == 4 * wanted.size]
        packed = b"".join(kept for _, kept in fitting)
        near = np.frombuffer(packed, np.float32).reshape(len(fitting), wanted.size) @ wanted
        for (one, _), cosine in zip(fitting, near.tolist(), strict=True):
            best[one] = max(cosine, best.get(one, -1.0))
    return best


def _by_pgvector(
    session: Session, model: str, vector: NDArray[np.float32], ids: Select[int], limit: int
) -> dict[int, float]:
    near = func.max(text(f"-({_COLUMN} <#> CAST(:wanted AS vector))"), type_=Float)
    query = (
        select(MemoryVector.memory_id, near)
        .where(MemoryVector.model == model, MemoryVector.memory_id.in_(ids))
        .where(text(f"vector_dims({_COLUMN}) = :dims"))
        .group_by(MemoryVector.memory_id)
        .order_by(near.desc(), MemoryVector.memory_id.desc())
        .limit(limit)
    )
    given = {"wanted": _text(np.asarray(vector, np.float32)), "dims": vector.size}
    return {one: float(cosine) for one, cosine in session.execute(query, given)}


def _fill(session: Session, row: MemoryVector) -> None:
    kept = np.frombuffer(row.vector, np.float32)
    given = {"v": _text(kept), "id": row.memory_id, "model": row.model, "piece": row.piece}
    session.execute(_FILL, given)


def _packed(vector: NDArray[np.float32]) -> bytes:
    return np.ascontiguousarray(vector, np.float32).tobytes()


def _text(vector: NDArray[np.float32]) -> str:
    return f"[{','.join(map(repr, vector.astype(float).tolist()))}]"
