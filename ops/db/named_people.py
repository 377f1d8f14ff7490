"""Names of people that the database holds: users, and whoever measured."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.advise.personal import PERSONAL
from ops.db.models.data import Context
from ops.db.models.people import User

MOST = 5000  # levels of a factor, names of users


def named_people(session: Session, factors: Iterable[str] = PERSONAL) -> tuple[str, ...]:
    """Names of users and levels of personal factors, of all sites, by name.

    It is asked for to keep names back, so that no scope restricts it.
    """
    return tuple(sorted(dict.fromkeys(name for name in _names(session, factors) if name)))


def _names(session: Session, factors: Iterable[str]) -> Iterator[str]:
    for user in session.execute(select(User.name, User.full_name).limit(MOST)):
        yield from user
    for factor in factors:
        level = Context.factors[factor].as_string()
        yield from session.scalars(select(level).where(level.is_not(None)).distinct().limit(MOST))
