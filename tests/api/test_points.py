"""Points and their revisions through the API."""

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.listing import encode_cursor
from ops.db.columnar import write_chunk
from ops.db.engine import Database
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
