"""Models of others over the wire: tried on rows, kept as versions, refused with the reason."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from tests.api.model_plant import WIRES, add_wires
from tests.api.plant import add_plant
from tests.ops.classify.external.strangers import custom, plain, truth

SPEC = {"site": "HERE", "dataset": "wires", "classes": ["good", "bad"], "note": "from the maker"}
PATH = "/v1/models/lift/versions"


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> Iterator[TestClient]:
    """A client on a plant with a dataset of two numbers."""
    add_plant(sqlite_database)
    add_wires(sqlite_database)
    yield client
    client.app.state.predictor.close()  # type: ignore[attr-defined]  # a Starlette application


def _send(client: TestClient, file: bytes, **spec: Any):
    form = {"spec": json.dumps(SPEC | spec)}
    return client.post(PATH, data=form, files={"file": ("m.onnx", file)})


def test_onnx_file_becomes_a_version_that_answers(plant: TestClient) -> None:
    answer = _send(plant, plain(), trained_until="2026-01-01T00:00:00Z")
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == "/v1/models/lift/versions/1"
    version = answer.json()["version"]
    assert (version["origin"], version["dataset"], version["note"]) == (
        "onnx",
        "",
        "from the maker",
    )
    assert version["spec"]["scored_on"] == {"dataset": "wires", "revision": 1}
    assert version["spec"]["trained_until"] == 1_767_225_600_000_000
    assert plant.get("/v1/models/lift").json()["aliases"] == {}  # until somebody scores it
    assert plant.get(f"{PATH}/1/artefact").content == plain()
    told = plant.post("/v1/models/lift@1/predict", json={"a": 0.1, "b": 2.0}).json()
    (prediction,) = told["predictions"]
    expected = truth(WIRES[:1])[0]
    assert prediction["probability"]["good"] == pytest.approx(expected[0], abs=1e-6)
    shown = plant.get("/models/lift/predict?alias=1", headers={"Accept": "text/html"}).text
    assert 'data-name="a" data-number' in shown


@pytest.mark.parametrize(
    ("file", "spec", "said"),
    [
        (custom(), {}, "custom operators"),
        (b"no onnx", {}, "no ONNX"),
        (plain(), {"classes": ["a", "b", "c"]}, "3 columns"),
        (plain(), {"dataset": "none"}, "no dataset 'none'"),
        (plain(), {"classes": ["a"]}, "at least 2 items"),
        (plain(), {"features": {"features": [{"kind": "number", "column": "zz"}]}}, "zz"),
        (plain(), {"endpoint": {"url": "https://m.example/x"}}, "one of both"),
    ],
)
def test_what_cannot_be_served_is_refused(
    plant: TestClient, file: bytes, spec: dict, said: str
) -> None:
    answer = _send(plant, file, **spec)
    assert answer.status_code == 422, answer.text
    assert said in answer.text
    assert plant.get("/v1/models/lift").status_code == 404


def test_endpoint_is_asked_only_where_a_setting_allows(plant: TestClient) -> None:
    answer = plant.post(PATH, json=SPEC | {"endpoint": {"url": "https://m.example/x"}})
    assert answer.status_code == 422
    assert "LONGRUN_MODEL_HOSTS" in answer.json()["detail"]


def test_repeat_under_its_key_makes_one_version(plant: TestClient) -> None:
    form, file = {"spec": json.dumps(SPEC)}, {"file": ("m.onnx", plain())}
    request = plant.build_request("POST", PATH, data=form, files=file)
    content = request.read()
    headers = dict(request.headers) | {"Idempotency-Key": "k"}
    bodies = [plant.post(PATH, content=content, headers=headers) for _ in range(2)]
    assert [b.status_code for b in bodies] == [201, 201]
    assert bodies[1].headers["Idempotent-Replayed"] == "true"
    assert plant.get("/v1/models/lift").json()["newest"] == 1
