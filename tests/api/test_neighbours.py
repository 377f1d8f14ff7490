"""Where no key is asked for, a web page of another site neither reads nor changes anything."""

import pytest
from fastapi.testclient import TestClient

from api.deps import Services
from api.neighbours import is_local
from ops.db.engine import Database
from ops.settings import Settings
from tests.api.local import application, local_client

SITE = {"code": "A", "title": "a"}


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1:1", "[::1]:8000", "a.localhost:8000"],
)
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/v1/sites", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "192.0.2.1",
        "notlocalhost",
        "me@evil.example",
        "[::1",
        "",
        "evil.example#localhost",
    ],
)
@pytest.mark.parametrize("path", ["/v1/sites", "/docs", "/openapi.json", "/metrics"])
def test_a_name_that_somebody_let_point_here_is_refused(
    client: TestClient, host: str, path: str
) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 421
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/wrong-host"
    assert "LONGRUN_ALLOWED_HOSTS" in answer.json()["detail"]
    assert answer.json()["correlation_id"] == answer.headers["X-Request-ID"]


def test_a_further_name_is_let_in_by_its_setting(
    settings: Settings, sqlite_database: Database, queue
) -> None:
    named = settings.model_copy(update={"allowed_hosts": ("Line3.example",)})
    with local_client(Services(named, sqlite_database, queue)) as client:
        assert client.get("/v1/sites", headers={"Host": "line3.EXAMPLE:80"}).status_code == 200
        assert client.get("/v1/sites", headers={"Host": "line4.example"}).status_code == 421


def test_where_keys_are_asked_for_any_name_will_do(sqlite_database: Database, queue) -> None:
    app = application(Services(Settings(), sqlite_database, queue))
    with TestClient(app, base_url="http://longrun.example") as client:
        assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:5173"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_from_another_site_is_refused(
    client: TestClient, headers: dict[str, str], method: str
) -> None:
    answer = client.request(method, "/v1/sites", json=SITE, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/wrong-site"
    assert "LONGRUN_CORS_ORIGINS" in answer.json()["detail"]
    assert client.get("/v1/sites", headers=headers).json()["items"] == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"},
    ],
    ids=str,
)
def test_own_pages_and_programs_make_changes(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/v1/sites", json=SITE, headers=headers).status_code == 201


def test_an_origin_that_is_named_makes_changes(
    settings: Settings, sqlite_database: Database, queue
) -> None:
    opened = settings.model_copy(update={"cors_origins": ("https://example.org",)})
    headers = {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
    with local_client(Services(opened, sqlite_database, queue)) as client:
        assert client.post("/v1/sites", json=SITE, headers=headers).status_code == 201


def test_the_document_tells_both_refusals(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"421"} <= set(paths["/v1/sites"]["get"]["responses"])
    assert {"403", "421"} <= set(paths["/v1/sites"]["post"]["responses"])


def test_a_host_that_is_no_name_is_not_local() -> None:
    assert not is_local("[oops]")
