"""The demo plant is loaded once, whole, only into a database of its own, and is like any data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, make_url, select

from ops.db import load, sites
from ops.db.engine import Database, open_database
from ops.db.models.control import ChartDesignRow, PointMarkRow, ReactionPlan, Reason
from ops.db.models.data import Batch, Context, Ingest, Measurement
from ops.db.models.plant import Calendar, Characteristic, Event, Holiday, Site, SpecLimit, Tool
from ops.db.models.work import Run, Schedule
from ops.db.types import to_micros
from ops.errors import Conflict
from ops.query import MeasurementQuery
from ops.simulate.measurand import code_of
from ops.simulate.site import simulate_site
from ops.units import by_unit
from ops.values import Actor
from ops.work import demo
from ops.work.demo import DemoReport, load_demo, place_in_load
from ops.work.demo_state import demo_in
from tests.conftest import postgres_databases
from tests.ops.work.demo_plant import NOW, Loading, Remembering, load_tiny

MIDNIGHTS = {
    "DEMO-PG": datetime(2026, 3, 9, 16, 0, tzinfo=UTC),
    "DEMO-DR": datetime(2026, 3, 9, 23, 0, tzinfo=UTC),
}
KINDS = (
    Measurement, Batch, Ingest, Context, Characteristic, SpecLimit, Tool, Event, Calendar,
    Holiday, Schedule, Run, Site, ChartDesignRow, ReactionPlan, Reason, PointMarkRow,
)  # fmt: skip


def _count(database: Database, model: type) -> int:
    with database.read() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def _tiny(database: Database) -> DemoReport:
    return load_demo(database, Remembering(), size="tiny", now=NOW)


@pytest.fixture(scope="module")
def tiny_postgres(postgres_server: str, postgres_template: str) -> Iterator[tuple[str, Loading]]:
    """Name of a PostgreSQL database with the tiny demo plant, and what loading it told."""
    with postgres_databases(postgres_server) as create:
        url = create(postgres_template)
        yield str(make_url(url).database), load_tiny(url)


@pytest.fixture
def loaded(kind: str, request: pytest.FixtureRequest) -> Iterator[tuple[Database, Loading]]:
    """The plant right after loading, and what loading it told; once for each kind."""
    if kind == "sqlite":
        _, loading = request.getfixturevalue("tiny_loaded")
        yield request.getfixturevalue("tiny_plant"), loading
        return
    name, loading = request.getfixturevalue("tiny_postgres")
    database = open_database(request.getfixturevalue("new_postgres")(name))
    yield database, loading
    database.engine.dispose()


def test_a_second_call_changes_nothing(loaded: tuple[Database, Loading]) -> None:
    database, loading = loaded
    first, queue = loading.report, Remembering()
    assert first.run_ids == loading.queued
    counts = {kind: _count(database, kind) for kind in KINDS}
    assert counts[Measurement] == first.rows > 5000
    assert [counts[k] for k in (Site, Ingest, Calendar)] == [2] * 3
    assert (counts[Schedule], counts[Run]) == (
        22,
        27,
    )  # the gauge studies have no schedule, the ledgers no first night
    assert counts[Characteristic] == counts[SpecLimit] + 2 == 48  # counts have no limits
    assert counts[ChartDesignRow] == 16
    assert counts[ReactionPlan] == 14
    assert counts[Reason] == 28
    assert counts[Tool] == 24 + 5 + 2
    assert min(counts.values()) > 0
    later = NOW + timedelta(days=3)
    again = load_demo(database, queue, size="small", seed=1, now=later)
    assert (again.rows, again.run_ids, again.demo) == (0, (), first.demo)
    assert queue.runs == []
    assert {kind: _count(database, kind) for kind in KINDS} == counts


def test_the_site_whose_plan_takes_longest_is_loaded_first() -> None:
    waiting = ["DEMO-PG", "DEMO-DR", "DEMO-NET"]
    assert sorted(waiting, key=place_in_load) == ["DEMO-NET", "DEMO-PG", "DEMO-DR"]


def test_what_is_stored_is_what_was_simulated(loaded: tuple[Database, Loading]) -> None:
    database, loading = loaded
    demo_plant = loading.report.demo.plant
    site = demo_plant.sites[0]
    record = simulate_site(demo_plant, site, end_us=to_micros(MIDNIGHTS[site.code]))
    with database.read() as session:
        marked = session.scalars(select(func.min(PointMarkRow.batch_id))).one()
    query = MeasurementQuery(site=site.code, as_of=NOW, max_batch=marked - 1)
    series = load.load(database, query).series
    stored = {s.characteristic.code: np.sort(s.value) for s in series}
    for measured in record.measured:
        code = code_of(measured.kind, measured.product)
        assert np.array_equal(stored[code], np.sort(measured.value))


def test_data_end_last_midnight_of_each_site_and_the_first_night_sees_them(
    tiny_plant: Database,
) -> None:
    with tiny_plant.read() as session:
        for site, midnight in MIDNIGHTS.items():
            of_site = select(Characteristic.id).join(Site, Site.id == Characteristic.site_id)
            mine = Measurement.characteristic_id.in_(of_site.where(Site.code == site))
            last = session.scalars(select(func.max(Measurement.ts)).where(mine)).one()
            assert midnight - timedelta(hours=4) < last < midnight
        windowed = select(Run).where(Run.window_end.is_not(None))  # life tests have none
        runs = {r.params["site"]: r for r in session.scalars(windowed)}
        ingests = list(session.scalars(select(Ingest)))
        per_ingest = dict(
            list(session.execute(
                select(Batch.ingest_id, func.sum(Batch.rows))
                .where(Batch.ingest_id.is_not(None))  # those of marks have none
                .group_by(Batch.ingest_id)
            ))
        )  # fmt: skip
    assert {site: run.window_end for site, run in runs.items()} == MIDNIGHTS
    assert runs["DEMO-DR"].max_batch == _count(tiny_plant, Batch)
    assert {i.id: i.accepted for i in ingests} == per_ingest


def test_each_site_has_its_nightly_schedule_in_its_own_zone(tiny_plant: Database) -> None:
    with tiny_plant.read() as session:
        nightly = select(Schedule).where(Schedule.analysis == "capability")
        found = {s.params["site"]: s for s in session.scalars(nightly)}
    assert {site: s.zone for site, s in found.items()} == {
        "DEMO-PG": "Asia/Kuala_Lumpur",
        "DEMO-DR": "Europe/Berlin",
    }
    dresden = found["DEMO-DR"]
    assert (dresden.enabled, dresden.cron) == (True, "30 5 * * *")
    assert dresden.next_at == datetime(2026, 3, 10, 4, 30, tzinfo=UTC)


def test_a_load_that_was_cut_off_is_completed(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    chunks = 0
    real = demo.write_chunk

    def cut_off(*given: object, **named: object) -> object:
        nonlocal chunks
        chunks += 1
        if chunks > 30:
            raise KeyboardInterrupt
        return real(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(demo, "write_chunk", cut_off)
        with pytest.raises(KeyboardInterrupt):
            _tiny(sqlite_database)
    with sqlite_database.read() as session:
        begun = demo_in(session)
    assert _count(sqlite_database, Schedule) == 14  # of the site that was complete
    report = load_demo(
        sqlite_database, Remembering(), size="small", seed=1, now=NOW + timedelta(days=1)
    )
    assert report.demo == begun
    assert (report.demo.size, len(report.run_ids)) == ("tiny", 8)
    with sqlite_database.read() as session:
        ingested = sum(i.accepted for i in session.scalars(select(Ingest)))
    assert _count(sqlite_database, Measurement) == ingested
    assert _count(sqlite_database, Schedule) == 22


def test_a_database_with_own_sites_is_left_alone(sqlite_database: Database) -> None:
    with sqlite_database.write.begin() as session:
        own = {"code": "PG1", "title": "Penang 1", "zone": "UTC"}
        sites.create(session, own, actor=Actor("ada", "admin"), now=NOW)
    with pytest.raises(Conflict, match="site 'PG1', which is not of the demo plant"):
        _tiny(sqlite_database)
    left = (Site, Measurement, Tool, Schedule, Ingest)
    assert [_count(sqlite_database, kind) for kind in left] == [1, 0, 0, 0, 0]


def test_an_own_site_beside_the_demo_plant_is_no_hindrance(tiny_plant: Database) -> None:
    with tiny_plant.write.begin() as session:
        own = {"code": "PG1", "title": "Penang 1", "zone": "UTC"}
        sites.create(session, own, actor=Actor("ada", "admin"), now=NOW)
    assert _tiny(tiny_plant).rows == 0


def test_progress_counts_up_to_all_of_each_site(tiny_loaded: tuple[Path, Loading]) -> None:
    report, seen = tiny_loaded[1].report, tiny_loaded[1].steps
    totals = {site: total for site, _, total in seen}
    assert sum(totals.values()) == report.rows
    assert {site: done for site, done, _ in seen} == totals
    assert [done for site, done, _ in seen if site == "DEMO-PG"] == sorted(
        done for site, done, _ in seen if site == "DEMO-PG"
    )


def test_the_loaded_series_carries_its_factors_limits_and_units(tiny_plant: Database) -> None:
    codes = ("LOOP-QFN32-CU20", "XRAY-QFN32-CU20")
    query = MeasurementQuery(characteristics=codes, site="DEMO-PG", as_of=NOW)
    optical, x_ray = load.load(tiny_plant, query).series
    context = {"tool", "lot", "capillary", "capillary_lot", "material", "package", "wire", "gauge"}
    assert context <= set(optical.factors)
    assert "night" in optical.factors["shift"].levels
    assert optical.spec is not None
    assert (optical.spec.lower, optical.spec.target, optical.spec.upper) == (139.0, 150.0, 161.0)
    assert abs(float(np.median(optical.value)) - 150.0) < 3
    assert optical.position.levels == ("W1", "W2", "W3", "W4", "W5", "W6")
    joined = by_unit([optical, x_ray])
    both = ~np.isnan(joined.values).any(axis=1)
    assert both.sum() == x_ray.value.size // 6
    assert len(joined.columns) == 12
