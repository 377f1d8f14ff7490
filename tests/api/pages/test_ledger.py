"""The first page says how honest the service was, by the newest ledger of each site."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from ops.analyses.registry import find
from ops.analysis import silent
from ops.db.engine import Database
from ops.db.ledger_glance import newest_ledgers
from ops.db.models.work import Run
from ops.values import EVERYWHERE, Scope
from tests.api.plant import HERE, THERE, add_plant
from tests.plant import NOW

LEDGER = find("honesty-ledger")


@pytest.fixture
def ledgers(sqlite_database: Database) -> Database:
    """A plant with an older and a newer ledger of one site, and a failed one."""
    add_plant(sqlite_database)
    result = LEDGER.compute(LEDGER.example.data(), LEDGER.example.params, silent)
    with sqlite_database.write.begin() as session:
        for number, state in enumerate(("succeeded", "succeeded", "failed")):
            session.add(Run(
                id=f"ledger-{number}", analysis="honesty-ledger", version=1, site_id=HERE,
                params={"site": "HERE"}, state=state, as_of=NOW, max_batch=0, sites=[HERE],
                result=result.model_dump(mode="json") if state == "succeeded" else None,
                submitted_by="s", submitted_at=NOW + timedelta(days=number),
            ))  # fmt: skip
    return sqlite_database


def test_the_newest_ledger_is_seen_where_its_site_is(ledgers: Database) -> None:
    now = NOW + timedelta(days=3)
    with ledgers.read() as session:
        (one,) = newest_ledgers(session, EVERYWHERE, now=now)
        assert (one.run_id, one.site) == ("ledger-1", "HERE")
        assert newest_ledgers(session, Scope(frozenset({HERE})), now=now, site="HERE") == [one]
        assert newest_ledgers(session, EVERYWHERE, now=now, site="THERE") == []
        assert newest_ledgers(session, Scope(frozenset({THERE})), now=now) == []
        assert newest_ledgers(session, EVERYWHERE, now=now + timedelta(days=40)) == []


@pytest.mark.parametrize("language", ["en", "de", "zh-Hans"])
def test_the_first_page_shows_what_was_promised_and_what_held(
    client: TestClient, ledgers: Database, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr("ops.db.ledger_glance._RECENT", timedelta(days=10_000))
    page = client.get("/", headers={"Accept": "text/html"}, params={"lang": language})
    assert page.status_code == 200
    assert page.text.count('class="panel ledger"') == 1
    assert "/runs/ledger-1" in page.text
    if language == "en":
        assert "80% intervals of the mean of a day" in page.text
