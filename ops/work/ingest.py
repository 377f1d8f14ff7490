"""Take in a file of measurements: read, convert, store in chunks that are committed whole.

Policies (each with a test): unknown characteristic, unparsable number or time, NaN, infinity, empty
key, future or far past: the row is rejected. Out of order: accepted. Beyond the gauge: accepted,
with that status. Same key and content as stored: duplicate. Same key, other content: conflicting,
what is stored stays. A column that became a factor although it is nearly unique per row: the ingest
stops before that chunk. Every row that is not stored is listed with row, column, value and reason.
If a million rows were refused and none was stored, the ingest stops: the list would fill the disk.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, astuple, dataclass, field
from datetime import datetime, timedelta
from math import nan
from time import monotonic
from typing import BinaryIO, Literal

import pyarrow as pa
from sqlalchemy.orm import Session

from ops.db import characteristics, columnar, ingests, refused
from ops.db.columnar import IngestRef
from ops.db.engine import Database, is_sqlite
from ops.db.ingests import RejectedRow
from ops.db.partitions import settle
from ops.db.types import to_micros
from ops.errors import BadData, OpsError
from ops.ingest.catalogue import Catalogue, Known
from ops.ingest.chunk import TypedChunk
from ops.ingest.convert import Converter
from ops.ingest.file_format import FileFormat, read_rows
from ops.ingest.mapping import STANDARD, ColumnMapping
from ops.settings import Settings
from ops.values import EVERYWHERE, Actor
from ops.work.conflict import conflicts_told
from ops.work.contextbook import ContextBook
from ops.work.unpacking import of_stream

CHUNK_SQLITE = 20_000  # rows: a submit waits for one commit of ours at most
CHUNK_POSTGRESQL = 100_000
SHOWN = 100  # refused rows in the report; all of them are in the database
HOPELESS = 1_000_000  # rows refused with nothing stored: the file is not what it was taken for


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What is to be taken in, for whom, and how it is to be read."""

    site_id: int
    file_format: FileFormat
    actor: Actor
    mapping: ColumnMapping = STANDARD
    source: str | None = None
    file_name: str | None = None


