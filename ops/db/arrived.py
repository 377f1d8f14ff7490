"""What came since a design last judged: keys of new rows, and of rows that were revised."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import contexts
from ops.db.arrow import Columnar
from ops.db.designs_in_force import InForce
from ops.db.models.data import Batch, BatchSpan
from ops.db.types import to_micros

Key = tuple[int, int]  # ts and seq
_OF_ROWS = frozenset({"subgroup", "unit", "unit_id", "position", "shift"})


PORTION = 20_000  # rows that are judged in one transaction
_BATCHES = 1_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """First and last touched key, and the first one of each stream.

    Parameters
    ----------
    first_of
        Stream to its first touched key; None where no context tells the stream of a row.
    """

    first: Key
    last: Key
    first_of: dict[str, Key] | None


def arrived(
    session: Session, columnar: Columnar, one: InForce, high: int
) -> tuple[int, Arrived | None]:
    """Keys that batches after `one.seen` touched, and the highest batch that was looked at.

    Of a long backlog that is the last batch of a portion, else `high`. None if nothing is touched.

    Parameters
    ----------
    one
        A design that has judged before.
    """
    spans, high = _spans(session, one, high)
    with columnar.cursor() as cur:
        tables = [cur.table(query) for query in _queries(one, spans, high)]
    table = pa.concat_tables([table for table in tables if table.num_rows] or tables[:1])
    if table.num_rows == 0:
        return high, None
    keys = list(zip(table.column("ts").to_pylist(), table.column("seq").to_pylist(), strict=True))
    context = table.column("context_id").to_numpy()
    if one.design.stream in _OF_ROWS:
        return high, Arrived(min(keys), max(keys), None)
    levels = _levels(session, one, np.unique(context).tolist())
    first: dict[str, Key] = {}
    for key, place in zip(keys, context.tolist(), strict=True):
        stream = levels[place]
        if stream is not None and (stream not in first or key < first[stream]):
            first[stream] = key
    return high, Arrived(min(keys), max(keys), first) if first else None


def stream_factor(one: InForce) -> str | None:
    """Name of the factor whose levels are judged apart; None if all is one stream."""
    design = one.design
    return None if design.stream in ("", "none") else design.stream


_Spans = list[tuple[datetime, datetime]]


def _spans(session: Session, one: InForce, high: int) -> tuple[_Spans, int]:
    """Spans of new rows of a portion, and the highest batch that belongs to it."""
    query = (
        select(BatchSpan.batch_id, BatchSpan.first_ts, BatchSpan.last_ts, Batch.rows)
        .join(Batch, Batch.id == BatchSpan.batch_id)
        .where(
            BatchSpan.characteristic_id == one.characteristic_id,
            BatchSpan.batch_id > (one.seen or 0),
            BatchSpan.batch_id <= high,
        )
        .order_by(BatchSpan.batch_id)
        .limit(_BATCHES + 1)
    )
    found: _Spans = []
    count = 0
    for batch, first, last, rows in session.execute(query):
        count += rows
        if found and (count > PORTION or len(found) == _BATCHES):
            return found, batch - 1
        found.append((first, last))
    return found, high


def _queries(one: InForce, spans: _Spans, high: int) -> list[str]:
    """Write the SQL of ts, seq and context of revised rows, and of new ones if there are any."""
    batches = f"batch_id > {one.seen or 0} AND batch_id <= {high}"
    window = f"ts >= {one.start}" + ("" if one.until is None else f" AND ts < {one.until}")
    of_it = f"characteristic_id = {one.characteristic_id}"
    columns = "m.ts AS ts, m.seq AS seq, m.context_id AS context_id"
    revised = (
        f"SELECT {columns} FROM measurement m JOIN (SELECT DISTINCT characteristic_id, ts, seq"
        f" FROM revision WHERE {of_it} AND {batches} AND {window}) r"
        " ON m.characteristic_id = r.characteristic_id AND m.ts = r.ts AND m.seq = r.seq"
    )
    if not spans:
        return [revised]
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    between = f"ts BETWEEN {to_micros(first)} AND {to_micros(last)}"
    new = f"SELECT {columns} FROM measurement m WHERE {of_it} AND {between} AND {window}"
    return [revised, f"{new} AND {batches}"]


def _levels(session: Session, one: InForce, ids: list[int]) -> dict[int, str | None]:
    """Stream of each context; None where the design is not about it."""
    factor = stream_factor(one)
    where = {k: v for k, v in one.design.where.items() if k not in _OF_ROWS}
    found: dict[int, str | None] = {}
    for key, factors in contexts.factors_of(session, ids).items():
        about = all(factors.get(name) in levels for name, levels in where.items())
        level = "" if factor is None else factors.get(factor, "")
        found[key] = level if about else None
    return found
