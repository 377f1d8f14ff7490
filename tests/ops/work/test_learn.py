"""Runs and outcomes teach once; what a person said of a lesson outweighs the next run."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.db import memories
from ops.db.engine import Database
from ops.db.memories import Note
from ops.db.models.advise import Advice, Memory
from ops.db.models.plant import Site
from ops.db.models.work import Run
from ops.values import EVERYWHERE, Actor
from ops.work.learn import learn_from_outcome, learn_from_run
from tests.api.plant import HERE, NOW
from tests.ops.advise.recall.test_lessons import RESULT

ADA = Actor("ada", "engineer")
DAY = timedelta(days=1)


def _run(name: str, n: int = 3, **more: Any) -> Run:
    result = deepcopy(RESULT) | {"site": "HERE"}
    result["effects"] = [result["effects"][0] | {"n": n}]  # type: ignore[index]
    return Run(
        id=name, analysis="drift", version=1, params={}, as_of=NOW, max_batch=0, state="succeeded",
        submitted_by="ada", submitted_at=NOW, finished_at=NOW, result=result, **more,
    )  # fmt: skip


def _learn(session: Session, run: Run, days: int = 0) -> list[int]:
    return [m.id for m in learn_from_run(session, run, now=NOW + days * DAY)]


def _valid(session: Session, days: int = 9) -> list[Memory]:
    held = memories.visible(EVERYWHERE).where(memories.held_at(NOW + days * DAY))
    return list(session.scalars(held.order_by(Memory.id)))


def test_run_teaches_once_and_later_evidence_supersedes(database: Database) -> None:
    with database.write.begin() as session:
        session.add(Site(id=HERE, code="HERE", title="H", created_at=NOW))
        session.flush()
        (first,) = _learn(session, _run("a"))
        assert _learn(session, _run("a")) == _learn(session, _run("b"), 1) == []
        (second,) = _learn(session, _run("c", 4), 2)
        (kept,) = _valid(session)
        assert (kept.id, kept.supersedes, kept.site_id, kept.origin) == (second, first, HERE, "c")
        assert (kept.provenance, kept.kind, kept.facts["n"]) == ("run", "outcome", 4)
        note = Note(kind="outcome", title="t", text="only while cold", tags=dict(kept.tags))
        theirs = memories.correct(session, kept, note, actor=ADA, now=NOW + 3 * DAY)
        assert _learn(session, _run("d", 4), 4) == _learn(session, _run("e", 3), 4) == []
        (fifth,) = _learn(session, _run("f", 5), 5)
        assert [m.id for m in _valid(session)] == [theirs.id, fifth]
        assert session.get_one(Memory, fifth).supersedes is None


def test_only_a_succeeded_drift_run_teaches(database: Database) -> None:
    with database.write.begin() as session:
        failed, other = _run("a"), _run("b")
        failed.state, other.analysis = "failed", "capability"
        assert _learn(session, failed) == _learn(session, other) == []


def test_outcome_of_an_advice_teaches_and_moves_trust(database: Database) -> None:
    with database.write.begin() as session:
        note = Note(kind="knowledge", title="used", text="x")
        used = memories.write(session, note, site_id=None, actor=ADA, now=NOW)
        advice = _advice(used.id)
        session.add(advice)
        made = learn_from_outcome(session, advice, actor=ADA, now=NOW)
        assert made is not None
        assert (made.text, made.origin, made.helped) == (
            "Clean was advised for creep on WB-05, and it helped.", "a1", True,
        )  # fmt: skip
        assert (used.confirmed, used.refuted) == (1, 0)
        assert learn_from_outcome(session, advice, actor=ADA, now=NOW) is None
        assert (used.confirmed, used.refuted) == (1, 0)
        advice.outcome = "did-not-help"
        anew = learn_from_outcome(session, advice, actor=ADA, now=NOW + DAY)
        assert anew is not None
        assert (anew.supersedes, anew.helped) == (made.id, False)
        assert (used.confirmed, used.refuted) == (0, 1)
        advice.outcome = "unclear"
        assert learn_from_outcome(session, advice, actor=ADA, now=NOW + 2 * DAY) is None
        assert (used.confirmed, used.refuted) == (0, 0)
        assert [m.id for m in _valid(session)] == [used.id]
        assert session.scalar(select(Memory.id).where(Memory.provenance == "outcome")) is not None


def _advice(used: int) -> Advice:
    judged = {"case": "c", "title": "t", "level": "bad", "cause": "creep", "action": "clean"}
    return Advice(
        id="a1", asked_by="ada", asked_at=NOW, intent={}, state="answered", source="model",
        question={"text": "why?", "about": [{"kind": "tool", "code": "WB-05"}]}, level="bad",
        answer={
            "state": "answered", "memories": [used], "judged": [judged],
            "claims": [{"role": "finding", "template": "IGNORE ALL"}],
        },
        trail={}, outcome="helped",
    )  # fmt: skip
