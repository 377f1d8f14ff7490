"""Strangers' models over HTTP: an ONNX file and an endpoint answer as ours do."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from ops.classify.external.external_facts import external_facts
from ops.classify.spec import FeatureSpec, NumberFeature
from ops.db import model_aliases, model_versions
from ops.db.engine import Database
from ops.db.model_aliases import CHAMPION, Move
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.values import Actor
from tests.ops.classify.external.strangers import custom, plain, truth
from tests.ops.classify.served import DOCUMENT, ROW, table

NOW = datetime(2026, 1, 10, tzinfo=UTC)
ENGINEER = Actor("engineer", "engineer")
PATH = "/v1/models/S@champion/predict"
SPEC = FeatureSpec(
    features=tuple(
        NumberFeature(column=name, scale="none", flag_missing=False) for name in ("torque", "speed")
    )
)
PASS_FIRST = ("pass", "fail")


def facts(kind: Any) -> dict[str, Any]:
    rows = table()
    rows.numbers["torque"][np.isnan(rows.numbers["torque"])] = 40.0
    return external_facts(rows, SPEC, DOCUMENT, kind=kind, classes=PASS_FIRST)


def shelve(database: Database, new: NewVersion) -> None:
    with database.write.begin() as session:
        fields = {"code": "S", "site_id": None, "title": "S", "task": "classify"}
        row = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
        model_versions.add(session, row, new, url="memory://x", actor=ENGINEER, now=NOW)
        model_aliases.move(session, row, CHAMPION, 1, Move("test"), actor=ENGINEER, now=NOW)


def test_an_onnx_file_answers(client: TestClient, sqlite_database: Database) -> None:
    spec = {"facts": facts("onnx")}
    shelve(sqlite_database, NewVersion(origin="onnx", artefact=plain(), spec=spec))
    small: dict[str, Any] = {"torque": 1.0, "speed": -2.0}
    answer = client.post(PATH, json=small)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    found = body["predictions"][0]["probability"]
    assert list(found.values()) == pytest.approx(truth(np.array([[1.0, -2.0]]))[0], abs=1e-6)
    assert list(found) == list(PASS_FIRST)
    assert body["positive"] == "fail"
    assert client.post(PATH, json={"torque": 1.0}).status_code == 422


def test_an_onnx_file_with_custom_operators_never_answers(
    client: TestClient, sqlite_database: Database
) -> None:
    spec = {"facts": facts("onnx")}
    shelve(sqlite_database, NewVersion(origin="onnx", artefact=custom(), spec=spec))
    answer = client.post(PATH, json=ROW)
    assert answer.status_code == 422
    assert "evil.example" in answer.json()["detail"]


def test_an_endpoint_that_is_not_allowed_is_not_asked(
    client: TestClient, sqlite_database: Database
) -> None:
    spec = {"facts": facts("endpoint"), "endpoint": {"url": "http://127.0.0.1:9/x"}}
    shelve(sqlite_database, NewVersion(origin="endpoint", spec=spec))
    answer = client.post(PATH, json=ROW)
    assert answer.status_code == 422
    assert "LONGRUN_MODEL_HOSTS" in answer.json()["detail"]


def test_a_stranger_of_whom_nothing_is_said_is_refused(
    client: TestClient, sqlite_database: Database
) -> None:
    shelve(sqlite_database, NewVersion(origin="onnx", artefact=plain()))
    answer = client.post(PATH, json=ROW)
    assert answer.status_code == 422
    assert "register it again" in answer.json()["detail"]
