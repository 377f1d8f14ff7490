"""Scenarios as files: what is given out is taken in again, what is harmful is refused."""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.deps import Services
from api.scenario_bodies import EXAMPLE
from ops.db.engine import Database
from ops.settings import Settings
from tests.api.conftest import RecordingQueue
from tests.api.local import local_client
from tests.api.plant import add_plant

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORT = "/v1/scenarios/import"


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client with a scenario."""
    add_plant(sqlite_database)
    client.post("/v1/scenarios", json={"code": "EU", "site": "HERE", "document": EXAMPLE})
    return client


@pytest.mark.parametrize("file_format", ["json", "xlsx", "csv", "parquet"])
def test_export_can_be_imported(plant: TestClient, file_format: str) -> None:
    exported = plant.get(f"/v1/scenarios/EU/export?format={file_format}")
    assert 'filename="EU-1.' in exported.headers["content-disposition"]
    media_type = exported.headers["content-type"]
    made = plant.post(
        f"{IMPORT}?code=US&note=n", content=exported.content, headers={"Content-Type": media_type}
    )
    assert made.status_code == 201, made.text
    first, second = (plant.get(f"/v1/scenarios/{c}/revisions/1").json() for c in ("EU", "US"))
    assert second["sha256"] == first["sha256"]
    assert second["origin"] == {"kind": "upload", "format": file_format}


def test_form_carries_its_file(plant: TestClient) -> None:
    exported = plant.get("/v1/scenarios/EU/export?format=xlsx").content
    made = plant.post(f"{IMPORT}?code=US", files={"file": ("us.xlsx", exported, XLSX)})
    assert made.status_code == 201
    origin = plant.get("/v1/scenarios/US/revisions/1").json()["origin"]
    assert origin == {"kind": "upload", "format": "xlsx", "file": "us.xlsx"}
    without = plant.post(f"{IMPORT}?code=XX", files={"other": ("us.xlsx", exported, XLSX)})
    assert (without.status_code, without.json()["errors"][0]["pointer"]) == (422, "/file")


def test_import_revises_from_a_known_version(plant: TestClient) -> None:
    body = {**EXAMPLE, "title": "second"}
    assert plant.post(f"{IMPORT}?code=EU", json=body).status_code == 428
    stale = plant.post(f"{IMPORT}?code=EU", json=body, headers={"If-Match": '"9"'})
    assert stale.status_code == 412
    made = plant.post(f"{IMPORT}?code=EU", json=body, headers={"If-Match": '"1"'})
    assert (made.status_code, made.json()["newest"]) == (201, 2)


def test_meaning_is_checked_and_a_draft_is_stored(plant: TestClient) -> None:
    assert plant.post("/v1/scenarios/validate", json=EXAMPLE).json()["flaw_count"] == 0
    draft = {**EXAMPLE, "lanes": [{"origin": "PEN", "destination": "NOWHERE", "unit_cost": 1}]}
    found = plant.post("/v1/scenarios/validate", json=draft).json()
    assert found["flaw_count"] == len(found["flaws"]) > 0
    assert any(f["pointer"].startswith("/lanes/0") for f in found["flaws"])
    assert any("NOWHERE" in f["detail"] for f in found["flaws"])
    made = plant.post("/v1/scenarios", json={"code": "US", "document": draft})
    assert (made.status_code, made.json()["flaws"]) == (201, found["flaws"])
    assert plant.get("/v1/scenarios/US/flaws").json() == found


def test_wrong_form_is_refused_by_validate(plant: TestClient) -> None:
    answer = plant.post("/v1/scenarios/validate", json={"sites": [{"code": "A"}]})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/sites/0/kind")


def test_wrong_cell_is_named(plant: TestClient) -> None:
    archive = _zip({"sites.csv": b"code,kind,latitude\nA,plant,north\n"})
    headers = {"Content-Type": "application/zip"}
    answer = plant.post(f"{IMPORT}?code=US", content=archive, headers=headers)
    assert answer.status_code == 422
    assert "north" in answer.text
    assert "latitude" in answer.text


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _bomb() -> bytes:
    """300 MB of zeros in 300 kB."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("sites.csv", "w", force_zip64=True) as entry,
    ):
        for _ in range(300):
            entry.write(bytes(1_000_000))
    return out.getvalue()


