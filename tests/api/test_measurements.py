"""Files over HTTP: every kind of body, one answer."""

import csv
import gzip
import io
import json
from typing import Any

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from ops.db.engine import Database
from ops.db.models.data import Measurement

LINES = [
    "time,characteristic,value,unit_id,tool",
    "2025-06-01T00:00:00Z,LOOP,150,U1,WB-1",
    "2025-06-01T00:00:01Z,LOOP,n/a,U2,WB-1",
    "2025-06-01T00:00:02Z,LOOP,151,U3,WB-2",
]
CONTENT = "\n".join(LINES).encode()
RECORDS = [dict(zip(LINES[0].split(","), line.split(","), strict=True)) for line in LINES[1:]]
URL = "/v1/measurements?site=PEN1"
JSON = "application/json"


@pytest.fixture
def api(client: TestClient) -> TestClient:
    assert client.post("/v1/sites", json={"code": "PEN1", "title": "Penang"}).status_code == 201
    loop = {"site": "PEN1", "code": "LOOP", "title": "Loop", "unit": "um"}
    assert client.post("/v1/characteristics", json=loop).status_code == 201
    return client


def as_arrow() -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pylist(RECORDS)
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/csv", CONTENT),
        ("text/csv; charset=utf-8", gzip.compress(CONTENT)),
        ("application/json", json.dumps(RECORDS).encode()),
        ("application/x-ndjson", "\n".join(json.dumps(r) for r in RECORDS).encode()),
        ("application/vnd.apache.arrow.stream", as_arrow()),
    ],
)
def test_every_body_gets_the_same_answer(api: TestClient, media_type: str, body: bytes) -> None:
    answer = api.post(URL, content=body, headers={"Content-Type": media_type})
    assert answer.status_code == 200
    assert answer.json() == {
        "ingest_id": 1,
        "state": "succeeded",
        "rows": 3,
        "accepted": 2,
        "duplicate": 0,
        "conflicting": 0,
        "rejected": 1,
        "warnings": [],
        "error": None,
        "refused": [
            {
                "kind": "rejected",
                "row": 2,
                "column": "value",
                "value": "n/a",
                "reason": "is not a number",
            }
        ],
        "evaluation": None,
    }


def test_a_form_may_carry_file_and_mapping(api: TestClient, sqlite_database: Database) -> None:
    mapping = {
        "time": {"column": "t", "formats": ["epoch_s"]},
        "value": "v",
        "characteristic": {"constant": "LOOP"},
        "unit": {"constant": "mil"},
        "decimal": ",",
    }
    answer = api.post(
        URL,
        files={"file": ("heights.csv", b"t;v\n1748736000;2,5\n", "application/octet-stream")},
        data={"mapping": json.dumps(mapping)},
    )
    assert answer.json()["accepted"] == 1
    with sqlite_database.read() as session:
        assert session.scalars(select(Measurement.value)).one() == 63.5
    assert api.get("/v1/ingests/1").json()["file_name"] == "heights.csv"


def test_sending_again_changes_nothing(api: TestClient, sqlite_database: Database) -> None:
    for expected in ((2, 0), (0, 2)):
        answer = api.post(URL, content=CONTENT, headers={"Content-Type": "text/csv"}).json()
        assert (answer["accepted"], answer["duplicate"]) == expected
    with sqlite_database.read() as session:
        assert session.scalar(select(func.count()).select_from(Measurement)) == 2


