"""What endpoints are handed: settings, sessions, the actor, the clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.auth import authenticate
from ops.db.engine import Database
from ops.errors import Forbidden
from ops.settings import Settings
from ops.values import Actor, Role
from ops.work.queue import JobQueue


@dataclass(frozen=True, slots=True)
class Services:
    """What one API process holds for its life."""

    settings: Settings
    database: Database
    queue: JobQueue


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(_services)]


def _settings(services: ServicesDep) -> Settings:
    return services.settings


def _read(services: ServicesDep) -> Iterator[Session]:
    with services.database.read() as session:
        yield session


def _write(services: ServicesDep) -> Iterator[Session]:
    with services.database.write.begin() as session:
        yield session


def _now() -> datetime:
    return datetime.now(UTC)


SettingsDep = Annotated[Settings, Depends(_settings)]
ReadSession = Annotated[Session, Depends(_read, scope="function")]
WriteSession = Annotated[Session, Depends(_write, scope="function")]
Now = Annotated[datetime, Depends(_now)]


def _actor(request: Request, services: ServicesDep, now: Now) -> Actor:
    return authenticate(request, services.settings, services.database, now)


ActorDep = Annotated[Actor, Depends(_actor)]


class Needs:
    """Dependency: the actor, if the role allows it."""

    def __init__(self, role: Role) -> None:
        self.role: Role = role

    def __call__(self, actor: ActorDep) -> Actor:
        """Return the actor or refuse."""
        if not actor.may(self.role):
            raise Forbidden(f"this needs the role {self.role}; your key has the role {actor.role}")
        return actor


Engineer = Annotated[Actor, Depends(Needs("engineer"))]
Planner = Annotated[Actor, Depends(Needs("planner"))]
Admin = Annotated[Actor, Depends(Needs("admin"))]
