"""The advisor of a process: tried out at the start, ended at once, whatever a server does."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ops.advise.question import Question
from ops.db import advice, llm_probes
from ops.db.engine import Database
from ops.db.models.advise import Advice
from ops.settings import Settings
from ops.values import Actor
from ops.work.advise.advisor import Advisor
from ops.work.advise.keep import MARGIN_S
from ops.work.doctor import language_server
from tests.api.advice_plant import add_probe, add_runs
from tests.api.conftest import RecordingQueue
from tests.llm import faults
from tests.llm.fake_server import FakeServer
from tests.llm.good_model import good_model

ADA = Actor(name="Ada", role="engineer", correlation_id="c")
NOW = datetime.now(UTC)


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with FakeServer(answer=good_model) as opened:
        yield opened


def advisor_of(database: Database, url: str, tmp_path: Path, **more: object) -> Advisor:
    settings = Settings(database_url=database.url, data_dir=tmp_path, llm_url=url, **more)  # type: ignore[arg-type]
    return Advisor(database, RecordingQueue(), settings)


def ask(database: Database, advisor: Advisor) -> tuple[str, bool]:
    """Id of an advice, and whether it is being worded."""
    draft = advisor.drafted(Question(text="What is the Cpk?"), ADA, now=NOW)
    with database.write.begin() as session:
        row = advisor.kept(session, draft, actor=ADA, now=datetime.now(UTC))
        return row.id, advisor.words_later(session, row, draft, ADA)


def stored(database: Database, advice_id: str) -> Advice:
    with database.read() as session:
        return advice.find(session, ADA, advice_id)


def until(what: object, seconds: float = 120.0) -> None:
    late = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < late
        time.sleep(0.01)


def at_work() -> int:
    return sum(thread.name == "advice" for thread in threading.enumerate())


def test_a_server_is_tried_out_at_the_start_and_then_not_for_a_week(
    sqlite_database: Database, server: FakeServer, tmp_path: Path
) -> None:
    def known() -> dict | None:
        with sqlite_database.read() as session:
            return llm_probes.newest(session, server.url, "")

    advisor = advisor_of(sqlite_database, server.url, tmp_path)
    advisor.begin()
    until(lambda: known() is not None)
    until(lambda: not at_work())
    tried = len(server.requests)
    assert tried > 0
    advisor_of(sqlite_database, server.url, tmp_path).begin()
    until(lambda: not at_work())
    assert len(server.requests) == tried
    with sqlite_database.write.begin() as session:
        old = NOW - llm_probes.FRESH - timedelta(hours=1)
        llm_probes.keep(session, server.url, "", known() or {}, at=old)
    advisor_of(sqlite_database, server.url, tmp_path).begin()
    until(lambda: len(server.requests) > tried)
    until(lambda: not at_work())


def test_a_host_that_is_not_allowed_is_not_tried(
    sqlite_database: Database, server: FakeServer, tmp_path: Path
) -> None:
    elsewhere = server.url.replace("127.0.0.1", "llm.invalid")
    advisor_of(sqlite_database, elsewhere, tmp_path).begin()
    until(lambda: not at_work())
    assert server.requests == []


def test_it_ends_at_once_though_a_server_hangs(
    sqlite_database: Database, server: FakeServer, tmp_path: Path
) -> None:
    add_runs(sqlite_database)
    add_probe(sqlite_database, server.url)
    server._always = faults.silent()
    advisor = advisor_of(sqlite_database, server.url, tmp_path)
    advice_id, worded = ask(sqlite_database, advisor)
    until(lambda: server.chats)
    advisor.close()
    assert at_work()  # it is not waited for
    assert all(t.daemon for t in threading.enumerate() if t.name == "advice")
    row = stored(sqlite_database, advice_id)
    assert (worded, row.source, row.state) == (True, "rules", "answered")
    late = row.asked_at + timedelta(seconds=30 + MARGIN_S + 1)
    successor = advisor_of(sqlite_database, server.url, tmp_path)  # after a restart
    assert successor.is_worded(row, row.asked_at) is True
    assert successor.is_worded(row, late) is None
    server.stopping.set()
    until(lambda: not at_work())
    assert stored(sqlite_database, advice_id).trail == row.trail  # nothing is written after the end
    assert ask(sqlite_database, advisor)[1] is False


def test_a_transaction_that_fails_starts_no_wording_and_takes_no_slot(
    sqlite_database: Database, server: FakeServer, tmp_path: Path
) -> None:
    add_runs(sqlite_database)
    add_probe(sqlite_database, server.url)
    advisor = advisor_of(sqlite_database, server.url, tmp_path, llm_slots=1)
    draft = advisor.drafted(Question(text="What is the Cpk?"), ADA, now=NOW)
    seen: list[str] = []

    def fails() -> None:
        with sqlite_database.write.begin() as session:
            row = advisor.kept(session, draft, actor=ADA, now=NOW)
            seen.append(row.id)
            assert advisor.words_later(session, row, draft, ADA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not advisor.live.is_worded(seen[0])
    assert server.chats == []
    advice_id, worded = ask(sqlite_database, advisor)
    until(lambda: not at_work())
    assert (worded, stored(sqlite_database, advice_id).source) == (True, "model")


def test_what_is_told_of_many_answers_is_forgotten(
    sqlite_database: Database, server: FakeServer, tmp_path: Path
) -> None:
    advisor = advisor_of(sqlite_database, server.url, tmp_path)
    for place in range(1000):
        advisor.live.begin(str(place))
        advisor._free.acquire()
        advisor._leave(str(place))
    assert len(advisor.live._tellings) <= 201


def test_the_doctor_says_who_words_answers(server: FakeServer) -> None:
    none = language_server(Settings(llm_url=""))
    good = language_server(Settings(llm_url=server.url, llm_model="tiny"))
    other = language_server(Settings(llm_url=server.url, llm_model="large"))
    gone = language_server(Settings(llm_url="http://127.0.0.1:1/v1"))
    asked = len(server.requests)
    away = language_server(Settings(llm_url=server.url.replace("127.0.0.1", "llm.invalid")))
    assert [one.level for one in (none, good, other, gone, away)] == [
        "good", "good", "warn", "warn", "warn",
    ]  # fmt: skip
    assert "LONGRUN_LLM_MODEL" in other.mend
    assert "LONGRUN_LLM_URL" in gone.mend
    assert "LONGRUN_LLM_HOSTS" in away.mend
    assert len(server.requests) == asked
