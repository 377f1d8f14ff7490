"""What endpoints are handed: settings, sessions, the actor, the clock."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import structlog
from anyio import CapacityLimiter
from fastapi import BackgroundTasks, Depends, Request
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from api import idempotency
from api.auth import TOUCH_EVERY, identify
from api.body import EVER
from api.rate import Rate
from ops.db import keys
from ops.db.engine import Database
from ops.errors import Forbidden, Unknown
from ops.settings import Settings
from ops.values import Actor, Role
from ops.work.queue import JobQueue


@dataclass(frozen=True, slots=True)
class Services:
    """What one API process holds for its life."""

    settings: Settings
    database: Database
    queue: JobQueue


# What waits for nothing is async: anything else costs each request a way to a thread and back.
async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


async def _settings(services: ServicesDep) -> Settings:
    return services.settings


def _read(services: ServicesDep) -> Iterator[Session]:
    with services.database.read() as session:
        yield session


async def _turn(request: Request) -> AsyncIterator[None]:
    # Writers wait for each other in their threads, and the one they wait for needs a thread to
    # write its answer before it commits: were all threads waiting, none would ever be free.
    writers: CapacityLimiter = request.app.state.writers
    async with writers:
        yield


def _write(
    request: Request,
    services: ServicesDep,
    turn: Annotated[None, Depends(_turn, scope="function")],
) -> Iterator[Session]:
    del turn
    with services.database.write.begin() as session:
        idempotency.watch(request, session)
        yield session


idempotency.TAKING.add(_write)


async def _now() -> datetime:
    return datetime.now(UTC)


SettingsDep = Annotated[Settings, Depends(_settings)]
ReadSession = Annotated[Session, Depends(_read, scope="function")]
WriteSession = Annotated[Session, Depends(_write, scope="function")]
Now = Annotated[datetime, Depends(_now)]


def authenticated(
    request: Request, services: ServicesDep, now: Now, afterwards: BackgroundTasks
) -> Actor:
    """Actor of the request, counted against the rate limit of its key."""
    rate: Rate = request.app.state.rate
    try:
        caller = identify(request, services.settings, services.database, now)
    except Unknown:
        rate.count(f"address {request.client.host if request.client else ''}")
        raise
    rate.count(f"key {caller.key_id}")
    if caller.key_id is not None and caller.worth_a_touch:
        _touch_later(request, afterwards, caller.key_id, now)
    request.state.actor = caller.actor
    return caller.actor


def _touch_later(request: Request, afterwards: BackgroundTasks, key_id: int, now: datetime) -> None:
    # a burst of calls reads the same old time of last use: only the first one writes
    touched: dict[int, datetime] = request.app.state.touched
    if now - touched.get(key_id, EVER) >= TOUCH_EVERY:
        touched[key_id] = now
        afterwards.add_task(_touch, request.app.state.services.database, key_id, now)


def _touch(database: Database, key_id: int, now: datetime) -> None:
    try:
        with database.write.begin() as session:
            keys.touch(session, key_id, now=now, every=TOUCH_EVERY)
    except OperationalError as error:  # the answer is already given: nobody waits for this
        structlog.get_logger(__name__).warning("last use not kept", key=key_id, error=str(error))


ActorDep = Annotated[Actor, Depends(authenticated)]


class Needs:
    """Dependency: the actor, if one of the roles allows it."""

    def __init__(self, *roles: Role, everywhere: bool = False) -> None:
        self.roles = roles
        self.everywhere = everywhere

    def __call__(self, actor: ActorDep) -> Actor:
        """Return the actor or refuse."""
        if not any(actor.may(role) for role in self.roles):
            wanted = " or ".join(self.roles)
            raise Forbidden(f"this needs the role {wanted}; your key has the role {actor.role}")
        if self.everywhere and actor.scope.sites is not None:
            raise Forbidden("this needs a key for every site; yours is for some sites")
        return actor


Engineer = Annotated[Actor, Depends(Needs("engineer"))]
Planner = Annotated[Actor, Depends(Needs("planner"))]
Submitter = Annotated[Actor, Depends(Needs("engineer", "planner"))]
Admin = Annotated[Actor, Depends(Needs("admin"))]
Steward = Annotated[Actor, Depends(Needs("admin", everywhere=True))]
