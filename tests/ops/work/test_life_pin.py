"""A run of a life test is pinned to the revision that was the newest when it was submitted."""

from datetime import UTC, datetime

import pytest
from pydantic import Field

from ops.analysis import Analysis, AnalysisParams, AnalysisResult, Example
from ops.db import life_revisions, life_tests
from ops.db.engine import Database
from ops.db.life_revisions import LifeOrigin
from ops.db.life_rows import packed
from ops.db.models.work import Run
from ops.errors import BadData
from ops.life_query import LifetimeData, LifetimeQuery
from ops.page import Page
from ops.values import Actor, Scope
from ops.work.life_pin import pin_life_test
from ops.work.run import pinned
from tests.ops.lifetime.life_tables import life_rows

NOW = datetime(2026, 1, 10, tzinfo=UTC)
ENGINEER = Actor("engineer", "engineer")


class LifePinParams(AnalysisParams):
    """Parameters that name a life test and may name a revision."""

    life_test: str = Field(default="", description="Code of the life test.")
    revision: int | None = Field(default=None, description="Revision.")


STUB = Analysis(
    name="stub",
    title="Stub",
    summary="Asks for a life test.",
    version=1,
    params=LifePinParams,
    result=AnalysisResult,
    needs=lambda p: LifetimeQuery(p.life_test, revision=p.revision),
    compute=lambda data, params, progress: AnalysisResult(),
    view=lambda result: Page(title="Stub"),
    example=Example(params=LifePinParams(), data=LifetimeData),
)


@pytest.fixture
def shelf(sqlite_database: Database) -> Database:
    """A database with a life test of two revisions, one of field returns, and an empty one."""
    with sqlite_database.write.begin() as session:
        for code, kind, revisions in (("A", "life", 2), ("F", "field", 0), ("E", "life", 0)):
            fields = {"code": code, "title": "", "kind": kind, "document": {}}
            row = life_tests.create(session, fields, actor=ENGINEER, now=NOW)
            for _ in range(revisions):
                packet = packed(life_rows([5.0], [5.0]))
                how = LifeOrigin("replace")
                life_revisions.add(session, row, packet, how, actor=ENGINEER, now=NOW)
    return sqlite_database


def _pin(database: Database, **params: object) -> AnalysisParams:
    with database.read() as session:
        return pin_life_test(session, STUB, LifePinParams.model_validate(params), Scope())


def test_newest_revision_is_written_into_the_parameters(shelf: Database) -> None:
    assert _pin(shelf, life_test="A") == LifePinParams(life_test="A", revision=2)
    assert _pin(shelf, life_test="A", revision=1) == LifePinParams(life_test="A", revision=1)
    assert _pin(shelf) == LifePinParams()


@pytest.mark.parametrize(
    ("params", "pointer", "reason"),
    [
        ({"life_test": "NO"}, "/life_test", "no life test"),
        ({"life_test": "F"}, "/life_test", "holds field returns"),
        ({"life_test": "E"}, "/life_test", "no rows yet"),
        ({"life_test": "A", "revision": 9}, "/revision", "newest is 2"),
    ],
)
def test_what_is_not_there_is_refused_at_submit(
    shelf: Database, params: dict, pointer: str, reason: str
) -> None:
    with pytest.raises(BadData, match=reason) as refused:
        _pin(shelf, **params)
    assert [p.pointer for p in refused.value.problems] == [pointer]


def test_query_of_a_run_is_at_its_instant_and_site() -> None:
    run = Run(params={"life_test": "A", "site": "S1"}, as_of=NOW, max_batch=0, sites=[1])
    query = pinned(LifetimeQuery("A"), run)
    assert (query.as_of, query.site, query.scope) == (NOW, "S1", Scope(frozenset({1})))
