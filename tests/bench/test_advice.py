"""What a question costs: `POST /v1/advice` over a socket, on the demo plant after its night."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn

from api.app import create_app
from api.deps import Services
from ops.db.engine import Database, open_database
from ops.settings import Settings
from ops.work.collector import collect_rarely
from tests.acceptance.service import serving
from tests.api.conftest import RecordingQueue
from tests.conftest import migrated

QUESTIONS = (
    "What needs attention?",
    "Why does the loop height of WB-05 drift, and what should we do?",
    "When does the loop height cross its limit?",
    "What is the Cpk of the pull strength?",
    "Is the plan keeping its service?",
    "How is the classifier doing?",
    "What is the B10 life of the capillaries?",
    "What happened at WB-05?",
    "What does another week of waiting cost?",
    "Which alerts are open?",
)
REQUESTS = 200


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo plant, its night computed; LONGRUN_BENCH_DEMO names a file that has it already."""
    folder = tmp_path_factory.mktemp("demo")
    file, known = folder / "longrun.db", os.environ.get("LONGRUN_BENCH_DEMO")
    if known:
        file.write_bytes(Path(known).read_bytes())
        migrated(f"sqlite:///{file}")
    else:
        with serving(folder, "drift-screen") as service:
            loaded = service.longrun("demo", "--size", "small")
            assert loaded.returncode == 0, loaded.stderr
            _await_night(service.api)
    database = open_database(f"sqlite:///{file}")
    yield database
    database.engine.dispose()


def _await_night(api: httpx.Client) -> None:
    late = time.monotonic() + 1500
    while any(
        api.get("/v1/runs", params={"state": s}).json()["items"] for s in ("queued", "running")
    ):
        assert time.monotonic() < late
        time.sleep(1)


@pytest.fixture
def address(plant: Database, tmp_path: Path) -> Iterator[str]:
    """A service of this process on a real socket."""
    settings = Settings(data_dir=tmp_path, database_url=plant.url, auth="none", rate_limit="")
    app = create_app(Services(settings, plant, RecordingQueue()))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="on"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.mark.benchmark
@pytest.mark.timeout(1800)
def test_a_question_is_answered_at_once(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten typical questions, one client; the bar is a p95 of 200 ms."""
    collect_rarely()
    spent: dict[str, list[float]] = {text: [] for text in QUESTIONS}
    worked: list[float] = []  # of the processor, for service and client: load does not matter
    with httpx.Client(base_url=address, timeout=30) as api:
        first = {text: _checked(api.post("/v1/advice", json={"text": text})) for text in QUESTIONS}
        for turn in range(REQUESTS):
            text = QUESTIONS[turn % len(QUESTIONS)]
            began, before = time.perf_counter(), time.process_time()
            answer = api.post("/v1/advice", json={"text": text})
            spent[text].append(time.perf_counter() - began)
            worked.append(time.process_time() - before)
            assert _checked(answer)["sentences"] == first[text]["sentences"]
        floor = _floor(api)
    assert sum(one["state"] == "answered" for one in first.values()) >= 8
    every = [seconds for known in spent.values() for seconds in known]
    p95 = quantiles(every, n=20)[-1]
    with capsys.disabled():
        print(
            f"\n{len(every)} questions: median {median(every) * 1e3:.0f} ms,"
            f" p95 {p95 * 1e3:.0f} ms, most {max(every) * 1e3:.0f} ms;"
            f" of the processor median {median(worked) * 1e3:.0f} ms,"
            f" p95 {quantiles(worked, n=20)[-1] * 1e3:.0f} ms; {p95 / floor:.0f} times a list of"
            f" sites ({floor * 1e3:.1f} ms); load {os.getloadavg()[0]:.1f}"
        )
        for text, known in spent.items():
            print(f"  {median(known) * 1e3:4.0f} ms, most {max(known) * 1e3:4.0f}  {text}")


def _checked(answer: httpx.Response) -> dict[str, Any]:
    """An answer whose every number is a piece of its own evidence."""
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    known = {one["id"] for one in made["evidence"]}
    for sentence in made["sentences"]:
        assert set(sentence["evidence"]) <= known
    assert made["sentences"]
    return made


def _floor(api: httpx.Client) -> float:
    """Median seconds of a small request of the same service."""
    spent: list[float] = []
    for _ in range(30):
        began = time.perf_counter()
        assert api.get("/v1/sites").status_code == 200
        spent.append(time.perf_counter() - began)
    return median(spent)
