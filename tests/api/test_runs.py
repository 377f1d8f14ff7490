"""Runs over HTTP: lists, one run, cancel, retry, page, log, exports, artifacts, events."""

import csv
import io
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.deps import Services
from ops.db import artifacts, runs
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.page import Page, Section, Verdict
from ops.page_table import Column, Table
from ops.settings import Settings
from tests.api.conftest import RecordingQueue
from tests.api.local import application
from tests.api.plant import add_plant
from tests.api.test_idempotency import serving

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TABLE = Table(
    title="Sizes",
    columns=(Column(label="what"), Column(label="size", unit="mm")),
    rows=(("loop", 1.5), ("=cmd()", None)),
)
PAGE = Page(
    title="Heights",
    verdicts=(Verdict(level="good", sentence="All is well."),),
    sections=(Section(title="All", blocks=(TABLE,)),),
)


def add_run(database: Database, *, minute: int = 0, **fields: object) -> str:
    """Store a run as a worker would have left it."""
    run_id = str(uuid.uuid4())
    plain: dict[str, object] = {
        "analysis": "capability",
        "version": 1,
        "params": {"window": {"last": "24h"}},
        "window_start": NOW - timedelta(days=1),
        "window_end": NOW,
        "as_of": NOW,
        "max_batch": 7,
        "submitted_by": "ada",
        "submitted_at": NOW + timedelta(minutes=minute),
    }
    with database.write.begin() as session:
        session.add(Run(id=run_id, **(plain | fields)))
    return run_id


def succeeded(database: Database, **fields: object) -> str:
    """Store a run that has a page."""
    page = PAGE.model_dump(mode="json")
    end = {"state": "succeeded", "page": page, "result": {"cpk": 1.5}, "progress": 1.0}
    return add_run(database, **(end | fields))


