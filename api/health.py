"""`/healthz`: the process lives. `/readyz`: it can do its work, or what is missing."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import SQLAlchemyError

from api.deps import ServicesDep
from ops.db import gauges
from ops.db.engine import Database
from ops.db.migrate import current, head
from ops.settings import Settings

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The process answers."""

    status: Literal["alive"] = Field(default="alive", description="Always so, if it answers.")


class Check(BaseModel):
    """One part of the service."""

    name: str = Field(description="database, revision or worker.")
    ready: bool = Field(description="Whether it is ready.")
    detail: str = Field(description="What was found, and how to mend it.")


class Readiness(BaseModel):
    """Whether the service can do its work."""

    ready: bool = Field(description="Whether every part is ready.")
    checks: list[Check] = Field(description="The parts.")


@router.get("/healthz")
def healthz() -> Health:
    """Say that the process lives."""
    return Health()


@router.get("/readyz", responses={503: {"model": Readiness, "description": "What is not ready."}})
def readyz(services: ServicesDep, response: Response) -> Readiness:
    """Say whether the service can do its work, and what is missing."""
    checks = check(services.database, services.settings)
    ready = all(c.ready for c in checks)
    response.status_code = 200 if ready else 503
    return Readiness(ready=ready, checks=checks)


def check(database: Database, settings: Settings) -> list[Check]:
    """State of each part; later parts are left out where the database does not answer."""
    try:
        revision = current(database.engine)
    except SQLAlchemyError as error:
        detail = f"does not answer ({type(error).__name__}); start it, or set LONGRUN_DATABASE_URL"
        return [Check(name="database", ready=False, detail=detail)]
    answers = Check(name="database", ready=True, detail="answers")
    if revision != head():
        detail = f"at revision {revision}, this version needs {head()}; run `longrun migrate`"
        return [answers, Check(name="revision", ready=False, detail=detail)]
    return [
        answers,
        Check(name="revision", ready=True, detail=f"at revision {revision}"),
        _worker(database, settings.lease_s),
    ]


def _worker(database: Database, lease_s: float) -> Check:
    with database.read() as session:
        age = gauges.last_worker_age_s(session)
    if age is None:
        detail = "none was seen yet; run `longrun serve`, and if it runs, wait while workers load"
        return Check(name="worker", ready=False, detail=detail)
    alive = age <= lease_s
    mend = "" if alive else "; restart `longrun serve`, or a worker container"
    return Check(name="worker", ready=alive, detail=f"seen {age:.0f} s ago{mend}")
