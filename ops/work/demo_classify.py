"""What the demo plant learns from, at its first site: datasets, and a model of some weeks ago.

The model is what a training run would have filed then: it saw the first part of the record, so
that the first night has later rows to judge it by, and a newer version to hold against it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ops.analyses.classifier_train import CLASSIFIER_TRAIN
from ops.analyses.classifier_train_params import ClassifierTrainParams
from ops.classifier_query import ClassifierData
from ops.classify.draft import ModelDraft
from ops.db import model_versions
from ops.db.engine import Database
from ops.db.model_shelf import SHELF as MODELS
from ops.db.models.plant import Site
from ops.db.types import from_micros
from ops.simulate.inspected_bonds import inspected_bonds, inspection_of
from ops.simulate.plant import DAY_US, Plant, PlantSite
from ops.work import dataset_build
from ops.work.demo_actor import ACTOR
from ops.work.demo_datasets import (
    BONDS,
    LOOPS,
    add_bonds,
    bonds_until,
    create_bonds,
    document_of,
    store_recipe,
)
from ops.work.demo_signals import store_signals
from ops.work.file_model import introduce
from solvers.watch import Incumbent

MODEL = "lifted-balls"
TRAINING: dict[str, Any] = {
    "dataset": BONDS,
    "model": MODEL,
    "title": "Lifted balls from signals of the bonder",
    "intended_use": "Choose the bonds that are looked at again; no bond is scrapped by it.",
    "kinds": ["logistic"],
    "folds": 3,
    "tune": False,
}
_NOWHERE = "memory://"  # rows and models of the demo fit into the database


def has_datasets(plant: Plant, site: PlantSite) -> bool:
    """Whether a site has what is learned from: the first one has."""
    return site.code == plant.sites[0].code


def store_learning(
    session: Session, row: Site, plant: Plant, site: PlantSite, end_us: int, now: datetime
) -> None:
    """Store the datasets of a site, and the first version of its model."""
    if not has_datasets(plant, site):
        return
    store_recipe(session, row, site, now)
    store_signals(session, row, plant, end_us, now)
    plan = inspection_of(plant)
    bonds = inspected_bonds(plan, plant, end_us=end_us)
    began = from_micros(end_us - plant.days * DAY_US)
    then = began + (from_micros(end_us) - began) * plan.learned
    dataset = create_bonds(session, row, plan, then)
    table = bonds_until(plan, bonds, then)
    number = add_bonds(session, dataset, plan, table, then)
    data = ClassifierData(BONDS, dataset.title, number, "table", table, document_of(plan))
    _file(session, row, _drafted(data, site), then)
    add_bonds(session, dataset, plan, bonds_until(plan, bonds, from_micros(end_us)), now)


def build_loops(database: Database, plant: Plant, site: PlantSite, now: datetime) -> None:
    """Build the rows of the recipe: only once what it reads has been committed."""
    if not has_datasets(plant, site):
        return
    rows = dataset_build.build(database, LOOPS, site=site.code, url=_NOWHERE, actor=ACTOR, now=now)
    with database.write.begin() as session:
        dataset_build.store(session, rows, "as of the load", site=site.code, actor=ACTOR, now=now)


def _drafted(data: ClassifierData, site: PlantSite) -> ModelDraft:
    kept: list[ModelDraft] = []

    def progress(
        _fraction: float,
        _text: str,
        /,
        *,
        incumbent: Incumbent | None = None,  # noqa: ARG001  (of the protocol)
        checkpoint: bytes | None = None,  # noqa: ARG001  (the same)
        model: ModelDraft | None = None,
    ) -> None:
        if model is not None:
            kept.append(model)

    params = ClassifierTrainParams.model_validate({"site": site.code, **TRAINING})
    CLASSIFIER_TRAIN.compute(data, params, progress)
    return kept[0]


def _file(session: Session, row: Site, draft: ModelDraft, at: datetime) -> None:
    fields = {
        "code": draft.model,
        "site_id": row.id,
        "title": draft.title,
        "task": draft.task,
    }
    model = MODELS.create(session, fields, actor=ACTOR, now=at)
    new = model_versions.of_draft(draft, None)
    version = model_versions.add(session, model, new, url=_NOWHERE, actor=ACTOR, now=at)
    introduce(session, model, version, actor=ACTOR, now=at)
