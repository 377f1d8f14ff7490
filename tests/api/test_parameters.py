"""A query parameter that a route does not know is refused by its name; none is passed over."""

import re
from importlib import import_module
from typing import Any

from fastapi.testclient import TestClient

from api.app import ROUTERS
from api.parameters import known_parameters
from tests.api.test_schema import _app

DATABASE_URL = "sqlite:///never-opened.db"


def _operations() -> dict[str, dict[str, Any]]:
    """What the schema says of each operation, by ``METHOD /path``."""
    app, database = _app(DATABASE_URL)
    database.engine.dispose()
    return {
        f"{method.upper()} {path}": operation
        for path, methods in app.openapi()["paths"].items()
        if path.startswith("/v1")
        for method, operation in methods.items()
    }


OPERATIONS = _operations()
READS = sorted(name for name in OPERATIONS if name.startswith("GET "))


def _documented(operation: dict[str, Any]) -> dict[str, bool]:
    return {
        p["name"]: "array" in {s.get("type") for s in (p["schema"], *p["schema"].get("anyOf", ()))}
        for p in operation.get("parameters", ())
        if p["in"] == "query"
    }


def test_what_a_route_knows_is_what_the_schema_says() -> None:
    routes = [r for module in ROUTERS for r in import_module(module).router.routes]
    known = {
        f"{method} {route.path}": known_parameters(route.dependant)
        for route in routes
        if route.include_in_schema
        for method in route.methods
    }
    assert known == {name: _documented(operation) for name, operation in OPERATIONS.items()}


def test_a_parameter_that_no_read_knows_is_refused(client: TestClient) -> None:
    for operation in READS:
        address = re.sub(r"\{\w+\}", "1", operation.removeprefix("GET "))
        answer = client.get(address, params={"utm_source": "x"})
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid"), operation
        (error,) = answer.json()["errors"]
        assert (error["pointer"], error["where"]) == ("/utm_source", "query")
        known = ", ".join(sorted(_documented(OPERATIONS[operation])))
        told = f"known are {known}" if known else "it takes none"
        assert error["detail"].endswith(f"{told}, got 'x'"), operation


def test_a_change_with_an_unknown_parameter_changes_nothing(client: TestClient) -> None:
    site = {"code": "A", "title": "a"}
    assert client.post("/v1/sites?dry_run=true", json=site).status_code == 422
    assert client.get("/v1/sites").json()["items"] == []
    answer = client.post("/v1/measurements?sit=A", content=b"x")
    assert "the nearest is 'site'" in answer.json()["detail"]


def test_the_nearest_parameter_is_named(client: TestClient) -> None:
    for wrong in ("sit", "Site", "SITE", "sites"):
        (error,) = client.get("/v1/tools", params={wrong: "PEN"}).json()["errors"]
        assert error["pointer"] == f"/{wrong}"
        assert error["detail"] == (
            "there is no such parameter here; the nearest is 'site', known are cursor, limit, site,"
            " got 'PEN'"
        )


def test_what_takes_one_value_takes_no_second(client: TestClient) -> None:
    (error,) = client.get("/v1/tools?site=A&site=B").json()["errors"]
    assert error["detail"] == "give it once: 2 values came, one counts, got 'A, B'"
    lists = "/v1/measurements?where=tool:A&where=tool:B&characteristic=X&characteristic=Y"
    assert "/where" not in client.get(lists).text


def test_pages_pass_over_what_others_hang_on_their_address(client: TestClient) -> None:
    assert client.get("/?utm_source=mail", headers={"Accept": "text/html"}).status_code == 200
