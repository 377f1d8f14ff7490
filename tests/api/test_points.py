"""Points and their revisions through the API."""

import io
import json
from datetime import UTC

import openpyxl
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from api.listing import encode_cursor
from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.work import rows_file
from tests.plant import NOW, plant, rows

URL = "/v1/measurements"
ARROW = "application/vnd.apache.arrow.stream"


@pytest.fixture
def filled(sqlite_database: Database) -> Database:
    write_chunk(sqlite_database, rows(25), ingest=plant(sqlite_database), now=NOW)
    return sqlite_database


def test_pages_follow_their_cursors(client: TestClient, filled: Database) -> None:
    seen: list[str] = []
    query: dict[str, object] = {"characteristic": "LOOP", "limit": 10}
    while True:
        answer = client.get(URL, params=query).json()
        seen += [p["unit_id"] for p in answer["items"]]
        if answer["next"] is None:
            break
        query["cursor"] = answer["next"]
    assert seen == [f"U{k}" for k in range(25)]


@pytest.mark.parametrize("key", [["1", "2", "3"], [1, 2], [2**70, 0, 0]])
def test_a_forged_cursor_is_refused(client: TestClient, filled: Database, key: list) -> None:
    answer = client.get(URL, params={"cursor": encode_cursor(key)})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/cursor"


def _exported(client: TestClient, format: str, **query: object) -> bytes:
    answer = client.get(f"{URL}/export.{format}", params={"site": "HSV", **query})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].endswith(f'"measurements.{format}"')
    return answer.content


def test_every_file_holds_the_same_rows(client: TestClient, filled: Database) -> None:
    stream = client.get(URL, params={"site": "HSV"}, headers={"Accept": ARROW}).content
    plain = pa.ipc.open_stream(stream).read_all()
    parquet = pq.read_table(pa.BufferReader(_exported(client, "parquet")))
    assert parquet.to_pylist() == plain.to_pylist()
    csv = pacsv.read_csv(pa.BufferReader(_exported(client, "csv")))
    assert csv.column_names == plain.column_names
    assert csv.column("value").to_pylist() == plain.column("value").to_pylist()
    assert csv.column("unit_id").to_pylist() == plain.column("unit_id").to_pylist()
    assert [t.replace(tzinfo=UTC) for t in csv.column("ts").to_pylist()] == (
        plain.column("ts").to_pylist()
    )
    book = openpyxl.load_workbook(io.BytesIO(_exported(client, "xlsx")), read_only=True)
    head, *sheet = book.active.iter_rows(values_only=True)
    assert head[:3] == ("site", "characteristic", "ts (UTC)")
    assert [row[2].replace(tzinfo=UTC) for row in sheet] == plain.column("ts").to_pylist()
    values = pytest.approx(plain.column("value").to_numpy(), rel=1e-15)  # a sheet has 16 digits
    assert [row[4] for row in sheet] == values


def test_a_file_of_nothing_has_its_columns(client: TestClient, filled: Database) -> None:
    none = {"end": "1990-01-01T00:00:00Z"}
    assert _exported(client, "csv", **none).count(b"\n") == 1
    assert pq.read_table(pa.BufferReader(_exported(client, "parquet", **none))).num_rows == 0


