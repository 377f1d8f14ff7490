"""A POST that is repeated under its key is done once and answers the same."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.app import create_app
from api.deps import Now, Services, WriteSession
from api.idempotency import OnceRoute
from ops.db.engine import Database
from ops.db.models.people import Audit
from ops.db.models.plant import Site
from ops.settings import Settings

BODY = {"code": "PEN1", "title": "Penang"}
KEY = {"Idempotency-Key": "k-1"}


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """A real HTTP server on a free port; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


def test_repeat_answers_the_first_answer(client: TestClient) -> None:
    first = client.post("/v1/sites", json=BODY, headers=KEY)
    again = client.post("/v1/sites", json=BODY, headers=KEY)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    for header in ("Location", "ETag", "Content-Type"):
        assert again.headers[header] == first.headers[header]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_repeat_writes_nothing(client: TestClient, sqlite_database: Database) -> None:
    for _ in range(3):
        client.post("/v1/sites", json=BODY, headers=KEY)
    with sqlite_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Site)) == 1
        assert session.scalar(select(func.count()).select_from(Audit)) == 1


def test_key_for_another_body_is_refused(client: TestClient) -> None:
    client.post("/v1/sites", json=BODY, headers=KEY)
    other = client.post("/v1/sites", json={**BODY, "code": "PEN2"}, headers=KEY)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]


def test_key_counts_for_its_path_only(client: TestClient) -> None:
    client.post("/v1/sites", json=BODY, headers=KEY)
    tool = {"site": "PEN1", "code": "WB-1", "title": "Bonder"}
    assert client.post("/v1/tools", json=tool, headers=KEY).status_code == 201


def test_refused_request_may_be_repeated(client: TestClient) -> None:
    tool = {"site": "PEN1", "code": "WB-1", "title": "Bonder"}
    assert client.post("/v1/tools", json=tool, headers=KEY).status_code == 404
    client.post("/v1/sites", json=BODY)
    assert client.post("/v1/tools", json=tool, headers=KEY).status_code == 201


@pytest.mark.parametrize("key", ["", "x" * 256, "two words"])
def test_unfit_key_is_refused(client: TestClient, key: str) -> None:
    answer = client.post("/v1/sites", json=BODY, headers={"Idempotency-Key": key})
    assert answer.status_code == 422


def test_many_at_once_under_one_key_are_done_once(database: Database, queue) -> None:
    settings = Settings(auth="none", rate_limit="", threads=4)
    app = create_app(Services(settings, database, queue))
    with serving(app) as url, _client() as http, ThreadPoolExecutor(12) as pool:
        send = _sender(http, f"{url}/v1/sites", BODY)
        answers = list(pool.map(send, [KEY] * 24))
    assert {(a.status_code, a.content) for a in answers} == {(201, answers[0].content)}
    assert sum("Idempotent-Replayed" not in a.headers for a in answers) == 1


def test_keys_of_their_own_do_not_wait_for_threads(sqlite_database: Database, queue) -> None:
    settings = Settings(auth="none", rate_limit="", threads=4)
    app = create_app(Services(settings, sqlite_database, queue))
    with serving(app) as url, _client() as http, ThreadPoolExecutor(16) as pool:
        made = [
            pool.submit(
                _sender(http, f"{url}/v1/sites", {"code": f"S{i}", "title": "s"}),
                {"Idempotency-Key": f"k{i}"},
            )
            for i in range(64)
        ]
        assert {m.result().status_code for m in made} == {201}


def _client() -> httpx.Client:
    return httpx.Client(timeout=100, limits=httpx.Limits(max_connections=16))


def _sender(
    http: httpx.Client, url: str, body: dict[str, str]
) -> Callable[[dict[str, str]], httpx.Response]:
    return lambda headers: http.post(url, json=body, headers=headers)


@pytest.fixture
def upload(settings: Settings, sqlite_database: Database, queue) -> Iterator[TestClient]:
    """A client of an application that takes a stream and counts how often it did."""
    app = create_app(Services(settings, sqlite_database, queue))
    app.router.route_class = OnceRoute
    counted: list[int] = []

    @app.post("/stream", status_code=201)
    async def stream(request: Request) -> dict[str, int]:
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
        counted.append(size)
        return {"times": len(counted), "size": size}

    @app.post("/fails", status_code=201)
    def fails(session: WriteSession, now: Now) -> None:
        session.add(Site(code="HALF", title="half", created_at=now))
        session.flush()
        raise RuntimeError("in the middle")

    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_streamed_upload_is_done_once(upload: TestClient) -> None:
    first = upload.post("/stream", content=b"a,b\n1,2\n", headers=KEY)
    again = upload.post("/stream", content=b"a,b\n1,2\n", headers=KEY)
    assert first.json() == again.json() == {"times": 1, "size": 8}
    other = upload.post("/stream", content=b"a,b\n3,4\n", headers=KEY)
    assert other.status_code == 422


def test_failure_leaves_neither_work_nor_key(upload: TestClient, sqlite_database: Database) -> None:
    for _ in range(2):
        answer = upload.post("/fails", headers=KEY)
        assert answer.status_code == 500
        assert "Idempotent-Replayed" not in answer.headers
    with sqlite_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Site)) == 0
