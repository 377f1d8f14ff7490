"""What was done about an alert, over HTTP: recorded, listed, linked from its page."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from ops.db import alert_actions, findings
from ops.db.engine import Database
from ops.db.models.plant import Site
from ops.simulate.action_cases import ActionPlan, simulate_actions
from ops.values import EVERYWHERE
from ops.work.demo_actions import plant_actions
from tests.api.plant import HERE, NOW, THERE, add_plant
from tests.api.test_alerts import report


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    add_plant(sqlite_database)
    return client


def test_what_was_done_is_recorded_as_an_event(api: TestClient, sqlite_database: Database) -> None:
    url = f"/v1/alerts/{report(sqlite_database)}/actions"
    assert api.get(url).json() == {"items": []}
    body = {"actions": ["Clean the clamp"], "parts": ["Clamp 4"], "at": NOW.isoformat()}
    made = api.post(url, json=body)
    assert made.status_code == 201, made.text
    event = api.get(made.headers["Location"]).json()
    assert (event["kind"], event["title"]) == ("maintenance", "Clean the clamp, Clamp 4")
    assert api.post(url, json={"helped": True, "at": (NOW + timedelta(1)).isoformat()}).is_success
    items = api.get(url).json()["items"]
    assert [item["actions"] for item in items] == [["Clean the clamp"], []]
    assert [item["helped"] for item in items] == [None, True]


def test_nothing_is_refused_and_so_is_an_alert_of_another_site(
    api: TestClient, sqlite_database: Database
) -> None:
    key = report(sqlite_database, site=THERE)
    refused = api.post(f"/v1/alerts/{key}/actions", json={})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/actions"
    assert api.post(f"/v1/alerts/{key + HERE}/actions", json={"helped": True}).status_code == 404
    assert api.get("/v1/alerts/99/actions").status_code == 404


def test_the_page_of_an_alert_links_to_the_ranking(
    api: TestClient, sqlite_database: Database
) -> None:
    cases = simulate_actions(ActionPlan(cases=2), seed=1)
    with sqlite_database.write.begin() as session:
        site = session.get_one(Site, HERE)
        key = plant_actions(session, site, cases, characteristic_id=HERE, until=NOW)
    said = {"parts": ["Clamp 4"], "helped": False, "at": NOW.isoformat()}
    assert api.post(f"/v1/alerts/{key}/actions", json=said).status_code == 201
    page = api.get(f"/alerts/{key}", headers={"Accept": "text/html"})
    assert "/analyses/action-ranking?params=" in page.text
    assert "<strong>Clamp 4</strong> · did not help" in page.text


def test_the_outcome_of_an_entry_is_told_later(api: TestClient, sqlite_database: Database) -> None:
    url = f"/v1/alerts/{report(sqlite_database)}/actions"
    first = api.post(url, json={"actions": ["Clean"], "at": NOW.isoformat()}).json()["event"]
    second = api.post(url, json={"parts": ["Clamp"], "at": NOW.isoformat()}).json()["event"]
    assert api.post(url, json={"helped": False, "outcome_of": first}).json()["outcome_of"] == first
    assert api.post(url, json={"helped": True, "outcome_of": first}).is_success
    with sqlite_database.read() as session:
        row = findings.get(session, EVERYWHERE, int(url.split("/")[3]))
        joined = alert_actions.entries(session.scalars(alert_actions.listed(row)))
        assert [(one.event.id, one.helped) for one in joined] == [(first, True), (second, None)]


def test_an_outcome_of_no_entry_is_refused(api: TestClient, sqlite_database: Database) -> None:
    url = f"/v1/alerts/{report(sqlite_database)}/actions"
    other = f"/v1/alerts/{report(sqlite_database, cause='d')}/actions"
    key = api.post(other, json={"actions": ["Clean"]}).json()["event"]
    refused = api.post(url, json={"helped": True, "outcome_of": key})
    assert refused.json()["errors"][0]["pointer"] == "/outcome_of"
    refused = api.post(other, json={"actions": ["Dry"], "outcome_of": key})
    assert refused.json()["errors"][0]["pointer"] == "/helped"
    told = api.post(other, json={"helped": True, "outcome_of": key}).json()["event"]
    assert api.post(other, json={"helped": True, "outcome_of": told}).status_code == 422
