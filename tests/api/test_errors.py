"""Every refusal is a problem document that names the field, the value and the mend."""

import errno
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from jinja2 import FileSystemLoader

from api.app import create_app
from api.deps import Services
from api.pages.shell import environment
from api.problems import INTERNAL, MEDIA_TYPE
from ops.db.engine import Database, open_database
from ops.settings import Settings
from tests.api.local import local_client
from tests.api.plant import add_plant

JSON = {"Content-Type": "application/json"}


def test_each_wrong_field_has_its_pointer(client: TestClient) -> None:
    answer = client.post("/v1/tools", json={"site": "A", "code": "no space", "extra": 1})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert {e["pointer"] for e in answer.json()["errors"]} == {"/code", "/title", "/extra"}
    assert "'no space'" in next(
        e["detail"] for e in answer.json()["errors"] if e["pointer"] == "/code"
    )


@pytest.mark.parametrize(
    ("path", "body", "mend"),
    [
        ("/v1/tools", {"code": "LOOP H"}, "a code is made of letters, digits"),
        ("/v1/characteristics", {"unit": "micron-ish"}, "write it like um"),
        (
            "/v1/analyses/capability/runs",
            {"window": {"last": "7 days"}},
            "a number and min, h, d or w: 30min, 24h, 7d, 4w, got '7 days'",
        ),
    ],
)
def test_a_text_of_a_wrong_form_is_answered_in_words_and_by_no_pattern(
    client: TestClient, path: str, body: dict[str, object], mend: str
) -> None:
    answer = client.post(path, json=body).text
    assert mend in answer
    assert "pattern" not in answer


def test_a_wrong_form_is_told_without_words_of_python(client: TestClient) -> None:
    answer = client.post("/v1/tools", json={"site": "A", "code": "no space", "title": "", "x": 1})
    told = {e["pointer"]: e["detail"] for e in answer.json()["errors"]}
    assert told["/code"].startswith("a code is made of letters, digits")
    assert told["/x"].startswith("there is no such field here")


def test_a_list_is_not_short_of_what_is_wrong_in_it(client: TestClient) -> None:
    url = "/v1/analyses/network-plan/runs"
    wrong = client.post(url, json={"scenario": "S", "order": ["profit"]}).json()["errors"]
    assert [e["pointer"] for e in wrong] == ["/order/0"]
    (empty,) = client.post(url, json={"scenario": "S", "order": []}).json()["errors"]
    assert (empty["pointer"], empty["detail"]) == ("/order", "give at least 1")


def test_wrong_query_parameter_is_named(client: TestClient) -> None:
    (error,) = client.get("/v1/sites?limit=0").json()["errors"]
    assert (error["pointer"], error["where"]) == ("/limit", "query")


def test_naive_time_is_refused(client: TestClient) -> None:
    (error,) = client.get("/v1/events?since=2026-01-01T00:00:00").json()["errors"]
    assert error["pointer"] == "/since"
    assert "timezone" in error["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"code": ',
        b"\xff\xfe{",
        b'{"code": "A", "title": "\\ud800"}',
        b'{"code": "A", "title": "a\\u0000"}',
        b"[]",
        b"",
        b"[" * 100_000,
    ],
    ids=["cut", "not text", "surrogate", "null character", "list", "empty", "deep"],
)
def test_unreadable_body_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/v1/sites", content=body, headers=JSON)
    assert answer.status_code in (400, 422)
    assert answer.json()["type"].startswith("/problems/")


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (rb'{"site": "\ud800"}', "/site"),
        (rb'{"site": "A", "characteristics": ["B", "a\uDFFFz"]}', "/characteristics/1"),
        (rb'{"\udc00": 1}', ""),
    ],
)
def test_half_a_character_is_refused_by_its_place(
    client: TestClient, body: bytes, pointer: str
) -> None:
    answer = client.post("/v1/analyses/drift/runs", content=body, headers=JSON)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["where"]) == (pointer, "body")
    assert "send whole Unicode text, got '" in error["detail"]


def test_a_character_in_two_halves_is_whole(client: TestClient) -> None:
    body = rb'{"code": "A", "title": "\ud83d\ude00"}'
    assert client.post("/v1/sites", content=body, headers=JSON).json()["title"] == "\U0001f600"


