"""Revisions of a scenario: added, never changed; a document is read only when it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import scenarios
from ops.db.models.network import ScenarioRevision, StoredScenario
from ops.db.scenario_text import Packed, scenario_of, unpacked
from ops.errors import NotFound
from ops.values import Actor
from solvers.scenario.document import Scenario

KEY = (ScenarioRevision.number,)
How = Literal["create", "upload", "edits", "copy", "candidates", "distances"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a revision came from.

    Parameters
    ----------
    kind
        What made it.
    parent
        Number of the revision it was made from; None for the first one.
    note
        Why, in the words of who made it.
    edits
        The edits that made it from its parent, as JSON.
    detail
        What else there is to know: the run, the file, the source of distances.
    """

    kind: How
    parent: int | None = None
    note: str = ""
    edits: Sequence[Any] | None = None
    detail: Mapping[str, Any] = field(default_factory=dict[str, Any])


def listed(row: StoredScenario) -> Select[ScenarioRevision]:
    """Select the revisions of a scenario, without their documents."""
    return select(ScenarioRevision).where(ScenarioRevision.scenario_id == row.id)


def find(
    session: Session,
    row: StoredScenario,
    number: int | None = None,
    *,
    as_of: datetime | None = None,
) -> ScenarioRevision:
    """One revision: that of a number, or the newest, or the newest at an instant.

    Raises
    ------
    NotFound
        If there is none.
    """
    query = listed(row)
    if number is not None:
        query = query.where(ScenarioRevision.number == number)
    elif as_of is not None:
        query = query.where(ScenarioRevision.created_at <= as_of)
    found = session.scalar(query.order_by(ScenarioRevision.number.desc()).limit(1))
    if found is None:
        wanted = f"revision {number}" if number is not None else f"revision at {as_of}"
        raise NotFound(f"scenario {row.code!r} has no {wanted}; its newest is {row.newest}")
    return found


def begin(
    session: Session,
    row: StoredScenario,
    packet: Packed,
    origin: Origin,
    *,
    actor: Actor,
    now: datetime,
) -> ScenarioRevision:
    """Store the first revision of a scenario that was just made."""
    return _put(session, row, 1, packet, origin, (actor, now))


def add(
    session: Session,
    row: StoredScenario,
    packet: Packed,
    origin: Origin,
    *,
    actor: Actor,
    now: datetime,
) -> ScenarioRevision:
    """Store the next revision of a scenario.

    Raises
    ------
    Conflict
        If the scenario is archived.
    StaleDataError
        If another revision came between; the API answers it as stale.
    """
    scenarios.refuse_archived(row)
    number = row.newest + 1
    changes = {"newest": number}
    # first the row: two who add at once meet here, and the second one is told that it is stale
    scenarios.change(session, row, changes, actor=actor, now=now, action="revise")
    return _put(session, row, number, packet, origin, (actor, now))


def text(session: Session, revision: ScenarioRevision) -> bytes:
    """JSON of a revision's document, as it was stored."""
    return unpacked(stored(session, revision))


def document(session: Session, revision: ScenarioRevision) -> Scenario:
    """Document of a revision."""
    return scenario_of(stored(session, revision))


def stored(session: Session, revision: ScenarioRevision) -> bytes:
    """Deflated document of a revision, for who wants to read it outside of the transaction."""
    query = select(ScenarioRevision.document).where(
        ScenarioRevision.scenario_id == revision.scenario_id,
        ScenarioRevision.number == revision.number,
    )
    return session.scalars(query).one()


def _put(
    session: Session,
    row: StoredScenario,
    number: int,
    packet: Packed,
    origin: Origin,
    made: tuple[Actor, datetime],
) -> ScenarioRevision:
    revision = ScenarioRevision(
        scenario_id=row.id,
        number=number,
        parent=origin.parent,
        note=origin.note,
        origin={"kind": origin.kind, **origin.detail},
        edits=None if origin.edits is None else list(origin.edits),
        document=packet.data,
        size=packet.size,
        sha256=packet.sha256,
        created_by=made[0].name,
        created_at=made[1],
    )
    session.add(revision)
    session.flush()
    session.expire(revision, ["document"])  # nobody needs it twice in memory
    return revision
