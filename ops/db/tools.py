"""Tools: wire bonders and whatever else works at a site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.plant import Site, Tool
from ops.errors import NotFound
from ops.values import Actor, Scope

KEY = (Tool.id,)


def listed(scope: Scope, *, site_id: int | None = None, code: str | None = None) -> Select[Tool]:
    """Tools of the scope, of one site, of one code."""
    query = select(Tool).where(sites.within(Tool.site_id, scope))
    if site_id is not None:
        query = query.where(Tool.site_id == site_id)
    return query if code is None else query.where(Tool.code == code)


def get(session: Session, scope: Scope, tool_id: int) -> Tool:
    """One tool of the scope."""
    tool = session.scalar(listed(scope).where(Tool.id == tool_id))
    if tool is None:
        raise NotFound(f"there is no tool {tool_id}")
    return tool


def with_code(session: Session, site: Site, code: str) -> Tool:
    """Tool of a code at a site."""
    tool = session.scalar(select(Tool).where(Tool.site_id == site.id, Tool.code == code))
    if tool is None:
        raise NotFound(f"there is no tool {code!r} at the site {site.code!r}")
    return tool


def codes(session: Session, ids: set[int]) -> dict[int, str]:
    """Codes of tools by their ids."""
    found = session.execute(select(Tool.id, Tool.code).where(Tool.id.in_(ids))).all()
    return dict(list(found))


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> Tool:
    """Add a tool to a site."""
    tool = Tool(**fields, site_id=site.id, created_at=now)
    taken = f"there is a tool {tool.code!r} at the site {site.code!r} already"
    edits.add(session, tool, actor=actor, now=now, site_id=site.id, taken=taken)
    return tool


def change(
    session: Session, tool: Tool, changes: Mapping[str, Any], *, actor: Actor, now: datetime
) -> None:
    """Edit a tool."""
    edits.change(session, tool, changes, actor=actor, now=now, site_id=tool.site_id)


def remove(session: Session, tool: Tool, *, actor: Actor, now: datetime) -> None:
    """Delete a tool that has no events."""
    used = f"the tool {tool.code!r} has events; delete them first, or keep the tool"
    edits.remove(session, tool, actor=actor, now=now, site_id=tool.site_id, used=used)
