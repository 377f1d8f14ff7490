"""Life tests: their rows, by code within a site; what was seen is in `ops.db.life_revisions`.

A life test without a site is seen only by who sees all sites, as a run without one is. Nothing
deletes one: runs refer to its revisions, and a run can always be repeated. It is archived.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ops.db import edits
from ops.db.models.life import LifeTest
from ops.db.models.plant import Site
from ops.db.sites import within
from ops.errors import Conflict, NotFound
from ops.values import Actor, Scope

KEY = (LifeTest.id,)


def listed(
    scope: Scope,
    *,
    site_id: int | None = None,
    kind: str | None = None,
    archived: bool | None = False,
) -> Select[LifeTest]:
    """Select the life tests of a scope; `archived` None means with those that are."""
    query = select(LifeTest)
    if scope.sites is not None:
        query = query.where(LifeTest.site_id.is_not(None), within(LifeTest.site_id, scope))
    if site_id is not None:
        query = query.where(LifeTest.site_id == site_id)
    if kind is not None:
        query = query.where(LifeTest.kind == kind)
    if archived is None:
        return query
    gone = LifeTest.archived_at
    return query.where(gone.is_not(None) if archived else gone.is_(None))


def find(
    session: Session, scope: Scope, code: str, *, site: str | None = None, shared: bool = False
) -> LifeTest:
    """Life test of a code, also an archived one.

    Parameters
    ----------
    site
        Code of its site; None: whichever site has the only one.
    shared
        Whether the one without a site stands in where `site` has none.

    Raises
    ------
    NotFound
        If there is none within `scope`.
    Conflict
        If several sites have one of this code and `site` names none.
    """
    query = listed(scope, archived=None).where(LifeTest.code == code)
    if site is not None:
        of_site = select(Site.id).where(Site.code == site).scalar_subquery()
        place = LifeTest.site_id
        wanted = or_(place == of_site, place.is_(None)) if shared else place == of_site
        query = query.where(wanted).order_by(place.is_(None))
    found = session.scalars(query.limit(2)).all()
    if not found:
        raise NotFound(f"there is no life test {code!r}; `GET /v1/life-tests` lists yours")
    if len(found) > 1 and site is None:
        raise Conflict(f"several sites have a life test {code!r}; name one with `site`")
    return found[0]


def create(session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime) -> LifeTest:
    """Add a life test without rows.

    Raises
    ------
    Conflict
        If its site has a life test of this code, archived or not.
    """
    row = LifeTest(**fields, created_by=actor.name, created_at=now, updated_at=now)
    taken = f"there is a life test {row.code!r} already; choose another code"
    same = select(LifeTest.id).where(
        LifeTest.code == row.code, LifeTest.site_id.is_not_distinct_from(row.site_id)
    )
    if session.scalar(same) is not None:  # a refused insert would end the caller's transaction
        raise Conflict(taken)
    edits.add(session, row, actor=actor, now=now, site_id=row.site_id, taken=taken)
    return row


def change(
    session: Session,
    row: LifeTest,
    changes: Mapping[str, Any],
    *,
    actor: Actor,
    now: datetime,
    action: str = "update",
) -> None:
    """Edit a life test; its document together with a revision (`ops.db.life_revisions`)."""
    fields = {**changes, "updated_at": now}
    edits.change(session, row, fields, actor=actor, now=now, site_id=row.site_id, action=action)


def archive(session: Session, row: LifeTest, *, actor: Actor, now: datetime) -> None:
    """Take a life test out of the lists and refuse new runs of it; what there is stays."""
    if row.archived_at is None:
        change(session, row, {"archived_at": now}, actor=actor, now=now, action="archive")


def restore(session: Session, row: LifeTest, *, actor: Actor, now: datetime) -> None:
    """Bring an archived life test back."""
    if row.archived_at is not None:
        change(session, row, {"archived_at": None}, actor=actor, now=now, action="restore")


def refuse_archived(row: LifeTest) -> None:
    """Refuse to change an archived life test.

    Raises
    ------
    Conflict
        If it is archived.
    """
    if row.archived_at is not None:
        raise Conflict(
            f"the life test {row.code!r} is archived; send a PATCH with archived false first"
        )
