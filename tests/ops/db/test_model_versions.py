"""Models in the database: versions that nobody rewrites, aliases as they stood at an instant."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ops.classifier_query import ClassifierQuery
from ops.db import model_aliases, model_versions
from ops.db.engine import Database
from ops.db.model_aliases import CHAMPION, Move
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.db.models.people import Audit
from ops.errors import Conflict, NotFound
from ops.values import Actor, Scope

NOW = datetime(2026, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
ENGINEER = Actor("engineer", "engineer")
ONE = NewVersion(origin="own", artefact=b"one", dataset="D", revision=2, fingerprint="f")


def _filled(database: Database, url: str = "memory://x", *artefacts: bytes) -> None:
    with database.write.begin() as session:
        fields = {"code": "M", "site_id": None, "title": "M", "task": "classify"}
        row = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
        for artefact in artefacts or (b"one", b"two"):
            new = replace(ONE, artefact=artefact)
            model_versions.add(session, row, new, url=url, actor=ENGINEER, now=NOW)


def _promote(database: Database, number: int, day: int) -> None:
    with database.write.begin() as session:
        row = SHELF.find(session, Scope(), "M")
        at = NOW + day * DAY
        model_aliases.move(session, row, CHAMPION, number, Move("why"), actor=ENGINEER, now=at)


def _seen(database: Database, *names: str, day: int = 9) -> list[tuple[int, str, bytes]]:
    query = ClassifierQuery(model="M", versions=names, as_of=NOW + day * DAY)
    with database.read() as session:
        return [(p.number, p.alias, p.artefact) for p in model_versions.packets(session, query)]


def test_run_sees_the_champion_of_its_instant(database: Database) -> None:
    _filled(database)
    _promote(database, 1, 1)
    _promote(database, 2, 3)
    names = ("2", "challenger", CHAMPION)
    two = (2, "2", b"two")
    assert _seen(database, *names, day=0) == [two]
    assert _seen(database, *names, day=1) == [two, (1, CHAMPION, b"one")]
    assert _seen(database, *names, day=2) == [two, (1, CHAMPION, b"one")]
    assert _seen(database, *names, day=3) == [two, (2, CHAMPION, b"two")]
    with database.write.begin() as session:
        row = SHELF.find(session, Scope(), "M")
        at = NOW + 4 * DAY
        model_aliases.remove(session, row, CHAMPION, Move("gone"), actor=ENGINEER, now=at)
    assert _seen(database, CHAMPION, day=3) == [(2, CHAMPION, b"two")]
    assert _seen(database, CHAMPION, day=4) == []


def test_number_that_does_not_exist_is_told(sqlite_database: Database) -> None:
    _filled(sqlite_database)
    with pytest.raises(NotFound, match="no version 7; its newest version is 2"):
        _seen(sqlite_database, "7")
    with sqlite_database.read() as session, pytest.raises(NotFound, match="no alias 'shadow'"):
        model_versions.find(session, SHELF.find(session, Scope(), "M"), "shadow")


def test_large_artefact_lies_outside(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_versions, "IN_DATABASE_BYTES", 3)
    store = tmp_path / "store"
    _filled(sqlite_database, store.as_uri(), b"one", b"four")
    assert [s for _, _, s in _seen(sqlite_database, "1", "2")] == [b"one", b"four"]
    with sqlite_database.read() as session:
        row = SHELF.find(session, Scope(), "M")
        inside, outside = (model_versions.find(session, row, n) for n in (1, 2))
        assert inside.url is None
        assert (outside.size, outside.sha256) == (4, sha256(b"four").hexdigest())
        next(p for p in store.rglob("*") if p.is_file()).unlink()
        with pytest.raises(NotFound, match="gone from its store"):
            model_versions.artefact(session, outside)


@pytest.mark.parametrize("verb", ["UPDATE model_version SET note = ''", "DELETE FROM model_version",
                                  "UPDATE model_promotion SET reason = ''"])  # fmt: skip
def test_what_was_is_never_rewritten(database: Database, verb: str) -> None:
    _filled(database)
    _promote(database, 1, 0)
    with database.write() as session, pytest.raises(DBAPIError, match="fixed"):
        session.execute(text(verb))


def test_every_move_is_on_record(sqlite_database: Database) -> None:
    _filled(sqlite_database)
    for number in (1, 2, 2, 1):
        _promote(sqlite_database, number, number)
    with sqlite_database.read() as session:
        row = SHELF.find(session, Scope(), "M")
        moves = session.scalars(model_aliases.listed(row).order_by(*model_aliases.KEY)).all()
        assert [(m.previous, m.number) for m in moves] == [(None, 1), (1, 2), (2, 1)]
        assert model_aliases.held(session, row, CHAMPION) == {1, 2}
        seen = session.query(Audit).filter_by(resource="model", action="promote").count()
        assert seen == 3


def test_archived_model_takes_no_versions(sqlite_database: Database) -> None:
    _filled(sqlite_database)
    with sqlite_database.write.begin() as session:
        row = SHELF.find(session, Scope(), "M")
        SHELF.archive(session, row, actor=ENGINEER, now=NOW)
        with pytest.raises(Conflict, match="archived"):
            model_versions.add(session, row, ONE, url="", actor=ENGINEER, now=NOW)


def test_model_of_another_site_is_not_seen(sqlite_database: Database) -> None:
    _filled(sqlite_database)
    query = ClassifierQuery(model="M", versions=("1",), scope=Scope(frozenset({1})))
    with sqlite_database.read() as session, pytest.raises(NotFound):
        model_versions.packets(session, query)
