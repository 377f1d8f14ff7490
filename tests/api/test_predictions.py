"""Predictions over HTTP: what is answered, and what is refused with which words."""

import io
import json
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.prediction_bodies import ARROW, ARROW_FILE, PredictionAnswer
from ops.classify.packet import packed
from ops.db import model_aliases, model_versions
from ops.db.engine import Database
from ops.db.model_aliases import CHAMPION, Move
from ops.db.model_shelf import SHELF
from ops.db.model_versions import NewVersion
from ops.db.models.classify import Model
from ops.values import Actor, Scope
from tests.ops.classify.served import ROW, classifier, table

NOW = datetime(2026, 1, 10, tzinfo=UTC)
ENGINEER = Actor("engineer", "engineer")
PATH = "/v1/models/M@champion/predict"
MADE = classifier()
PACKED = packed(MADE)


def shelve(database: Database, *artefacts: bytes, task: str = "classify", code: str = "M") -> None:
    """Model whose newest version is the champion."""
    with database.write.begin() as session:
        fields = {"code": code, "site_id": None, "title": code, "task": task}
        row = SHELF.create(session, fields, actor=ENGINEER, now=NOW)
        for artefact in artefacts:
            new = NewVersion(origin="own", artefact=artefact)
            version = model_versions.add(
                session, row, new, url="memory://x", actor=ENGINEER, now=NOW
            )
        point(session, row, version.number)


def point(session: Any, row: Model, number: int) -> None:
    model_aliases.move(session, row, CHAMPION, number, Move("test"), actor=ENGINEER, now=NOW)


@pytest.fixture
def shelf(client: TestClient, sqlite_database: Database) -> TestClient:
    shelve(sqlite_database, PACKED)
    return client


def ask(client: TestClient, body: Any, query: str = "", path: str = PATH) -> Any:
    return client.post(path + query, json=body)


def test_one_row_is_answered_as_the_classifier_answers(shelf: TestClient) -> None:
    answer = ask(shelf, ROW)
    assert answer.status_code == 200, answer.text
    body = PredictionAnswer.model_validate(answer.json())
    (found,) = body.predictions
    truth = MADE.one(ROW)
    assert list(found.probability.values()) == pytest.approx(truth.probability, abs=1e-12)  # type: ignore[union-attr]  # of classes
    assert found.decided == MADE.classes[truth.decided]  # type: ignore[union-attr]  # of classes
    assert (body.model, body.version, body.positive) == ("M", 1, "fail")
    assert body.threshold == pytest.approx(0.1)
    assert len(body.sha256) == 64
    assert "learned from drawn rows" in body.notes
    assert answer.headers["X-Model-Version"] == "1"


def test_formats_give_the_same_answers(shelf: TestClient) -> None:
    rows = [dict(ROW), {"torque": None, "speed": 1400, "type": "M"}]
    by_json = ask(shelf, rows).json()["predictions"]
    text = "type,speed [rpm],torque [Nm],lot\nL,1500,52,A\nM,1400,,A\n"
    by_csv = shelf.post(PATH, content=text, headers={"Content-Type": "text/csv"}).json()
    assert by_csv["predictions"] == by_json
    assert by_csv["ignored"] == ["lot"]
    sent = pa.table(
        {
            "torque": [52.0, None],
            "speed": [1500, 1400],
            "type": pa.array(["L", "M"]).dictionary_encode(),
        }
    )
    for media, new in ((ARROW, pa.ipc.new_stream), (ARROW_FILE, pa.ipc.new_file)):
        sink = io.BytesIO()
        with new(sink, sent.schema) as writer:
            writer.write_table(sent)
        answer = shelf.post(PATH, content=sink.getvalue(), headers={"Content-Type": media})
        assert answer.json()["predictions"] == by_json
    assert by_json[1]["imputed"] == ["torque"]
    assert by_json[0]["imputed"] == []


def test_a_number_beyond_all_measure_is_imputed(shelf: TestClient) -> None:
    (found,) = ask(shelf, dict(ROW, torque=1e308)).json()["predictions"]
    assert found["imputed"] == ["torque"]


