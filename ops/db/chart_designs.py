"""Chart designs: versions of what judges a characteristic; approved ones are fixed for good."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from ops.db import edits, results, runs, sites
from ops.db.models.control import ChartDesignRow
from ops.db.models.plant import Characteristic
from ops.db.models.work import Run
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.spc.design import ChartDesign
from ops.spc.design_flaw import design_flaws
from ops.values import Actor, Scope

KEY = (ChartDesignRow.id,)
PHASE_ONE = "phase-one"  # the analysis whose runs give designs


@dataclass(frozen=True, slots=True)
class DesignFilter:
    """Which designs are wanted."""

    characteristic_id: int | None = None
    state: str | None = None
    name: str | None = None


def listed(scope: Scope, wanted: DesignFilter) -> Select[ChartDesignRow]:
    """Designs of the scope that pass the filter."""
    query = (
        select(ChartDesignRow)
        .join(Characteristic, Characteristic.id == ChartDesignRow.characteristic_id)
        .where(sites.within(Characteristic.site_id, scope))
    )
    compared = (
        (wanted.characteristic_id, ChartDesignRow.characteristic_id.__eq__),
        (wanted.state, ChartDesignRow.state.__eq__),
        (wanted.name, ChartDesignRow.name.__eq__),
    )
    return query.where(*(compare(value) for value, compare in compared if value is not None))


def get(session: Session, scope: Scope, design_id: int) -> ChartDesignRow:
    """One design of the scope."""
    found = session.scalar(listed(scope, DesignFilter()).where(ChartDesignRow.id == design_id))
    if found is None:
        raise NotFound(f"there is no chart design {design_id}")
    return found


def in_force(
    session: Session, characteristic_ids: Collection[int], as_of: datetime | None
) -> dict[int, dict[str, Any]]:
    """Documents of the approved designs of characteristics, by id and name, as of an instant."""
    query = (
        select(ChartDesignRow)
        .where(ChartDesignRow.characteristic_id.in_(characteristic_ids))
        .order_by(ChartDesignRow.characteristic_id, ChartDesignRow.name, ChartDesignRow.number)
    )
    if as_of is None:
        query = query.where(ChartDesignRow.state == "approved")
    else:
        still = or_(ChartDesignRow.retired_at.is_(None), ChartDesignRow.retired_at > as_of)
        query = query.where(ChartDesignRow.approved_at <= as_of, still)
    found: dict[int, dict[str, Any]] = {}
    for row in session.scalars(query):  # the newest version of each name stays
        found.setdefault(row.characteristic_id, {})[row.name] = row.document
    return found


def of_run(
    session: Session, scope: Scope, characteristic: Characteristic, run_id: str
) -> ChartDesign:
    """Take over the design that a run of phase I found; it keeps the id of the run.

    Raises
    ------
    NotFound
        If there is no such run within the scope.
    BadData
        If the run is of another analysis, characteristic or state, or found no design.
    """
    run = runs.find(session, run_id, scope)
    if run.analysis != PHASE_ONE or run.state != "succeeded":
        fact = f"the run {run_id!r} is a {run.analysis} that has {run.state}"
        raise _unfit(fact, f"name a succeeded run of {PHASE_ONE}")
    if not _is_about(run, characteristic):
        fact = f"the run {run_id!r} is not about {characteristic.code!r}"
        raise _unfit(fact, f"run {PHASE_ONE} for {characteristic.code!r}")
    document = (results.whole(session, run) or {}).get("design")
    if document is None:
        raise _unfit(f"the run {run_id!r} found no design", "widen its window, and run it again")
    try:
        design = ChartDesign.model_validate(document)
    except ValidationError as error:
        fact = f"the design of the run {run_id!r} is of an older form"
        raise _unfit(fact, f"run {PHASE_ONE} again") from error
    if design.phase_one is None:
        return design
    phase_one = design.phase_one.model_copy(update={"run_id": run.id})
    return design.model_copy(update={"phase_one": phase_one})


def create(
    session: Session,
    characteristic: Characteristic,
    design: ChartDesign,
    *,
    name: str,
    note: str,
    actor: Actor,
    now: datetime,
) -> ChartDesignRow:
    """Add a draft: the next version of its name.

    Raises
    ------
    BadData
        If the design cannot judge points; every flaw is named.
    """
    _check(design)
    number = session.scalar(
        select(func.max(ChartDesignRow.number)).where(
            ChartDesignRow.characteristic_id == characteristic.id, ChartDesignRow.name == name
        )
    )
    row = ChartDesignRow(
        characteristic_id=characteristic.id,
        name=name,
        number=(number or 0) + 1,
        document=design.model_dump(mode="json"),
        note=note,
        created_by=actor.name,
        created_at=now,
    )
    taken = f"a version of {name!r} was added meanwhile; repeat it"
    edits.add(session, row, actor=actor, now=now, site_id=characteristic.site_id, taken=taken)
    return row


def change(
    session: Session, row: ChartDesignRow, changes: Mapping[str, Any], *, actor: Actor,
    now: datetime,
) -> None:  # fmt: skip
    """Edit the note or the design of a draft."""
    _refuse_fixed(row)
    fields = dict(changes)
    design = fields.pop("design", None)
    if design is not None:
        _check(design)
        fields["document"] = design.model_dump(mode="json")
    edits.change(session, row, fields, actor=actor, now=now, site_id=_site(session, row))


def approve(
    session: Session,
    row: ChartDesignRow,
    effective_from: datetime | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Approve a draft: from then on it is fixed, and it judges.

    The version of the same name that was in force is retired in the same transaction.

    Raises
    ------
    Conflict
        If it is no draft.
    BadData
        If it would judge only from a later instant on: nothing would judge until then.
    """
    _refuse_fixed(row)
    effective_from = effective_from or now
    if effective_from > now:
        mend = "approve it when it shall begin, or leave effective_from away"
        fact = f"effective_from {effective_from.isoformat()} is in the future"
        raise BadData(f"{fact}; {mend}", (Problem("/effective_from", mend),))
    same = select(ChartDesignRow).where(
        ChartDesignRow.characteristic_id == row.characteristic_id,
        ChartDesignRow.name == row.name,
        ChartDesignRow.state == "approved",
    )
    for before in session.scalars(same).all():
        retire(session, before, actor=actor, now=now)
    changes = {
        "state": "approved",
        "effective_from": effective_from,
        "approved_by": actor.name,
        "approved_at": now,
    }
    edits.change(
        session, row, changes, actor=actor, now=now, site_id=_site(session, row), action="approve"
    )


