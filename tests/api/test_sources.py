"""Saved mappings, and a look at what they make of a sample."""

import base64
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

DRAFT: dict[str, Any] = {
    "site": "PEN1",
    "name": "gauge 7",
    "mapping": {"time": {"column": "Zeit", "zone": "Europe/Berlin"}, "decimal": ","},
}


@pytest.fixture
def api(client: TestClient) -> TestClient:
    assert client.post("/v1/sites", json={"code": "PEN1", "title": "Penang"}).status_code == 201
    loop = {"site": "PEN1", "code": "LOOP", "title": "Loop", "unit": "um", "gauge_upper": 300}
    assert client.post("/v1/characteristics", json=loop).status_code == 201
    return client


def test_a_source_is_saved_read_changed_and_deleted(api: TestClient) -> None:
    made = api.post("/v1/sources", json=DRAFT)
    assert made.status_code == 201
    url = made.headers["Location"]
    read = api.get(url)
    assert read.headers["ETag"] == '"1"'
    assert read.json()["mapping"]["time"]["zone"] == "Europe/Berlin"
    change = {"mapping": {"value": "Wert"}}
    assert api.patch(url, json=change).status_code == 428
    assert api.patch(url, json=change, headers={"If-Match": '"7"'}).status_code == 412
    changed = api.patch(url, json=change, headers={"If-Match": '"1"'})
    assert changed.json()["mapping"]["value"] == "Wert"
    assert changed.json()["mapping"]["decimal"] == "."
    assert [s["name"] for s in api.get("/v1/sources?site=PEN1").json()["items"]] == ["gauge 7"]
    assert api.delete(url, headers={"If-Match": '"2"'}).status_code == 204
    assert api.get(url).status_code == 404


def test_every_change_is_in_the_audit(api: TestClient) -> None:
    url = api.post("/v1/sources", json=DRAFT).headers["Location"]
    api.patch(url, json={"name": "gauge 8"}, headers={"If-Match": "*"})
    api.delete(url, headers={"If-Match": "*"})
    trail = api.get("/v1/audit?resource=source").json()["items"]
    assert sorted(entry["action"] for entry in trail) == ["create", "delete", "update"]


def test_a_name_is_taken_once_at_a_site(api: TestClient) -> None:
    assert api.post("/v1/sources", json=DRAFT).status_code == 201
    answer = api.post("/v1/sources", json=DRAFT)
    assert answer.status_code == 409
    assert "already" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("mapping", "pointer"),
    [
        ({"time": {"zone": "Mars/Olympus"}}, "/mapping/time/zone"),
        ({"time": {"formats": ["%Q"]}}, "/mapping/time/formats"),
        ({"encoding": "klingon"}, "/mapping/encoding"),
        ({"no_such_field": 1}, "/mapping/no_such_field"),
    ],
)
def test_a_wrong_mapping_names_the_field(
    api: TestClient, mapping: dict[str, Any], pointer: str
) -> None:
    answer = api.post("/v1/sources", json={**DRAFT, "mapping": mapping})
    assert answer.status_code == 422
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


def test_a_preview_shows_typed_values_and_refused_rows(api: TestClient) -> None:
    sample = (
        "time,characteristic,value,unit_id,tool\n"
        "2025-06-01T08:00:00+08:00,LOOP,12,U1,WB-1\n"
        "2025-06-01T08:00:01+08:00,LOOP,ok,U1,WB-1\n"
        "2025-06-01T08:00:02+08:00,LOOP,10,U2,\n"
    )
    mapping = {"unit": {"constant": "mil"}}
    for sent in (
        {"sample": sample},
        {"sample": base64.b64encode(sample.encode()).decode(), "encoded": "base64"},
    ):
        body = {"site": "PEN1", "format": "csv", "mapping": mapping, **sent}
        answer = api.post("/v1/sources/preview", json=body)
        assert answer.status_code == 200
        seen = answer.json()
        assert seen["columns"] == ["time", "characteristic", "value", "unit_id", "tool"]
        assert [(r["row"], r["column"], r["value"]) for r in seen["refused"]] == [
            (2, "value", "ok")
        ]
        first = seen["rows"][0]
        assert first["time"] == "2025-06-01T00:00:00Z"
        assert first["value"] == pytest.approx(304.8, rel=1e-12)
        assert (first["unit"], first["beyond_gauge"]) == ("um", True)
        assert first["factors"] == {"tool": "WB-1"}
        assert seen["rows"][1]["factors"] == {}
    assert api.get("/v1/ingests").json()["items"] == []


def test_a_preview_of_nonsense_is_a_problem(api: TestClient) -> None:
    body = {"site": "PEN1", "format": "parquet", "sample": "!", "encoded": "base64"}
    assert api.post("/v1/sources/preview", json=body).status_code == 422
    body = {"site": "PEN1", "format": "csv", "sample": "a,b\n1,2\n"}
    answer = api.post("/v1/sources/preview", json=body)
    assert answer.status_code == 422
    assert "it has 'a', 'b'" in answer.json()["detail"]


def test_the_columns_of_a_sample_are_found_before_it_is_mapped(api: TestClient) -> None:
    sample = "Zeit;Wert;Maschine\n01.11.2026 00:00:00;1,5;A\n02.11.2026 00:00:00;;B\n"
    found = api.post(
        "/v1/sources/columns", json={"site": "PEN1", "format": "csv", "sample": sample}
    )
    assert found.json()["columns"] == [
        {"name": "Zeit", "first": ["01.11.2026 00:00:00", "02.11.2026 00:00:00"]},
        {"name": "Wert", "first": ["1,5", ""]},
        {"name": "Maschine", "first": ["A", "B"]},
    ]
    rows = [{"time": "x", "value": 1.5}, {"time": None, "value": None}]
    found = api.post(
        "/v1/sources/columns", json={"site": "PEN1", "format": "json", "sample": json.dumps(rows)}
    )
    assert found.json()["columns"][1] == {"name": "value", "first": ["1.5", None]}
    empty = api.post("/v1/sources/columns", json={"site": "PEN1", "format": "csv", "sample": ""})
    assert empty.status_code == 422
    assert "it has no header line" in empty.json()["detail"]
