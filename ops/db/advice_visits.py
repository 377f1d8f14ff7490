"""When somebody last saw what is new."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ops.db.models.advise import AdviceVisit


def seen_at(session: Session, name: str) -> datetime | None:
    """When an actor last said to have seen it; None: never."""
    row = session.get(AdviceVisit, name)
    return None if row is None else row.seen_at


def see(session: Session, name: str, now: datetime) -> datetime:
    """Keep that an actor has seen it; never an earlier moment than before.

    Returns
    -------
    datetime
        The moment that is kept.
    """
    row = session.get(AdviceVisit, name)
    if row is None:
        try:
            with session.begin_nested():
                row = AdviceVisit(name=name, seen_at=now)
                session.add(row)
                session.flush()
        except IntegrityError:  # the same one in another window, at this moment
            row = session.get_one(AdviceVisit, name)
    row.seen_at = max(row.seen_at, now)
    session.flush()
    return row.seen_at