def retire(session: Session, row: ChartDesignRow, *, actor: Actor, now: datetime) -> None:
    """Take an approved design out of force; what it judged stays judged.

    Raises
    ------
    Conflict
        If it is not approved.
    """
    if row.state != "approved":
        mend = "delete the draft" if row.state == "draft" else "nothing is left to do"
        raise Conflict(f"{_called(row)} is {row.state}, only what is approved is retired; {mend}")
    changes = {"state": "retired", "retired_at": now}
    edits.change(
        session, row, changes, actor=actor, now=now, site_id=_site(session, row), action="retire"
    )


def remove(session: Session, row: ChartDesignRow, *, actor: Actor, now: datetime) -> None:
    """Delete a draft."""
    _refuse_fixed(row)
    used = f"{_called(row)} has findings; it stays"
    edits.remove(session, row, actor=actor, now=now, site_id=_site(session, row), used=used)


def before(session: Session, row: ChartDesignRow) -> ChartDesignRow | None:
    """Find the version of the same name before a version; None for the first one."""
    earlier = select(ChartDesignRow).where(
        ChartDesignRow.characteristic_id == row.characteristic_id,
        ChartDesignRow.name == row.name,
        ChartDesignRow.number < row.number,
    )
    return session.scalar(earlier.order_by(ChartDesignRow.number.desc()).limit(1))


def _unfit(fact: str, mend: str) -> BadData:
    return BadData(f"{fact}; {mend}", (Problem("/run_id", mend),))


def _is_about(run: Run, characteristic: Characteristic) -> bool:
    """Whether a run names the characteristic, or names none, at its site or at every site."""
    named = run.params.get("characteristics") or [run.params.get("characteristic")]
    return run.site_id in (None, characteristic.site_id) and (
        named == [None] or named == [characteristic.code]
    )


def _site(session: Session, row: ChartDesignRow) -> int:
    return session.get_one(Characteristic, row.characteristic_id).site_id


def _called(row: ChartDesignRow) -> str:
    return f"version {row.number} of {row.name!r}"


def _refuse_fixed(row: ChartDesignRow) -> None:
    if row.state != "draft":
        by = f"was approved by {row.approved_by} and is fixed"
        raise Conflict(f"{_called(row)} {by}; make a new version, and approve that one")


def _check(design: ChartDesign) -> None:
    flaws = design_flaws(design, "/design")
    if flaws:
        first = flaws[0]
        raise BadData(f"the design cannot judge: {first.pointer}: {first.detail}", flaws)
