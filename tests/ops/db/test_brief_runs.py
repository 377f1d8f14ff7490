"""A list of runs reads their verdicts, and leaves whole pages where they are."""

from typing import Any

from sqlalchemy import inspect

from ops.db import runs
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.values import EVERYWHERE
from tests.plant import NOW

VERDICT = {"level": "bad", "sentence": "It drifts.", "phrases": [], "subject": None}


def _store(database: Database, run_id: str, **fields: Any) -> None:
    plain = {"analysis": "drift", "version": 1, "params": {}, "as_of": NOW, "max_batch": 0}
    with database.write.begin() as session:
        session.add(Run(id=run_id, submitted_by="ada", submitted_at=NOW, **plain, **fields))


def test_a_list_has_the_verdicts_of_a_page_and_not_the_page(database: Database) -> None:
    _store(database, "a", state="succeeded", page={"verdicts": [VERDICT], "sections": ["long"]})
    _store(database, "b")
    with database.read() as session:
        found = session.scalars(runs.visible(EVERYWHERE).options(*runs.BRIEF).order_by(Run.id))
        listed = {run.id: run for run in found}
    assert {"page", "result", "timings", "log_tail"} <= inspect(listed["a"]).unloaded
    assert [(run.id, run.verdicts) for run in listed.values()] == [("a", [VERDICT]), ("b", None)]
