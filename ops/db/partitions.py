"""Monthly range partitions of the measurements on PostgreSQL, made when a month first appears."""

from dataclasses import dataclass

import numpy as np

from ops.db.arrow import ArrowCursor
from ops.db.engine import Database
from ops.values import IntArray

_LOCK = 7_263_003


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month in UTC: its partition and its bounds in microseconds since 1970."""

    name: str
    start: int
    end: int


def months_of(ts: IntArray) -> tuple[Month, ...]:
    """Months in which instants lie.

    Examples
    --------
    >>> months_of(np.array([0]))
    (Month(name='measurement_197001', start=0, end=2678400000000),)
    """
    found = np.unique(ts.astype("datetime64[us]").astype("datetime64[M]"))
    return tuple(_month(m) for m in found)


def ensure(cur: ArrowCursor, months: tuple[Month, ...]) -> None:
    """Make the partitions that are missing; readers and writers of the others go on."""
    if missing := _missing(cur, months):
        with cur.transaction():
            cur.run(f"SELECT pg_advisory_xact_lock({_LOCK})")
            for month in _missing(cur, missing):  # another writer may have made it meanwhile
                _make(cur, month)


def settle(database: Database) -> None:
    """Renew the statistics of the partitions that have grown by half, and by 4 MB or more.

    PostgreSQL does so by itself within a minute; until then it sorts what the index has in order.
    """
    with database.columnar.cursor() as cur:
        if cur.sqlite:
            return
        for name in cur.table(_GROWN).column(0).to_pylist():
            cur.run(f"ANALYZE (SKIP_LOCKED) {name}")


_GROWN = (
    "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'measurement'::regclass"
    " AND pg_relation_size(c.oid) / 8192 >= 1.5 * greatest(c.relpages, 0) + 500"
)


def _month(month: np.datetime64) -> Month:
    start, end = month.astype("datetime64[us]"), (month + 1).astype("datetime64[us]")
    name = f"measurement_{str(month).replace('-', '', 1)}"
    return Month(name, int(start.astype(np.int64)), int(end.astype(np.int64)))


def _missing(cur: ArrowCursor, months: tuple[Month, ...]) -> tuple[Month, ...]:
    names = ", ".join(f"'{m.name}'" for m in months)
    query = (
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        f" WHERE i.inhparent = 'measurement'::regclass AND c.relname IN ({names})"
    )
    known = set(cur.table(query).column(0).to_pylist())
    return tuple(m for m in months if m.name not in known)


def _make(cur: ArrowCursor, month: Month) -> None:
    # CREATE ... PARTITION OF would lock every reader out of the parent; ATTACH does not
    cur.run(f"CREATE TABLE {month.name} (LIKE measurement INCLUDING ALL)")
    cur.run(
        f"ALTER TABLE measurement ATTACH PARTITION {month.name}"
        f" FOR VALUES FROM ({month.start}) TO ({month.end})"
    )
