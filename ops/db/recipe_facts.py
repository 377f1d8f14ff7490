"""Events, alerts and lives that a recipe reads, with the time at which each was known."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from ops.classify.build.columns import NEVER, Alerts, Events, Lives
from ops.classify.build.levels import concatenated
from ops.db import life_revisions, life_tests
from ops.db.life_rows import rows_of
from ops.db.models.control import Finding
from ops.db.models.plant import Characteristic, Event, Site, Tool
from ops.db.types import to_micros
from ops.errors import BadData, Problem
from ops.values import Factor, IntArray, Scope, factor_of

MOST_REVISIONS = 200  # newest ones of a life test that are looked at


def events_of(session: Session, site: Site, kinds: Sequence[str], as_of: datetime) -> Events:
    """Events of some kinds at a site that were entered by an instant.

    Those of one characteristic and no tool are left out: they do not concern every tool.
    """
    columns = (Event.kind, Tool.code, Event.ts, Event.created_at)
    query = (
        select(*columns)
        .outerjoin(Tool, Tool.id == Event.tool_id)
        .where(Event.site_id == site.id, Event.kind.in_(kinds))
        .where(Event.ts <= as_of, Event.created_at <= as_of)
        .where(Event.tool_id.is_not(None) | Event.characteristic_id.is_(None))
        .order_by(Event.ts, Event.id)
    )
    rows = session.execute(query).all() if kinds else []
    return Events(
        kind=factor_of([row[0] for row in rows]),
        tool=factor_of([row[1] for row in rows]),
        ts=_micros([row[2] for row in rows]),
        known=_micros([row[3] for row in rows]),
    )


def alerts_of(session: Session, site: Site, as_of: datetime) -> Alerts:
    """Alerts of a site that were opened by an instant, with their outcome where it was said."""
    codes = set(session.scalars(select(Tool.code).where(Tool.site_id == site.id)))
    query = (
        select(Finding, Characteristic.code)
        .outerjoin(Characteristic, Characteristic.id == Finding.characteristic_id)
        .where(Finding.site_id == site.id, Finding.opened_at <= as_of)
        .order_by(Finding.id)
    )
    rows = session.execute(query).all()
    found = [row for row, _ in rows]
    return Alerts(
        name=factor_of([f"alert {row.id:09}" for row in found]),
        tool=factor_of([_tool(row, codes) for row in found]),
        characteristic=factor_of([code for _, code in rows]),
        outcome=factor_of([row.outcome for row in found]),
        ts=_micros([row.first_ts for row in found]),
        known=_micros([row.opened_at for row in found]),
        closed=_micros([row.closed_at for row in found]),
    )


def lives_of(session: Session, site: Site, code: str, scope: Scope, as_of: datetime) -> Lives:
    """Units of a life test, once for each revision that was stored by an instant.

    Raises
    ------
    NotFound
        If there is no such life test within the scope.
    BadData
        If its rows are not times to failure of units.
    """
    row = life_tests.find(session, scope, code, site=site.code, shared=True)
    if row.kind != "life":
        detail = f"the life test {code!r} holds {row.kind} rows; name one of the kind 'life'"
        raise BadData(detail, (Problem("/label/life_test", detail),))
    number = life_revisions.KEY[0]
    query = life_revisions.listed(row).order_by(number.desc()).limit(MOST_REVISIONS)
    parts = list[Lives]()
    for revision in reversed(session.scalars(query).all()):
        if revision.created_at > as_of:
            continue
        rows = rows_of(life_revisions.stored(session, revision))
        parts.append(
            Lives(
                unit=factor_of(list(rows.texts["unit_id"])),
                mode=factor_of(list(rows.texts["mode"])),
                lower=rows.numbers["lower"],
                upper=rows.numbers["upper"],
                known=np.full(len(rows), to_micros(revision.created_at)),
            )
        )
    return _below_each_other(parts)


def _below_each_other(parts: Sequence[Lives]) -> Lives:
    return Lives(
        unit=_stacked([p.unit for p in parts]),
        mode=_stacked([p.mode for p in parts]),
        lower=np.concatenate([np.empty(0), *(p.lower for p in parts)]),
        upper=np.concatenate([np.empty(0), *(p.upper for p in parts)]),
        known=np.concatenate([np.empty(0, np.int64), *(p.known for p in parts)]),
    )


def _stacked(factors: Sequence[Factor]) -> Factor:
    return concatenated(factors) if factors else factor_of([])


def _tool(row: Finding, codes: set[str]) -> str | None:
    """Tool of an alert: its stream if that is one, else that of its points."""
    if row.stream in codes:
        return row.stream
    stratum = row.evidence.get("stratum")
    tool = stratum.get("tool") if isinstance(stratum, dict) else None
    return str(tool) if tool in codes else None


def _micros(instants: Sequence[datetime | None]) -> IntArray:
    return np.array([NEVER if t is None else to_micros(t) for t in instants], dtype=np.int64)
