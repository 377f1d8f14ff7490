"""Life tests in the database: revisions that nobody rewrites, and what a run sees of them."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ops.db import life_approvals, life_revisions, life_tests
from ops.db.engine import Database
from ops.db.life_revisions import LifeOrigin
from ops.db.life_rows import packed, rows_of
from ops.db.load import load
from ops.db.models.people import Audit
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.errors import BadData, Conflict, NotFound
from ops.life_query import LifetimeQuery
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import LifeRows
from ops.values import Actor, Scope
from tests.ops.lifetime.life_tables import life_rows

NOW = datetime(2026, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENGINEER = Actor("engineer", "engineer")
INF = np.inf
ONE = life_rows([5, 7], [5, INF], mode=["lift", None], group=["A", "B"], temperature=[150, 175])
TWO = life_rows([5, 9], [5, 9])


def _add(database: Database, code: str = "HTS", *, site_id: int | None = None) -> None:
    document = LifeTestDocument(product="QFN").model_dump(mode="json")
    fields = {"code": code, "site_id": site_id, "title": code, "kind": "life"}
    with database.write.begin() as session:
        life_tests.create(session, fields | {"document": document}, actor=ENGINEER, now=NOW)


def _revise(database: Database, rows: LifeRows, now: datetime = NOW) -> None:
    with database.write.begin() as session:
        row = life_tests.find(session, Scope(), "HTS")
        origin = LifeOrigin("replace", "readout")
        life_revisions.add(session, row, packed(rows), origin, actor=ENGINEER, now=now)


def _run(run_id: str, *, day: int = 0, **fields: object) -> Run:
    at = NOW + timedelta(days=day)
    values = {
        "analysis": "lifetime-fit",
        "params": {"life_test": "HTS"},
        "state": "succeeded",
        "result": {"b10": day},
    }
    return Run(
        id=run_id,
        version=1,
        as_of=at,
        max_batch=0,
        submitted_by="x",
        submitted_at=at,
        finished_at=at,
        **(values | fields),
    )


def test_rows_are_kept_as_they_were() -> None:
    back = rows_of(packed(ONE).data)
    assert back.facts() == ONE.facts()
    assert {n: c.tolist() for n, c in back.numbers.items()} == {
        n: c.tolist() for n, c in ONE.numbers.items()
    }
    assert {n: c.tolist() for n, c in back.texts.items()} == {
        n: c.tolist() for n, c in ONE.texts.items()
    }


def test_rows_that_are_too_many_are_refused_with_their_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("ops.db.life_rows.MOST_BYTES", 100)
    with pytest.raises(BadData, match=r"2 rows take 0\.0 MiB") as refused:
        packed(ONE)
    assert refused.value.problems[0].pointer == "/file"


def test_run_sees_the_newest_revision_of_its_instant(database: Database) -> None:
    _add(database)
    with pytest.raises(NotFound, match="no rows yet"):
        load(database, LifetimeQuery("HTS"))
    _revise(database, ONE)
    _revise(database, TWO, NOW + HOUR)
    first, second = (load(database, LifetimeQuery("HTS", as_of=NOW + i * HOUR)) for i in (0, 1))
    assert (first.revision, second.revision) == (1, 2)
    assert first.life is not None
    assert first.life.upper.tolist() == [5, INF]
    assert first.life.stresses["temperature"].tolist() == [150, 175]
    assert first.document["product"] == "QFN"
    assert load(database, LifetimeQuery("HTS", revision=1)).fingerprint() == first.fingerprint()
    with pytest.raises(NotFound, match="newest is 2"):
        load(database, LifetimeQuery("HTS", revision=3))


def test_run_sees_one_group(sqlite_database: Database) -> None:
    _add(sqlite_database)
    _revise(sqlite_database, ONE)
    found = load(sqlite_database, LifetimeQuery("HTS", groups=("B",)))
    assert found.life is not None
    assert (found.life.lower.tolist(), found.life.groups) == ([7], ("B",))


def test_no_code_answers_nothing(sqlite_database: Database) -> None:
    found = load(sqlite_database, LifetimeQuery(""))
    assert (found.code, found.life, found.revision) == ("", None, 0)


def test_kind_is_checked_in_words(sqlite_database: Database) -> None:
    _add(sqlite_database)
    _revise(sqlite_database, ONE)
    with pytest.raises(BadData, match="holds times to failure of units, field returns") as refused:
        load(sqlite_database, LifetimeQuery("HTS", kind="field"))
    assert refused.value.problems[0].pointer == "/life_test"
    assert load(sqlite_database, LifetimeQuery("HTS", kind=None)).life is not None


def test_earlier_runs_are_of_this_test_and_the_newest_first(database: Database) -> None:
    _add(database)
    _revise(database, ONE)
    with database.write.begin() as session:
        session.add_all(
            [
                _run("a", day=1),
                _run("b", day=2),
                _run("other", day=2, params={"life_test": "X"}),
                _run("failed", day=2, state="failed"),
                _run("another analysis", day=2, analysis="probe"),
            ]
        )
    asked = LifetimeQuery("HTS", analysis="lifetime-fit", as_of=NOW + timedelta(days=9))
    assert [run.run_id for run in load(database, asked).earlier] == ["b", "a"]
    asked = LifetimeQuery("HTS", analysis="lifetime-fit", as_of=NOW + timedelta(days=2))
    assert [run.result for run in load(database, asked).earlier] == [{"b10": 1}]
    assert load(database, LifetimeQuery("HTS")).earlier == ()


def test_approval_is_read_after_it_was_given(database: Database) -> None:
    _add(database)
    _revise(database, ONE)
    with database.write.begin() as session:
        row = life_tests.find(session, Scope(), "HTS")
        session.add(_run("r"))
        session.flush()
        words = ("the plot is straight", "mechanism over likelihood")
        run = session.get_one(Run, "r")
        life_approvals.approve(session, row, run, words, actor=ENGINEER, now=NOW + HOUR)
        assert session.query(Audit).filter_by(action="approve").count() == 1
    (given,) = load(database, LifetimeQuery("HTS")).approvals
    assert (given.run_id, given.approved_by, given.waiver) == ("r", "engineer", words[1])
    assert load(database, LifetimeQuery("HTS", as_of=NOW)).approvals == ()
    for verb in ("UPDATE life_approval SET waiver = ''", "DELETE FROM life_approval"):
        with pytest.raises(DBAPIError, match="is fixed"), database.engine.begin() as connection:
            connection.execute(text(verb))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"params": {"life_test": "X"}}, "of the life test 'X'"),
        ({"params": {}}, "no life test"),
        ({"state": "failed"}, "is failed"),
    ],
)
def test_only_a_succeeded_run_of_the_test_is_approved(
    sqlite_database: Database, fields: dict, reason: str
) -> None:
    _add(sqlite_database)
    with sqlite_database.write.begin() as session:
        row = life_tests.find(session, Scope(), "HTS")
        run = _run("r", **fields)
        with pytest.raises(BadData, match=reason) as refused:
            life_approvals.approve(session, row, run, ("x", ""), actor=ENGINEER, now=NOW)
        assert refused.value.problems[0].pointer == "/run"


@pytest.mark.parametrize(
    "verb", ["UPDATE life_test_revision SET note = 'x'", "DELETE FROM life_test_revision"]
)
def test_revision_cannot_be_rewritten(database: Database, verb: str) -> None:
    _add(database)
    _revise(database, ONE)
    with pytest.raises(DBAPIError, match="is fixed"), database.engine.begin() as connection:
        connection.execute(text(verb))


def test_code_is_unique_at_a_site(database: Database) -> None:
    with database.write.begin() as session:
        session.add_all(Site(id=i, code=f"S{i}", title="", created_at=NOW) for i in (1, 2))
    for site_id in (None, 1, 2):
        _add(database, site_id=site_id)
        with pytest.raises(Conflict, match="already"):
            _add(database, site_id=site_id)
    with database.read() as session:
        with pytest.raises(Conflict, match="several sites"):
            life_tests.find(session, Scope(), "HTS")
        assert life_tests.find(session, Scope(), "HTS", site="S2").site_id == 2
        assert life_tests.find(session, Scope(frozenset({1})), "HTS").site_id == 1
        with pytest.raises(NotFound):
            life_tests.find(session, Scope(frozenset({1})), "HTS", site="S2")


def test_other_facts_of_a_test_with_rows_are_a_revision(database: Database) -> None:
    _add(database)
    _revise(database, ONE)
    told = LifeTestDocument(product="QFN", mechanism="corrosion")
    with database.write.begin() as session:
        row = life_tests.find(session, Scope(), "HTS")
        life_revisions.redocument(session, row, told, actor=ENGINEER, now=NOW + HOUR)
        life_revisions.redocument(session, row, told, actor=ENGINEER, now=NOW + HOUR)
        other = LifeTestDocument(time_unit="d")
        with pytest.raises(BadData, match="rows are in h") as refused:
            life_revisions.redocument(session, row, other, actor=ENGINEER, now=NOW)
    assert refused.value.problems[0].pointer == "/document/time_unit"
    before, after = (load(database, LifetimeQuery("HTS", as_of=NOW + i * HOUR)) for i in (0, 1))
    assert (before.revision, before.document["mechanism"]) == (1, None)
    assert (after.revision, after.document["mechanism"]) == (2, "corrosion")
    assert before.life is not None
    assert after.life is not None
    assert after.life.fingerprint() == before.life.fingerprint()


def test_archived_test_takes_no_rows(sqlite_database: Database) -> None:
    _add(sqlite_database)
    with sqlite_database.write.begin() as session:
        row = life_tests.find(session, Scope(), "HTS")
        life_tests.archive(session, row, actor=ENGINEER, now=NOW)
        assert session.scalars(life_tests.listed(Scope())).all() == []
    with pytest.raises(Conflict, match="archived"):
        _revise(sqlite_database, ONE)
