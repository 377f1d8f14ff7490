"""Packages: the geometry of the wires of a device, by code within a site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.control import PackageRow
from ops.db.models.plant import Site
from ops.errors import NotFound
from ops.values import Actor, Scope

KEY = (PackageRow.id,)


def listed(
    scope: Scope, *, site_id: int | None = None, code: str | None = None
) -> Select[PackageRow]:
    """Select the packages of the scope, of one site, of one code."""
    query = select(PackageRow).where(sites.within(PackageRow.site_id, scope))
    if site_id is not None:
        query = query.where(PackageRow.site_id == site_id)
    return query if code is None else query.where(PackageRow.code == code)


def get(session: Session, scope: Scope, package_id: int) -> PackageRow:
    """One package of the scope."""
    row = session.scalar(listed(scope).where(PackageRow.id == package_id))
    if row is None:
        raise NotFound(f"there is no package {package_id}")
    return row


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> PackageRow:
    """Add a package to a site; its document is a `Package` as JSON."""
    row = PackageRow(**fields, site_id=site.id, created_by=actor.name, created_at=now)
    taken = f"there is a package {row.code!r} at the site {site.code!r} already"
    edits.add(session, row, actor=actor, now=now, site_id=site.id, taken=taken)
    return row


def change(
    session: Session, row: PackageRow, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a package; what it was is in the audit."""
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id)


def remove(session: Session, row: PackageRow, *, actor: Actor, now: datetime) -> None:
    """Delete a package; results that were computed with it stay as they are."""
    edits.remove(session, row, actor=actor, now=now, site_id=row.site_id, used="it is used")
