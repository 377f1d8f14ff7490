"""The pages of datasets: columns with roles and spread, labels over time, doubts, revisions."""

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from tests.api.plant import add_plant

HTML = {"Accept": "text/html"}
CSV = "lift,bonded_at,power [mW],lot\n" + "".join(
    f"{'yes' if i % 5 == 0 else 'no'},2026-03-{1 + i % 28:02d}T08:00:00Z,{80 + i % 7},L{i % 4}\n"
    for i in range(60)
)


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant without datasets."""
    add_plant(sqlite_database)
    return client


def _filled(client: TestClient) -> str:
    document = {"subject": "a bond <x>", "positive": "yes"}
    client.post("/v1/datasets", json={"code": "LIFT", "site": "HERE", "document": document})
    query = "?label=lift&group=lot&note=first"
    headers = {"Content-Type": "text/csv"}
    sent = client.post("/v1/datasets/LIFT/rows" + query, content=CSV, headers=headers)
    assert sent.status_code == 200, sent.text
    return "/datasets/LIFT"


def test_list_leads_to_a_dataset_and_to_a_new_one(plant: TestClient) -> None:
    assert "There is no dataset yet" in plant.get("/datasets", headers=HTML).text
    plant.post("/v1/datasets", json={"code": "E", "title": "Empty <one>"})
    shown = plant.get("/datasets", headers=HTML).text
    assert 'href="/datasets/E"' in shown
    assert "Empty &lt;one&gt;" in shown
    assert "It has no rows yet" in plant.get("/datasets/E", headers=HTML).text


def test_page_shows_columns_labels_over_time_and_revisions(plant: TestClient) -> None:
    shown = plant.get(_filled(plant), headers=HTML).text
    assert shown.count('class="plot"') == 1
    assert "revision 1 of 1" in shown
    assert "a bond &lt;x&gt;" in shown
    assert 'class="spread"' in shown
    assert "lift = yes" in shown
    assert "all rows replaced" in shown
    assert "LIFT" in plant.get("/datasets", headers=HTML).text


def test_traces_have_a_page(plant: TestClient) -> None:
    plant.post("/v1/datasets", json={"code": "W", "site": "HERE", "kind": "traces"})
    sent = plant.post(
        "/v1/datasets/W/rows",
        content="1\t0.5\t0.25\n-1\t1\t2\n",
        headers={"Content-Type": "text/csv"},
    )
    assert sent.status_code == 200, sent.text
    assert "1 channel, 2 points" in plant.get("/datasets/W", headers=HTML).text
