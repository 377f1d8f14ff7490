"""Measurements that are judged as they come: what an MES is told about each sample."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from ops.db.types import from_micros
from ops.work import evaluate
from ops.work.judge import judge_due
from tests.ops.work.designs import approve
from tests.plant import NOW

HEADER = "time,characteristic,value,tool,lot,seq\n"
URL = "/v1/measurements?site=PEN1"


@pytest.fixture
def api(client: TestClient) -> TestClient:
    assert client.post("/v1/sites", json={"code": "PEN1", "title": "Penang"}).status_code == 201
    for code in ("LOOP", "PULL"):
        body = {"site": "PEN1", "code": code, "title": code, "unit": "um"}
        assert client.post("/v1/characteristics", json=body).status_code == 201
    return client


def lines(values: list[float], code: str = "LOOP", lot: str = "L1", first: int = 0) -> str:
    return HEADER + "".join(
        f"2025-06-01T00:00:{first + i:02}Z,{code},{v},WB-1,{lot},0\n" for i, v in enumerate(values)
    )


def send(api: TestClient, text: str, **headers: str) -> dict[str, Any]:
    answer = api.post(
        f"{URL}&evaluate=true", content=text, headers={"Content-Type": "text/csv", **headers}
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_each_sample_is_told_its_rules_its_disposition_and_its_finding(
    api: TestClient, sqlite_database: Database
) -> None:
    approve(sqlite_database, effective_from=from_micros(0))
    told = send(api, lines([40.0, 45.0, 40.1]))["evaluation"]
    assert {k: told[k] for k in ("disposition", "ok", "warn", "hold", "unjudged", "more")} == {
        "disposition": "hold", "ok": 1, "warn": 1, "hold": 1, "unjudged": 0, "more": 0,
    }  # fmt: skip
    assert told["samples"][0] == {
        "ts": "2025-06-01T00:00:01Z",
        "seq": 0,
        "characteristic": "LOOP",
        "design": "heights",
        "stream": "WB-1",
        "value": 45.0,
        "disposition": "hold",
        "rules": [
            {"name": "1", "sentence": "one point beyond 3 sigma"},
            {"name": "moving-range", "sentence": "the moving range is beyond its limits"},
        ],
        "finding_id": 1,
        "reason": None,
    }
    assert [rule["name"] for rule in told["samples"][1]["rules"]] == ["moving-range"]
    assert api.get("/v1/alerts/1").json()["disposition"] == "hold"


def test_sending_again_tells_the_same(api: TestClient, sqlite_database: Database) -> None:
    approve(sqlite_database, effective_from=from_micros(0))
    first = send(api, lines([40.0, 45.0]))
    again = send(api, lines([40.0, 45.0]))
    assert again["duplicate"] == 2
    assert again["evaluation"] == first["evaluation"]
    assert api.get("/v1/alerts/1").json()["points"] == 1


def test_a_repeat_under_its_key_is_answered_as_the_first(
    api: TestClient, sqlite_database: Database
) -> None:
    approve(sqlite_database, effective_from=from_micros(0))
    key = {"Idempotency-Key": "k1"}
    assert send(api, lines([45.0]), **key) == send(api, lines([45.0]), **key)


def test_a_sample_without_a_design_says_so(api: TestClient, sqlite_database: Database) -> None:
    approve(sqlite_database, effective_from=from_micros(0))
    told = send(api, lines([1.0], "PULL"))["evaluation"]
    assert (told["disposition"], told["unjudged"]) == (None, 1)
    assert told["samples"][0]["reason"] == "no approved chart design is in force for it"


def test_a_sample_of_an_open_subgroup_says_so(api: TestClient, sqlite_database: Database) -> None:
    approve(sqlite_database, kind="xbar-r", subgroup="factor:lot", effective_from=from_micros(0))
    told = send(api, lines([43.0, 43.0]))["evaluation"]
    assert [s["reason"] for s in told["samples"]] == ["its subgroup is not complete yet"] * 2
    told = send(api, lines([40.0], lot="L2", first=2))["evaluation"]
    assert [s["reason"] for s in told["samples"]] == ["its subgroup is not complete yet"]
    told = send(api, lines([43.0, 43.0]))["evaluation"]  # duplicates; now their lot is complete
    assert [(s["value"], s["disposition"]) for s in told["samples"]] == [(43.0, "hold")] * 2


def test_streams_without_limits_are_not_judged(api: TestClient, sqlite_database: Database) -> None:
    limits = [{"level": "WB-9", "center": 40, "sigma": 1, "n": 9}]
    approve(sqlite_database, limits=limits, effective_from=from_micros(0))
    (sample,) = send(api, lines([99.0]))["evaluation"]["samples"]
    assert sample["disposition"] is None
    assert "without limits" in sample["reason"]


def test_the_worst_come_first_and_the_rest_is_counted(
    api: TestClient, sqlite_database: Database
) -> None:
    approve(sqlite_database, effective_from=from_micros(0))
    text = HEADER + "".join(
        f"2025-06-01T{i // 3600:02}:{i // 60 % 60:02}:{i % 60:02}Z,LOOP,"
        f"{45 if i == 1100 else 40 + i % 2 - 0.5},WB-1,L,0\n"
        for i in range(1200)
    )
    told = send(api, text)["evaluation"]
    assert (len(told["samples"]), told["more"]) == (1000, 200)
    assert told["samples"][0]["value"] == 45.0


def test_a_large_file_is_answered_for_in_part_and_says_so(
    api: TestClient, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(evaluate, "MOST", 3)
    approve(sqlite_database, effective_from=from_micros(0))
    told = send(api, lines([40.0, 40.1, 45.0, 40.2, 46.0]))["evaluation"]
    assert (told["ok"], told["hold"], told["left"]) == (2, 1, 2)
    assert api.get("/v1/alerts/1").json()["points"] == 2, "all of it is judged"


def test_an_average_is_told_with_its_side(api: TestClient, sqlite_database: Database) -> None:
    approve(sqlite_database, effective_from=from_micros(0), kind="ewma")
    told = send(api, lines([38.0] * 8))["evaluation"]
    assert told["disposition"] == "hold"
    worst = told["samples"][0]
    sentence = "the weighted average is below its lower limit"
    assert worst["rules"] == [{"name": "1", "sentence": sentence}]
    assert 38.0 < worst["value"] < 40.0, "the average is what is plotted"


def test_a_void_by_a_mark_takes_violation_and_evidence_back_an_exclusion_does_not(
    api: TestClient, sqlite_database: Database
) -> None:
    approve(sqlite_database, effective_from=from_micros(0))
    send(api, lines([40.0, 42.9, 40.0, 45.0, 43.5]))
    key = {"ts": "2025-06-01T00:00:03Z", "seq": "0"}

    def marked(kind: str) -> dict[str, Any]:
        body = {"kind": kind, "note": "gauge slipped", "items": [key]}
        assert api.post("/v1/characteristics/1/marks", json=body).status_code == 201
        judge_due(sqlite_database, now=NOW)
        return api.get("/v1/alerts/1").json()

    before = api.get("/v1/alerts/1").json()
    assert [p["value"] for p in before["evidence"]["points"]] == [45.0, 43.5]
    assert marked("exclude")["evidence"] == before["evidence"], "it is judged as all others"
    after = marked("void")
    assert [p["value"] for p in after["evidence"]["points"]] == [43.5]
    assert after["points"] == 1
    assert marked("restore")["evidence"] == before["evidence"]