def test_answers_come_as_a_table_by_accept(shelf: TestClient) -> None:
    rows = [dict(ROW), dict(ROW, type="H")]
    told = ask(shelf, rows).json()["predictions"]
    lines = shelf.post(PATH, json=rows, headers={"Accept": "text/csv"}).text.splitlines()
    assert len(lines) == 3
    assert "probability fail" in lines[0]
    arrow = shelf.post(PATH, json=rows, headers={"Accept": ARROW}).content
    found = pa.ipc.open_stream(arrow).read_all().to_pylist()
    assert [r["probability fail"] for r in found] == [p["probability"]["fail"] for p in told]
    assert [r["decided"] for r in found] == [p["decided"] for p in told]


def test_a_unit_is_converted(shelf: TestClient) -> None:
    plain = ask(shelf, ROW).json()["predictions"]
    other = ROW | {"speed": {"value": 1.5, "unit": "krpm"}}
    found = ask(shelf, other).json()["predictions"]
    assert found[0]["probability"] == pytest.approx(plain[0]["probability"])


def test_contributions_add_up_to_the_score(shelf: TestClient) -> None:
    answer = ask(shelf, ROW, "?contributions=10").json()["predictions"][0]
    by_column = {c["column"]: c["amount"] for c in answer["contributions"]}
    x = MADE.features.row(ROW)
    rows = np.vstack([x, MADE.profile.mean])
    p = MADE.raw_probability(rows)[:, 0]
    score = np.log(p / (1 - p))
    assert sum(by_column.values()) == pytest.approx(score[0] - score[1])
    assert answer["contributions"][0]["value"] is not None
    one = ask(shelf, ROW, "?contributions=1").json()["predictions"][0]["contributions"]
    assert one == answer["contributions"][:1]
    assert ask(shelf, ROW).json()["predictions"][0]["contributions"] is None


def test_an_unusual_row_is_told(shelf: TestClient) -> None:
    found = ask(shelf, ROW | {"torque": 4000.0}).json()["predictions"][0]
    assert found["unusual"]
    assert "torque" in found["remarks"][0]
    assert not ask(shelf, ROW).json()["predictions"][0]["unusual"]


def without(name: str) -> dict[str, Any]:
    return {k: v for k, v in ROW.items() if k != name}


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        (ROW | {"torque": "high"}, "/torque", "not a number"),
        (ROW | {"torque": "41.5"}, "/torque", "not a number"),
        (ROW | {"torque": True}, "/torque", "not a number"),
        (ROW | {"torque": [1]}, "/torque", "not a number"),
        (ROW | {"torque": {"value": "x", "unit": "Nm"}}, "/torque", "not a number"),
        (ROW | {"torque": {"unit": "Nm"}}, "/torque", "missing"),
        (ROW | {"torque": 10**400}, "/torque", "too large"),
        (ROW | {"torque": {"value": 3.0, "unit": "degC"}}, "/torque", "degC"),
        (without("torque"), "/torque", "missing"),
        (without("type"), "/type", "missing"),
        (ROW | {"type": 3}, "/type", "not a text"),
        (ROW | {"type": "X"}, "/type", "training has not seen"),
        ([ROW, without("speed")], "/1/speed", "missing"),
        ([ROW, 7], "/1", "no object"),
        (7, "/0", "no object"),
    ],
)
def test_what_is_wrong_of_a_row_is_named(
    shelf: TestClient, body: Any, pointer: str, words: str
) -> None:
    answer = ask(shelf, body)
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert pointer in [e["pointer"] for e in told["errors"]]
    assert words in json.dumps(told)


