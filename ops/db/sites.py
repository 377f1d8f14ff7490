"""Sites: the boundary of what a caller may see."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from ops.db import edits
from ops.db.models.plant import Site
from ops.errors import BadData, NotFound, Problem
from ops.values import Actor, Scope

KEY = (Site.id,)


def within(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], scope: Scope
) -> ColumnElement[bool]:
    """Condition that a row's site is in the caller's scope; a row without a site always is."""
    if scope.sites is None:
        return true()
    inside = column.in_(sorted(scope.sites))
    return or_(column.is_(None), inside) if column.property.columns[0].nullable else inside


def listed(scope: Scope) -> Select[Site]:
    """Sites of the scope."""
    return select(Site).where(within(Site.id, scope))


def get(session: Session, scope: Scope, site_id: int) -> Site:
    """One site of the scope."""
    site = session.scalar(listed(scope).where(Site.id == site_id))
    if site is None:
        raise NotFound(f"there is no site {site_id}")
    return site


def with_code(session: Session, scope: Scope, code: str) -> Site:
    """Site of a code, where it is in the scope."""
    site = session.scalar(listed(scope).where(Site.code == code))
    if site is None:
        raise NotFound(f"there is no site {code!r} among yours")
    return site


def id_of(session: Session, scope: Scope, code: str | None) -> int | None:
    """Id of the site of a code; None for None."""
    return None if code is None else with_code(session, scope, code).id


def require(session: Session, ids: Sequence[int] | None) -> None:
    """Check that sites exist.

    Raises
    ------
    BadData
        If one of `ids` is not the id of a site.
    """
    if ids is None:
        return
    known = set(session.scalars(select(Site.id).where(Site.id.in_(ids))))
    unknown = sorted(set(ids) - known)
    if unknown:
        raise BadData(f"there is no site {unknown[0]}", (Problem("/sites", "name known sites"),))


def codes(session: Session) -> dict[int, str]:
    """Code of every site by its id."""
    return dict(list(session.execute(select(Site.id, Site.code))))


def create(session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime) -> Site:
    """Add a site."""
    site = Site(**fields, created_at=now)
    taken = f"there is a site {site.code!r} already; choose another code"
    edits.add(session, site, actor=actor, now=now, site_id=None, taken=taken)
    return site


def change(
    session: Session, site: Site, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a site."""
    edits.change(session, site, changes, actor=actor, now=now, site_id=site.id)


def remove(session: Session, site: Site, *, actor: Actor, now: datetime) -> None:
    """Delete a site that nothing belongs to."""
    used = f"the site {site.code!r} has tools, data or runs; it stays"
    edits.remove(session, site, actor=actor, now=now, site_id=site.id, used=used)