@dataclass(slots=True)
class IngestCounts:
    """Rows read and what became of them; a wide row counts once for each value."""

    rows: int = 0
    accepted: int = 0
    duplicate: int = 0
    conflicting: int = 0
    rejected: int = 0

    def add(self, other: "IngestCounts") -> None:
        """Add the counts of a chunk."""
        for name, count in asdict(other).items():
            setattr(self, name, getattr(self, name) + count)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What became of a file; `error` is why its rest could not be read."""

    ingest_id: int
    counts: IngestCounts
    refused: tuple[RejectedRow, ...]
    warnings: tuple[str, ...]
    error: str | None = None


Progress = Callable[[IngestCounts], None]
Sent = Callable[[pa.Table], None]
Clock = Callable[[], datetime]


def ingest(
    database: Database,
    stream: BinaryIO,
    request: IngestRequest,
    *,
    settings: Settings,
    now: datetime,
    progress: Progress | None = None,
    sent: Sent | None = None,
) -> IngestReport:
    """Take in one file.

    Each chunk is committed whole, then its counts and refused rows; an ingest that is killed
    leaves whole chunks, and sending the file again completes it.

    Parameters
    ----------
    sent
        Told the rows of each chunk that is stored, also those that were known before.

    Raises
    ------
    BadData
        If nothing can be read: no rows are stored, and the ingest is noted as failed. Where only
        the rest of a file cannot be read, the report says so instead.
    """
    clock = _clock(now)
    store, catalogue = _start(database, request, now)
    store.sent = sent
    error: str | None = "interrupted; send the file again"
    try:
        most = rows_at_once(database, request.mapping)
        unpacking = of_stream(settings)
        rows = read_rows(
            stream, request.file_format, request.mapping, most=most, unpacking=unpacking
        )
        latest = to_micros(now + timedelta(seconds=settings.future_tolerance_s))
        convert = Converter(request.mapping, catalogue, rows.columns, latest=latest)
        error = store.run(map(convert, rows.chunks), clock, progress)
    except OpsError as failure:
        error = str(failure)
        raise
    finally:
        warnings = store.contexts.warnings(store.counts.rows)
        _finish(store, error, warnings, clock())
    settle(database)
    return IngestReport(store.ref.ingest_id, store.counts, tuple(store.shown), warnings, error)


@dataclass(slots=True)
class _Store:
    """Writes typed chunks, and keeps count."""

    database: Database
    ref: IngestRef
    contexts: ContextBook
    counts: IngestCounts = field(default_factory=IngestCounts)
    shown: list[RejectedRow] = field(default_factory=list[RejectedRow])
    sent: Sent | None = None

    def run(
        self, chunks: Iterator[TypedChunk], clock: Clock, progress: Progress | None
    ) -> str | None:
        """Store chunk after chunk; the answer is why the rest of the file cannot be read."""
        try:
            for chunk in chunks:
                self.write(chunk, now=clock())
                if progress is not None:
                    progress(self.counts)
                if self._is_hopeless():
                    return _hopeless(self.counts, self.shown[0])
        except BadData as broken:
            if self.counts.rows == 0:
                raise
            return str(broken)
        return None

    def _is_hopeless(self) -> bool:
        counts = self.counts
        return counts.rejected >= HOPELESS and not counts.accepted + counts.duplicate

    def write(self, chunk: TypedChunk, *, now: datetime) -> None:
        """Store one chunk, then its counts and the rows refused."""
        table = chunk.table
        rows = [RejectedRow("rejected", *astuple(row)) for row in chunk.rejected]
        counts = IngestCounts(rows=chunk.seen, rejected=len(rows))
        if table.num_rows:
            ids = self.contexts.ids(self.database, self.ref.site_id, chunk, now)
            table = table.append_column("context_id", pa.array(ids))
            done = columnar.write_chunk(self.database, table, ingest=self.ref, now=now)
            counts.accepted, counts.duplicate = done.accepted, done.duplicate
            counts.conflicting = done.conflicting
            with self.database.read() as session:
                rows += conflicts_told(session, done.conflicts.to_pylist())
            if self.sent is not None:
                self.sent(table)
        self.counts.add(counts)
        self.shown += rows[: SHOWN - len(self.shown)]
        with self.database.write.begin() as session:
            ingests.add_counts(session, self.ref.ingest_id, **asdict(counts))
            ingests.reject(session, self.ref.ingest_id, rows)


def _hopeless(counts: IngestCounts, first: RejectedRow) -> str:
    return (
        f"none of the first {counts.rows:,} rows could be stored, the rest was not read; row"
        f" {first.row}, {first.column}: {first.value!r} {first.reason}; mend file or mapping"
    )


def rows_at_once(database: Database, mapping: ColumnMapping) -> int:
    """Rows of a chunk; a wide row is as many measurements as it has value columns."""
    most = CHUNK_SQLITE if is_sqlite(database.engine) else CHUNK_POSTGRESQL
    return max(1, most // max(1, len(mapping.wide)))


def catalogue_of(session: Session, site_id: int) -> Catalogue:
    """Characteristics of a site, as ingest needs them."""
    known: dict[str, Known] = {}
    for c in session.scalars(characteristics.listed(EVERYWHERE, site_id=site_id)):
        lower, upper = (nan if bound is None else bound for bound in (c.gauge_lower, c.gauge_upper))
        known[c.code] = Known(c.id, c.unit, lower, upper)
    return Catalogue(known)


def _start(database: Database, request: IngestRequest, now: datetime) -> tuple[_Store, Catalogue]:
    person, site_id = request.actor.name, request.site_id
    with database.write.begin() as session:
        refused.fail_silent(session, now=now)
        started = ingests.start(
            session, site_id, request.source, request.file_name, request.file_format, person, now
        )
        ref = IngestRef(started.id, site_id, person)
        newest = refused.newest_context(session, site_id)
        book = ContextBook(newest, named=request.mapping.factors is not None)
        return _Store(database, ref, book), catalogue_of(session, site_id)


def _finish(store: _Store, error: str | None, warnings: tuple[str, ...], now: datetime) -> None:
    state: Literal["succeeded", "failed"] = "succeeded" if error is None else "failed"
    with store.database.write.begin() as session:
        ingests.finish(
            session, store.ref.ingest_id, state=state, now=now, warnings=warnings, error=error
        )


def _clock(now: datetime) -> Clock:
    """Make a clock that starts at `now`."""
    started = monotonic()
    return lambda: now + timedelta(seconds=monotonic() - started)
