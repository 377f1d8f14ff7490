"""The pages of alerts: what is open, and one of them with all that it says."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from ops.db.columnar import write_chunk
from ops.db.engine import Database
from ops.db.models.control import Finding, ReactionPlan
from ops.db.models.work import Run
from ops.page_value import Phrase
from ops.work.judge import judge_due
from tests.ops.work.designs import approve
from tests.plant import NOW, plant, rows

HTML = {"Accept": "text/html"}


@pytest.fixture
def alarmed(sqlite_database: Database) -> Database:
    """A plant with one value beyond its limits, and a plan for it."""
    ref = plant(sqlite_database)
    approve(sqlite_database)
    with sqlite_database.write.begin() as session:
        session.add(ReactionPlan(
            characteristic_id=1, disposition="hold", title="Loop <b>", owner="shift lead",
            minutes=30, steps=["hold & look"], created_by="a", created_at=NOW,
        ))  # fmt: skip
    write_chunk(sqlite_database, rows(3, value=[40.0, 45.0, 40.0]), ingest=ref, now=NOW)
    judge_due(sqlite_database, now=NOW)
    return sqlite_database


TITLES = {
    "en": "LOOP, tool A: one point beyond 3 sigma",
    "de": "LOOP, Anlage A: ein Punkt jenseits von 3 Sigma",
    "zh-Hans": "一点超出 3",
}


@pytest.mark.parametrize("language", list(TITLES))
def test_alerts_are_listed(client: TestClient, alarmed: Database, language: str) -> None:
    page = client.get("/alerts", headers=HTML, params={"lang": language})
    assert page.status_code == 200
    assert '<a href="/alerts/1">LOOP' in page.text
    assert TITLES[language] in page.text
    assert TITLES[language] in client.get("/alerts/1", headers=HTML).text.partition("</h1>")[0]
    assert "shift lead" in page.text
    assert "/alerts/1" not in client.get("/alerts?state=closed", headers=HTML).text
    assert "/alerts/1" in client.get("/alerts?state=open&disposition=hold", headers=HTML).text
    assert "/alerts/1" in client.get("/alerts?site=HSV", headers=HTML).text
    assert client.get("/alerts?site=NONE", headers=HTML).status_code == 404


def test_an_alert_shows_its_evidence_its_plan_and_what_can_be_done(
    client: TestClient, alarmed: Database
) -> None:
    page = client.get("/alerts/1", headers=HTML).text
    assert "hold &amp; look" in page
    assert "Loop &lt;b&gt;" in page
    assert '<td class="number">45</td>' in page
    assert 'data-api="POST /v1/alerts/1/acknowledge"' in page
    assert 'data-api="POST /v1/alerts/1/close" data-etag=\'"2"\'' in page
    answer = client.post("/v1/alerts/1/close", json={"note": "done <i>"},
                         headers={"If-Match": '"2"'})  # fmt: skip
    assert answer.status_code == 200
    page = client.get("/alerts/1", headers=HTML).text
    assert "done &lt;i&gt;" in page
    assert "/close" not in page


def test_a_title_of_an_analysis_is_said_by_its_clauses(
    client: TestClient, alarmed: Database
) -> None:
    clause = Phrase.of("days until {happening}", happening="Cpk falls below 1.33")
    with alarmed.write.begin() as session:
        row = session.get_one(Finding, 1)
        row.title = "LOOP: days until Cpk falls below 1.33."
        row.evidence = row.evidence | {"title_phrases": [clause.model_dump(mode="json")]}
    page = client.get("/alerts", headers=HTML, params={"lang": "de"}).text
    assert ">LOOP: Tage, bis Cpk 1,33 unterschreitet.</a>" in page


def test_without_alerts_the_page_says_where_they_come_from(client: TestClient) -> None:
    assert "approved chart design" in client.get("/alerts", headers=HTML).text


def test_the_form_that_closes_it_asks_whether_it_was_real(
    client: TestClient, alarmed: Database
) -> None:
    page = client.get("/alerts/1", headers=HTML).text
    assert 'data-pointer="/outcome"' in page
    for code in ("confirmed", "false-alarm", "unclear"):
        assert f'<option value="{code}">' in page
    body = {"note": "a lot of one day", "outcome": "false-alarm"}
    client.post("/v1/alerts/1/close", json=body, headers={"If-Match": '"2"'})
    page = client.get("/alerts/1", headers=HTML).text
    assert "A false alarm" in page
    assert 'data-pointer="/outcome"' not in page


def test_what_was_done_is_asked_for_with_what_the_site_recorded_before(
    client: TestClient, alarmed: Database
) -> None:
    page = client.get("/alerts/1", headers=HTML).text
    assert "Nothing is recorded yet" in page
    for pointer in ("/actions", "/parts", "/helped", "/at", "/module", "/note"):
        assert f'data-pointer="{pointer}"' in page
    assert page.count('data-kind="item"') == 2
    assert 'data-pointer="/outcome_of"' not in page
    done = {"actions": ["Clean <it>"], "note": "worn & old"}
    made = client.post("/v1/alerts/1/actions", json=done).json()
    page = client.get("/alerts/1", headers=HTML).text
    assert '<option value="Clean &lt;it&gt;">' in page
    assert "worn &amp; old" in page
    assert made["created_by"] in page
    assert f'data-pointer="/outcome_of" data-kind="integer" value="{made["event"]}"' in page
    told = {"helped": True, "outcome_of": made["event"], "note": "quiet since"}
    assert client.post("/v1/alerts/1/actions", json=told).status_code == 201
    page = client.get("/alerts/1", headers=HTML).text
    assert "<strong>Clean &lt;it&gt;</strong> · helped" in page
    assert "quiet since" in page
    assert 'data-pointer="/outcome_of"' not in page


def test_the_newest_ranking_of_an_alert_is_shown_with_its_chances(
    client: TestClient, alarmed: Database
) -> None:
    assert "What helped before" in client.get("/alerts/1", headers=HTML).text
    with alarmed.write.begin() as session:
        session.add_all([_ranking("old", 1, 0, ["Old"]), _ranking("of-2", 2, 2, ["Other"]),
                         _ranking("new", 1, 1, ["Clean", "Dry", "Turn", "Fourth"])])  # fmt: skip
    page = client.get("/alerts/1", headers=HTML).text
    assert '<a href="/runs/new">' in page
    assert "helps with a chance of 60%" in page
    assert "20% … 90%" in page
    assert "Intervals of 90%." in page
    assert "<strong>Turn</strong>" in page
    assert not [name for name in ("Old", "Other", "Fourth") if f"<strong>{name}<" in page]


def _ranking(run_id: str, alert: int, hour: int, names: list[str]) -> Run:
    chances = {"helps": 0.6, "helps_lower": 0.2, "helps_upper": 0.9}
    return Run(
        id=run_id, analysis="action-ranking", version=1, params={"alert": alert}, as_of=NOW,
        max_batch=1, state="succeeded", submitted_by="a", submitted_at=NOW + timedelta(hours=hour),
        result={"confidence": 0.9, "ranked": [{"name": name} | chances for name in names]},
    )  # fmt: skip