def test_runs_are_paged_from_the_newest(client: TestClient, sqlite_database: Database) -> None:
    made = [add_run(sqlite_database, minute=i // 2) for i in range(7)]  # pairs share an instant
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"/v1/runs?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [run["id"] for run in page["items"]]
        cursor = page["next"]
    assert sorted(seen) == sorted(made)
    assert [made.index(i) // 2 for i in seen] == [3, 2, 2, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("query", "count"),
    [("", 3), ("state=succeeded", 1), ("state=queued", 2), ("analysis=x", 1), ("schedule_id=9", 0)],
)
def test_lists_are_filtered(
    client: TestClient, sqlite_database: Database, query: str, count: int
) -> None:
    succeeded(sqlite_database)
    add_run(sqlite_database)
    add_run(sqlite_database, analysis="x")
    assert len(client.get(f"/v1/runs?{query}").json()["items"]) == count


def test_a_run_shows_its_pins_its_links_and_its_sentences(
    client: TestClient, sqlite_database: Database
) -> None:
    run_id = succeeded(sqlite_database, timings={"compute_s": 0.5})
    run = client.get(f"/v1/runs/{run_id}").json()
    assert run["verdicts"] == ["All is well."]
    assert run["result"] == {"cpk": 1.5}
    assert (run["max_batch"], run["window_end"]) == (7, "2026-03-01T00:00:00Z")
    for link in run["links"].values():
        if not link.endswith("/events"):
            assert client.get(link).status_code == 200


@pytest.mark.parametrize("part", ["", "/page", "/log", "/export.csv", "/events", "/artifacts/x"])
def test_a_run_that_is_not_there_is_a_problem(client: TestClient, part: str) -> None:
    answer = client.get(f"/v1/runs/{uuid.uuid4()}{part}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


CLIMB = [
    {"time_s": 0.5, "value": None, "bound": 90.0, "gap": None},
    {"time_s": 1.5, "value": 100.0, "bound": 95.0, "gap": 0.05},
]


@pytest.mark.parametrize("state", ["cancelled", "failed"])
def test_what_was_cut_short_shows_the_best_that_it_had(
    client: TestClient, sqlite_database: Database, state: str
) -> None:
    run_id = succeeded(sqlite_database, state=state, incumbents=CLIMB)
    run = client.get(f"/v1/runs/{run_id}").json()
    assert run["result"] == {"cpk": 1.5}
    assert run["incumbents"] == CLIMB
    assert run["progress"]["incumbent"] == CLIMB[-1]
    assert client.get(run["links"]["page"]).json()["title"] == "Heights"
    assert client.get(f"/v1/runs/{run_id}/export.csv").status_code == 200


def test_what_was_cut_short_with_nothing_has_no_page(
    client: TestClient, sqlite_database: Database
) -> None:
    run_id = add_run(sqlite_database, state="cancelled")
    assert client.get(f"/v1/runs/{run_id}/page").status_code == 409
    assert client.get(f"/v1/runs/{run_id}").json()["progress"]["incumbent"] is None


def test_cancel_ends_a_live_run_once(client: TestClient, sqlite_database: Database) -> None:
    run_id = add_run(sqlite_database)
    assert client.post(f"/v1/runs/{run_id}/cancel").json()["state"] == "cancelled"
    again = client.post(f"/v1/runs/{run_id}/cancel")
    assert again.status_code == 409
    assert "already cancelled" in again.json()["detail"]


def test_retry_is_a_new_run_with_the_same_pins(
    client: TestClient, sqlite_database: Database, queue: RecordingQueue
) -> None:
    run_id = succeeded(sqlite_database)
    answer = client.post(f"/v1/runs/{run_id}/retry")
    assert answer.status_code == 202
    made, old = answer.json(), client.get(f"/v1/runs/{run_id}").json()
    assert answer.headers["Location"] == f"/v1/runs/{made['id']}"
    assert made["retry_of"] == run_id
    for pin in ("params", "window_start", "window_end", "as_of", "max_batch"):
        assert made[pin] == old[pin]
    assert queue.enqueued == [(made["id"], "interactive")]


def test_a_live_run_is_not_retried(client: TestClient, sqlite_database: Database) -> None:
    run_id = add_run(sqlite_database)
    assert client.post(f"/v1/runs/{run_id}/retry").status_code == 409


def test_a_run_without_a_page_says_so(client: TestClient, sqlite_database: Database) -> None:
    answer = client.get(f"/v1/runs/{add_run(sqlite_database)}/page")
    assert answer.status_code == 409
    assert "is queued" in answer.json()["detail"]


def test_the_log_is_plain_text(client: TestClient, sqlite_database: Database) -> None:
    answer = client.get(f"/v1/runs/{add_run(sqlite_database, log_tail='größer')}/log")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == "größer"


def test_exports_hold_the_tables(client: TestClient, sqlite_database: Database) -> None:
    base = f"/v1/runs/{succeeded(sqlite_database)}"
    text = client.get(f"{base}/export.csv")
    assert f'filename="capability-{base[9:17]}.csv"' in text.headers["content-disposition"]
    lines = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert lines[-3:] == [["what", "size [mm]"], ["loop", "1.5"], ["'=cmd()", ""]]
    book = load_workbook(io.BytesIO(client.get(f"{base}/export.xlsx").content))
    sheet = list(book[book.sheetnames[1]].iter_rows(values_only=True))
    assert sheet == [("what", "size [mm]"), ("loop", 1.5), ("'=cmd()", None)]
    table = pq.read_table(io.BytesIO(client.get(f"{base}/export.parquet").content))
    assert table.column("number").to_pylist() == [None, 1.5, None, None]
    assert client.get(f"{base}/export.json").json()["result"] == {"cpk": 1.5}


def test_a_large_result_is_exported_whole(client: TestClient, sqlite_database: Database) -> None:
    run_id = succeeded(sqlite_database, result=None)
    content = artifacts.Content(artifacts.RESULT, "application/json", b'{"cpk":[1,2]}')
    with sqlite_database.write.begin() as session:
        artifacts.store(session, run_id, content, url="memory://x", now=NOW)
    assert client.get(f"/v1/runs/{run_id}").json()["artifacts"] == ["result.json"]
    assert client.get(f"/v1/runs/{run_id}/export.json").json()["result"] == {"cpk": [1, 2]}
    assert client.get(f"/v1/runs/{run_id}/artifacts/result.json").json() == {"cpk": [1, 2]}


def test_events_end_at_once_for_a_run_that_has_ended(
    client: TestClient, sqlite_database: Database
) -> None:
    path = f"/v1/runs/{succeeded(sqlite_database)}/events"
    with client.stream("GET", path) as answer:
        assert list(_states(answer)) == ["succeeded"]


def test_events_tell_every_change_and_hold_no_connection(
    settings: Settings, sqlite_database: Database, queue: RecordingQueue
) -> None:
    run_id, seen = add_run(sqlite_database), list[str]()
    app = application(Services(settings, sqlite_database, queue))

    def read(url: str) -> None:
        with httpx.stream("GET", f"{url}/v1/runs/{run_id}/events", timeout=100) as answer:
            seen.extend(_states(answer))

    with serving(app) as url:
        stream = threading.Thread(target=read, args=(url,))
        stream.start()
        _until(lambda: seen == ["queued"])
        with sqlite_database.write.begin() as session:
            assert runs.claim(session, run_id, worker_id="w", now=NOW) is not None
        _until(lambda: seen == ["queued", "running"])
        # the poller takes one for a moment, three times a second: a stream would not give it back
        _until(lambda: sqlite_database.engine.pool.checkedout() == 0)
        with sqlite_database.write.begin() as session:
            runs.succeed(session, runs.Claim(run_id, 1), {}, now=NOW)
        stream.join()
        assert seen == ["queued", "running", "succeeded"]
        _until(lambda: app.state.poller._streams == {})


def _until(claim: Callable[[], bool]) -> None:
    late = time.monotonic() + 100
    while not claim():
        assert time.monotonic() < late
        time.sleep(0.01)


def test_runs_of_other_sites_are_hidden(client: TestClient, sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    run_id = succeeded(sqlite_database, site_id=1)
    with sqlite_database.read() as session:
        assert list(session.scalars(runs.matching(runs.Scope(frozenset({2}))))) == []
        assert [r.id for r in session.scalars(runs.matching(runs.Scope(frozenset({1}))))] == [
            run_id
        ]


def _states(answer: httpx.Response) -> Iterator[str]:
    assert answer.headers["content-type"].startswith("text/event-stream")
    for line in answer.iter_lines():
        if line.startswith("data:"):
            yield json.loads(line[5:])["state"]
