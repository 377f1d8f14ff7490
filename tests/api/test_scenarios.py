"""Scenarios through the API: added, revised from a known version, edited, compared, copied."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.scenario_bodies import EXAMPLE
from ops.db.engine import Database
from ops.db.models.people import Audit
from ops.db.models.work import Run
from tests.api.plant import NOW, add_plant

HERE = "/v1/scenarios/EU"


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant of two sites, with a scenario of one of them."""
    add_plant(sqlite_database)
    made = client.post("/v1/scenarios", json=draft())
    assert made.status_code == 201, made.text
    return client


def draft(**fields: object) -> dict:
    return {"code": "EU", "site": "HERE", "document": EXAMPLE} | fields


def test_scenario_is_found_at_its_location(plant: TestClient) -> None:
    made = plant.post("/v1/scenarios", json=draft(code="US", note="first"))
    found = plant.get(made.headers["Location"])
    assert found.headers["ETag"] == made.headers["ETag"] == '"1"'
    assert {k: v for k, v in made.json().items() if not k.startswith("flaw")} == found.json()
    assert made.json()["flaw_count"] == len(made.json()["flaws"]) == 0
    assert (found.json()["title"], found.json()["newest"]) == (EXAMPLE["title"], 1)


def test_document_comes_back(plant: TestClient) -> None:
    document = plant.get(f"{HERE}/revisions/1/document").json()
    assert document["lanes"] == EXAMPLE["lanes"]
    made = plant.post("/v1/scenarios", json=draft(code="US", document=document))
    again = plant.get(f"{made.headers['Location']}/revisions/1").json()
    first = plant.get(f"{HERE}/revisions/1").json()
    assert (again["sha256"], again["size"]) == (first["sha256"], first["size"])


def test_code_is_taken_once(plant: TestClient) -> None:
    assert plant.post("/v1/scenarios", json=draft()).status_code == 409
    assert plant.post("/v1/scenarios", json=draft(site="THERE")).status_code == 201
    several = plant.get(HERE)
    assert several.status_code == 409
    assert plant.get(f"{HERE}?site=THERE").json()["site"] == "THERE"


@pytest.mark.parametrize(
    ("path", "value", "pointer"),
    [
        ("sites", [{"code": "A", "kind": "shop"}], "/document/sites/0/kind"),
        ("sites", [{"kind": "plant"}], "/document/sites/0/code"),
        (
            "lanes",
            [{"origin": "A", "destination": "B", "unit_cost": "a lot"}],
            "/document/lanes/0/unit_cost",
        ),
        (
            "lanes",
            [{"origin": "A", "destination": "B", "unit_cost": [1]}],
            "/document/lanes/0/unit_cost",
        ),
        ("shops", [], "/document/shops"),
        ("periods", [], "/document/periods"),
    ],
)
def test_wrong_field_is_named(plant: TestClient, path: str, value: object, pointer: str) -> None:
    answer = plant.post("/v1/scenarios", json=draft(code="US", document={**EXAMPLE, path: value}))
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [e["pointer"] for e in answer.json()["errors"]] == [pointer]


