"""Datasets over the wire: added, filled from files, appended to, read back, described."""

import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.listing import encode_cursor
from ops.classifier_query import ClassifierQuery
from ops.db import load_classifier
from ops.db.engine import Database
from tests.api.plant import add_plant

DRAFT = {
    "code": "LIFT",
    "site": "HERE",
    "title": "Bonds that lifted",
    "document": {
        "subject": "a bond",
        "columns": [{"name": "lift", "role": "label"}, {"name": "lot", "role": "group"}],
        "positive": "yes",
    },
}
CSV = (
    "lift,bonded_at,lot,power [mW],id\n"
    "no,2026-03-01T08:02:00Z,L1,92,007\n"
    "yes,2026-03-01T08:01:00Z,L1,81,008\n"
    "no,2026-03-02T08:00:00Z,L2,NA,009\n"
)
ROWS = "/v1/datasets/LIFT/rows"


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client with a dataset that has no rows."""
    add_plant(sqlite_database)
    assert client.post("/v1/datasets", json=DRAFT).status_code == 201
    return client


def _send(client: TestClient, text: str | bytes = CSV, query: str = "", **headers: str):
    headers = {"Content-Type": "text/csv"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return client.post(ROWS + query, content=text, headers=headers)


def test_dataset_is_found_at_its_location(plant: TestClient) -> None:
    made = plant.post("/v1/datasets", json=DRAFT | {"code": "B", "kind": "traces"})
    found = plant.get(made.headers["Location"])
    assert found.json() == made.json()
    assert (found.headers["ETag"], found.json()["newest"]) == ('"1"', 0)
    assert plant.post("/v1/datasets", json=DRAFT).status_code == 409
    assert [t["code"] for t in plant.get("/v1/datasets").json()["items"]] == ["LIFT", "B"]
    assert [t["code"] for t in plant.get("/v1/datasets?kind=traces").json()["items"]] == ["B"]


def test_file_becomes_a_revision_with_types_units_and_roles(plant: TestClient) -> None:
    answer = _send(plant, query="?note=first&file_name=bonds.csv&group=lot&unit=id")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["seen"], told["kept"], told["revision"]) == (3, 3, 1)
    columns = {c["name"]: (c["type"], c["role"], c["unit"]) for c in told["document"]["columns"]}
    assert columns == {
        "lift": ("category", "label", ""),
        "bonded_at": ("time", "time", ""),
        "lot": ("category", "group", ""),
        "power": ("number", "feature", "mW"),
        "id": ("category", "unit", ""),
    }
    held = told["summary"]
    assert (held["rows"], held["labels"], held["groups"]) == (3, {"no": 2, "yes": 1}, 2)
    assert held["first"] == "2026-03-01T08:01:00+00:00"
    power = next(c for c in held["columns"] if c["name"] == "power")
    assert (power["missing"], power["low"], power["high"]) == (1, 81, 92)
    (brief,) = plant.get("/v1/datasets/LIFT/revisions").json()["items"]
    whole = plant.get("/v1/datasets/LIFT/revisions/1").json()
    assert brief["rows"] == whole["summary"]["rows"] == 3
    assert whole["origin"] == {"kind": "file", "format": "csv", "rows": 3, "file": "bonds.csv"}
    assert plant.get("/v1/datasets/LIFT").json()["document"] == told["document"]


def test_preview_stores_nothing_and_names_what_is_wrong(plant: TestClient) -> None:
    told = _send(plant, CSV + "no,never,L2,90,010\n", "?preview=true&time=bonded_at").json()
    assert (told["revision"], told["kept"], told["rejected_count"]) == (None, 3, 1)
    assert told["rejected"][0]["reason"] == "is not an ISO 8601 time"
    assert plant.get("/v1/datasets/LIFT").json()["newest"] == 0


def test_wrong_rows_refuse_the_file_unless_they_are_left_out(plant: TestClient) -> None:
    assert _send(plant).status_code == 200
    wrong = CSV + "no,never,L2,90,010\n"
    refused = _send(plant, wrong)
    assert refused.status_code == 422
    (problem,) = refused.json()["errors"]
    assert problem["pointer"] == "/rows/4"
    assert problem["detail"] == "row 4, bonded_at (never): is not an ISO 8601 time"
    made = _send(plant, wrong, "?rejects=leave-out").json()
    assert (made["kept"], made["rejected_count"], made["revision"]) == (3, 1, 2)


def test_rows_are_appended_and_those_that_are_there_are_counted(plant: TestClient) -> None:
    _send(plant)
    more = CSV + "no,2026-03-03T08:00:00Z,L3,95,010\n"
    told = _send(plant, more, "?mode=append").json()
    assert (told["repeated"], told["kept"], told["summary"]["rows"]) == (3, 1, 4)
    unlabelled = "bonded_at,lot,power [mW],id\n2026-03-04T08:00:00Z,L3,95,011\n"
    told = _send(plant, unlabelled, "?mode=append").json()
    assert (told["summary"]["rows"], told["summary"]["unlabelled"]) == (5, 1)
    strange = _send(plant, "lift,humidity\nno,40\n", "?mode=append")
    assert strange.status_code == 422
    assert strange.json()["errors"][0]["pointer"] == "/columns/humidity"


@pytest.mark.parametrize("file_format", ["csv", "parquet", "xlsx"])
def test_rows_can_be_read_as_a_file_and_sent_again(plant: TestClient, file_format: str) -> None:
    _send(plant)
    first = plant.get("/v1/datasets/LIFT/revisions/1").json()
    exported = plant.get(f"{ROWS}?format={file_format}")
    media = exported.headers["content-type"]
    second = plant.post(ROWS, content=exported.content, headers={"Content-Type": media})
    assert second.status_code == 200, second.text
    assert second.json()["summary"]["fingerprint"] == first["summary"]["fingerprint"]


def test_rows_are_read_page_by_page(plant: TestClient) -> None:
    _send(plant)
    first = plant.get(ROWS + "?limit=2").json()
    assert first["items"][0]["power [mW]"] == 92
    assert first["next"] == encode_cursor([2])
    rest = plant.get(ROWS + f"?limit=2&cursor={first['next']}").json()
    assert (rest["items"][0]["power [mW]"], rest["next"]) == (None, None)
    assert plant.get(ROWS + "?cursor=nonsense").status_code == 422


def test_other_roles_are_a_revision_and_the_rows_stay(plant: TestClient) -> None:
    _send(plant)
    told = plant.get("/v1/datasets/LIFT").json()
    document = told["document"]
    for column in document["columns"]:
        if column["name"] == "id":
            column["role"] = "ignore"
    changed = plant.patch("/v1/datasets/LIFT", json={"document": document})
    assert changed.status_code == 428
    tag = {"If-Match": plant.get("/v1/datasets/LIFT").headers["ETag"]}
    changed = plant.patch("/v1/datasets/LIFT", json={"document": document}, headers=tag)
    assert changed.status_code == 200, changed.text
    assert changed.json()["newest"] == 2
    document["columns"].append({"name": "humidity"})
    tag = {"If-Match": changed.headers["ETag"]}
    refused = plant.patch("/v1/datasets/LIFT", json={"document": document}, headers=tag)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/document/columns/humidity"


def test_repeat_under_a_key_stores_once(plant: TestClient) -> None:
    key = {"Idempotency_Key": "a" * 20}
    assert _send(plant, **key).json() == _send(plant, **key).json()
    assert plant.get("/v1/datasets/LIFT").json()["newest"] == 1


@pytest.mark.parametrize(
    ("body", "query", "said"),
    [
        (CSV.encode("utf-16"), "", "UTF-16"),
        (b"PK\x03\x04more", "", "zip archive"),
        (b"a,a\n1,2\n", "", "stands twice"),
        (b"a,b\n", "", "no rows"),
        (b"", "", "empty"),
        (CSV.encode(), "?group=batch", "no column 'batch'"),
        (CSV.encode(), "?positive=maybe", "'maybe' is no label"),
        (CSV.encode(), "?file_name=rows.npz", "may hold code"),
        (b"power,lot\n1,L1\n", "", "lacks the label 'lift'"),
    ],
)
def test_file_that_cannot_be_read_is_answered_with_the_mend(
    plant: TestClient, body: bytes, query: str, said: str
) -> None:
    answer = _send(plant, body, query)
    assert answer.status_code == 422
    assert said in answer.text


def test_dataset_without_recipe_is_not_built(plant: TestClient) -> None:
    answer = plant.post("/v1/datasets/LIFT/build")
    assert answer.status_code == 422
    assert "has no recipe" in answer.json()["detail"]


def test_traces_come_back_as_they_were_sent(plant: TestClient) -> None:
    draft = {"code": "W", "site": "HERE", "kind": "traces"}
    assert plant.post("/v1/datasets", json=draft).status_code == 201
    headers = {"Content-Type": "text/csv"}
    text = "1\t0.5\t0.25\tNaN\n-1\t1\t2\t3\n"
    told = plant.post("/v1/datasets/W/rows", content=text, headers=headers)
    assert told.status_code == 200, told.text
    assert told.json()["summary"]["labels"] == {"-1": 1, "1": 1}
    page = plant.get("/v1/datasets/W/rows").json()["items"]
    assert page[0] == {"label": "1", "trace": [0.5, 0.25]}
    for file_format in ("parquet", "csv"):
        kept = plant.get(f"/v1/datasets/W/rows?format={file_format}")
        media = {"Content-Type": kept.headers["content-type"]}
        again = plant.post("/v1/datasets/W/rows", content=kept.content, headers=media)
        assert again.status_code == 200, again.text
        fingerprint = told.json()["summary"]["fingerprint"]
        assert again.json()["summary"]["fingerprint"] == fingerprint


def test_loader_sees_the_rows_in_the_order_of_time(
    plant: TestClient, sqlite_database: Database
) -> None:
    _send(plant)
    found = load_classifier.load_classifier(sqlite_database, ClassifierQuery(dataset="LIFT"))
    assert found.revision == 1
    assert found.table.number("power").tolist()[:2] == [81, 92]
    assert np.isnan(found.table.number("power")[2])


def test_archived_dataset_takes_no_rows(plant: TestClient) -> None:
    tag = {"If-Match": plant.get("/v1/datasets/LIFT").headers["ETag"]}
    assert plant.delete("/v1/datasets/LIFT", headers=tag).status_code == 204
    assert _send(plant).status_code == 409
    assert plant.get("/v1/datasets").json()["items"] == []
    assert len(plant.get("/v1/datasets?archived=true").json()["items"]) == 1


def test_parquet_keeps_numbers_that_no_double_has_as_names(plant: TestClient) -> None:
    table = pa.table({"lift": ["yes", "no"], "lot": ["a", "b"], "serial": [2**60 + 1, 2**60]})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    headers = {"Content-Type": "application/vnd.apache.parquet"}
    told = plant.post(ROWS, content=sink.getvalue(), headers=headers).json()
    serial = told["document"]["columns"][2]
    assert (serial["name"], serial["type"]) == ("serial", "category")
