"""Life tests, by code within a site; what was seen is in `ops.db.life_revisions`."""

from sqlalchemy import Select

from ops.db.coded import Shelf
from ops.db.models.life import LifeTest
from ops.values import Scope

SHELF = Shelf(LifeTest, "life test", "/v1/life-tests")
KEY = (LifeTest.id,)

find, create, change = SHELF.find, SHELF.create, SHELF.change
archive, restore, refuse_archived = SHELF.archive, SHELF.restore, SHELF.refuse_archived


def listed(
    scope: Scope,
    *,
    site_id: int | None = None,
    kind: str | None = None,
    archived: bool | None = False,
) -> Select[LifeTest]:
    """Select the life tests of a scope; `archived` None means with those that are."""
    query = SHELF.listed(scope, site_id=site_id, archived=archived)
    return query if kind is None else query.where(LifeTest.kind == kind)