@pytest.mark.parametrize(
    "text",
    [
        b"{",
        b'{"code": "X", "document": {"note": NaN}}',
        b'{"code": "X", "document": {"circuities": [{"factor": NaN}]}}',
        b'{"code": "X", "document": {"circuities": [{"factor": 1e999}]}}',
        b'{"code": "X", "document": {"policy": {"budget": Infinity}}}',
        b'{"code": "X", "document": ' + b'{"history":' * 100_000,
        b'{"code": "X", "document": ' + b"[" * 1_000_000,
        b"\xff\xfe\x00",
        b"",
    ],
)
def test_what_is_no_document_is_refused(plant: TestClient, text: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = plant.post("/v1/scenarios", content=text, headers=headers)
    assert (answer.status_code, plant.get("/v1/scenarios/X").status_code) == (422, 404)


def test_revision_is_made_from_a_known_version(plant: TestClient) -> None:
    body = {"document": {**EXAMPLE, "title": "second"}, "note": "why"}
    path = f"{HERE}/revisions"
    assert plant.post(path, json=body).status_code == 428
    made = plant.post(path, json=body, headers={"If-Match": '"1"'})
    assert (made.status_code, made.json()["newest"], made.headers["ETag"]) == (201, 2, '"2"')
    assert plant.post(path, json=body, headers={"If-Match": '"1"'}).status_code == 412
    second, first = plant.get(path).json()["items"]
    assert (second["parent"], second["note"], first["parent"]) == (1, "why", None)
    assert second["origin"] == {"kind": "upload"}


def test_edits_make_the_next_revision(plant: TestClient) -> None:
    typed = {"kind": "site-status", "where": {"codes": ["PEN"]}, "status": "closed"}
    body = {"edits": ["lane PEN-MUC capacity to 100", typed], "note": "crisis"}
    tried = plant.post(f"{HERE}/edits?dry_run=true", json=body)
    assert tried.status_code == 201, tried.text
    assert tried.json()["revision"] is None
    assert plant.get(HERE).json()["newest"] == 1
    made = plant.post(f"{HERE}/edits", json=body).json()
    assert made["diff"]["changes"] == tried.json()["diff"]["changes"]
    assert {c["pointer"] for c in made["diff"]["changes"]} == {
        "/lanes/PEN>MUC~1air/capacity",
        "/sites/PEN/status",
    }
    assert (made["revision"]["number"], made["revision"]["parent"]) == (2, 1)
    assert made["revision"]["edits"][0] == body["edits"][0]
    assert len(made["sentences"]) == 2
    shown = plant.get(f"{HERE}/diff?from=1&to=2").json()
    assert shown["changes"] == made["diff"]["changes"]
    back = plant.get(f"{HERE}/diff?from=2&to=1").json()
    assert back["change_count"] == shown["change_count"] == 2


def test_edit_that_names_nothing_is_refused(plant: TestClient) -> None:
    body = {"edits": ["lane PEN-MUC capacity to 100", "close site NOWHERE"]}
    answer = plant.post(f"{HERE}/edits", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/edits/1")
    assert plant.get(HERE).json()["newest"] == 1


def test_stale_edits_are_refused(plant: TestClient) -> None:
    body = {"edits": ["lane PEN-MUC capacity to 100"]}
    assert plant.post(f"{HERE}/edits", json=body, headers={"If-Match": '"1"'}).status_code == 201
    assert plant.post(f"{HERE}/edits", json=body, headers={"If-Match": '"1"'}).status_code == 412


def test_repeat_under_a_key_answers_the_first_answer(plant: TestClient) -> None:
    for path, body in (
        ("/v1/scenarios", draft(code="US")),
        (f"{HERE}/edits", {"edits": ["lane PEN-MUC capacity x 2", "close site PEN"]}),
        (f"{HERE}/copy", {"code": "AP", "site": "HERE"}),
    ):
        headers = {"Idempotency-Key": "k"}
        first = plant.post(path, json=body, headers=headers)
        assert first.status_code in (201, 422), first.text
        again = plant.post(path, json=body, headers=headers)
        assert again.json() == first.json()
        if first.status_code == 201:
            assert again.headers["Idempotent-Replayed"] == "true"
    other = plant.post("/v1/scenarios", json=draft(code="XX"), headers={"Idempotency-Key": "k"})
    assert other.status_code == 422


def test_copy_knows_where_it_came_from(plant: TestClient) -> None:
    body = {"code": "EU-2", "site": "THERE", "edits": ["close site PEN"], "note": "what if"}
    made = plant.post(f"{HERE}/copy", json=body)
    assert (made.status_code, made.headers["Location"]) == (201, "/v1/scenarios/EU-2")
    revision = plant.get("/v1/scenarios/EU-2/revisions/1").json()
    assert revision["origin"] == {"kind": "copy", "scenario": "EU", "revision": 1}
    assert revision["edits"] == ["close site PEN"]
    document = plant.get("/v1/scenarios/EU-2/revisions/1/document").json()
    assert document["sites"][0]["status"] == "closed"
    assert plant.get(HERE).json()["newest"] == 1


def test_archived_scenario_is_out_of_the_list(plant: TestClient) -> None:
    assert plant.delete(HERE).status_code == 428
    assert plant.delete(HERE, headers={"If-Match": '"7"'}).status_code == 412
    assert plant.delete(HERE, headers={"If-Match": '"1"'}).status_code == 204
    assert plant.get("/v1/scenarios").json()["items"] == []
    assert [s["code"] for s in plant.get("/v1/scenarios?archived=true").json()["items"]] == ["EU"]
    assert plant.post(f"{HERE}/edits", json={"edits": ["close site PEN"]}).status_code == 409
    back = plant.patch(HERE, json={"archived": False}, headers={"If-Match": "*"})
    assert back.json()["archived_at"] is None
    assert plant.post(f"{HERE}/edits", json={"edits": ["close site PEN"]}).status_code == 201


def test_title_is_changed_from_a_known_version(plant: TestClient) -> None:
    assert plant.patch(HERE, json={"title": "x"}).status_code == 428
    changed = plant.patch(HERE, json={"title": "x"}, headers={"If-Match": '"1"'})
    assert (changed.json()["title"], changed.headers["ETag"]) == ("x", '"2"')
    assert plant.patch(HERE, json={"title": "y"}, headers={"If-Match": '"1"'}).status_code == 412


def test_plan_in_force_is_a_succeeded_run(plant: TestClient, sqlite_database: Database) -> None:
    with sqlite_database.write.begin() as session:
        for name, analysis in (("plan", "network-plan"), ("other", "capability")):
            session.add(
                Run(
                    id=name,
                    site_id=1,
                    analysis=analysis,
                    version=1,
                    params={"scenario": "EU"},
                    as_of=NOW,
                    max_batch=0,
                    state="succeeded",
                    submitted_by="x",
                    submitted_at=NOW,
                )
            )
    for run in ("other", "absent"):
        refused = plant.post(f"{HERE}/approve", json={"run": run})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/run")
    approved = plant.post(f"{HERE}/approve", json={"run": "plan"})
    assert (approved.json()["approved_run"], approved.json()["approved_by"]) == ("plan", "local")


def test_every_change_is_audited(plant: TestClient, sqlite_database: Database) -> None:
    plant.post(f"{HERE}/edits", json={"edits": ["close site PEN"]})
    plant.delete(HERE, headers={"If-Match": "*"})
    with sqlite_database.read() as session:
        query = select(Audit.action).where(Audit.resource == "scenario").order_by(Audit.id)
        assert list(session.scalars(query)) == ["create", "revise", "archive"]


@pytest.mark.parametrize(
    "path", ["", "/revisions", "/revisions/1", "/revisions/1/document", "/flaws"]
)
def test_scenario_that_is_not_there_is_not_found(plant: TestClient, path: str) -> None:
    assert plant.get(f"{HERE}{path}").status_code == 200
    answer = plant.get(f"/v1/scenarios/NO{path}")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert plant.get(f"{HERE}/revisions/7{path[12:]}").status_code == 404
