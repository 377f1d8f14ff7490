"""The routes of the registered analyses."""

import pytest
from fastapi.testclient import TestClient

from ops.analyses.registry import all_analyses
from tests.api.conftest import RecordingQueue

NAMES = [a.name for a in all_analyses()]


def test_every_analysis_is_listed_with_schemas_and_example(client: TestClient) -> None:
    listed = client.get("/v1/analyses").json()
    assert [a["name"] for a in listed["items"]] == NAMES
    assert listed["broken"] == []
    for analysis in listed["items"]:
        assert analysis["params"]["properties"]["window"]["description"]
        assert analysis["result"]["properties"]
        assert client.get(f"/v1/analyses/{analysis['name']}").json() == analysis


@pytest.mark.parametrize("name", NAMES)
def test_the_body_of_a_run_is_the_typed_parameters_with_example(
    client: TestClient, name: str
) -> None:
    document = client.get("/openapi.json").json()
    body = document["paths"][f"/v1/analyses/{name}/runs"]["post"]["requestBody"]
    content = body["content"]["application/json"]
    model = content["schema"]["$ref"].rsplit("/", 1)[1]
    assert model in {a.params.__name__ for a in all_analyses() if a.name == name}
    assert document["components"]["schemas"][model]["properties"]["window"]
    assert (
        content["examples"]["example"]["value"]
        == client.get(f"/v1/analyses/{name}").json()["example"]
    )


def test_a_run_is_accepted_and_queued(client: TestClient, queue: RecordingQueue) -> None:
    answer = client.post(
        "/v1/analyses/capability/runs?queue=nightly&fresh=true", json={"strata": ["tool"]}
    )
    assert answer.status_code == 202
    run = answer.json()
    assert answer.headers["Location"] == f"/v1/runs/{run['id']}"
    assert queue.enqueued == [(run["id"], "nightly")]
    assert run["state"] == "queued"
    assert run["params"]["strata"] == ["tool"]
    assert client.get(answer.headers["Location"]).json()["params"] == run["params"]


def test_a_repeat_under_a_key_is_one_run(client: TestClient, queue: RecordingQueue) -> None:
    first, second = (
        client.post("/v1/analyses/capability/runs", json={}, headers={"Idempotency-Key": "a"})
        for _ in range(2)
    )
    assert first.json()["id"] == second.json()["id"]
    assert len(queue.enqueued) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_analysis_names_the_nearest(client: TestClient, method: str) -> None:
    path = "/v1/analyses/capabilty" + ("/runs" if method == "post" else "")
    answer = client.request(method, path, json={} if method == "post" else None)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "did you mean capability" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"requirement": -1}, "/requirement"),
        ({"characteristics": ["A", 7]}, "/characteristics/1"),
        ({"window": {"last": "a while"}}, "/window/last"),
        ({"window": {"start": "2026-01-01T00:00", "end": "2026-01-02T00:00Z"}}, "/window/start"),
        ({"colour": "red"}, "/colour"),
        ({"subgroup": 1}, "/subgroup"),
        ({"site": "NOWHERE"}, "/site"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_wrong_parameters_are_named(client: TestClient, params: dict, pointer: str) -> None:
    answer = client.post("/v1/analyses/capability/runs", json=params)
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize("window", [False, 7, None, "24h", []], ids=repr)
def test_a_window_that_is_no_object_is_named(client: TestClient, window: object) -> None:
    answer = client.post("/v1/analyses/capability/runs", json={"window": window})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/window"
