"""From one revision of a scenario to the next: read, work outside of any transaction, store."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api import etag, idempotency
from api.body import Code
from api.coded import AtSite
from api.deps import Planner, ServicesDep
from api.etag import IfMatch
from api.scenario_documents import pointer_of
from ops.db import scenario_revisions, scenarios
from ops.db.engine import Database
from ops.db.models.network import ScenarioRevision, StoredScenario
from ops.db.scenario_revisions import Origin
from ops.db.scenario_text import Packed, scenario_of
from ops.errors import BadData, Problem, Stale
from ops.values import Actor
from solvers.errors import ScenarioError
from solvers.scenario.document import Scenario


@dataclass(frozen=True, slots=True)
class Base:
    """What a step begins with: a revision as it was read, of a scenario of that time."""

    row: StoredScenario
    number: int
    document: Scenario


@dataclass(frozen=True, slots=True)
class Step:
    """A request that will make a revision of a scenario.

    Parameters
    ----------
    database, actor
        Where, and by whom.
    code, site
        Which scenario.
    if_match
        The version that the caller has read, if it says so.
    """

    database: Database
    actor: Actor
    code: str
    site: str | None
    if_match: str | None

    def base(self, number: int | None = None) -> Base:
        """Revision to begin with; no transaction is open afterwards.

        Raises
        ------
        NotFound
            If there is none within the caller's sites.
        Conflict
            If the scenario is archived.
        """
        with self.database.read() as session:
            row = scenarios.find(session, self.actor.scope, self.code, site=self.site)
            scenarios.refuse_archived(row)
            if self.if_match is not None:
                etag.check(self.if_match, row.row_version)
            revision = scenario_revisions.find(session, row, number)
            stored = scenario_revisions.stored(session, revision)
        return Base(row, revision.number, scenario_of(stored))

    def store(
        self, session: Session, base: Base, packet: Packed, origin: Origin, now: datetime
    ) -> tuple[StoredScenario, ScenarioRevision]:
        """Add the revision that was made of `base`.

        Raises
        ------
        Stale
            If somebody has added another one meanwhile.
        """
        row = scenarios.find(session, self.actor.scope, self.code, site=self.site)
        if row.newest != base.row.newest:
            raise Stale(
                f"revision {row.newest} was added meanwhile; read it, and repeat the change on it"
            )
        revision = scenario_revisions.add(session, row, packet, origin, actor=self.actor, now=now)
        return row, revision


def _step(
    code: Code,
    request: Request,
    services: ServicesDep,
    actor: Planner,
    site: AtSite = None,
    if_match: IfMatch = None,
) -> Step:
    # before the work: a repeat under its Idempotency-Key would find another newest revision
    idempotency.answer_again(request, services.database)
    return Step(services.database, actor, code, site, if_match)


StepDep = Annotated[Step, Depends(_step)]


def refusal(error: ScenarioError, *place: object) -> BadData:
    """Tell what the solvers refuse: their pointers stand below `place` of the body."""
    below = pointer_of(place)
    problems = tuple(Problem(below + flaw.pointer, flaw.detail) for flaw in error.flaws)
    return BadData(str(error), problems or (Problem(below, str(error)),))
