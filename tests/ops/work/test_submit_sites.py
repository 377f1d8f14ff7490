"""Which site a run belongs to, when the caller names none."""

from datetime import UTC, datetime

import pytest

from ops.analyses.registry import find
from ops.db import runs, sites
from ops.db.engine import Database
from ops.errors import BadData
from ops.values import Actor, Scope
from ops.work.engine import open_queue, prepare
from ops.work.submit import Submission, submit

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ADMIN = Actor("admin", "admin")


def _submit(database: Database, scope: Scope) -> tuple[str, int | None]:
    prepare(database)
    queue = open_queue(database)
    with database.write.begin() as session:
        actor = Actor("planner", "planner", scope)
        run = submit(session, queue, Submission("capability", {}, actor, NOW))
        found = run.id, run.site_id
    queue.close()
    return found


@pytest.fixture
def two_sites(sqlite_database: Database) -> Database:
    """A database with the sites 1 and 2."""
    with sqlite_database.write.begin() as session:
        for code in ("A", "B"):
            fields = {"code": code, "title": code, "zone": "UTC"}
            sites.create(session, fields, actor=ADMIN, now=NOW)
    return sqlite_database


def test_a_caller_of_one_site_means_that_site_and_sees_the_run(two_sites: Database) -> None:
    scope = Scope(frozenset({2}))
    run_id, site_id = _submit(two_sites, scope)
    assert site_id == 2
    with two_sites.read() as session:
        assert runs.find(session, run_id, scope).id == run_id


def test_a_caller_of_several_sites_names_one(two_sites: Database) -> None:
    with pytest.raises(BadData) as caught:
        _submit(two_sites, Scope(frozenset({1, 2})))
    assert [p.pointer for p in caught.value.problems] == ["/site"]


def test_a_caller_of_all_sites_may_mean_all(two_sites: Database) -> None:
    assert _submit(two_sites, Scope())[1] is None


@pytest.mark.parametrize(("analysis", "windowed"), [("capability", True), ("greenfield", False)])
def test_a_run_has_a_window_where_its_data_are_of_a_time(analysis: str, *, windowed: bool) -> None:
    assert find(analysis).takes_window is windowed
