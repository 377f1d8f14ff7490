"""Life tests over the wire: added, filled from files, read back, approved."""

import io
import json

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.listing import encode_cursor
from ops.db import load_life
from ops.db.engine import Database
from ops.db.models.work import Run
from ops.life_query import LifetimeQuery
from tests.api.plant import NOW, add_plant

DRAFT = {
    "code": "HTS",
    "site": "HERE",
    "title": "Storage",
    "document": {
        "product": "QFN",
        "stresses": [{"name": "temperature", "unit": "degC", "use": 55}],
    },
}
CSV = (
    "serial,hours,status,mode,temperature\n"
    "U1,412,failed,lift,175\nU2,500,censored,,175\nU3,500,censored,,150\n"
)
ROWS = "/v1/life-tests/HTS/rows"


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client with a life test that has no rows."""
    add_plant(sqlite_database)
    assert client.post("/v1/life-tests", json=DRAFT).status_code == 201
    return client


def _send(client: TestClient, text: str = CSV, query: str = "", **headers: str):
    headers = {"Content-Type": "text/csv"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return client.post(ROWS + query, content=text, headers=headers)


def test_test_is_found_at_its_location(plant: TestClient) -> None:
    made = plant.post("/v1/life-tests", json=DRAFT | {"code": "B"})
    found = plant.get(made.headers["Location"])
    assert found.json() == made.json()
    assert (found.headers["ETag"], found.json()["newest"]) == ('"1"', 0)
    assert plant.post("/v1/life-tests", json=DRAFT).status_code == 409
    assert [t["code"] for t in plant.get("/v1/life-tests?kind=life").json()["items"]] == [
        "HTS",
        "B",
    ]
    assert plant.get("/v1/life-tests?kind=field").json()["items"] == []


def test_file_becomes_a_revision(plant: TestClient) -> None:
    answer = _send(plant, query="?note=168%20h&file_name=hts.csv")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["seen"], told["kept"], told["revision"]["number"]) == (3, 3, 1)
    assert told["columns"]["unit_id"] == "serial"
    assert told["summary"]["modes"] == {"lift": 1}
    assert told["summary"]["stresses"] == {
        "temperature": {"unit": "degC", "levels": [150, 175]},
    }
    (revision,) = plant.get("/v1/life-tests/HTS/revisions").json()["items"]
    assert revision == plant.get("/v1/life-tests/HTS/revisions/1").json() == told["revision"]
    assert revision["origin"] == {
        "kind": "replace",
        "format": "csv",
        "rows": 3,
        "file": "hts.csv",
    }
    assert plant.get("/v1/life-tests/HTS").json()["newest"] == 1


def test_preview_stores_nothing_and_names_what_is_wrong(plant: TestClient) -> None:
    told = _send(plant, CSV + "U4,0,failed,,175\n", "?preview=true").json()
    assert (told["revision"], told["kept"], told["rejected_count"]) == (None, 3, 1)
    assert told["rejected"][0]["row"] == 4
    assert told["rejected"][0]["reason"].startswith("zero is not a time to failure")
    assert plant.get("/v1/life-tests/HTS").json()["newest"] == 0


def test_wrong_rows_refuse_the_file_unless_they_are_left_out(plant: TestClient) -> None:
    wrong = CSV + "U4,-5,failed,,175\n"
    refused = _send(plant, wrong)
    assert refused.status_code == 422
    assert refused.json()["errors"][0] == {
        "pointer": "/rows/4",
        "detail": "row 4, hours (-5): a time cannot be negative",
    }
    made = _send(plant, wrong, "?rejects=leave-out").json()
    assert (made["kept"], made["revision"]["summary"]["rows"]) == (3, 3)
    assert made["revision"]["origin"]["refused"] == ["row 4, hours: a time cannot be negative"]


def test_later_readout_is_merged_by_unit_and_never_goes_back(plant: TestClient) -> None:
    _send(plant)
    merged = _send(plant, "serial,hours,status,mode\nU2,700,failed,crack\n", "?mode=merge").json()
    assert merged["summary"]["failures"] == 2
    assert merged["revision"]["number"] == 2
    back = _send(plant, "serial,hours,status\nU3,400,censored\n", "?mode=merge")
    assert back.status_code == 422
    assert back.json()["errors"][0]["detail"] == "unit U3: was good at 500, and its time is 400 now"


@pytest.mark.parametrize("file_format", ["csv", "parquet", "xlsx"])
def test_rows_can_be_read_as_a_file_and_sent_again(plant: TestClient, file_format: str) -> None:
    first = _send(plant).json()["revision"]
    exported = plant.get(f"{ROWS}?format={file_format}")
    assert f'filename="HTS-1.{file_format}"' in exported.headers["content-disposition"]
    media = exported.headers["content-type"]
    second = plant.post(ROWS, content=exported.content, headers={"Content-Type": media})
    assert second.status_code == 200, second.text
    assert second.json()["revision"]["sha256"] == first["sha256"]
    if file_format == "parquet":
        assert pq.read_table(io.BytesIO(exported.content)).column_names[-1] == "temperature [degC]"
    if file_format == "xlsx":
        assert load_workbook(io.BytesIO(exported.content)).active["A2"].value == "U1"


def test_rows_are_paged(plant: TestClient) -> None:
    _send(plant)
    first = plant.get(f"{ROWS}?limit=2").json()
    assert [row["unit_id"] for row in first["items"]] == ["U1", "U2"]
    assert (first["items"][1]["lower [h]"], first["items"][1]["upper [h]"]) == (500, None)
    rest = plant.get(f"{ROWS}?limit=2&cursor={first['next']}").json()
    assert ([row["unit_id"] for row in rest["items"]], rest["next"]) == (["U3"], None)
    assert plant.get(f"{ROWS}?revision=9").status_code == 404
    for key in (["a"], [10**30], [-1]):
        assert plant.get(f"{ROWS}?cursor={encode_cursor(key)}").status_code == 422


def test_form_carries_file_and_mapping(plant: TestClient) -> None:
    mapping = {"columns": {"time": "zeit", "status": "befund"}, "status_words": {"heil": "ok"}}
    file = {"file": ("a.csv", "zeit;befund\n5;f\n7;heil\n", "text/csv")}
    wrong = plant.post(ROWS, files=file, data={"mapping": json.dumps(mapping)})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (
        422,
        "/mapping/status_words/heil",
    )
    mapping["status_words"] = {"heil": "censored"}
    made = plant.post(ROWS, files=file, data={"mapping": json.dumps(mapping)})
    assert made.json()["summary"]["censored"] == 1
    assert plant.post(ROWS, files={"x": ("a.csv", "a", "text/csv")}).status_code == 422


def test_json_rows_are_taken_as_they_are(plant: TestClient) -> None:
    rows = [{"time": 5, "failed": True, "temperature": 175}]
    assert plant.post(ROWS, json=rows).json()["summary"]["failures"] == 1


def test_repeat_under_its_key_makes_no_second_revision(plant: TestClient) -> None:
    first = _send(plant, Idempotency_Key="once")
    again = _send(plant, Idempotency_Key="once")
    assert again.json() == first.json()
    assert plant.get("/v1/life-tests/HTS").json()["newest"] == 1


def test_file_for_another_version_is_refused(plant: TestClient) -> None:
    assert _send(plant, If_Match='"9"').status_code == 412
    assert _send(plant, If_Match='"1"').status_code == 200


def test_document_is_changed_from_a_known_version(plant: TestClient) -> None:
    _send(plant)
    document = DRAFT["document"] | {"mechanism": "corrosion"}
    address = "/v1/life-tests/HTS"
    assert plant.patch(address, json={"title": "x"}).status_code == 428
    headers = {"If-Match": plant.get(address).headers["ETag"]}
    changed = plant.patch(address, json={"document": document, "title": "x"}, headers=headers)
    assert (changed.json()["newest"], changed.json()["title"]) == (2, "x")
    headers = {"If-Match": changed.headers["ETag"]}
    wrong = plant.patch(address, json={"document": {"time_unit": "d"}}, headers=headers)
    assert wrong.json()["errors"][0]["pointer"] == "/document/time_unit"


def test_deleted_test_is_archived(plant: TestClient) -> None:
    address = "/v1/life-tests/HTS"
    assert plant.delete(address, headers={"If-Match": "*"}).status_code == 204
    assert plant.get("/v1/life-tests").json()["items"] == []
    assert _send(plant).status_code == 409
    back = plant.patch(address, json={"archived": False}, headers={"If-Match": "*"})
    assert back.json()["archived_at"] is None
    assert _send(plant).status_code == 200


def test_succeeded_run_is_approved(plant: TestClient, sqlite_database: Database) -> None:
    _send(plant)
    for run_id, code in (("good", "HTS"), ("other", "X")):
        with sqlite_database.write.begin() as session:
            session.add(
                Run(
                    id=run_id,
                    site_id=1,
                    analysis="lifetime-fit",
                    version=1,
                    params={"life_test": code},
                    as_of=NOW,
                    max_batch=0,
                    state="succeeded",
                    result={},
                    submitted_by="x",
                    submitted_at=NOW,
                    finished_at=NOW,
                )
            )
    address = "/v1/life-tests/HTS/approvals"
    body = {"run": "good", "rationale": "straight on Weibull paper"}
    made = plant.post(address, json=body)
    assert made.status_code == 201
    assert plant.get(address).json()["items"] == [made.json()]
    for run in ("other", "none"):
        wrong = plant.post(address, json=body | {"run": run})
        assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/run")
    blank = plant.post(address, json=body | {"rationale": " \n "})
    assert (blank.status_code, blank.json()["errors"][0]["pointer"]) == (422, "/rationale")
    found = load_life.load_life(sqlite_database, LifetimeQuery("HTS"))
    assert [a.run_id for a in found.approvals] == ["good"]
