"""Fixtures of API tests: an application on a migrated SQLite database, and its client."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import structlog
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from api.deps import Services
from ops.db.engine import Database
from ops.settings import Settings
from ops.work.queue import QueueName
from tests.api.local import application


@dataclass
class RecordingQueue:
    """A job queue that only remembers what was put into it."""

    enqueued: list[tuple[str, QueueName]] = field(default_factory=list)

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        """Remember the run."""
        self.enqueued.append((run_id, queue))

    def close(self) -> None:
        """Nothing is held."""


structlog.configure(processors=[structlog.processors.JSONRenderer(default=repr)])


@pytest.fixture
def queue() -> RecordingQueue:
    """The queue of `client`."""
    return RecordingQueue()


@pytest.fixture
def settings(sqlite_url: str, tmp_path: Path) -> Settings:
    """Settings without authentication and without a rate limit."""
    return Settings(data_dir=tmp_path, database_url=sqlite_url, auth="none", rate_limit="")


@pytest.fixture
def client(
    settings: Settings, sqlite_database: Database, queue: RecordingQueue
) -> Iterator[TestClient]:
    """A client of the application; the caller is the local administrator."""
    app = application(Services(settings, sqlite_database, queue))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened
