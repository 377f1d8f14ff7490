"""The door to the job engine: put a run into a queue within the caller's transaction."""

from typing import Literal, Protocol

from sqlalchemy.orm import Session

QueueName = Literal["interactive", "nightly"]


class JobQueue(Protocol):
    """What submit needs of the engine."""

    def enqueue(self, session: Session, run_id: str, queue: QueueName) -> None:
        """Write the queue entry of a run; it exists when the caller's transaction commits."""
        ...

    def close(self) -> None:
        """Let go of the engine's connections."""
        ...