@pytest.mark.parametrize("media_type", ["application/zip", XLSX])
def test_bomb_is_refused_before_it_swells(plant: TestClient, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = plant.post(f"{IMPORT}?code=US", content=_bomb(), headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    many = _zip({f"{i}.csv": b"" for i in range(300)})
    answer = plant.post(f"{IMPORT}?code=US", content=many, headers=headers)
    assert answer.status_code == 422


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"PK" + bytes(100), _zip({"a.txt": b"x"})])
@pytest.mark.parametrize("media_type", ["application/zip", XLSX, "application/json", "text/plain"])
def test_what_is_no_scenario_is_refused(plant: TestClient, content: bytes, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = plant.post(f"{IMPORT}?code=US", content=content, headers=headers)
    assert answer.status_code == 422, answer.text
    assert plant.get("/v1/scenarios/US").status_code == 404


@pytest.fixture
def narrow(sqlite_url: str, sqlite_database: Database, settings: Settings) -> Iterator[TestClient]:
    """A client of a service that takes scenarios of 1 MiB."""
    small = settings.model_copy(update={"max_scenario_mb": 1})
    with local_client(Services(small, sqlite_database, RecordingQueue())) as opened:
        yield opened


def test_large_document_is_taken_up_to_the_limit(narrow: TestClient) -> None:
    demand = {"customer": "MUC", "commodity": "QFN", "quantity": 1.5}
    fitting = {"code": "A", "document": {**EXAMPLE, "demands": [demand] * 16_500}}
    assert 900_000 < len(json.dumps(fitting)) < 2**20
    assert narrow.post("/v1/scenarios", json=fitting).status_code == 201
    larger = {"code": "B", "document": {**EXAMPLE, "demands": [demand] * 30_000}}
    refused = narrow.post("/v1/scenarios", json=larger)
    assert (refused.status_code, refused.json()["type"]) == (413, "/problems/too-large")
    pieces = (b" " * 100_000 for _ in range(20))
    chunked = narrow.post(
        "/v1/scenarios", content=pieces, headers={"Content-Type": "application/json"}
    )
    assert chunked.status_code == 413


@pytest.mark.long
def test_document_of_50_mb_is_accepted_and_read_back(client: TestClient) -> None:
    customers = [{"code": f"C{i}", "kind": "customer"} for i in range(2000)]
    demands = [
        {"customer": f"C{i % 2000}", "commodity": f"K{i // 2000}", "quantity": 100.25 + i,
         "lost_cost": 20.5, "tags": ["retail", "contract"]}
        for i in range(425_000)
    ]  # fmt: skip
    document = {
        "sites": [{"code": "P", "kind": "plant"}, *customers],
        "commodities": [{"code": f"K{i}"} for i in range(213)],
        "supplies": [{"site": "P", "commodity": f"K{i}"} for i in range(213)],
        "lanes": [{"origin": "P", "destination": c["code"], "unit_cost": 1} for c in customers],
        "demands": demands,
    }
    body = json.dumps({"code": "BIG", "document": document}).encode()
    assert 48e6 < len(body) < 64 * 2**20
    made = client.post("/v1/scenarios", content=body, headers={"Content-Type": "application/json"})
    assert (made.status_code, made.json()["flaw_count"]) == (201, 0), made.text[:500]
    again = client.get("/v1/scenarios/BIG/revisions/1/document").json()
    assert len(again["demands"]) == len(demands)
    edited = client.post("/v1/scenarios/BIG/edits", json={"edits": ["close site C7"]})
    assert (edited.status_code, edited.json()["diff"]["change_count"]) == (201, 1)


def test_the_empty_template_is_a_scenario_without_anything(plant: TestClient) -> None:
    answer = plant.get("/v1/scenarios/template.xlsx")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    media = {"Content-Type": answer.headers["content-type"]}
    back = plant.post("/v1/scenarios/validate", content=answer.content, headers=media)
    assert back.json()["flaw_count"] == 0, back.text