@pytest.mark.parametrize(
    ("media", "body", "words"),
    [
        ("application/json", b"{", "not JSON"),
        ("application/json", b'{"torque": NaN, "speed": 1, "type": "L"}', "NaN"),
        ("application/json", b"[" * 100_000, "not JSON"),
        ("application/json", b"[]", "no rows"),
        ("application/json", b"\xff\xfe\xfa", "not JSON"),
        ("text/csv", b"", "empty"),
        ("text/csv", b"torque,speed,type\n", "no rows"),
        ("text/csv", b"torque,speed,type\n1,2\n", "2 cells"),
        ("text/csv", b"torque,speed,type\n1,2,\xff\n", "UTF-8"),
        ("text/csv", b"torque,torque [Nm],speed,type\n1,1,2,L\n", "twice"),
        ("text/csv", b"torque [degC],speed,type\n1,2,L\n", "degC"),
        ("text/csv", b'torque,speed,type\n"1,5",2,L\n', "not a number"),
        ("text/csv", b"torque,speed,type\ninf,2,L\n", "finite"),
        (ARROW, b"none", "Arrow"),
        ("application/pdf", b"%PDF", "application/pdf"),
        ("", b"x", "missing"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    shelf: TestClient, media: str, body: bytes, words: str
) -> None:
    answer = shelf.post(PATH, content=body, headers={"Content-Type": media} if media else {})
    assert answer.status_code == 422, answer.text
    assert words in answer.json()["detail"]


def test_too_many_rows_and_bytes_are_refused(
    shelf: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = "torque,speed,type\n" + "1,2,L\n" * 50_001
    answer = shelf.post(PATH, content=many, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 413
    assert "LONGRUN_MAX_PREDICT_ROWS" in answer.json()["detail"]
    large = shelf.post(PATH, content=b" " * (33 * 2**20), headers={"Content-Type": "text/csv"})
    assert large.status_code == 413
    assert ask(shelf, [ROW] * 1001, "?contributions=3").status_code == 422


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/models/N@champion/predict", 404),
        ("/v1/models/M@challenger/predict", 404),
        ("/v1/models/M@7/predict", 404),
        ("/v1/models/M@1/predict", 200),
        ("/v1/models/M@NO SUCH/predict", 422),
    ],
)
def test_a_model_is_found_by_alias_or_number(shelf: TestClient, path: str, status: int) -> None:
    assert ask(shelf, ROW, path=path).status_code == status


def test_an_alias_that_moves_is_seen_at_once(shelf: TestClient, sqlite_database: Database) -> None:
    assert ask(shelf, ROW).json()["version"] == 1
    with sqlite_database.write.begin() as session:
        row = SHELF.find(session, Scope(), "M")
        new = NewVersion(origin="own", artefact=PACKED)
        model_versions.add(session, row, new, url="memory://x", actor=ENGINEER, now=NOW)
        point(session, row, 2)
    assert ask(shelf, ROW).json()["version"] == 2


def test_an_artefact_that_is_none_of_ours_is_refused(
    client: TestClient, sqlite_database: Database
) -> None:
    shelve(sqlite_database, b"a stranger")
    for _ in range(2):  # an error is not kept
        answer = ask(client, ROW)
        assert answer.status_code == 422
        assert "no packet of ours" in answer.json()["detail"]


def test_predictions_are_counted(shelf: TestClient) -> None:
    ask(shelf, [ROW] * 3)
    told = shelf.get("/metrics").text
    assert 'longrun_predictions_total{model="M",version="1"} 3.0' in told
    assert 'longrun_prediction_seconds_count{model="M",version="1"} 1.0' in told


def test_every_row_of_a_table_is_answered(shelf: TestClient) -> None:
    rows = table(200, seed=5)
    sent = pa.table(
        {
            "torque": rows.numbers["torque"],
            "speed": rows.numbers["speed"],
            "type": [rows.categories["type"].levels[c] for c in rows.categories["type"].codes],
        }
    )
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, sent.schema) as writer:
        writer.write_table(sent)
    headers = {"Content-Type": ARROW, "Accept": ARROW}
    found = pa.ipc.open_stream(shelf.post(PATH, content=sink.getvalue(), headers=headers).content)
    truth = MADE.predict(rows)
    assert found.read_all()["probability fail"].to_numpy() == pytest.approx(truth.probability[:, 0])
