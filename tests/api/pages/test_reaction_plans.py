"""The pages of reaction plans: listed, shown with their alerts, added where one is missing."""

from typing import Any

from fastapi.testclient import TestClient

from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.work.judge import judge_due
from tests.api.plant import add_plant
from tests.ops.work.designs import approve
from tests.plant import NOW, plant, rows

HTML = {"Accept": "text/html"}
PLAN: dict[str, Any] = {
    "characteristic_id": 1,
    "disposition": "hold",
    "title": "Loop <b>",
    "owner": "shift lead",
    "minutes": 45,
    "steps": ["hold & look", "measure five more"],
}


def _shown(client: TestClient, path: str) -> str:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_a_plan_is_listed_shown_and_can_be_changed(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    empty = _shown(client, "/reaction-plans")
    assert "There is no reaction plan here yet" in empty
    assert 'data-api="POST /v1/reaction-plans"' in empty
    made = client.post("/v1/reaction-plans", json=PLAN).json()
    assert f'<a href="/reaction-plans/{made["id"]}">Loop &lt;b&gt;</a>' in _shown(
        client, "/reaction-plans"
    )
    one = _shown(client, f"/reaction-plans/{made['id']}")
    assert "<li>hold &amp; look</li><li>measure five more</li>" in one
    assert f'data-api="PATCH /v1/reaction-plans/{made["id"]}"' in one
    assert "hold &amp; look\nmeasure five more</textarea>" in one


def test_plans_of_one_characteristic_are_kept_apart(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    client.post("/v1/reaction-plans", json=PLAN)
    of_other = _shown(client, "/reaction-plans?characteristic_id=2&disposition=warn")
    assert "Loop &lt;b&gt;" not in of_other
    assert '<option value="2" selected>' in of_other
    assert '<option value="warn" selected>' in of_other


def test_a_characteristic_leads_to_its_plans(client: TestClient, sqlite_database: Database) -> None:
    add_plant(sqlite_database)
    lacking = _shown(client, "/characteristics/1")
    assert "/reaction-plans?characteristic_id=1&amp;disposition=hold" in lacking
    made = client.post("/v1/reaction-plans", json=PLAN).json()
    having = _shown(client, "/characteristics/1")
    assert f'href="/reaction-plans/{made["id"]}"' in having
    assert "/reaction-plans?characteristic_id=1&amp;disposition=warn" in having


def test_an_alert_without_a_plan_leads_to_the_form_and_with_one_to_the_plan(
    client: TestClient, sqlite_database: Database
) -> None:
    ref = plant(sqlite_database)
    approve(sqlite_database)
    write_chunk(sqlite_database, rows(3, value=[40.0, 45.0, 40.0]), ingest=ref, now=NOW)
    judge_due(sqlite_database, now=NOW)
    assert "/reaction-plans?characteristic_id=1&amp;disposition=hold" in _shown(client, "/alerts/1")
    made = client.post("/v1/reaction-plans", json=PLAN).json()
    late = _shown(client, "/alerts/1")
    assert "The alert was opened before there was a reaction plan." in late
    assert f'href="/reaction-plans/{made["id"]}"' in late
    one = _shown(client, f"/reaction-plans/{made['id']}")
    assert 'href="/alerts/1"' in one
    assert "opened before the plan" in one
