"""Datasets, by code within a site; their rows and documents are in `ops.db.dataset_revisions`."""

from sqlalchemy import Select

from ops.db.coded import Shelf
from ops.db.models.classify import Dataset
from ops.values import Scope

SHELF = Shelf(Dataset, "dataset", "/v1/datasets")
KEY = (Dataset.id,)


def listed(
    scope: Scope,
    *,
    site_id: int | None = None,
    kind: str | None = None,
    archived: bool | None = False,
) -> Select[Dataset]:
    """Select the datasets of a scope; `archived` None means with those that are."""
    query = SHELF.listed(scope, site_id=site_id, archived=archived)
    return query if kind is None else query.where(Dataset.kind == kind)
