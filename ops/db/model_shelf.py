"""Models, by code within a site; what they have become is in `ops.db.model_versions`."""

from sqlalchemy import Select

from ops.db.coded import Shelf
from ops.db.models.classify import Model
from ops.values import Scope

SHELF = Shelf(Model, "model", "/v1/models")
KEY = (Model.id,)


def listed(
    scope: Scope,
    *,
    site_id: int | None = None,
    task: str | None = None,
    archived: bool | None = False,
) -> Select[Model]:
    """Select the models of a scope; `archived` None means with those that are."""
    query = SHELF.listed(scope, site_id=site_id, archived=archived)
    return query if task is None else query.where(Model.task == task)
