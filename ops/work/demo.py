"""`longrun demo`: a plant with data up to yesterday, its nightly reports, and their first night.

Everything goes the way of a user's own data: repositories, the measurement writer, submit. What is
loaded is found by the ingests that brought it: where they have succeeded, nothing is done.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from sqlalchemy.orm import Session

from ops.db import characteristics, ingests
from ops.db.columnar import IngestRef, write_chunk
from ops.db.engine import Database
from ops.db.models.data import Ingest
from ops.db.models.plant import Site
from ops.db.partitions import settle
from ops.db.types import to_micros
from ops.simulate.measurand import code_of
from ops.simulate.plant import Plant, PlantSite
from ops.simulate.record import Measured, SiteRecord
from ops.simulate.site import simulate_site
from ops.simulate.sizes import SEED, Size
from ops.work.demo_actor import ACTOR
from ops.work.demo_baselines import qualify_baselines
from ops.work.demo_cases import store_cases
from ops.work.demo_charts import SiteCharts, site_charts, store_charts
from ops.work.demo_classify import build_loops, store_learning
from ops.work.demo_life import store_life_tests
from ops.work.demo_network import NETWORK, NetworkHistory, finish_network, store_demand
from ops.work.demo_nights import begin_nights
from ops.work.demo_rows import table_of
from ops.work.demo_site import create_events, end_of
from ops.work.demo_state import LoadedDemo, begin_demo, demo_in, demo_ingests
from ops.work.queue import JobQueue

CHUNK_ROWS = 100_000
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site whose measurements are stored, with what is still to be written."""

    plant: Plant
    site: PlantSite
    record: SiteRecord
    charts: SiteCharts
    end_us: int


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What a call has loaded; `run_ids` are the runs of the first night, none if all was there."""

    demo: LoadedDemo
    rows: int
    run_ids: tuple[str, ...]


def load_demo(
    database: Database,
    queue: JobQueue,
    *,
    size: Size,
    now: datetime,
    seed: int = SEED,
    progress: Progress | None = None,
) -> DemoReport:
    """Create the demo plant with data that end last midnight of each site.

    What is there already is kept, whatever `size` and `seed` say: a second call does nothing, and
    one after a crash completes what was begun.

    Parameters
    ----------
    progress
        Called with the code of a site, its measurements that are stored, and all of them.

    Raises
    ------
    Conflict
        If the database holds sites that are not of the demo plant: nothing is loaded.
    """
    with database.write.begin() as session:
        if demo_in(session) is None:
            begin_demo(session, size, seed, now)
        demo = demo_in(session)
        assert demo is not None
        waiting = [i for i in demo_ingests(session) if i.state != "succeeded"]
        site_of = {i.id: session.get_one(Site, i.site_id).code for i in waiting}
    waiting.sort(key=lambda ingest: place_in_load(site_of[ingest.id]))
    rows, run_ids = 0, list[str]()
    tell = progress or _silent
    for ingest in waiting:
        reference = IngestRef(ingest.id, ingest.site_id, ACTOR.name)
        if site_of[ingest.id] == NETWORK:
            loaded = _network(database, queue, demo, reference, now, tell)
        else:
            site = next(s for s in demo.plant.sites if s.code == site_of[ingest.id])
            loaded = _site(database, queue, (demo, site), reference, now, tell)
        rows += loaded[0]
        run_ids += loaded[1]
    settle(database)
    return DemoReport(demo, rows, tuple(run_ids))


def place_in_load(site: str) -> int:
    """Place of a site in the order of loading, and so of its runs in the first night.

    The plan of the network computes longest of them all: begun first, it does not end alone.
    """
    return 0 if site == NETWORK else 1


def _silent(site: str, done: int, total: int) -> None:
    """Tell nobody."""


def _network(
    database: Database,
    queue: JobQueue,
    demo: LoadedDemo,
    reference: IngestRef,
    now: datetime,
    tell: Progress,
) -> tuple[int, list[str]]:
    history = NetworkHistory.until(demo.begun_at, demo.seed)
    rows = store_demand(database, history, reference, now)
    tell(NETWORK, rows, rows)
    with database.write.begin() as session:
        return rows, finish_network(session, queue, history, reference.ingest_id, now)


def _site(
    database: Database,
    queue: JobQueue,
    place: tuple[LoadedDemo, PlantSite],
    reference: IngestRef,
    now: datetime,
    tell: Progress,
) -> tuple[int, list[str]]:
    demo, site = place
    end_us = to_micros(end_of(site, demo.begun_at))
    record = simulate_site(demo.plant, site, end_us=end_us)
    for done in _store(database, record, reference, now):
        tell(site.code, done, record.rows)
    charts = site_charts(database, demo.plant, site, end_us)
    loaded = Loaded(demo.plant, site, record, charts, end_us)
    with database.write.begin() as session:
        ids = _finish(session, queue, loaded, reference.ingest_id, now)
    if ids:
        build_loops(database, demo.plant, site, now)
    return record.rows, ids


def _store(
    database: Database, record: SiteRecord, reference: IngestRef, now: datetime
) -> Iterator[int]:
    """Store the measurements of a site chunk by chunk; what is stored so far after each."""
    done = 0
    for measured in record.measured:
        table = _labelled(database, measured, reference.site_id, now)
        for start in range(0, table.num_rows, CHUNK_ROWS):
            chunk = table.slice(start, CHUNK_ROWS)
            write_chunk(database, chunk, ingest=reference, now=now)
            done += chunk.num_rows
            yield done


def _labelled(database: Database, measured: Measured, site_id: int, now: datetime) -> pa.Table:
    with database.write.begin() as session:
        site = session.get_one(Site, site_id)
        code = code_of(measured.kind, measured.product)
        key = characteristics.with_code(session, site, code).id
        return table_of(session, measured, site_id=site_id, characteristic_id=key, now=now)


def _finish(
    session: Session, queue: JobQueue, loaded: Loaded, ingest_id: int, now: datetime
) -> list[str]:
    """In one transaction: events, counts, marks, designs, baselines, nights and the first night."""
    ingest = session.get_one(Ingest, ingest_id, populate_existing=True)
    if ingest.state == "succeeded":  # another call has completed it meanwhile
        return []
    rows = loaded.record.rows
    row = session.get_one(Site, ingest.site_id)
    create_events(session, row, loaded.record.happenings, now)
    ingests.add_counts(session, ingest_id, rows=rows, accepted=rows)
    ingests.finish(session, ingest_id, state="succeeded", now=now)
    store_charts(session, row, loaded.charts, now)
    store_life_tests(session, row, loaded.plant, loaded.site, now)
    qualify_baselines(session, row, loaded.plant, loaded.site, loaded.end_us, now)
    store_learning(session, row, loaded.plant, loaded.site, loaded.end_us, now)
    store_cases(session, row, loaded.plant, loaded.site, loaded.end_us)
    return begin_nights(session, queue, loaded.plant, loaded.site, loaded.end_us, now)
