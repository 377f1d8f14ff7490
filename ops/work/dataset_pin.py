"""What a run of a dataset is pinned to at submit: the newest revision then, or the recipe.

Aliases of models are not pinned here: they are read as they stood at the run's `as_of`.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy.orm import Session

from ops.analysis import AnalysisParams, AnyAnalysis
from ops.classifier_query import ClassifierQuery
from ops.classify.recipe import DatasetRecipe
from ops.db import dataset_revisions, model_shelf, model_versions
from ops.db.datasets import SHELF
from ops.db.load_classifier import refuse_kind
from ops.errors import BadData, Conflict, NotFound, Problem
from ops.values import Scope


def pin_dataset(
    session: Session, analysis: AnyAnalysis, params: AnalysisParams, scope: Scope
) -> AnalysisParams:
    """Check that dataset and model exist, and write newest revision or recipe into the parameters.

    Parameters without the fields `dataset` and `model`, or with empty ones, are returned as they
    are; those without a field `revision` are pinned by the `as_of` of the run alone. Those that
    build their rows anew get the recipe as it is now, if they have such a field and it is empty.

    Raises
    ------
    BadData
        With the pointer `/dataset`, `/revision`, `/recipe`, `/model` or `/versions`, if there is
        none within `scope`, if it is archived, has no rows, or rows of another kind.
    """
    fields = type(params).model_fields
    if "dataset" not in fields and "model" not in fields:
        return params
    query = analysis.needs(params)
    if not isinstance(query, ClassifierQuery):
        return params
    site = query.site or params.site
    _refuse_model(session, query, site, scope)
    if query.dataset == "":
        return params
    told = getattr(params, "recipe", "")
    found = _pinned(session, query, site, scope, told)
    return params.model_copy(update={k: v for k, v in found.items() if k in fields})


def _pinned(
    session: Session, query: ClassifierQuery, site: str | None, scope: Scope, recipe: str
) -> dict[str, Any]:
    """Find what the run will see: a revision, or the recipe where its rows are built anew."""
    pointer = "/dataset"
    try:
        row = SHELF.find(session, scope, query.dataset, site=site, shared=True)
        SHELF.refuse_archived(row)
        refuse_kind(row, query)
        if query.rebuild:
            return {"recipe": _recipe(row.code, row.recipe, recipe)}
        pointer = "/revision" if query.revision is not None and row.newest else pointer
        return {"revision": dataset_revisions.find(session, row, query.revision).number}
    except (NotFound, Conflict) as error:
        raise BadData(str(error), (Problem(pointer, str(error)),)) from error


def _recipe(code: str, kept: Mapping[str, Any] | None, told: str) -> str:
    """Recipe as JSON: the one that is given, or that of the dataset."""
    try:
        if told:
            return DatasetRecipe.model_validate_json(told).model_dump_json()
    except ValidationError as error:
        detail = str(error.errors()[0]["msg"])
        raise BadData(
            f"the recipe cannot be read: {detail}", (Problem("/recipe", detail),)
        ) from error
    if kept is None:
        detail = f"the dataset {code!r} has no recipe to be built from; use a revision of it"
        raise BadData(detail, (Problem("/dataset", detail),))
    return json.dumps(kept, sort_keys=True)


def _refuse_model(session: Session, query: ClassifierQuery, site: str | None, scope: Scope) -> None:
    """Refuse a model that does not exist or is archived; an alias that is not set is no error."""
    if query.model == "":
        return
    pointer = "/model"
    try:
        row = model_shelf.SHELF.find(session, scope, query.model, site=site, shared=True)
        model_shelf.SHELF.refuse_archived(row)
        if query.task == "" and row.task == "regress":
            mend = "name a model that predicts classes"
            raise Conflict(f"the model {row.code!r} predicts numbers; {mend}")
        if query.task not in ("", row.task):
            raise Conflict(f"the model {row.code!r} is of the task {row.task!r}; name another")
        pointer = "/versions"
        for name in query.versions:
            if name.isdecimal():
                model_versions.find(session, row, name)
    except (NotFound, Conflict) as error:
        if isinstance(error, NotFound) and query.new_model and pointer == "/model":
            return  # the run makes it
        raise BadData(str(error), (Problem(pointer, str(error)),)) from error
