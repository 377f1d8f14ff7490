"""The pages of life tests: rows of each kind are drawn, runs are approved where the role allows."""

import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from ops.db.engine import Database
from ops.db.models.work import Run
from tests.api.plant import NOW, add_plant

HTML = {"Accept": "text/html"}
FILES = {
    "life": "serial,lower [h],upper [h],mode,lot\nU1,100,200,lift,L1\nU2,500,,,L2\n",
    "field": "shipped,quantity,2026-01,2026-02\n2026-01,100,1,2\n",
    "recurrent": "system,hours,event\nA,10,failure\nA,90,end\n",
    "degradation": "unit,hours,value [ohm]\na,0,1\na,10,2\n",
}


@pytest.fixture
def plant(client: TestClient, sqlite_database: Database) -> TestClient:
    """A client on a plant without life tests."""
    add_plant(sqlite_database)
    return client


def _filled(client: TestClient, kind: str) -> str:
    client.post("/v1/life-tests", json={"code": kind.upper(), "site": "HERE", "kind": kind})
    sent = client.post(
        f"/v1/life-tests/{kind.upper()}/rows",
        content=FILES[kind],
        headers={"Content-Type": "text/csv"},
    )
    assert sent.status_code == 200, sent.text
    return f"/life-tests/{kind.upper()}"


@pytest.mark.parametrize("kind", list(FILES))
def test_rows_of_each_kind_are_drawn(plant: TestClient, kind: str) -> None:
    shown = plant.get(_filled(plant, kind), headers=HTML).text
    assert shown.count('class="plot"') == 1
    assert "revision 1 of 1" in shown


def test_list_leads_to_a_test_and_to_a_new_one(plant: TestClient) -> None:
    assert "There is no life test yet" in plant.get("/life-tests", headers=HTML).text
    plant.post("/v1/life-tests", json={"code": "E", "title": "Empty <one>"})
    shown = plant.get("/life-tests", headers=HTML).text
    assert 'href="/life-tests/E"' in shown
    assert "Empty &lt;one&gt;" in shown
    assert "It has no rows yet" in plant.get("/life-tests/E", headers=HTML).text


def test_run_of_the_test_can_be_approved_and_is_shown(
    plant: TestClient, sqlite_database: Database
) -> None:
    address = _filled(plant, "life")
    with sqlite_database.write.begin() as session:
        session.add(
            Run(
                id="r", site_id=1, analysis="lifetime-fit", version=1,
                params={"life_test": "LIFE"}, as_of=NOW, max_batch=0, state="succeeded",
                result={}, message="done", submitted_by="x", submitted_at=NOW, finished_at=NOW,
            )
        )  # fmt: skip
    before = plant.get(address, headers=HTML).text
    assert '<option value="r">Lifetime fit' in before
    words = {"run": "r", "rationale": "straight on <paper>", "waiver": "mechanism"}
    assert plant.post("/v1/life-tests/LIFE/approvals", json=words).status_code == 201
    after = plant.get(address, headers=HTML).text
    assert "straight on &lt;paper&gt;" in after


def test_facts_are_edited_where_they_are_read(plant: TestClient) -> None:
    shown = plant.get(_filled(plant, "life"), headers=HTML).text
    assert 'data-pointer="/document/mechanism"' in shown
    drawn = re.search(r'<script type="application/json">(\{.*?)</script>', shown)
    assert drawn is not None
    names = [layer.get("name") for layer in json.loads(unescape(drawn[1]))["series"]]
    assert {"on test", "failed between", "failed", "not failed"} <= set(names)
