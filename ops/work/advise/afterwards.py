"""What is done beside a request: after its transaction, in a thread that keeps nobody waiting."""

from collections.abc import Callable
from threading import Thread

from sqlalchemy import event
from sqlalchemy.orm import Session


def after(session: Session, done: Callable[[], None], undone: Callable[[], None]) -> None:
    """Do something when the transaction of a session has been committed, or rolled back."""
    over = False

    def once(what: Callable[[], None]) -> Callable[[Session], None]:
        def ended(ended: Session) -> None:
            nonlocal over
            if not over and not ended.in_nested_transaction():  # a savepoint is no end
                over = True
                what()

        return ended

    event.listen(session, "after_commit", once(done))
    event.listen(session, "after_rollback", once(undone))


def beside(work: Callable[[], None]) -> None:
    """Do something in a thread of its own, which dies with the process.

    The threads of a pool are waited for when a process ends: one that waits for a slow server
    would keep the service from ending.
    """
    Thread(target=work, name="advice", daemon=True).start()
