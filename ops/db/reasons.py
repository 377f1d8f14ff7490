"""Reasons: the causes and actions that people of a site choose from; never deleted, put away."""

from collections.abc import Mapping
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.control import Reason
from ops.db.models.plant import Site
from ops.errors import BadData, NotFound, Problem
from ops.values import Actor, Scope

KEY = (Reason.id,)
_NEAR = 5  # codes that a refusal suggests


def listed(
    scope: Scope,
    *,
    site_id: int | None = None,
    kind: str | None = None,
    is_active: bool | None = None,
) -> Select[Reason]:
    """Reasons of the scope, of one site, of one kind, in use or put away."""
    query = select(Reason).where(sites.within(Reason.site_id, scope))
    compared = (
        (site_id, Reason.site_id.__eq__),
        (kind, Reason.kind.__eq__),
        (is_active, Reason.is_active.is_),
    )
    return query.where(*(compare(value) for value, compare in compared if value is not None))


def get(session: Session, scope: Scope, reason_id: int) -> Reason:
    """One reason of the scope."""
    found = session.scalar(listed(scope).where(Reason.id == reason_id))
    if found is None:
        raise NotFound(f"there is no reason {reason_id}")
    return found


def require(session: Session, site_id: int, kind: str, code: str) -> None:
    """Check that a code stands in a site's catalogue and is in use.

    Raises
    ------
    BadData
        If it does not; codes that are near are named.
    """
    here = select(Reason).where(Reason.site_id == site_id, Reason.kind == kind)
    known = {row.code: row.is_active for row in session.scalars(here)}
    if known.get(code):
        return
    active = sorted(name for name, is_active in known.items() if is_active)
    near = get_close_matches(code, active, _NEAR, 0.5) or active[:_NEAR]
    mend = f"take one of {', '.join(near)}" if near else "add it to the site's catalogue first"
    fact = "is put away" if code in known else "is not in the catalogue of the site"
    raise BadData(f"the {kind} {code!r} {fact}; {mend}", (Problem(f"/{kind}", mend),))


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Reason:
    """Add a reason to a site's catalogue."""
    row = Reason(**fields, site_id=site.id, created_by=actor.name, created_at=now)
    taken = f"there is a {row.kind} {row.code!r} at the site {site.code!r} already"
    edits.add(session, row, actor=actor, now=now, site_id=site.id, taken=taken)
    return row


def change(
    session: Session, row: Reason, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a reason, put it away or take it back into use; its code stays as marks name it."""
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id)
