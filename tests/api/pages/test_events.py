"""The page of events: listed by what is chosen, and added where the role allows."""

import re

from fastapi.testclient import TestClient

from ops.db.engine import Database
from tests.api.plant import add_plant

HTML = {"Accept": "text/html"}


def test_an_empty_service_asks_for_no_event(client: TestClient) -> None:
    shown = client.get("/events", headers=HTML).text
    assert "There are no events here" in shown
    assert "data-api" not in shown.split("<main")[1].split("</main>")[0], "there is no site yet"


def test_events_are_listed_by_site_tool_and_kind(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    shown = client.get("/events", headers=HTML).text
    assert shown.count("<td>cleaned") == 2
    chosen = client.get("/events", headers=HTML, params={"site": "HERE", "kind": "cleaning"}).text
    assert chosen.count("<td>cleaned") == 1
    assert "<td>cleaned" not in client.get("/events", headers=HTML, params={"tool": "none"}).text


def test_the_form_of_an_event_begins_now_in_the_readers_zone(
    client: TestClient, sqlite_database: Database
) -> None:
    add_plant(sqlite_database)
    shown = client.get("/events", headers={**HTML, "Cookie": "zone=Asia%2FKuala_Lumpur"}).text
    form = shown[shown.index('data-api="POST /v1/events"') :]
    assert re.search(r'data-pointer="/ts" data-kind="instant" data-now', form)
    assert "<span data-reader-zone>Asia/Kuala_Lumpur</span>" in form.split("</form>")[0]
    assert '<option value="capillary-change">capillary change</option>' in form
    assert '<option value="WB-1">' in form
