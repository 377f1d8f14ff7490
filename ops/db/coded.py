"""What has a code within a site, as life tests and models: listed, found, added, archived.

One without a site is seen only by who sees all sites, as a run without one is. Nothing deletes
one: runs refer to what it holds, and a run can always be repeated. It is archived.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from ops.db import edits
from ops.db.models.classify import Dataset, Model
from ops.db.models.life import LifeTest
from ops.db.models.network import StoredScenario
from ops.db.models.plant import Site
from ops.db.sites import within
from ops.errors import Conflict, NotFound
from ops.values import Actor, Scope

Coded = Dataset | Model | LifeTest | StoredScenario
C = TypeVar("C", Dataset, Model, LifeTest, StoredScenario)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[C]):
    """All things of one table.

    Parameters
    ----------
    table
        Class of its rows.
    noun, path
        What one is called, and where the API lists them.
    """

    table: type[C]
    noun: str
    path: str

    def listed(
        self, scope: Scope, *, site_id: int | None = None, archived: bool | None = False
    ) -> Select[C]:
        """Select those of a scope; `archived` None means with those that are."""
        table = self.table
        query = select(table)
        if scope.sites is not None:
            query = query.where(table.site_id.is_not(None), within(table.site_id, scope))
        if site_id is not None:
            query = query.where(table.site_id == site_id)
        if archived is None:
            return query
        gone = table.archived_at
        return query.where(gone.is_not(None) if archived else gone.is_(None))

    def find(
        self,
        session: Session,
        scope: Scope,
        code: str,
        *,
        site: str | None = None,
        shared: bool = False,
    ) -> C:
        """Find the one of a code, also an archived one.

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
        query = self.listed(scope, archived=None).where(self.table.code == code)
        if site is not None:
            of_site = select(Site.id).where(Site.code == site).scalar_subquery()
            place = self.table.site_id
            wanted = or_(place == of_site, place.is_(None)) if shared else place == of_site
            query = query.where(wanted).order_by(place.is_(None))
        found = session.scalars(query.limit(2)).all()
        if not found:
            raise NotFound(f"there is no {self.noun} {code!r}; `GET {self.path}` lists yours")
        if len(found) > 1 and site is None:
            raise Conflict(f"several sites have a {self.noun} {code!r}; name one with `site`")
        return found[0]

    def create(
        self, session: Session, fields: Mapping[str, Any], *, actor: Actor, now: datetime
    ) -> C:
        """Add one.

        Raises
        ------
        Conflict
            If its site has one of this code, archived or not.
        """
        table = self.table
        row = table(**fields, created_by=actor.name, created_at=now, updated_at=now)
        taken = f"there is a {self.noun} {row.code!r} already; choose another code"
        same = select(table.id).where(
            table.code == row.code, table.site_id.is_not_distinct_from(row.site_id)
        )
        if session.scalar(same) is not None:  # a refused insert would end the transaction
            raise Conflict(taken)
        edits.add(session, row, actor=actor, now=now, site_id=row.site_id, taken=taken)
        return row

    def change(
        self,
        session: Session,
        row: C,
        changes: Mapping[str, Any],
        *,
        actor: Actor,
        now: datetime,
        action: str = "update",
    ) -> None:
        """Edit one; the audit keeps what was there before."""
        fields = {**changes, "updated_at": now}
        edits.change(session, row, fields, actor=actor, now=now, site_id=row.site_id, action=action)

    def archive(self, session: Session, row: C, *, actor: Actor, now: datetime) -> None:
        """Take one out of the lists and refuse new runs of it; what there is stays."""
        if row.archived_at is None:
            self.change(session, row, {"archived_at": now}, actor=actor, now=now, action="archive")

    def restore(self, session: Session, row: C, *, actor: Actor, now: datetime) -> None:
        """Bring an archived one back."""
        if row.archived_at is not None:
            changes = {"archived_at": None}
            self.change(session, row, changes, actor=actor, now=now, action="restore")

    def refuse_archived(self, row: C) -> None:
        """Refuse to change an archived one.

        Raises
        ------
        Conflict
            If it is archived.
        """
        if row.archived_at is not None:
            mend = "send a PATCH with archived false first"
            raise Conflict(f"the {self.noun} {row.code!r} is archived; {mend}")
