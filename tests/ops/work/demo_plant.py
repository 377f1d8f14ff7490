"""When the demo plant of these tests is loaded, and the queue that its first night goes to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from ops.db.engine import open_database
from ops.work.demo import DemoReport, load_demo
from ops.work.queue import QueueName

NOW = datetime(2026, 3, 10, 2, 30, tzinfo=UTC)  # 10:30 in Penang, 03:30 in Dresden


@dataclass
class Remembering:
    """A queue that only remembers."""

    runs: list[str] = field(default_factory=list)

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        self.runs.append(run_id)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Loading:
    """What loading the tiny plant answered, put into the queue, and told on the way."""

    report: DemoReport
    queued: tuple[str, ...]
    steps: tuple[tuple[str, int, int], ...]


def load_tiny(url: str) -> Loading:
    """Load the tiny demo plant into the migrated database at `url`."""
    database, queue = open_database(url), Remembering()
    steps: list[tuple[str, int, int]] = []
    report = load_demo(
        database, queue, size="tiny", now=NOW, progress=lambda *step: steps.append(step)
    )
    database.engine.dispose()
    return Loading(report, tuple(queue.runs), tuple(steps))
