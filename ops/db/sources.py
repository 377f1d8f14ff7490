"""Sources: where files come from, each with its column mapping."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.data import Source
from ops.db.models.plant import Site
from ops.errors import NotFound
from ops.values import Actor, Scope

KEY = (Source.id,)


def listed(scope: Scope, *, site_id: int | None = None) -> Select[Source]:
    """List the sources of the scope, of one site."""
    query = select(Source).where(sites.within(Source.site_id, scope))
    return query if site_id is None else query.where(Source.site_id == site_id)


def get(session: Session, scope: Scope, source_id: int) -> Source:
    """One source of the scope."""
    found = session.scalar(listed(scope).where(Source.id == source_id))
    if found is None:
        raise NotFound(f"there is no source {source_id}")
    return found


def with_name(session: Session, site: Site, name: str) -> Source:
    """Source of a name at a site."""
    query = select(Source).where(Source.site_id == site.id, Source.name == name)
    found = session.scalar(query)
    if found is None:
        raise NotFound(f"there is no source {name!r} at the site {site.code!r}; save it first")
    return found


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Source:
    """Save a source."""
    row = Source(**fields, site_id=site.id, created_at=now)
    taken = f"there is a source {row.name!r} at the site {site.code!r} already"
    edits.add(session, row, actor=actor, now=now, site_id=site.id, taken=taken)
    return row


def change(
    session: Session, row: Source, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a source."""
    taken = "there is another source of that name at the site"
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id, taken=taken)


def remove(session: Session, row: Source, *, actor: Actor, now: datetime) -> None:
    """Delete a source; its ingests keep its name."""
    edits.remove(session, row, actor=actor, now=now, site_id=row.site_id, used="")
