"""Action policies: what to do about drift at a site, by code within it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ops.db import edits, sites
from ops.db.models.control import ActionPolicyRow
from ops.db.models.plant import Site
from ops.errors import BadData, NotFound, Problem
from ops.query import ProcessQuery
from ops.values import Actor, Scope

KEY = (ActionPolicyRow.id,)
DEFAULT = "default"


def listed(
    scope: Scope, *, site_id: int | None = None, code: str | None = None
) -> Select[ActionPolicyRow]:
    """Select the policies of the scope, of one site, of one code."""
    query = select(ActionPolicyRow).where(sites.within(ActionPolicyRow.site_id, scope))
    if site_id is not None:
        query = query.where(ActionPolicyRow.site_id == site_id)
    return query if code is None else query.where(ActionPolicyRow.code == code)


def get(session: Session, scope: Scope, policy_id: int) -> ActionPolicyRow:
    """One policy of the scope."""
    row = session.scalar(listed(scope).where(ActionPolicyRow.id == policy_id))
    if row is None:
        raise NotFound(f"there is no action policy {policy_id}")
    return row


def create(
    session: Session, site: Site, fields: Mapping[str, Any], *, actor: Actor, now: datetime
) -> ActionPolicyRow:
    """Add a policy to a site; its document is an `ActionPolicy` as JSON."""
    row = ActionPolicyRow(**fields, site_id=site.id, created_by=actor.name, created_at=now)
    taken = f"there is an action policy {row.code!r} at the site {site.code!r} already"
    edits.add(session, row, actor=actor, now=now, site_id=site.id, taken=taken)
    return row


def change(
    session: Session,
    row: ActionPolicyRow,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Edit a policy; what it was is in the audit."""
    edits.change(session, row, changes, actor=actor, now=now, site_id=row.site_id)


def remove(session: Session, row: ActionPolicyRow, *, actor: Actor, now: datetime) -> None:
    """Delete a policy; results that were computed with it stay as they are."""
    edits.remove(session, row, actor=actor, now=now, site_id=row.site_id, used="it is used")


def named(
    session: Session, site_codes: Collection[str], query: ProcessQuery
) -> dict[str, Any] | None:
    """Document of the policy that a query asks for.

    Raises
    ------
    NotFound
        If there is none of that code; the default one may be absent.
    BadData
        If several sites of the query have one of that code.
    """
    found = session.execute(
        select(ActionPolicyRow.document, Site.code)
        .join(Site, Site.id == ActionPolicyRow.site_id)
        .where(ActionPolicyRow.code == query.policy, Site.code.in_(site_codes))
        .where(sites.within(Site.id, query.scope))
        .order_by(Site.code)
    ).all()
    if not found and query.policy == DEFAULT:
        return None
    if not found:
        at = ", ".join(sorted(site_codes))
        raise NotFound(f"there is no action policy {query.policy!r} at {at}")
    if len(found) > 1:
        at = ", ".join(row.code for row in found)
        problem = Problem("/site", f"name one of {at}")
        raise BadData(f"the action policy {query.policy!r} is at {at}; name one site", (problem,))
    document: dict[str, Any] = found[0].document
    return document
