"""The demo plant's life tests hold what was simulated, as it was known at each readout."""

from datetime import UTC, datetime, timedelta

import numpy as np

from ops.db.engine import Database
from ops.db.load import load
from ops.db.models.plant import Site
from ops.life_query import LifetimeQuery
from ops.simulate.life import LifeTestPlan, simulate_life_tests
from ops.simulate.sizes import plant_of
from ops.work.demo_life import store_life_tests

NOW = datetime(2026, 3, 10, tzinfo=UTC)


def test_life_tests_are_those_of_the_simulation(sqlite_database: Database) -> None:
    plant = plant_of("tiny")
    with sqlite_database.write.begin() as session:
        for place in plant.sites:
            row = Site(code=place.code, title="", created_at=NOW)
            session.add(row)
            session.flush()
            store_life_tests(session, row, plant, place, NOW)
    plan = LifeTestPlan()
    tests = simulate_life_tests(plan, seed=plant.seed)
    mine = tests.product == 0
    found = load(sqlite_database, LifetimeQuery("HTS-QFN32-CU20", site="DEMO-PG"))
    assert found.life is not None
    assert found.revision == 3
    assert found.life.failures == tests.failed[mine].sum()
    assert found.life.modes == ("ball-lift", "heel-crack")
    assert sorted(np.unique(found.life.stresses["temperature"])) == [150, 175, 200]
    failed = found.life.failed
    exact = tests.hours[mine][failed]
    assert (found.life.lower[failed] <= exact).all()
    assert (found.life.upper[failed] >= exact).all()


def test_earlier_readouts_are_seen_by_earlier_instants(sqlite_database: Database) -> None:
    plant = plant_of("tiny")
    with sqlite_database.write.begin() as session:
        row = Site(code="DEMO-PG", title="", created_at=NOW)
        session.add(row)
        session.flush()
        store_life_tests(session, row, plant, plant.sites[0], NOW)
    at = [
        load(sqlite_database, LifetimeQuery("HTS-QFN32-AU25", as_of=NOW - timedelta(hours=h))).life
        for h in (1490, 990, 0)
    ]
    lives = [life for life in at if life is not None]
    assert [life.units for life in lives] == [231.0] * 3
    assert lives[0].failures < lives[1].failures < lives[2].failures
    assert [float(life.lower[life.right].max()) for life in lives] == [504.0, 1008.0, 2000.0]
