"""The contexts of one ingest: looked up once, remembered, and watched for their number."""

from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from ops.db import contexts
from ops.db.engine import Database
from ops.errors import BadData, Problem
from ops.ingest.chunk import TypedChunk
from ops.ingest.combination import combinations
from ops.values import IntArray

NEW_SHARE = 0.05  # of the rows: above it some factor is nearly unique, and no context
_FEW = 100  # rows below which nothing can be said of it
STOP_SHARE = 0.5  # of the rows of a chunk: above it a column was surely taken for a factor
_STOP_ROWS = 1_000
_CACHED = 50_000  # combinations remembered from chunk to chunk

Combination = tuple[tuple[str, str], ...]


@dataclass(slots=True)
class ContextBook:
    """Ids of combinations of factors.

    Parameters
    ----------
    newest
        Highest id of a context before the ingest: what is above it is new.
    named
        Whether the mapping names the factors. If it does not, every other column became one, and
        one that is nearly unique per row stops the ingest instead of filling the table of contexts.
    """

    newest: int
    named: bool = True
    known: dict[Combination, int] = field(default_factory=dict[Combination, int])
    new: int = 0

    def ids(self, database: Database, site_id: int, chunk: TypedChunk, now: datetime) -> IntArray:
        """Context of each row; combinations that nobody knows are made, and committed."""
        found, index = combinations(chunk.factors, chunk.table.num_rows)
        ids = {c: self.known[c] for c in found if c in self.known}
        missing = [c for c in found if c not in ids]
        if missing:
            self._stop_if_too_many(chunk, len(missing))
            with database.write.begin() as session:
                made = contexts.ids_for(session, site_id, [dict(c) for c in missing], now)
            self.new += sum(id_ > self.newest for id_ in made)
            self.newest = max(self.newest, *made)
            ids.update(zip(missing, made, strict=True))
            if len(self.known) + len(missing) > _CACHED:
                self.known.clear()
            self.known.update(ids)
        return np.array([ids[c] for c in found], np.int64)[index]

    def _stop_if_too_many(self, chunk: TypedChunk, new: int) -> None:
        m = chunk.table.num_rows
        if self.named or m < _STOP_ROWS or new <= STOP_SHARE * m:
            return
        name, most = max(((n, len(t.levels)) for n, t in chunk.factors.items()), key=lambda p: p[1])
        mend = (
            "map it to unit_id if it is a serial, leave it out by `ignore`, or name the"
            " columns that are factors in `factors`"
        )
        raise BadData(
            f"the column {name!r} has {most} different values in {m} rows: as a factor it would"
            f" tell nothing; {mend}",
            (Problem("/mapping/factors", f"{name!r}: {mend}"),),
        )

    def warnings(self, rows: int) -> tuple[str, ...]:
        """Say it where contexts are too many."""
        if rows < _FEW or self.new <= NEW_SHARE * rows:
            return ()
        levels: dict[str, set[str]] = {}
        for combination in self.known:
            for name, level in combination:
                levels.setdefault(name, set()).add(level)
        name, most = max(levels.items(), key=lambda item: len(item[1]))
        return (
            f"{self.new} new contexts in {rows} rows: the factor {name!r} alone has {len(most)}"
            " levels; map what is nearly unique per row to unit_id, or leave it out by `ignore`",
        )
