"""`/v1/advice` without a model: asked, listed, read, judged, as roles and sites allow."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from ops.db.engine import Database
from ops.db.models.advise import Memory
from ops.db.models.people import Audit
from tests.api.advice_plant import QUESTION, RUNS, add_runs, advised, key_of, told
from tests.api.conftest import RecordingQueue
from tests.api.plant import HERE, THERE

NOTE = {"site": "HERE", "kind": "knowledge", "title": "Cpk at night", "text": "The Cpk is lower."}


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    add_runs(sqlite_database)
    return client


@pytest.fixture
def guarded(
    sqlite_database: Database, tmp_path: Path, queue: RecordingQueue
) -> Iterator[TestClient]:
    """A service that wants keys."""
    add_runs(sqlite_database)
    with advised(sqlite_database, tmp_path, queue, auth="keys") as client:
        yield client


def asked(api: TestClient, headers: dict | None = None, **more: Any) -> dict[str, Any]:
    answer = api.post("/v1/advice", json=QUESTION | more, headers=headers or {})
    assert answer.status_code == 201, answer.text
    return answer.json()


def ids(api: TestClient, headers: dict | None = None, **wanted: Any) -> list[str]:
    answer = api.get("/v1/advice", params=wanted, headers=headers or {})
    assert answer.status_code == 200, answer.text
    return [one["id"] for one in answer.json()["items"]]


def say(api: TestClient, advice: dict, what: str, headers: dict | None = None, **body: Any) -> Any:
    """Judge or conclude the newest version."""
    url = advice["links"]["self"]
    tag = api.get(url, headers=headers or {}).headers["ETag"]
    return api.post(f"{url}/{what}", json=body, headers={"If-Match": tag, **(headers or {})})


def test_an_answer_is_read_again_as_it_was_given(database: Database, tmp_path: Path) -> None:
    add_runs(database)
    with advised(database, tmp_path, RecordingQueue()) as api:
        made = api.post("/v1/advice", json=QUESTION | {"site": "HERE"})
        first = made.json()
        assert made.headers["Location"] == first["links"]["self"]
        read = api.get(made.headers["Location"])
        assert (read.json(), read.headers["ETag"]) == (first, made.headers["ETag"])
        assert (first["state"], first["source"], first["fallback"]) == ("answered", "rules", "")
        assert first["headline"].startswith("Loop height: Ppk is 1.42 (95 % 1.26 to 1.57)")
        assert {one["link"].split("#")[0] for one in first["evidence"]} == {f"/runs/{RUNS[HERE]}"}
        known = {one["id"] for one in first["evidence"]}
        assert all(set(s["evidence"]) <= known for s in first["sentences"])
        assert ids(api, site="HERE") == [first["id"]]
        assert told(api, first) == [("answer", first)]
        trail = api.get(first["links"]["trail"]).json()
        assert (trail["intent"]["topics"], trail["by_rules"]) == (["capability"], None)
        assert say(api, first, "verdict", verdict="accepted", said="ja").json()["said"] == "ja"


def test_the_list_has_pages_and_filters(api: TestClient) -> None:
    known = [asked(api)["id"] for _ in range(5)]
    nothing = asked(api, text="What is the B10 life?", site="THERE")
    assert nothing["state"] == "refused"
    seen, cursor = [], None
    while True:
        params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        found = api.get("/v1/advice", params=params).json()
        seen += [one["id"] for one in found["items"]]
        cursor = found["next"]
        if cursor is None:
            break
    assert seen == [nothing["id"], *reversed(known)]
    assert ids(api, state="refused") == [nothing["id"]]
    assert ids(api, site="THERE") == [nothing["id"]]
    assert len(ids(api, mine=True)) == 6
    assert ids(api, since="2099-01-01T00:00:00Z") == []
    wrong = api.get("/v1/advice", params={"since": "2026-01-01T00:00:00"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/since")


def test_a_viewer_of_one_site_sees_nothing_of_another(
    guarded: TestClient, sqlite_database: Database
) -> None:
    here, there, both, admin = (
        key_of(sqlite_database, role, sites, name)
        for role, sites, name in (
            ("viewer", (HERE,), "here"), ("engineer", (THERE,), "there"),
            ("viewer", (HERE, THERE), "both"), ("admin", None, "root"),
        )
    )  # fmt: skip
    of_here, of_there = asked(guarded, here), asked(guarded, there)
    without_site = asked(guarded, both)
    by_admin = asked(guarded, admin, site="HERE", about=[{"kind": "run", "code": RUNS[THERE]}])
    runs = {one["link"].split("#")[0] for one in by_admin["evidence"]}
    assert f"/runs/{RUNS[THERE]}" not in runs  # it is shown to all who see HERE
    assert {one["id"].split("/")[0] for one in of_here["evidence"]} == {"11111111"}
    assert (of_here["site"], of_there["site"], without_site["site"]) == ("HERE", "THERE", None)
    assert ids(guarded, here) == [by_admin["id"], of_here["id"]]
    assert ids(guarded, there) == [of_there["id"]]
    assert len(ids(guarded, both)) == 4
    assert len(ids(guarded, admin)) == 4
    for url in ("self", "events", "trail"):
        assert guarded.get(of_here["links"][url], headers=there).status_code == 404
        assert guarded.get(without_site["links"][url], headers=there).status_code == 404
    verdict = f"{of_here['links']['self']}/verdict"
    body = {"verdict": "accepted"}
    refused = guarded.post(verdict, json=body, headers={"If-Match": "*", **there})
    assert refused.status_code == 404
    unknown = guarded.post("/v1/advice", json=QUESTION | {"site": "THERE"}, headers=here)
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/site")


def test_what_was_asked_of_more_sites_than_are_seen_now_is_gone(
    guarded: TestClient, sqlite_database: Database
) -> None:
    wide = key_of(sqlite_database, "viewer", (HERE, THERE), "ada")
    asked(guarded, wide)
    narrow = key_of(sqlite_database, "viewer", (HERE,), "ada")
    assert (ids(guarded, narrow), len(ids(guarded, wide))) == ([], 1)


@pytest.mark.parametrize(
    ("change", "pointer", "words"),
    [
        ({"text": ""}, "/text", "at least 1 character"),
        ({"text": " \n "}, "/text", "it is empty; write a question"),
        ({"text": "x" * 2001}, "/text", "at most 2000 characters"),
        ({"text": "What\x07?"}, "/text", "U+0007"),
        ({"text": "What\x00?"}, "/text", "U+0000"),
        ({"text": "\ud800"}, "/text", "Unicode"),
        ({"text": 7}, "/text", "got 7"),
        ({"site": "NOWHERE"}, "/site", "'NOWHERE' among yours; `GET /v1/sites`"),
        ({"site": "A\x1b"}, "/site", "U+001B"),
        ({"about": [{"kind": "wafer", "code": "x"}]}, "/about/0/kind", "'wafer'"),
        ({"about": [{"kind": "tool", "code": ""}]}, "/about/0/code", "at least 1 character"),
        ({"about": [{"kind": "tool", "code": "a\x00"}]}, "/about/0", "control character"),
        ({"about": [{"kind": "tool", "code": "a"}] * 21}, "/about", "at most 20"),
        ({"wording": "poem"}, "/wording", "'poem'"),
        ({"mood": "good"}, "/mood", "no such field"),
    ],
)
def test_what_is_wrong_is_named(api: TestClient, change: dict, pointer: str, words: str) -> None:
    body, headers = json.dumps(QUESTION | change), {"Content-Type": "application/json"}
    answer = api.post("/v1/advice", content=body, headers=headers)
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    (first, *_) = answer.json()["errors"]
    assert first["pointer"] == pointer
    assert words in first["detail"]
    assert ids(api) == []


def test_what_is_unknown_is_an_answer_and_no_error(api: TestClient) -> None:
    about = [
        {"kind": "tool", "code": "WB-99", "site": "HERE"}, {"kind": "alert", "code": "x"},
        {"kind": "run", "code": "no-uuid"}, {"kind": "alert", "code": str(10**30)},
    ]  # fmt: skip
    made = asked(api, text="Why does WB-99 drift? ' OR 1=1; -- {E1} %s", about=about)
    assert made["state"] in ("answered", "refused")
    assert api.get(f"/v1/advice/{'0' * 36}").status_code == 404
    assert api.get("/v1/advice/nonsense").status_code == 422


def test_a_repeated_post_is_the_first_answer(api: TestClient) -> None:
    headers = {"Idempotency-Key": "one"}
    first, second = (api.post("/v1/advice", json=QUESTION, headers=headers) for _ in range(2))
    assert (first.json(), first.headers["ETag"]) == (second.json(), second.headers["ETag"])
    assert ids(api) == [first.json()["id"]]


def test_a_verdict_wants_the_version_that_was_read(api: TestClient) -> None:
    made = asked(api)
    url, body = f"{made['links']['self']}/verdict", {"verdict": "rejected", "said": "no"}
    assert api.post(url, json=body).status_code == 428
    assert api.post(url, json=body, headers={"If-Match": '"9"'}).status_code == 412
    done = api.post(url, json=body, headers={"If-Match": '"1"'})
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    view = done.json()
    assert (view["verdict"], view["said"], view["said_by"]) == ("rejected", "no", "local")
    again = api.post(url, json={"verdict": "accepted"}, headers={"If-Match": '"2"'})
    assert (again.status_code, "rejected by local already" in again.text) == (409, True)
    assert say(api, made, "outcome", outcome="helped").status_code == 409


def test_an_outcome_teaches_and_moves_trust(api: TestClient, sqlite_database: Database) -> None:
    memory = api.post("/v1/memories", json=NOTE).json()
    made = asked(api, text="Is the Cpk lower at night?", site="HERE")
    assert made["memories"] == [memory["id"]]
    assert say(api, made, "outcome", outcome="helped").status_code == 409  # not accepted yet
    say(api, made, "verdict", verdict="accepted")
    silent = say(api, made, "outcome", outcome="did-not-help", said=" ")
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/said")
    done = say(api, made, "outcome", outcome="did-not-help", said="The drift went on.")
    assert (done.status_code, done.json()["outcome"]) == (200, "did-not-help")
    assert done.headers["ETag"] == api.get(made["links"]["self"]).headers["ETag"]
    assert say(api, made, "outcome", outcome="helped").status_code == 409
    trusted = api.get(f"/v1/memories/{memory['id']}").json()
    assert (trusted["refuted"], trusted["trust"] < memory["trust"]) == (1, True)
    with sqlite_database.read() as session:
        learnt = session.scalars(select(Memory).where(Memory.provenance == "outcome")).all()
        assert [(one.origin, one.helped) for one in learnt] == [(made["id"], False)]
        told = session.scalars(select(Audit.action).where(Audit.resource == "advice")).all()
    assert list(told) == ["judge", "conclude"]


def test_roles_decide_who_may_judge(guarded: TestClient, sqlite_database: Database) -> None:
    made = asked(guarded, key_of(sqlite_database, "viewer"))
    for role, status in (("viewer", 403), ("planner", 200)):
        headers = key_of(sqlite_database, role, name=f"my-{role}")  # type: ignore[arg-type]
        assert say(guarded, made, "verdict", headers, verdict="accepted").status_code == status
    assert guarded.post("/v1/advice", json=QUESTION).status_code == 401
