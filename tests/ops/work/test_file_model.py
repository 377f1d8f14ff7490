"""A run's model goes into the registry with the end of the run, once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from ops.classify.draft import ModelDraft
from ops.db import model_aliases
from ops.db.engine import Database
from ops.db.model_shelf import SHELF
from ops.db.models.classify import ModelVersion
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.errors import Conflict
from ops.values import Scope
from ops.work.file_model import file_model
from tests.ops.classify.test_promotion import metrics

NOW = datetime(2026, 1, 10, tzinfo=UTC)
DRAFT = ModelDraft(
    "scratch", "Scratches", "classify", "D", 3, "f", {"kind": "logistic"}, {"numpy": "2"},
    metrics(0.5), {"title": "card"}, "nightly", b"packet",
)  # fmt: skip


def _run(database: Database, run_id: str, *, site_id: int | None = None) -> None:
    with database.write.begin() as session:
        if site_id is not None and session.get(Site, site_id) is None:
            session.add(Site(id=site_id, code=f"S{site_id}", title="S", created_at=NOW))
            session.flush()
        session.add(Run(
            id=run_id, analysis="classifier-train", version=1, params={}, state="running",
            as_of=NOW, max_batch=0, submitted_by="planner", submitted_at=NOW, site_id=site_id,
        ))  # fmt: skip


def _filed(database: Database, run_id: str, draft: ModelDraft) -> int:
    with database.write.begin() as session:
        return file_model(session, run_id, draft, url="memory://m", now=NOW)


def _aliases(database: Database) -> dict[str, int]:
    with database.read() as session:
        row = SHELF.find(session, Scope(), "scratch")
        return {name: a.number for name, a in model_aliases.current(session, row).items()}


def test_first_is_champion_and_later_ones_challenge(database: Database) -> None:
    for n, run_id in enumerate(("r1", "r2", "r3"), 1):
        _run(database, run_id)
        assert _filed(database, run_id, DRAFT) == n
    assert _aliases(database) == {"champion": 1, "challenger": 3}
    with database.read() as session:
        first = session.scalars(select(ModelVersion).order_by(ModelVersion.number)).first()
        assert first is not None
        assert (first.run_id, first.origin, first.created_by) == ("r1", "own", "planner")
        assert (first.dataset, first.revision, first.spec) == ("D", 3, {"kind": "logistic"})
        assert (first.artefact, first.card, first.note) == (b"packet", {"title": "card"}, "nightly")


def test_run_that_is_saved_twice_makes_one_version(database: Database) -> None:
    _run(database, "r1")
    assert _filed(database, "r1", DRAFT) == _filed(database, "r1", DRAFT) == 1


def test_what_does_not_beat_the_base_rate_has_no_alias(sqlite_database: Database) -> None:
    for run_id, told in (("r1", metrics(0.05)), ("r2", metrics(0.5, time_ordered=False))):
        _run(sqlite_database, run_id)
        _filed(sqlite_database, run_id, replace(DRAFT, metrics=told))
    assert _aliases(sqlite_database) == {}
    _run(sqlite_database, "r3")
    _filed(sqlite_database, "r3", DRAFT)
    assert _aliases(sqlite_database) == {"champion": 3}


def test_model_of_another_task_is_refused(sqlite_database: Database) -> None:
    _run(sqlite_database, "r1")
    _run(sqlite_database, "r2")
    _filed(sqlite_database, "r1", DRAFT)
    with pytest.raises(Conflict, match="predicts classes, the run made one that predicts numbers"):
        _filed(sqlite_database, "r2", replace(DRAFT, task="regress"))


def test_each_site_has_its_own(sqlite_database: Database) -> None:
    _run(sqlite_database, "r1", site_id=1)
    _run(sqlite_database, "r2", site_id=2)
    assert _filed(sqlite_database, "r1", DRAFT) == _filed(sqlite_database, "r2", DRAFT) == 1
    with sqlite_database.read() as session:
        assert SHELF.find(session, Scope(), "scratch", site="S2").site_id == 2
