"""A stored answer is changed by a model, by a person, and by the end of a run: by one at a time."""

import threading
import time
from datetime import UTC, datetime, timedelta

from ops.advise.answer import Answer, WhatIf
from ops.advise.claim import Claim
from ops.advise.question import Intent, Question
from ops.db import advice
from ops.db.engine import Database
from ops.db.models.advise import Advice
from ops.db.models.work import Run
from ops.values import Actor
from ops.work.advise.draft import Draft
from ops.work.advise.finish import finish_waiting
from ops.work.advise.keep import MARGIN_S, is_to_be_worded, kept, reworded, to_be_worded

ADA = Actor(name="Ada", role="engineer", correlation_id="c")
NOW = datetime(2026, 11, 27, tzinfo=UTC)
RULES = Answer(state="answered", claims=(Claim(role="note", template="By rules."),))
MODEL = Answer(state="answered", claims=(Claim(role="note", template="By it."),), source="model")


def stored(database: Database, answer: Answer = RULES) -> str:
    draft = Draft(Question(text="How?"), Intent(topics=()), answer)
    with database.write.begin() as session:
        return kept(session, draft, actor=ADA, now=NOW).id


def read(database: Database, advice_id: str) -> Advice:
    with database.read() as session:
        return advice.find(session, ADA, advice_id)


def test_a_verdict_that_comes_in_the_same_moment_stands(database: Database) -> None:
    advice_id, done = stored(database), threading.Event()

    def word() -> None:
        with database.write.begin() as session:
            reworded(session, advice_id, MODEL, {"raw": "x"}, now=NOW)
        done.set()

    with database.write.begin() as session:
        row = session.get_one(Advice, advice_id)
        advice.judge(session, row, "rejected", "no", actor=ADA, now=NOW)
        session.flush()
        thread = threading.Thread(target=word)
        thread.start()
        time.sleep(0.1)
        assert not done.is_set()  # it waits for the person
    thread.join()
    row = read(database, advice_id)
    assert (row.verdict, row.source, row.by_rules) == ("rejected", "rules", None)
    assert (row.trail["raw"], row.trail["left"]) == ("x", "rejected")


def test_the_rules_answer_stays_beside_that_of_a_model(database: Database) -> None:
    advice_id = stored(database)
    intent = Intent(topics=("drift",), chosen_by="model")
    with database.write.begin() as session:
        to_be_worded(session, session.get_one(Advice, advice_id), within_s=30, now=NOW)
    before = read(database, advice_id)
    soon, late = (NOW + timedelta(seconds=s) for s in (30 + MARGIN_S - 1, 30 + MARGIN_S + 1))
    assert (is_to_be_worded(before, now=soon), is_to_be_worded(before, now=late)) == (True, None)
    with database.write.begin() as session:
        reworded(session, advice_id, MODEL, {"raw": "x"}, now=NOW, intent=intent)
    row = read(database, advice_id)
    assert (row.answer["source"], (row.by_rules or {})["source"]) == ("model", "rules")
    assert row.intent["chosen_by"] == "model"
    assert is_to_be_worded(row, now=soon) is False


def test_what_retention_took_is_not_worded(sqlite_database: Database) -> None:
    with sqlite_database.write.begin() as session:
        assert reworded(session, "gone", MODEL, {}, now=NOW) is None


def test_an_answer_that_cannot_be_made_is_given_up(database: Database) -> None:
    plan = WhatIf(scenario="s", edits=(), run_id="r")
    waiting = Answer(state="waiting", claims=(), what_if=plan)
    advice_id = stored(database, waiting)
    with database.write.begin() as session:
        run = Run(
            id="r", analysis="network-plan", version=1, params={}, as_of=NOW, max_batch=0,
            state="succeeded", submitted_by="x", submitted_at=NOW, finished_at=NOW, result=None,
            page=None, log_tail="",
        )  # fmt: skip
        session.add(run)
        session.flush()
        assert finish_waiting(session, "r", NOW) == 1
        run.message = "kept"  # the transaction goes on
    row = read(database, advice_id)
    assert (row.state, row.answered_at) == ("refused", NOW)
    with database.read() as session:
        assert session.get_one(Run, "r").message == "kept"
