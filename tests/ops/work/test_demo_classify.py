"""The demo plant can be learned from: datasets, a champion of the past, alerts that ended."""

from sqlalchemy import func, select

from ops.db import dataset_revisions, datasets, model_aliases, model_shelf, model_versions
from ops.db.engine import Database
from ops.db.models.control import Finding
from ops.values import EVERYWHERE
from ops.work.demo_cases import CASES
from ops.work.demo_classify import MODEL
from ops.work.demo_datasets import BONDS, LABEL, LOOPS
from ops.work.demo_signals import HEIGHTS, TRACES


def test_the_first_site_has_datasets_with_labels_that_are_not_known_yet(
    tiny_plant: Database,
) -> None:
    with tiny_plant.read() as session:
        newest = {}
        for code in (BONDS, LOOPS, TRACES, HEIGHTS):
            row = datasets.SHELF.find(session, EVERYWHERE, code, site="DEMO-PG")
            newest[code] = row.newest
        row = datasets.SHELF.find(session, EVERYWHERE, BONDS, site="DEMO-PG")
        first, last = (dataset_revisions.find(session, row, number) for number in (1, 2))
        then = dataset_revisions.stored(session, first).table()
        now = dataset_revisions.stored(session, last).table()
    assert newest == {BONDS: 2, LOOPS: 1, TRACES: 1, HEIGHTS: 1}
    assert 0.55 * len(now) < len(then) < 0.65 * len(now)
    for table in (then, now):
        unknown = table.categories[LABEL].codes < 0
        assert 0 < unknown.mean() < 0.1
        assert unknown[-1]


def test_the_champion_was_trained_before_the_drift(tiny_plant: Database) -> None:
    with tiny_plant.read() as session:
        row = model_shelf.SHELF.find(session, EVERYWHERE, MODEL, site="DEMO-PG")
        assert model_aliases.number(session, row, "champion") == 1
        version = model_versions.find(session, row, 1)
        assert (version.dataset, version.revision) == (BONDS, 1)
        assert version.metrics["time_ordered"] is True
        assert version.card["verdicts"]


def test_past_alerts_are_of_a_quiet_characteristic_and_one_is_open(tiny_plant: Database) -> None:
    cases = Finding.cause.startswith("simulated case")
    with tiny_plant.read() as session:
        count = session.scalars(select(func.count()).where(cases)).one()
        about = set(session.scalars(select(Finding.characteristic_id).where(cases)))
        still_open = select(func.count()).where(cases, Finding.state == "open")
        assert session.scalars(still_open).one() == 1
    assert (count, len(about)) == (CASES.cases, 1)
