"""The service says whether it lives, whether it is ready, and what it did."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from fastapi.testclient import TestClient

from api.deps import Services
from ops.db.engine import Database, open_database
from ops.db.models.work import Worker
from ops.settings import Settings
from tests.api.local import local_client


def test_process_says_that_it_lives(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}


def test_readiness_names_the_worker_that_is_missing(client: TestClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    by_name = {c["name"]: c for c in answer.json()["checks"]}
    assert by_name["database"]["ready"]
    assert by_name["revision"]["ready"]
    assert "longrun serve" in by_name["worker"]["detail"]


def test_service_is_ready_with_a_worker(client: TestClient, sqlite_database: Database) -> None:
    _add_worker(sqlite_database)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


def test_worker_is_seen_by_the_clock_of_either_database(database: Database) -> None:
    _add_worker(database)
    settings = Settings(auth="none")
    with local_client(Services(settings, database, _NoQueue())) as client:
        assert client.get("/readyz").json()["ready"]
        assert "longrun_workers 1.0" in client.get("/metrics").text


def test_readiness_names_the_migration_that_is_missing(tmp_path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    with local_client(Services(Settings(auth="none"), database, _NoQueue())) as client:
        checks = client.get("/readyz").json()["checks"]
    assert "longrun migrate" in checks[-1]["detail"]


def test_lost_database_is_told_and_survived(new_postgres: Callable[[], str]) -> None:
    url = new_postgres().replace("/t", "/gone")
    database = open_database(url)
    with local_client(Services(Settings(auth="none"), database, _NoQueue())) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert ready.status_code == 503
        assert [c["name"] for c in ready.json()["checks"]] == ["database"]
        assert "longrun_database_up 0.0" in client.get("/metrics").text


def test_requests_are_counted_by_route_template(client: TestClient) -> None:
    client.get("/healthz")
    client.get("/nowhere")
    text = client.get("/metrics").text
    assert 'longrun_requests_total{method="GET",route="/healthz",status="200"} 1.0' in text
    assert 'route="unmatched",status="404"' in text
    assert 'longrun_queue_depth{queue="interactive"} 0.0' in text
    assert "longrun_schedule_lag_seconds 0.0" in text


def _add_worker(database: Database) -> None:
    now = datetime.now(UTC)
    with database.write.begin() as session:
        late = now + timedelta(hours=1)  # its lease is longer than any test waits for a processor
        session.add(Worker(id="w", host="h", pid=1, version="1", started_at=now, seen_at=late))


class _NoQueue:
    def enqueue(self, *_) -> None: ...

    def close(self) -> None: ...
