"""What charts remember of their streams: the newest state of each, and sparse older ones.

A state is the memory after a measurement; `points` counts the measurements. States at multiples of
500 are kept, beyond the last 10,000 only every tenth: a late or revised row is judged from the last
state before it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from ops.db.arrived import Key
from ops.db.models.control import ChartProgress, ChartState, Violation
from ops.db.types import from_micros, to_micros
from ops.spc.memory import Memory

STEP = 500
SPARSE = 5_000
RECENT = 10_000
_LOCK = 7_263_006
_PAGE = 250


def newest(session: Session, design_id: int, streams: Collection[str] | None) -> dict[str, Memory]:
    """Newest state of each stream that has one; of all streams for None."""
    rank = func.row_number().over(
        partition_by=ChartState.stream, order_by=(ChartState.ts.desc(), ChartState.seq.desc())
    )
    query = select(ChartState, rank.label("rank")).where(ChartState.design_id == design_id)
    named = None if streams is None else sorted(streams)
    pages = [query] if named is None else [
        query.where(ChartState.stream.in_(named[first : first + _PAGE]))
        for first in range(0, len(named), _PAGE)
    ]  # fmt: skip
    found: dict[str, Memory] = {}
    for page in pages:
        ranked = page.subquery()
        state = aliased(ChartState, ranked)
        for row in session.scalars(select(state).where(ranked.c.rank == 1)):
            found[row.stream] = Memory.from_json(row.memory)
    return found


def before(session: Session, design_id: int, stream: str, key: Key) -> Memory:
    """Last state whose measurements all lie before a key; an empty memory if there is none."""
    query = (
        select(ChartState)
        .where(ChartState.design_id == design_id, ChartState.stream == stream)
        .where(~_from(ChartState.ts, ChartState.seq, key))
        .order_by(ChartState.ts.desc(), ChartState.seq.desc())
        .limit(1)
    )
    found = session.scalar(query)
    return Memory() if found is None else Memory.from_json(found.memory)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a design has judged: batch, and the instant that was reached in a backlog."""

    batch: int | None
    reached: int | None = None


def claim(session: Session, design_id: int, known: Progress, to: Progress) -> bool:
    """Move a design on; False if somebody else has moved it from where it was known to be.

    Until the caller's transaction ends nobody else can: one judges a design at a time.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = text("SELECT pg_advisory_xact_lock(:space, :design)")
        session.execute(lock, {"space": _LOCK, "design": design_id % 2**31})
    query = select(ChartProgress).where(ChartProgress.design_id == design_id)
    row = session.scalar(query.execution_options(populate_existing=True))
    stored = Progress(None)
    if row is not None:
        reached = None if row.reached is None else to_micros(row.reached)
        stored = Progress(row.batch_id, reached)
    if stored != known:
        return False
    made = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    moved: dict[str, Any] = {
        "batch_id": to.batch,
        "reached": None if to.reached is None else from_micros(to.reached),
    }
    one = made(ChartProgress).values(design_id=design_id, **moved)
    session.execute(one.on_conflict_do_update(index_elements=["design_id"], set_=moved))
    return True


def save(
    session: Session, design_id: int, states: Sequence[tuple[str, Memory]], *, batch: int
) -> None:
    """Store new states of streams, and thin out the older ones of those that passed a step."""
    rows: list[dict[str, Any]] = [
        {
            "design_id": design_id,
            "stream": stream,
            "ts": from_micros(memory.ts),
            "seq": memory.seq,
            "batch_id": batch,
            "points": memory.rows,
            "memory": memory.to_json(),
        }
        for stream, memory in states
    ]
    if rows:
        session.execute(insert(ChartState), rows)
    reached = {stream: memory.rows for stream, memory in states if memory.rows % STEP == 0}
    for stream, count in reached.items():
        session.execute(
            delete(ChartState).where(
                ChartState.design_id == design_id,
                ChartState.stream == stream,
                ChartState.points < count - RECENT,
                ChartState.points % SPARSE != 0,
            )
        )


def forget(session: Session, design_id: int, stream: str, since: Key | None) -> None:
    """Delete the states of a stream after a key; None deletes all of them."""
    of_it = (ChartState.design_id == design_id, ChartState.stream == stream)
    after = () if since is None else (_from(ChartState.ts, ChartState.seq, _next(since)),)
    session.execute(delete(ChartState).where(*of_it, *after))


def forget_all(session: Session, design_id: int) -> None:
    """Delete the states of all streams of a design."""
    session.execute(delete(ChartState).where(ChartState.design_id == design_id))


def pass_on(session: Session, design_id: int, passed: Sequence[tuple[str, Memory]]) -> None:
    """Delete states that were the newest ones, but are none of the sparse ones."""
    rows = [
        {"of_stream": stream, "at_ts": from_micros(memory.ts), "at_seq": memory.seq}
        for stream, memory in passed
        if memory.rows % STEP
    ]
    if rows:
        one = delete(ChartState).where(
            ChartState.design_id == design_id,
            ChartState.stream == bindparam("of_stream"),
            ChartState.ts == bindparam("at_ts"),
            ChartState.seq == bindparam("at_seq"),
        )
        session.connection().execute(one, rows)


def violations_from(key: Key) -> ColumnElement[bool]:
    """Condition that a violation is at a key or after it."""
    return _from(Violation.ts, Violation.seq, key)


def _from(
    ts: InstrumentedAttribute[Any], seq: InstrumentedAttribute[int], key: Key
) -> ColumnElement[bool]:
    at = from_micros(key[0])
    return or_(ts > at, and_(ts == at, seq >= key[1]))


def _next(key: Key) -> Key:
    return key[0], key[1] + 1
