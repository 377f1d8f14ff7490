"""Findings: what a rule or an analysis found; one is open for one cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ops.db import edits, raised, reaction_plans, sites
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Actor, Scope

State = Literal["open", "acknowledged", "closed"]
SaidOutcome = Literal["confirmed", "false-alarm", "unclear"]
KEY = (Finding.last_ts, Finding.id)
_GRAVITY = {"ok": 0, "warn": 1, "hold": 2}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Parameters
    ----------
    cause
        What makes two findings the same; at a site one finding of a cause is open.
    evidence
        JSON that convinces: rules, points, stratum, events.
    points
        Points that it rests on.
    first_ts, last_ts
        Measurement time of the first and the last of them.
    """

    site_id: int
    cause: str
    title: str
    disposition: Literal["warn", "hold"]
    evidence: Mapping[str, Any]
    points: int
    first_ts: datetime
    last_ts: datetime
    characteristic_id: int | None = None
    design_id: int | None = None
    run_id: str | None = None
    stream: str = ""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Which findings are wanted; `since` is compared with their last point, and is included."""

    site_id: int | None = None
    state: State | None = None
    characteristic_id: int | None = None
    disposition: str | None = None
    since: datetime | None = None


def listed(scope: Scope, wanted: FindingFilter) -> Select[Finding]:
    """Select findings of the scope that pass the filter."""
    compared = (
        (wanted.site_id, Finding.site_id.__eq__),
        (wanted.state, Finding.state.__eq__),
        (wanted.characteristic_id, Finding.characteristic_id.__eq__),
        (wanted.disposition, Finding.disposition.__eq__),
        (wanted.since, Finding.last_ts.__ge__),
    )
    passes = (compare(value) for value, compare in compared if value is not None)
    return select(Finding).where(sites.within(Finding.site_id, scope), *passes)


def get(session: Session, scope: Scope, finding_id: int) -> Finding:
    """One finding of the scope."""
    found = session.scalar(listed(scope, FindingFilter()).where(Finding.id == finding_id))
    if found is None:
        raise NotFound(f"there is no alert {finding_id}")
    return found


def report(session: Session, said: Report, *, now: datetime) -> Finding:
    """File what was found: into the finding of its cause that is open, else as a new one.

    A new one, and one that becomes graver, takes over the reaction plan of its characteristic as it
    stands, and is due when the time of the plan is over.
    """
    found = _open(session, said)
    if found is None:
        try:
            with session.begin_nested():
                return _opened(session, said, now)
        except IntegrityError:  # somebody else opened it at this moment
            found = _open(session, said)
            if found is None:
                raise
    _join(found, said, now)
    graver = _graver(found, said)
    found.evidence = dict(said.evidence) if graver else _of_title(found, said)
    if graver:
        _raise(session, found, said, now)
        _plan(session, found, now)
    session.flush()
    return found


def report_all(session: Session, said: Sequence[Report], *, now: datetime) -> list[Finding]:
    """File what was found at one site, as `report` does, in a few statements for all of it.

    Nobody else may file the same causes at this moment: the caller holds what keeps them apart.
    """
    if not said:
        return []
    query = select(Finding).where(
        Finding.site_id == said[0].site_id,
        Finding.cause.in_({one.cause for one in said}),
        Finding.state != "closed",
    )
    opened = {row.cause: row for row in session.scalars(query)}
    plans = reaction_plans.of_all(session, {one.characteristic_id for one in said})
    for one in said:
        row = opened.get(one.cause)
        if row is None:
            row = opened[one.cause] = _row(one, now)
            session.add(row)
            _take_over(row, plans, now)
            continue
        _join(row, one, now)
        if _graver(row, one):
            _raise(session, row, one, now)
            _take_over(row, plans, now)
    session.flush()
    return [opened[one.cause] for one in said]


def acknowledge(session: Session, row: Finding, *, actor: Actor, now: datetime) -> None:
    """Say that somebody has taken it on."""
    if row.state != "open":
        raise Conflict(f"the alert {row.id} is {row.state} already")
    changes = {"state": "acknowledged", "updated_at": now}
    _change(session, row, changes, actor=actor, now=now, action="acknowledge")


def close(
    session: Session,
    row: Finding,
    note: str,
    *,
    actor: Actor,
    now: datetime,
    outcome: SaidOutcome | None = None,
) -> None:
    """Close it with a note; what comes after opens a new one.

    Parameters
    ----------
    outcome
        Whether it was real: what the honesty ledger counts; None says nothing.

    Raises
    ------
    BadData
        Without a note.
    Conflict
        If it is closed already.
    """
    if not note.strip():
        raise BadData("an alert is closed with a note", (Problem("/note", "say what was done"),))
    if row.state == "closed":
        raise Conflict(f"the alert {row.id} was closed by {row.closed_by}")
    changes = {
        "state": "closed", "closed_at": now, "closed_by": actor.name, "closing_note": note,
        "updated_at": now, "outcome": outcome,
    }  # fmt: skip
    _change(session, row, changes, actor=actor, now=now, action="close")


def _open(session: Session, said: Report) -> Finding | None:
    query = select(Finding).where(Finding.site_id == said.site_id, Finding.cause == said.cause)
    return session.scalar(query.where(Finding.state != "closed").with_for_update())


def _opened(session: Session, said: Report, now: datetime) -> Finding:
    row = _row(said, now)
    _plan(session, row, now)
    session.add(row)
    session.flush()
    return row


def _row(said: Report, now: datetime) -> Finding:
    return Finding(
        site_id=said.site_id, characteristic_id=said.characteristic_id, design_id=said.design_id,
        run_id=said.run_id, cause=said.cause, stream=said.stream, disposition=said.disposition,
        title=said.title, evidence=dict(said.evidence), reaction={}, points=said.points,
        first_ts=said.first_ts, last_ts=said.last_ts, opened_at=now, updated_at=now,
    )  # fmt: skip


def _join(row: Finding, said: Report, now: datetime) -> None:
    row.points += said.points
    row.first_ts, row.last_ts = min(row.first_ts, said.first_ts), max(row.last_ts, said.last_ts)
    row.updated_at = now


def _of_title(row: Finding, said: Report) -> dict[str, Any]:
    """Take new evidence, with the clauses of the title, which stays as it was."""
    if "title_phrases" not in said.evidence:
        return dict(said.evidence)
    return {**said.evidence, "title_phrases": row.evidence.get("title_phrases", [])}


def _graver(row: Finding, said: Report) -> bool:
    return _GRAVITY[said.disposition] > _GRAVITY[row.disposition]


def _raise(session: Session, row: Finding, said: Report, now: datetime) -> None:
    """Let a finding be as grave as what was found, and keep when that was."""
    before = {"disposition": row.disposition, "title": row.title}
    row.disposition, row.title = said.disposition, said.title
    raised.keep(session, row, before, now=now)


def _plan(session: Session, row: Finding, now: datetime) -> None:
    _take_over(row, reaction_plans.of_all(session, {row.characteristic_id}), now)


def _take_over(row: Finding, plans: reaction_plans.Plans, now: datetime) -> None:
    plan = plans.get((row.characteristic_id, row.disposition))
    if plan is not None:
        kept = ("id", "title", "owner", "minutes", "steps")
        row.reaction = {name: getattr(plan, name) for name in kept}
        row.due_at = now + timedelta(minutes=plan.minutes)


def _change(
    session: Session,
    row: Finding,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    action: str,
) -> None:
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id, action=action)


def characteristics_of(session: Session, rows: list[Finding]) -> dict[int, Characteristic]:
    """Characteristics of findings, by id."""
    ids = {row.characteristic_id for row in rows if row.characteristic_id is not None}
    query = select(Characteristic).where(Characteristic.id.in_(ids))
    return {found.id: found for found in session.scalars(query)}