def test_a_text_of_a_sheet_is_no_formula_and_a_sheet_has_an_end(
    client: TestClient, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref = plant(sqlite_database)
    write_chunk(sqlite_database, rows(3, unit_id=["=1+1"] * 3), ingest=ref, now=NOW)
    book = openpyxl.load_workbook(io.BytesIO(_exported(client, "xlsx")))
    assert {c.value: c.data_type for c in book.active[2]}["=1+1"] == "s"
    monkeypatch.setattr(rows_file, "MOST_SHEET_ROWS", 2)
    refused = client.get(f"{URL}/export.xlsx")
    assert refused.status_code == 422
    assert "csv or parquet" in refused.json()["detail"]


def test_an_exported_file_can_be_brought_in_again(client: TestClient, filled: Database) -> None:
    sent = _exported(client, "csv", characteristic="LOOP")
    mapping = {"time": {"column": "ts"}, "ignore": ["site", "status", "batch_id"]}
    form = {"mapping": json.dumps(mapping)}
    files = {"file": ("export.csv", sent, "text/csv")}
    answer = client.post(f"{URL}?site=HSV", data=form, files=files).json()
    assert (answer["accepted"], answer["duplicate"]) == (0, 25), answer


def test_the_newest_mark_of_a_point_is_on_every_page_and_file(
    client: TestClient, filled: Database
) -> None:
    point = client.get(URL, params={"limit": 2}).json()["items"][1]
    assert point["mark"] is None
    item = {"ts": point["ts"], "seq": point["seq"]}
    for kind, note in (("annotate", "look"), ("exclude", "pilot lot")):
        body = {"kind": kind, "note": note, "items": [item]}
        made = client.post("/v1/characteristics/1/marks", json=body).json()
    found = client.get(URL, params={"limit": 3}).json()["items"]
    assert [(p["mark"], p["mark_note"]) for p in found] == [
        (None, None), ("exclude", "pilot lot"), (None, None),
    ]  # fmt: skip
    before = client.get(URL, params={"limit": 3, "max_batch": made["batch_id"] - 1}).json()
    assert [p["mark"] for p in before["items"]] == [None, "annotate", None]
    stream = client.get(URL, params={"site": "HSV"}, headers={"Accept": ARROW}).content
    for table in (
        pa.ipc.open_stream(stream).read_all(),
        pq.read_table(pa.BufferReader(_exported(client, "parquet"))),
        pacsv.read_csv(pa.BufferReader(_exported(client, "csv"))),
    ):
        assert table.column("mark").to_pylist()[1] == "exclude"
        assert table.column("mark_note").to_pylist()[1] == "pilot lot"


def test_an_unknown_characteristic_is_not_found(client: TestClient, filled: Database) -> None:
    assert client.get(URL, params={"characteristic": "NONE"}).status_code == 404


def test_the_arrow_stream_holds_everything(client: TestClient, filled: Database) -> None:
    query = {"characteristic": ["LOOP", "SHEAR"], "site": "HSV"}
    answer = client.get(URL, params=query, headers={"Accept": ARROW})
    assert answer.headers["content-type"] == ARROW
    table = pa.ipc.open_stream(answer.content).read_all()
    assert table.column("unit_id").to_pylist() == [f"U{k}" for k in range(25)]
    assert table.column("tool").to_pylist() == ["A"] * 25


@pytest.mark.parametrize(
    ("where", "count"),
    [
        (["tool:A"], 25),
        (["tool:B"], 0),
        (["tool:A", "tool:B"], 25),
        (["tool:A", "lot:2"], 0),
        (["unit_id:U3", "unit_id:U4"], 2),
        (["tool:A", "subgroup:1"], 3),
        (["unit_id:it's ' OR 1=1 --"], 0),
        (["nothing:x"], 0),
    ],
)
def test_points_are_kept_by_factor_and_label(
    client: TestClient, filled: Database, where: list[str], count: int
) -> None:
    query = {"characteristic": "LOOP", "where": where}
    assert len(client.get(URL, params=query).json()["items"]) == count
    stream = client.get(URL, params=query, headers={"Accept": ARROW})
    assert pa.ipc.open_stream(stream.content).read_all().num_rows == count


@pytest.mark.parametrize("where", ["tool", "tool:", ":A", "shift:night", "tool:\x00"])
def test_a_filter_that_cannot_be_read_is_named(
    client: TestClient, filled: Database, where: str
) -> None:
    answer = client.get(URL, params={"where": where})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/where"


def test_a_correction_is_seen_from_its_batch_on(client: TestClient, filled: Database) -> None:
    point = client.get(URL, params={"limit": 1}).json()["items"][0]
    body = {
        "characteristic_id": 1,
        "reason": "gauge 7",
        "items": [{"ts": point["ts"], "seq": point["seq"], "action": "correct", "value": 5}],
    }
    made = client.post(f"{URL}/revisions", json=body)
    assert made.status_code == 201
    batch = made.json()["batch_id"]
    now = client.get(URL, params={"limit": 1}).json()["items"][0]
    assert (now["value"], now["status"]) == (5.0, "corrected")
    before = client.get(URL, params={"limit": 1, "max_batch": batch - 1}).json()["items"][0]
    assert (before["value"], before["status"]) == (40.0, "valid")
    (kept,) = client.get(made.headers["location"]).json()["items"]
    assert (kept["action"], kept["person"], kept["reason"]) == ("correct", "local", "gauge 7")


def test_a_revision_of_nothing_names_the_item(client: TestClient, filled: Database) -> None:
    items = [{"ts": "2026-01-01T00:00:00Z", "seq": "77", "action": "void"}]
    body = {"characteristic_id": 1, "reason": "x", "items": items}
    answer = client.post(f"{URL}/revisions", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/items/0"


def test_units_stand_side_by_side(client: TestClient, filled: Database) -> None:
    query = {"characteristic": "LOOP", "start": "2026-01-01T00:00:00Z", "limit": 2}
    answer = client.get("/v1/units", params=query).json()
    assert answer["columns"] == [{"characteristic": "LOOP", "position": ""}]
    assert [row["unit_id"] for row in answer["items"]] == ["U23", "U24"]