def test_a_saved_source_says_how_to_read(api: TestClient) -> None:
    mapping = {"value": "h", "characteristic": {"constant": "LOOP"}}
    draft = {"site": "PEN1", "name": "gauge 7", "mapping": mapping}
    assert api.post("/v1/sources", json=draft).status_code == 201
    content = b"time,h\n2025-06-01T00:00:00Z,1\n"
    answer = api.post(
        f"{URL}&source=gauge 7&file_name=a.csv",
        content=content,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert answer.json()["accepted"] == 1
    assert api.get("/v1/ingests/1").json()["source"] == "gauge 7"


@pytest.mark.parametrize(
    ("query", "media_type", "status", "detail"),
    [
        ("?site=NOPE", "text/csv", 404, "there is no site 'NOPE'"),
        ("?site=PEN1&source=x", "text/csv", 404, "there is no source 'x'"),
        ("?site=PEN1", "text/html", 422, "the Content-Type is text/html"),
        ("?site=PEN1&file_name=a.doc", "", 422, "the format of 'a.doc' is unknown"),
        ("?site=PEN1", "application/json", 422, "the file cannot be read|has no rows|broken"),
        ("?site=PEN1", "application/vnd.apache.parquet", 422, "cannot be read as parquet"),
        ("", "text/csv", 422, "site"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_says_so(
    api: TestClient, query: str, media_type: str, status: int, detail: str
) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    answer = api.post(f"/v1/measurements{query}", content=b"[", headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert any(part in answer.text for part in detail.split("|"))


def test_a_file_that_lacks_a_column_names_the_field_of_the_mapping(api: TestClient) -> None:
    answer = api.post(URL, content=b"a,b\n1,2\n", headers={"Content-Type": "text/csv"})
    assert answer.status_code == 422
    pointers = [e["pointer"] for e in answer.json()["errors"]]
    assert pointers == ["/mapping/time", "/mapping/value", "/mapping/characteristic"]


def test_what_is_no_json_is_not_told_as_a_lack_of_columns(api: TestClient) -> None:
    answer = api.post(URL, content=b'{"time": 1,\n"value": 2}', headers={"Content-Type": JSON})
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("the file holds no JSON object but begins with '{")


def test_a_form_without_a_file_is_refused(api: TestClient) -> None:
    answer = api.post(URL, files={"other": ("a.csv", b"x", "text/csv")})
    assert answer.status_code == 422
    assert "part named file" in answer.json()["detail"]


def test_refused_rows_are_paged_and_downloaded(api: TestClient) -> None:
    lines = [LINES[0], *(f"2025-06-01T00:00:00Z,LOOP,bad{i},U{i},A" for i in range(249))]
    lines.append("2025-06-01T00:00:00Z,LOOP,=cmd(),U,A")
    answer = api.post(URL, content="\n".join(lines), headers={"Content-Type": "text/csv"}).json()
    assert (answer["rejected"], len(answer["refused"])) == (250, 100)
    seen: list[int] = []
    cursor: dict[str, Any] = {}
    while True:
        page = api.get("/v1/ingests/1/rejections", params={"limit": 99, **cursor}).json()
        seen += [row["row"] for row in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == list(range(1, 251))
    download = api.get("/v1/ingests/1/rejections.csv")
    assert download.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(download.text)))
    assert rows[0] == ["row", "column", "value", "reason", "kind"]
    assert rows[249] == ["249", "value", "bad248", "is not a number", "rejected"]
    assert rows[250][2] == "'=cmd()", "a spreadsheet computes nothing of it"


def test_ingests_are_listed_newest_first(api: TestClient) -> None:
    for _ in range(3):
        api.post(URL, content=CONTENT, headers={"Content-Type": "text/csv"})
    listed = api.get("/v1/ingests?limit=2").json()
    assert [i["id"] for i in listed["items"]] == [3, 2]
    assert listed["items"][0]["site"] == "PEN1"
    following = api.get("/v1/ingests", params={"limit": 2, "cursor": listed["next"]}).json()
    assert [i["id"] for i in following["items"]] == [1]
    assert api.get("/v1/ingests/99").status_code == 404
    assert api.get("/v1/ingests/99/rejections.csv").status_code == 404


def test_two_tools_of_one_second_are_told_apart_where_a_mapping_says_so(api: TestClient) -> None:
    at = "2025-06-01T00:00:00Z,LOOP"
    content = f"time,characteristic,value,tool\n{at},150,WB-1\n{at},151,WB-2\n"

    def sent(**mapping: object) -> dict[str, Any]:
        form = {"mapping": json.dumps(mapping)}
        files = {"file": ("a.csv", content, "text/csv")}
        answer: dict[str, Any] = api.post(URL, files=files, data=form).json()
        return answer

    (refused,) = sent()["refused"]
    assert "tell them apart by unit_id, position, replicate or seq" in refused["reason"]
    both: dict[str, object] = {"replicate": "tool", "factors": {"tool": "tool"}}
    content = content.replace("00:00Z", "00:09Z")
    assert (sent(**both)["accepted"], sent(**both)["duplicate"]) == (2, 2)
    found = api.get("/v1/measurements?where=tool:WB-2").json()["items"]
    assert [point["value"] for point in found] == [151.0]
