"""Models over the wire: read, compared, promoted by the rule, kept for good."""

from hashlib import sha256

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from ops.db.models.people import Audit
from tests.api.model_plant import add_models, evaluation

CHAMPION = "/v1/models/scratch/aliases/champion"
BETTER = {"version": 2, "reason": "better"}


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant with models."""
    add_models(sqlite_database)
    return client


def _put(client: TestClient, body: dict, path: str = CHAMPION, tag: str | None = '"1"'):
    return client.put(path, json=body, headers={} if tag is None else {"If-Match": tag})


def test_models_are_listed_with_their_aliases(plant: TestClient) -> None:
    items = plant.get("/v1/models").json()["items"]
    told = [(m["code"], m["site"], m["newest"], m["aliases"]) for m in items]
    assert told == [
        ("scratch", "HERE", 3, {"champion": 1, "challenger": 3}),
        ("wire", None, 1, {}),
    ]
    assert plant.get("/v1/models?task=regress").json()["items"] == []
    assert [m["code"] for m in plant.get("/v1/models?site=HERE").json()["items"]] == ["scratch"]
    assert plant.get("/v1/models/scratch").json() == items[0]


def test_title_is_changed_and_a_model_archived(plant: TestClient) -> None:
    path = "/v1/models/scratch"
    tag = plant.get(path).headers["ETag"]
    assert plant.patch(path, json={"title": "New"}).status_code == 428
    answer = plant.patch(path, json={"title": "New", "archived": True}, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["title"]) == (200, "New")
    assert answer.json()["archived_at"] is not None
    assert [m["code"] for m in plant.get("/v1/models").json()["items"]] == ["wire"]
    assert _put(plant, BETTER).status_code == 409
    back = plant.patch(path, json={"archived": False}, headers={"If-Match": "*"})
    assert back.json()["archived_at"] is None


def test_version_is_read_with_its_card_and_fetched(plant: TestClient) -> None:
    items = plant.get("/v1/models/scratch/versions").json()["items"]
    assert [v["number"] for v in items] == [3, 2, 1]
    assert "card" not in items[0]
    one = plant.get("/v1/models/scratch/versions/1").json()
    assert (one["card"]["title"], one["run_id"], one["origin"]) == ("Card of a model", "r1", "own")
    fetched = plant.get("/v1/models/scratch/versions/1/artefact")
    assert fetched.content == b"packet1"
    assert fetched.headers["ETag"] == f'"{one["sha256"]}"' == f'"{sha256(b"packet1").hexdigest()}"'
    assert 'filename="scratch-1.zip"' in fetched.headers["Content-Disposition"]
    assert plant.get("/v1/models/wire/versions/1/artefact").status_code == 404
    assert plant.get("/v1/models/scratch/versions/9").status_code == 404


def test_card_is_a_report(plant: TestClient) -> None:
    answer = plant.get("/v1/models/scratch/versions/1/card.pdf")
    assert answer.content.startswith(b"%PDF")
    assert plant.get("/v1/models/wire/versions/1/card.pdf").status_code == 404


def test_better_version_is_promoted_and_the_champion_becomes_the_challenger(
    plant: TestClient, sqlite_database: Database
) -> None:
    answer = _put(plant, BETTER)
    assert (answer.status_code, answer.json()) == (200, {"alias": "champion", "number": 2})
    assert answer.headers["ETag"] == plant.get(CHAMPION).headers["ETag"] == '"2"'
    newest = plant.get("/v1/models/scratch/promotions?alias=champion").json()["items"][0]
    assert (newest["previous"], newest["number"], newest["waiver"]) == (1, 2, "")
    assert newest["evidence"]["candidate"]["value"] == 0.6
    aliases = plant.get("/v1/models/scratch").json()["aliases"]
    assert aliases == {"champion": 2, "challenger": 3}
    _put(plant, {"version": 3, "reason": "r", "waiver": "new tool"}, tag="*")
    aliases = plant.get("/v1/models/scratch").json()["aliases"]
    assert aliases == {"champion": 3, "challenger": 2}
    with sqlite_database.read() as session:
        (first, *_) = session.query(Audit).filter_by(action="promote", actor="local").all()
        assert (first.before, first.after["champion"]) == ({"champion": 1}, 2)


def test_worse_version_needs_a_waiver(plant: TestClient) -> None:
    worse = {"version": 3, "reason": "new tool", "waiver": ""}
    refused = _put(plant, worse)
    assert refused.status_code == 409
    assert refused.json()["detail"] == (
        "version 3 of 'scratch' does not become the champion: average_precision 0.4 against 0.5 of"
        " version 1: it must be higher; if it is right nevertheless, give a waiver that says why"
    )
    assert plant.get("/v1/models/scratch").json()["aliases"]["champion"] == 1
    assert _put(plant, worse | {"waiver": "the tool was rebuilt"}).status_code == 200
    newest = plant.get("/v1/models/scratch/promotions?alias=champion").json()["items"][0]
    assert newest["waiver"] == "the tool was rebuilt"


def test_way_back_to_a_former_champion_is_open(plant: TestClient) -> None:
    _put(plant, BETTER)
    assert _put(plant, {"version": 1, "reason": "roll back"}, tag='"2"').status_code == 200


def test_evaluation_on_the_same_rows_decides(plant: TestClient, sqlite_database: Database) -> None:
    with sqlite_database.write.begin() as session:
        session.add(evaluation((1, 0.3), (3, 0.4)))
    assert _put(plant, {"version": 3, "reason": "evaluated"}).status_code == 200


def test_stranger_is_scored_by_an_evaluation(plant: TestClient, sqlite_database: Database) -> None:
    path, body = "/v1/models/wire/aliases/champion", {"version": 1, "reason": "r"}
    assert "evaluate it" in _put(plant, body, path, None).json()["detail"]
    with sqlite_database.write.begin() as session:
        session.add(evaluation((1, 0.3), model="wire"))
    assert _put(plant, body, path, None).status_code == 200


def test_alias_moves_from_a_known_version_only(plant: TestClient) -> None:
    assert _put(plant, BETTER, tag=None).status_code == 428
    assert _put(plant, BETTER, tag='"9"').status_code == 412
    shadow = "/v1/models/scratch/aliases/shadow"
    assert _put(plant, {"version": 3, "reason": "watch"}, shadow, None).status_code == 200
    assert plant.delete(shadow + "?reason=done").status_code == 428
    assert plant.delete(shadow + "?reason=done", headers={"If-Match": "*"}).status_code == 204
    assert plant.get(shadow).status_code == 404
    assert [a["alias"] for a in plant.get("/v1/models/scratch/aliases").json()["items"]] == [
        "challenger",
        "champion",
    ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"version": 9, "reason": "x"}, 404),
        ({"version": 2, "reason": " "}, 422),
        ({"version": 2}, 422),
        ({"version": 0, "reason": "x"}, 422),
    ],
)
def test_odd_moves_are_refused(plant: TestClient, body: dict, status: int) -> None:
    assert _put(plant, body).status_code == status


def test_alias_is_no_number(plant: TestClient) -> None:
    body = {"version": 1, "reason": "x"}
    assert _put(plant, body, "/v1/models/scratch/aliases/7", None).status_code == 422


def test_versions_are_laid_side_by_side(plant: TestClient) -> None:
    told = plant.get("/v1/models/scratch/compare?versions=champion,2").json()
    assert told["versions"] == [1, 2]
    (score,) = told["scores"]
    assert (score["name"], score["best"], score["high"]) == ("average_precision", 1, True)
    assert [c["value"] for c in score["cells"]] == [0.5, 0.6]
    assert told["spec"] == [{"pointer": "/c", "values": [1, 2]}]
    assert told["data"] == [{"pointer": "/revision", "values": [1, 2]}]
    assert plant.get("/v1/models/scratch/compare?versions=1,champion").status_code == 422
    assert plant.get("/v1/models/scratch/compare?versions=1").status_code == 422
