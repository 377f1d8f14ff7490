"""Raw points, page by page: every row that is stored, with its value and status in force."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import contexts
from ops.db.arrow import ArrowCursor
from ops.db.batches import high_batch
from ops.db.engine import Database
from ops.db.marked import MARKED, with_marks
from ops.db.models.data import Context
from ops.db.points import Span, in_force, typed
from ops.db.selection import Selected, selected
from ops.db.types import to_micros
from ops.errors import BadData, Problem
from ops.query import MeasurementQuery
from ops.values import Status

PAGE_ROWS = 50_000
_COLUMNS = (
    "ts", "seq", "value", "subgroup", "unit_id", "position", "n", "status", "context_id",
    "batch_id",
)  # fmt: skip
_READ = (*_COLUMNS, *MARKED)
_LABELS = frozenset({"subgroup", "unit_id", "position"})
_INSTANT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Position:
    """Place of a row in the order of the pages."""

    characteristic_id: int
    ts: int
    seq: int


@dataclass(frozen=True, slots=True)
class Source:
    """What pages are read from: one state of the data, so that pages fit together.

    Parameters
    ----------
    kept
        Further SQL condition on the rows, empty for none.
    """

    characteristics: tuple[Selected, ...]
    span: Span
    kept: str = ""


def source_of(database: Database, query: MeasurementQuery) -> Source:
    """Resolve a query; its window, codes and highest batch are those of every page.

    Raises
    ------
    NotFound
        If the site or a characteristic does not exist within the scope.
    BadData
        If rows shall be kept by shift, which no row says.
    """
    with database.read() as session:
        rows = selected(session, query)
        high = high_batch(session) if query.max_batch is None else query.max_batch
        kept = _kept(session, rows, query.where)
    start, end = (None if t is None else to_micros(t) for t in (query.start, query.end))
    return Source(tuple(sorted(rows, key=lambda row: row[0].id)), Span(start, end, high), kept)


def _kept(session: Session, rows: Sequence[Selected], where: Mapping[str, tuple[str, ...]]) -> str:
    """Write the SQL condition of a filter; texts are quoted as both databases do."""
    if "shift" in where:
        mend = "filter by start and end; analyses and charts know shifts"
        raise BadData(f"raw rows know no shift; {mend}", (Problem("/where", mend),))
    conditions: list[str] = []
    of_context = {name: levels for name, levels in where.items() if name not in _LABELS}
    if of_context:
        found = contexts.matching(session, sorted({site.id for _, site in rows}), of_context)
        conditions.append(f"context_id IN ({', '.join(map(str, found)) or 'NULL'})")
    for name in sorted(_LABELS & where.keys()):
        quoted = ", ".join("'" + level.replace("'", "''") + "'" for level in where[name])
        conditions.append(f"{name} IN ({quoted})")
    return "".join(f" AND {condition}" for condition in conditions)


def page(
    database: Database, source: Source, *, after: Position | None, limit: int
) -> list[tuple[Selected, pa.Table]]:
    """Up to `limit` rows in the order of (characteristic id, ts, seq), one table for each."""
    found: list[tuple[Selected, pa.Table]] = []
    with database.columnar.cursor() as cur:
        for pair in source.characteristics:
            if limit > 0 and (after is None or pair[0].id >= after.characteristic_id):
                table = _page(cur, pair[0].id, source, after, limit)
                limit -= table.num_rows
                found.append((pair, table))
    return [(pair, table) for pair, table in found if table.num_rows]


def last_position(tables: Sequence[tuple[Selected, pa.Table]]) -> Position:
    """Position of the last row of a page that is not empty."""
    (characteristic, _), table = tables[-1]
    ts, seq = (table.column(c)[-1].as_py() for c in ("ts", "seq"))
    return Position(characteristic.id, ts, seq)


def stream(
    database: Database, source: Source, *, rows: int = PAGE_ROWS
) -> tuple[pa.Schema, Iterator[pa.RecordBatch]]:
    """Read all points as record batches of up to `rows` rows; nothing is held between two.

    Labels and factors are dictionary-encoded; ``context_id`` is replaced by its factors.
    """
    encoding = _encoding(database, source)
    schema = encoding.schema()

    def batches() -> Iterator[pa.RecordBatch]:
        after: Position | None = None
        while tables := page(database, source, after=after, limit=rows):
            for pair, table in tables:
                yield from encoding.encode(pair, table).to_batches()
            after = last_position(tables)

    return schema, batches()


def _page(
    cur: ArrowCursor, characteristic_id: int, source: Source, after: Position | None, limit: int
) -> pa.Table:
    of_it = f"characteristic_id = {characteristic_id} AND {source.span.condition()}"
    beyond = ""
    if after is not None and after.characteristic_id == characteristic_id:
        # the first condition says nothing new, but lets PostgreSQL leave out older partitions
        beyond = f" AND ts >= {after.ts} AND (ts, seq) > ({after.ts}, {after.seq})"
    rest = f"FROM measurement WHERE {of_it}{source.kept}{beyond} ORDER BY ts, seq LIMIT {limit}"
    query, extra = typed(cur, _COLUMNS, rest)
    table = cur.table(query).slice(extra)
    if table.num_rows == 0:
        return table
    first, last = (table.column("ts")[i].as_py() for i in (0, -1))
    seen = f"{of_it} AND ts BETWEEN {first} AND {last}"
    return with_marks(cur, in_force(cur, table, seen), seen)


@dataclass(frozen=True, slots=True)
class _Coded:
    """A dictionary column: `places` is the code of each id, -1 where it has none."""

    levels: pa.Array
    places: Mapping[int, int]

    def take(self, ids: pa.ChunkedArray) -> pa.DictionaryArray:
        distinct, place = np.unique(ids.to_numpy(), return_inverse=True)
        codes = np.array([self.places.get(int(i), -1) for i in distinct], dtype=np.int32)[place]
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), self.levels)


@dataclass(frozen=True, slots=True)
class _Encoding:
    """How a page becomes record batches of one schema."""

    of_characteristic: Mapping[str, _Coded]
    of_context: Mapping[str, _Coded]

    def schema(self) -> pa.Schema:
        empty = pa.table({c: pa.array([], _TYPES.get(c, pa.int64())) for c in _READ})
        return self._columns(0, empty).schema

    def encode(self, pair: Selected, table: pa.Table) -> pa.Table:
        return self._columns(pair[0].id, table).combine_chunks()

    def _columns(self, characteristic_id: int, table: pa.Table) -> pa.Table:
        ids = pa.chunked_array([np.full(table.num_rows, characteristic_id)])
        context = table.column("context_id")
        columns = {name: coded.take(ids) for name, coded in self.of_characteristic.items()}
        for name in _READ:
            if name != "context_id":
                columns[name] = table.column(name).cast(_TYPES.get(name, pa.int64()))
        columns["status"] = _STATUS.take(table.column("status"))
        for name, coded in self.of_context.items():
            columns[name if name not in columns else f"factor_{name}"] = coded.take(context)
        return pa.table(columns)


def _encoding(database: Database, source: Source) -> _Encoding:
    site_ids = {site.id for _, site in source.characteristics}
    with database.read() as session:
        query = select(Context.id, Context.factors).where(Context.site_id.in_(site_ids))
        combos = {row.id: row.factors for row in session.execute(query)}
    names = sorted({name for factors in combos.values() for name in factors})
    return _Encoding(
        of_characteristic={
            "site": _coded({row.id: site.code for row, site in source.characteristics}),
            "characteristic": _coded({row.id: row.code for row, _ in source.characteristics}),
        },
        of_context={
            name: _coded({key: factors.get(name) for key, factors in combos.items()})
            for name in names
        },
    )


def _coded(label: Mapping[int, str | None]) -> _Coded:
    levels = sorted({v for v in label.values() if v is not None})
    code = {level: i for i, level in enumerate(levels)}
    places = {key: code[v] for key, v in label.items() if v is not None}
    return _Coded(pa.array(levels, pa.string()), places)


_TYPES = {
    "ts": _INSTANT,
    "value": pa.float64(),
    "n": pa.float64(),
    "subgroup": pa.string(),
    "unit_id": pa.string(),
    "position": pa.string(),
    **dict.fromkeys(MARKED, pa.string()),
}
_STATUS = _coded({int(s): s.name.lower() for s in Status})
