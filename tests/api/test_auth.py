"""A key says who calls, what the caller may do, and which sites the caller sees."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from api.auth import require_safe_bind
from api.deps import Services
from ops.db import keys
from ops.db.engine import Database
from ops.db.keys import SYSTEM, KeyDraft
from ops.db.models.people import User
from ops.errors import BadData
from ops.settings import Settings
from ops.values import ROLES, Role
from tests.api.local import application
from tests.api.plant import HERE, NOW, THERE, add_plant

As = Callable[..., dict[str, str]]


@pytest.fixture
def guarded(sqlite_database: Database, queue) -> Iterator[TestClient]:
    """A client of a service that wants keys, on a plant of two sites."""
    add_plant(sqlite_database)
    app = application(Services(Settings(rate_limit=""), sqlite_database, queue))
    with TestClient(app) as client:
        yield client


@pytest.fixture
def as_(sqlite_database: Database) -> As:
    """Headers of a new key."""

    def headers(role: Role, sites: tuple[int, ...] | None = None, **draft) -> dict[str, str]:
        with sqlite_database.write.begin() as session:
            _, token = keys.issue(
                session, KeyDraft(role, role, sites, **draft), actor=SYSTEM, now=NOW
            )
        return {"Authorization": f"Bearer {token}"}

    return headers


@pytest.mark.parametrize(
    "authorization", [None, "Bearer", "Basic bWU6bWU=", "Bearer lr_00000000_wrong", "lr_x_y"]
)
def test_call_without_a_good_key_is_refused(guarded: TestClient, authorization: str | None) -> None:
    headers = {"Authorization": authorization} if authorization else {}
    answer = guarded.get("/v1/sites", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "/problems/unknown-caller"


def test_expired_key_is_refused(guarded: TestClient, as_: As) -> None:
    headers = as_("admin", expires_at=NOW + timedelta(seconds=1))
    assert "expired" in guarded.get("/v1/sites", headers=headers).json()["detail"]


def test_revoked_key_is_refused_at_once(guarded: TestClient, as_: As) -> None:
    admin, viewer = as_("admin"), as_("viewer")
    assert guarded.get("/v1/sites", headers=viewer).status_code == 200
    listed = guarded.get("/v1/keys?active=true", headers=admin).json()["items"]
    key_id = next(k["id"] for k in listed if k["role"] == "viewer")
    assert guarded.post(f"/v1/keys/{key_id}/revoke", headers=admin).status_code == 200
    assert guarded.get("/v1/sites", headers=viewer).status_code == 401
    assert guarded.post(f"/v1/keys/{key_id}/revoke", headers=admin).status_code == 409


def test_keys_of_a_disabled_user_are_refused(
    guarded: TestClient, as_: As, sqlite_database: Database
) -> None:
    with sqlite_database.write.begin() as session:
        session.add(User(id=1, name="mei", role="viewer", created_at=NOW))
    admin, mei = as_("admin"), as_("viewer", user_id=1)
    assert guarded.get("/v1/sites", headers=mei).status_code == 200
    change = {**admin, "If-Match": "*"}
    assert guarded.patch("/v1/users/1", json={"disabled": True}, headers=change).status_code == 200
    assert "disabled" in guarded.get("/v1/sites", headers=mei).json()["detail"]


WRITES = {
    "engineer": ("/v1/tools", {"site": "HERE", "code": "N", "title": "n"}),
    "admin": ("/v1/sites", {"code": "N", "title": "n"}),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("needed", WRITES)
def test_role_decides_what_may_be_written(
    guarded: TestClient, as_: As, role: Role, needed: Role
) -> None:
    path, body = WRITES[needed]
    answer = guarded.post(path, json=body, headers=as_(role))
    assert answer.status_code == (201 if role in ("admin", needed) else 403)


@pytest.mark.parametrize("role", ROLES)
def test_engineer_writes_memories_and_everybody_reads_them(
    guarded: TestClient, as_: As, role: Role
) -> None:
    headers = as_(role)
    body = {"site": "HERE", "title": "WB-1 is slow", "text": "when it is cold"}
    written = guarded.post("/v1/memories", json=body, headers=headers).status_code
    assert written == (201 if role in ("admin", "engineer") else 403)
    assert guarded.get("/v1/memories?q=WB-1", headers=headers).status_code == 200


@pytest.mark.parametrize("role", ROLES)
def test_only_an_administrator_sees_keys_users_and_audit(
    guarded: TestClient, as_: As, role: Role
) -> None:
    headers = as_(role)
    answers = {
        guarded.get(f"/v1/{p}", headers=headers).status_code for p in ("keys", "users", "audit")
    }
    assert answers == {200 if role == "admin" else 403}


def test_administrator_of_some_sites_makes_no_keys(guarded: TestClient, as_: As) -> None:
    body = {"name": "wider", "role": "admin"}
    assert guarded.post("/v1/keys", json=body, headers=as_("admin", (HERE,))).status_code == 403


def test_no_route_lets_a_key_of_one_site_see_another(guarded: TestClient, as_: As) -> None:
    headers = as_("admin", (HERE,))
    for path, operations in guarded.get("/openapi.json").json()["paths"].items():
        for method in operations if path.count("{") == 1 else ():
            url = path.replace(path[path.index("{") : path.index("}") + 1], str(THERE))
            answer = guarded.request(method, url, headers={**headers, "If-Match": "*"}, json={})
            assert answer.status_code in (403, 404, 422), (method, path, answer.text)


def test_no_list_shows_a_key_of_one_site_another(guarded: TestClient, as_: As) -> None:
    headers = as_("admin", (HERE,))
    for path, operations in guarded.get("/openapi.json").json()["paths"].items():
        if "get" in operations and "{" not in path and path.startswith("/v1"):
            answer = guarded.get(path, headers=headers)
            assert "THERE" not in answer.text, path


def test_site_code_of_another_site_is_not_known(guarded: TestClient, as_: As) -> None:
    headers = as_("engineer", (HERE,))
    assert guarded.get("/v1/tools?site=THERE", headers=headers).status_code == 404
    body = {"site": "THERE", "code": "N", "title": "n"}
    assert guarded.post("/v1/tools", json=body, headers=headers).status_code == 404


def test_every_route_under_v1_wants_a_key(guarded: TestClient) -> None:
    for path, operations in guarded.get("/openapi.json").json()["paths"].items():
        for method in operations if path.startswith("/v1") else ():
            answer = guarded.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 401, (method, path)


def test_last_use_is_written_once_a_minute(
    guarded: TestClient, as_: As, sqlite_database: Database
) -> None:
    headers = as_("viewer")
    written: list[str] = []
    event.listen(
        sqlite_database.engine,
        "before_cursor_execute",
        lambda *a: written.append(a[2]) if a[2].startswith("UPDATE") else None,
    )
    for _ in range(5):
        guarded.get("/v1/sites", headers=headers)
    assert len(written) == 1
    with sqlite_database.read() as session:
        key = keys.get(session, 1)
    assert key.last_used_at is not None
    assert datetime.now(UTC) - key.last_used_at < timedelta(minutes=1)


def test_secret_is_shown_once_and_stored_as_a_digest(
    guarded: TestClient, as_: As, sqlite_database: Database
) -> None:
    headers = {**as_("admin"), "Idempotency-Key": "k"}
    body = {"name": "uploader", "role": "engineer"}
    answer = guarded.post("/v1/keys", json=body, headers=headers)
    token = answer.json()["token"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert guarded.post("/v1/keys", json=body, headers=headers).status_code == 409
    with sqlite_database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        assert not [line for line in raw.iterdump() if token.split("_", 2)[2] in line]


def test_first_start_makes_one_administrator(database: Database) -> None:
    with database.write.begin() as session:
        token = keys.bootstrap(session, NOW)
        assert keys.bootstrap(session, NOW) is None
    assert token is not None
    with database.read() as session:
        key, actor = keys.bearer(session, token, NOW)
    assert (actor.role, actor.scope.sites, key.prefix) == ("admin", None, token.split("_")[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_network_address_needs_authentication(host: str) -> None:
    require_safe_bind(Settings(auth="keys", host=host))
    with pytest.raises(BadData, match=host):
        require_safe_bind(Settings(auth="none", host=host))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_loopback_needs_none(host: str) -> None:
    require_safe_bind(Settings(auth="none", host=host))


def test_keys_are_told_apart_by_their_state(database: Database) -> None:
    with database.write.begin() as session:
        for name, expires in (("a", None), ("b", NOW + timedelta(days=1))):
            keys.issue(session, KeyDraft(name, "viewer", None, expires), actor=SYSTEM, now=NOW)
    later = NOW + timedelta(days=2)
    with database.read() as session:
        found = {
            s: [k.name for k in session.scalars(keys.listed(active=s, now=later))]
            for s in (True, False, None)
        }
    assert found == {True: ["a"], False: ["b"], None: ["a", "b"]}


PLANNED = {
    "": {"code": "NEW", "site": "HERE", "document": {}},
    "/import?code=NEW&site=HERE": {},
    "/EU/revisions": {"document": {}},
    "/EU/edits": {"edits": ["close site A"]},
    "/EU/copy": {"code": "NEW", "site": "HERE"},
    "/EU/candidates": {"run": "x"},
    "/EU/distances": {},
    "/EU/approve": {"run": "x"},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", PLANNED)
def test_only_a_planner_writes_scenarios(
    guarded: TestClient, as_: As, path: str, role: Role
) -> None:
    body = {"code": "EU", "site": "HERE", "document": {"sites": [{"code": "A", "kind": "dc"}]}}
    guarded.post("/v1/scenarios", json=body, headers=as_("admin"))
    headers = as_(role) | {"If-Match": "*"}
    assert guarded.get("/v1/scenarios/EU", headers=headers).status_code == 200
    answer = guarded.post(f"/v1/scenarios{path}", json=PLANNED[path], headers=headers)
    assert (answer.status_code == 403) == (role not in ("admin", "planner")), answer.text


def test_scenarios_of_other_sites_are_not_there(guarded: TestClient, as_: As) -> None:
    admin, here = as_("admin"), as_("planner", (HERE,))
    for code, site in (("HERE-1", "HERE"), ("THERE-1", "THERE"), ("ALL", None)):
        body = {"code": code, "site": site, "document": {}}
        assert guarded.post("/v1/scenarios", json=body, headers=admin).status_code == 201
    listed = guarded.get("/v1/scenarios", headers=here).json()["items"]
    assert [s["code"] for s in listed] == ["HERE-1"]
    for code in ("THERE-1", "ALL"):
        for path in ("", "/revisions", "/revisions/1/document", "/flaws", "/export"):
            answer = guarded.get(f"/v1/scenarios/{code}{path}", headers=here)
            assert answer.status_code == 404, path
        edits = {"edits": ["close site A"]}
        answer = guarded.post(f"/v1/scenarios/{code}/edits", json=edits, headers=here)
        assert answer.status_code == 404
    there = {"code": "NEW", "site": "THERE", "document": {}}
    assert guarded.post("/v1/scenarios", json=there, headers=here).status_code == 422
    own = {"code": "NEW", "document": {}}
    assert guarded.post("/v1/scenarios", json=own, headers=here).json()["site"] == "HERE"
