"""What is new, over HTTP: since an instant, the last visit, or a week ago."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from ops.db import findings
from ops.db.engine import Database
from ops.db.findings import Report
from tests.api.plant import HERE, THERE, add_plant

URL = "/v1/advice/digest"


@pytest.fixture
def api(client: TestClient, sqlite_database: Database) -> TestClient:
    add_plant(sqlite_database)
    return client


def report(database: Database, ago: timedelta, site: int = HERE) -> int:
    at = datetime.now(UTC) - ago
    said = Report(site_id=site, cause=f"c{ago}", title="too high", disposition="hold", points=1,
                  evidence={"stratum": {"tool": f"{ago}"}}, characteristic_id=site, first_ts=at,
                  last_ts=at)  # fmt: skip
    with database.write.begin() as session:
        return findings.report(session, said, now=at).id


def test_who_was_never_here_is_told_a_week_then_what_is_new(
    api: TestClient, sqlite_database: Database
) -> None:
    report(sqlite_database, timedelta(days=9))
    key = report(sqlite_database, timedelta(days=2))
    found = api.get(URL).json()
    assert found["since_what"] == "7 days"
    (item,) = found["items"]
    assert (item["kind"], item["link"]) == ("finding-new", f"/alerts/{key}")
    assert item["sentences"] == ["New: too high"]
    seen = api.post(f"{URL}/seen")
    assert seen.status_code == 200, seen.text
    later = api.get(URL).json()
    assert (later["since_what"], later["items"]) == ("last visit", [])
    assert later["since"] == seen.json()["seen_at"]


def test_an_instant_may_be_asked_for_and_is_kept_within_bounds(
    api: TestClient, sqlite_database: Database
) -> None:
    report(sqlite_database, timedelta(days=9))
    since = (datetime.now(UTC) - timedelta(days=10)).isoformat()
    found = api.get(URL, params={"since": since}).json()
    assert (found["since_what"], len(found["items"])) == ("asked for", 1)
    long_ago = api.get(URL, params={"since": "1990-01-01T00:00:00Z"}).json()
    assert datetime.fromisoformat(long_ago["since"]) > datetime.now(UTC) - timedelta(days=61)
    assert api.get(URL, params={"since": "2090-01-01T00:00:00Z"}).json()["items"] == []


def test_a_bare_number_is_no_instant(api: TestClient) -> None:
    refused = api.get(URL, params={"since": "2000000.0"})
    assert refused.status_code == 422
    assert "2026-11-27T08:00:00Z" in refused.text


def test_only_what_is_of_a_site_is_told(api: TestClient, sqlite_database: Database) -> None:
    report(sqlite_database, timedelta(days=1))
    report(sqlite_database, timedelta(days=1), site=THERE)
    titles = [item["subject"]["site"] for item in api.get(f"{URL}?site=THERE").json()["items"]]
    assert titles == ["THERE"]
