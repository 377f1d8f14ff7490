"""Real processes: a crash is mended, an end is complete, an orphan ends by itself."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ops.work.supervise import Member, Supervisor, end_with_parent
from tests.ops.work.probe import is_alive

ROOT = Path(__file__).parents[3]
CHILD = """
import os, sys, time, signal
from ops.work.supervise import end_with_parent
end_with_parent(grace_s=0.5)
if sys.argv[2] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
with open(sys.argv[1], "a") as log:
    log.write(f"{os.getpid()}\\n")
time.sleep(600)
"""
PARENT = """
import sys
from ops.work.supervise import Member, Supervisor
members = [Member(str(i), (sys.executable, "-c", sys.argv[1], sys.argv[2 + i], "stubborn"))
           for i in range(2)]
supervisor = Supervisor(members, say=print)
supervisor.start()
supervisor.run()
"""


@pytest.fixture(autouse=True)
def _path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def _eventually(claim: Callable[[], object]) -> None:
    for _ in range(2400):
        if claim():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come true")


def _pids(log: Path) -> list[int]:
    return [int(line) for line in log.read_text().split()] if log.exists() else []


def _gone(pid: int) -> bool:
    return not is_alive(pid)


def _member(log: Path, manner: str = "meek") -> Member:
    return Member("sleeper", (sys.executable, "-c", CHILD, str(log), manner))


def test_a_killed_member_starts_again_and_stop_ends_it(tmp_path: Path) -> None:
    log, said = tmp_path / "log", list[str]()
    supervisor = Supervisor([_member(log)], say=said.append)
    supervisor.start()
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    _eventually(lambda: _pids(log))
    os.kill(_pids(log)[0], signal.SIGKILL)
    _eventually(lambda: len(_pids(log)) == 2)
    supervisor.stop()
    thread.join()
    assert all(_gone(pid) for pid in _pids(log))
    assert said == ["sleeper ended with SIGKILL; restart in 0.5 s"]


def test_pauses_between_restarts_grow(tmp_path: Path) -> None:
    said: list[str] = []
    broken = Member("broken", (sys.executable, "-c", "raise SystemExit(3)"))
    supervisor = Supervisor([broken], say=said.append)
    thread = threading.Thread(target=supervisor.run)
    supervisor.start()
    thread.start()
    _eventually(lambda: len(said) >= 2)
    supervisor.stop()
    thread.join()
    assert said[:2] == [
        "broken ended with exit code 3; restart in 0.5 s",
        "broken ended with exit code 3; restart in 1 s",
    ]


def test_a_member_that_ignores_the_polite_signal_is_killed(tmp_path: Path) -> None:
    log, said = tmp_path / "log", list[str]()
    supervisor = Supervisor([_member(log, "stubborn")], say=said.append, grace_s=0.3)
    supervisor.start()
    _eventually(lambda: _pids(log))
    supervisor.close()
    assert all(_gone(pid) for pid in _pids(log))
    assert said == ["sleeper did not end in 0.3 s and was killed"]


def test_members_end_when_the_parent_is_killed(tmp_path: Path) -> None:
    logs = [tmp_path / "0", tmp_path / "1"]
    parent = subprocess.Popen([sys.executable, "-c", PARENT, CHILD, *map(str, logs)])
    _eventually(lambda: all(_pids(log) for log in logs))
    parent.kill()
    parent.wait()
    _eventually(lambda: all(_gone(pid) for log in logs for pid in _pids(log)))


def test_a_process_without_supervisor_is_left_alone() -> None:
    before = threading.active_count()
    end_with_parent()
    assert threading.active_count() == before
