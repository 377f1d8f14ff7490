"""When the demo plant of these tests is loaded, and the queue that its first night goes to."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session

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