def test_limits_out_of_order_name_their_field(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    for given, pointer in (({}, "/lower"), ({"lower": 2, "upper": 1}, "/lower"),
                           ({"upper": 1, "target": 2}, "/target")):  # fmt: skip
        body = {"effective_from": "2026-02-01T00:00:00Z", **given}
        (error,) = client.post("/v1/characteristics/1/limits", json=body).json()["errors"]
        assert error["pointer"] == pointer


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_number_that_is_not_finite_is_refused(client: TestClient, number: str) -> None:
    client.post("/v1/sites", json={"code": "A", "title": "a"})
    body = {"site": "A", "code": "C", "title": "c", "unit": "um", "gauge_lower": "HERE"}
    text = json.dumps(body).replace('"HERE"', number)
    answer = client.post("/v1/characteristics", content=text, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/gauge_lower"


def test_path_and_method_that_are_not_there_are_problems(client: TestClient) -> None:
    assert client.get("/nothing").json()["type"] == "/problems/no-such-path"
    answer = client.put("/v1/sites")
    assert answer.json()["type"] == "/problems/no-such-method"
    assert answer.headers["Allow"]


@pytest.mark.parametrize("cursor", ["x", "WzFd!", "WyJhIl0", "WzEsMl0", "e30", "WzFlOTld"])
def test_cursor_of_somebody_else_is_refused(client: TestClient, cursor: str) -> None:
    assert client.get(f"/v1/sites?cursor={cursor}").status_code == 422


def test_id_beyond_every_database_is_refused(client: TestClient) -> None:
    assert client.get(f"/v1/sites/{2**64}").status_code == 422


@pytest.fixture
def broken(settings: Settings, sqlite_database: Database, queue) -> Iterator[TestClient]:
    """A client of an application with a route that fails."""
    app = create_app(Services(settings, sqlite_database, queue))

    @app.get("/fails")
    @app.get("/v1/fails")
    def fails() -> None:
        raise RuntimeError("the secret of the house")

    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


def test_unexpected_error_tells_its_correlation_id_only(
    broken: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = broken.get("/fails", headers={"X-Request-ID": "req-7"})
    assert answer.status_code == 500
    assert answer.json()["correlation_id"] == answer.headers["X-Request-ID"] == "req-7"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "the secret of the house" in capsys.readouterr().out


def test_a_browser_is_told_of_an_unexpected_error_in_a_page(broken: TestClient) -> None:
    answer = broken.get("/fails", headers={"X-Request-ID": "req-7", "Accept": "text/html"})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["X-Request-ID"] == "req-7"
    assert INTERNAL.title in answer.text
    assert INTERNAL.mend in answer.text
    assert "In the log under req-7" in answer.text
    assert "secret" not in answer.text


def test_the_api_answers_a_browser_too_with_a_document(broken: TestClient) -> None:
    answer = broken.get("/v1/fails", headers={"Accept": "text/html"})
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == MEDIA_TYPE


def test_where_the_page_fails_too_the_document_is_left(
    broken: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(environment("en"), "loader", FileSystemLoader(tmp_path))
    monkeypatch.setattr(environment("en"), "cache", None)
    answer = broken.get("/fails", headers={"Accept": "text/html", "X-Request-ID": "req-7"})
    assert (answer.status_code, answer.json()["correlation_id"]) == (500, "req-7")


def test_lost_database_is_503_with_the_mend(new_postgres, queue) -> None:
    database = open_database(new_postgres().replace("/t", "/gone"))
    with local_client(Services(Settings(auth="none"), database, queue)) as client:
        answer = client.get("/v1/sites")
    assert answer.status_code == 503
    assert "longrun doctor" in answer.json()["detail"]


def test_bodies_above_the_limit_are_refused(
    sqlite_database: Database, settings: Settings, queue
) -> None:
    small = settings.model_copy(update={"max_body_mb": 1})
    with local_client(Services(small, sqlite_database, queue)) as client:
        body = b'{"code": "A", "title": "' + b"a" * 2**20 + b'"}'
        announced = client.post("/v1/sites", content=body, headers=JSON)
        chunked = client.post("/v1/sites", content=iter([body[:9], body[9:]]), headers=JSON)
    for answer in (announced, chunked):
        assert answer.status_code == 413
        assert "1 MiB" in answer.json()["detail"]


def test_calls_above_the_rate_wait(sqlite_database: Database, settings: Settings, queue) -> None:
    slow = settings.model_copy(update={"rate_limit": "3/hour"})
    with local_client(Services(slow, sqlite_database, queue)) as client:
        statuses = [client.get("/v1/sites").status_code for _ in range(4)]
        answer = client.get("/v1/sites")
        assert client.get("/healthz").status_code == 200
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600


def test_guessing_keys_is_limited_by_address(
    sqlite_database: Database, settings: Settings, queue
) -> None:
    slow = settings.model_copy(update={"rate_limit": "3/hour", "auth": "keys"})
    with local_client(Services(slow, sqlite_database, queue)) as client:
        statuses = [
            client.get("/v1/sites", headers={"Authorization": f"Bearer lr_{i}"}).status_code
            for i in range(5)
        ]
    assert statuses == [401, 401, 401, 429, 429]


def test_other_origins_are_closed_out_by_default(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    assert client.options("/v1/sites", headers=asked).status_code == 405
    answer = client.get("/v1/sites", headers={"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_named_origin_is_let_in(sqlite_database: Database, settings: Settings, queue) -> None:
    opened = settings.model_copy(update={"cors_origins": ("https://example.org",)})
    with local_client(Services(opened, sqlite_database, queue)) as client:
        answer = client.get("/v1/sites", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "https://example.org"


def test_time_of_any_zone_is_kept_as_its_instant(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    body = {"site": "HERE", "kind": "other", "title": "t", "ts": "2026-02-03T12:00:00+05:30"}
    made = client.post("/v1/events", json=body).json()
    assert made["ts"] == "2026-02-03T06:30:00Z"
    assert client.get(f"/v1/events/{made['id']}").json() == made


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 503, "no room is left on the disk"),
        (sqlite3.OperationalError("database or disk is full"), 503, "no room is left on the disk"),
        (sqlite3.OperationalError("unable to open database file"), 503, "does not answer"),
        (OSError(errno.ENOENT, "the secret of the house"), 500, "an unexpected error"),
    ],
    ids=["file", "database", "away", "another"],
)
def test_a_full_disk_and_a_driver_that_lost_its_database_are_told(
    settings: Settings, sqlite_database: Database, queue, error: Exception, status: int, told: str
) -> None:
    app = create_app(Services(settings, sqlite_database, queue))

    @app.get("/fails")
    def fails() -> None:
        raise error

    with TestClient(app, base_url="http://127.0.0.1") as client:
        answer = client.get("/fails")
    assert (answer.status_code, told in answer.json()["detail"]) == (status, True)
    assert "secret" not in answer.text
