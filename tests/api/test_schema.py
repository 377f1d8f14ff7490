"""Whatever a caller sends, the API answers as its OpenAPI document says, and never with 5xx."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup
from schemathesis.python import asgi

from api.app import ROUTERS
from api.deps import Services, _write
from ops.db import keys
from ops.db.engine import Database, open_database
from ops.db.models.work import Worker
from ops.settings import Settings
from tests.api.local import application
from tests.api.plant import NOW, add_plant
from tests.conftest import migrated

FAR = datetime(2200, 1, 1, tzinfo=UTC)
NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
EXAMPLES = 50 if NIGHTLY else 3  # of each operation and mode, at 20 ms of CPU


class _NoQueue:
    def enqueue(self, *_) -> None: ...

    def close(self) -> None: ...


def _app(url: str) -> tuple[FastAPI, Database]:
    database = open_database(url)
    settings = Settings(database_url=url, rate_limit="", auth="keys", max_body_mb=1)
    return application(Services(settings, database, _NoQueue())), database


@cache
def _document() -> dict[str, Any]:
    """Describe all operations: asked for before the service is there, which has the same app."""
    app, database = _app("sqlite:///never-opened.db")
    database.engine.dispose()
    return app.openapi()


def _operations() -> list[str]:
    return sorted(
        f"{method.upper()} {path}"
        for path, methods in _document()["paths"].items()
        for method, operation in methods.items()
        if "text/event-stream" not in operation["responses"].get("200", {}).get("content", {})
    )


load_all_checks()
CHECKED = CHECKS.get_by_names(
    [
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
        "ignored_auth",
        "unsupported_method",
    ]
)


class _Service:
    """The application, its document, and a client that stays open."""

    def __init__(self, app: FastAPI, client: object, token: str) -> None:
        self.schema = schemathesis.openapi.from_asgi("/openapi.json", app)
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def check(self, case: Case) -> None:
        """Send a case and check the answer."""
        response = case.call(session=self.client, headers=self.headers)
        try:
            case.validate_response(response, checks=CHECKED, headers=self.headers)
        except FailureGroup as group:
            if not all(_is_no_fault(failure) for failure in group.exceptions):
                raise


_NO_FAULT = (r"header: violates `required` \(was Authorization\)",)  # the key that we do send


def _is_no_fault(failure: BaseException) -> bool:
    """Whether nothing is wrong with a case that the service took, although it was made to be.

    What cannot be read as the one harmless fault counts as a real one.
    """
    wrong = re.findall(r"^ *- (.*)$", getattr(failure, "message", ""), re.MULTILINE)
    return (
        isinstance(failure, AcceptedNegativeData)
        and bool(wrong)
        and all(any(re.fullmatch(harmless, line) for harmless in _NO_FAULT) for line in wrong)
    )


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Service]:
    """A service with a plant, and an administrator's key."""
    folder: Path = tmp_path_factory.mktemp("schema")
    app, database = _app(migrated(f"sqlite:///{folder / 'longrun.db'}"))
    add_plant(database)
    with database.write.begin() as session:
        token = keys.bootstrap(session, NOW)
        session.add(Worker(id="w", host="h", pid=1, version="1", started_at=NOW, seen_at=FAR))
    assert token is not None
    with asgi.get_client(app, max_stream_events=3) as client:
        yield _Service(app, client, token)
    database.engine.dispose()


@pytest.mark.hypothesis
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda m: m.value)
@pytest.mark.parametrize("operation", _operations())
def test_every_answer_is_documented(
    service: _Service, operation: str, mode: GenerationMode
) -> None:
    method, path = operation.split(" ", 1)
    strategy = service.schema[path][method].as_strategy(mode)

    @settings(
        max_examples=EXAMPLES,
        derandomize=not NIGHTLY,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def run(case: Case) -> None:
        service.check(case)

    # nothing can be wrong where nothing is sent
    with suppress(*([Unsatisfiable] if mode is GenerationMode.NEGATIVE else [])):
        run()


OWN_TRANSACTIONS = {
    "/v1/measurements",  # a stream, done in chunks; a repeat finds duplicates
    "/v1/advice/server/probe",  # asks a server for a minute, then keeps the newest probe only
}


def test_every_post_takes_its_idempotency_key_in_its_own_transaction() -> None:
    for module in ROUTERS:
        for route in import_module(module).router.routes:
            if "POST" not in route.methods or route.path in OWN_TRANSACTIONS:
                continue
            if route.path.startswith("/v1/run-lengths") or route.path.endswith("/predict"):
                continue  # it only computes
            if route.path.endswith(("/preview", "/columns", "/validate", "/from-history")):
                continue  # it stores nothing: to repeat it is harmless
            if route.include_in_schema:  # the one that is not only says that a name is unknown
                assert _write in _calls(route.dependant), f"{route.path} must use WriteSession"


def test_every_body_has_an_example() -> None:
    document = _document()
    for path, methods in document["paths"].items():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            for media, described in content.items():
                schema = described.get("schema", {})
                named = schema.get("$ref", "").rpartition("/")[2]
                schema = document["components"]["schemas"].get(named, schema)
                if schema.get("format") == "binary":
                    continue  # Parquet, Arrow, XLSX: nothing that could be written down
                has = {"example", "examples"} & (set(schema) | set(described))
                assert has, f"{path} ({media}) has no example"


def _calls(dependant: Dependant) -> set[object]:
    below = (_calls(d) for d in dependant.dependencies)
    return {dependant.call}.union(*below)
