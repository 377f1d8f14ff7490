"""Datasets of the demo plant: inspected bonds as of two times, and slots of bonders by a recipe."""

from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.recipe import DatasetRecipe
from ops.classify.table import NO_TIME, DataTable
from ops.db import dataset_revisions, datasets
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import packed
from ops.db.models.classify import Dataset
from ops.db.models.plant import Site
from ops.db.types import to_micros
from ops.simulate.dataset_recipes import loop_beyond
from ops.simulate.inspected_bonds import EVENT, InspectedBonds, InspectionPlan
from ops.simulate.plant import PlantSite
from ops.values import BoolArray, Factor
from ops.work.dataset_upload import described
from ops.work.demo_actor import ACTOR

BONDS, LOOPS = "bond-defects", "loop-beyond"
LABEL, OTHER = "inspection", "other"
_NOWHERE = "memory://"  # rows of the demo fit into the database


def store_recipe(session: Session, row: Site, site: PlantSite, now: datetime) -> Dataset:
    """Store the recipe of the loop heights that go astray; its rows are built on demand."""
    recipe = DatasetRecipe.model_validate(loop_beyond(site))
    fields = {
        "code": LOOPS,
        "site_id": row.id,
        "title": "Loop heights about to go astray",
        "kind": "table",
        "document": DatasetDocument(subject=recipe.subject).model_dump(
            mode="json", exclude_unset=True
        ),
        "recipe": recipe.model_dump(mode="json"),
    }
    return datasets.SHELF.create(session, fields, actor=ACTOR, now=now)


def create_bonds(session: Session, row: Site, plan: InspectionPlan, at: datetime) -> Dataset:
    """Create the dataset of inspected bonds, without rows."""
    fields = {
        "code": BONDS,
        "site_id": row.id,
        "title": "Bonds and what the inspection found (simulated)",
        "kind": "table",
        "document": document_of(plan).model_dump(mode="json"),
        "recipe": None,
    }
    return datasets.SHELF.create(session, fields, actor=ACTOR, now=at)


def add_bonds(
    session: Session, dataset: Dataset, plan: InspectionPlan, table: DataTable, at: datetime
) -> int:
    """Store bonds as the next revision, its number."""
    document = document_of(plan)
    packet = packed(table, described(table, document), url=_NOWHERE)
    origin = DatasetOrigin("file", f"{len(table)} bonds", {"format": "arrow", "rows": len(table)})
    added = dataset_revisions.add(session, dataset, packet, document, origin, actor=ACTOR, now=at)
    return added.number


def document_of(plan: InspectionPlan) -> DatasetDocument:
    """Say what a bond is and what its columns mean; nothing of what is planted."""
    signals = tuple(
        DatasetColumn(name=s.name, unit=s.unit, description=s.name.replace("_", " "))
        for s in plan.defects.signals
    )
    return DatasetDocument(
        subject="a wire bond",
        columns=(
            DatasetColumn(name="device", type="category", role="group", description="its serial"),
            DatasetColumn(name="wire", type="category", role="unit", description="its position"),
            DatasetColumn(name="bonded_at", type="time", role="time"),
            *signals,
            DatasetColumn(name=LABEL, type="category", role="label", description="what it found"),
            DatasetColumn(name="inspected_at", type="time", role="known_time"),
        ),
        positive=EVENT,
        source="Log of a wire bonder joined with the optical inspection; simulated.",
        cautions=("Inspectors err: some labels are wrong.",),
    )


def bonds_until(plan: InspectionPlan, bonds: InspectedBonds, at: datetime) -> DataTable:
    """Bonds that were made before an instant, with the labels that were known by then."""
    now = to_micros(at)
    made = bonds.bonded < now
    known = bonds.inspected <= now
    return _table(plan, bonds, known).take(made)


def _table(plan: InspectionPlan, bonds: InspectedBonds, known: BoolArray) -> DataTable:
    found = bonds.found
    devices, device = np.unique(found.unit, return_inverse=True)
    wires = tuple(f"W{wire + 1}" for wire in range(int(found.position.max()) + 1))
    signals = {s.name: found.signals[:, i] for i, s in enumerate(plan.defects.signals)}
    label = np.where(known, np.where(bonds.lifted(), 0, 1), -1).astype(np.int64)
    return DataTable(
        numbers=signals,
        categories={
            "device": Factor(device.astype(np.int64), tuple(f"D{u:09}" for u in devices.tolist())),
            "wire": Factor(found.position.astype(np.int64), wires),
            LABEL: Factor(label, (EVENT, OTHER)),
        },
        times={
            "bonded_at": bonds.bonded,
            "inspected_at": np.where(known, bonds.inspected, NO_TIME),
        },
        units={s.name: s.unit for s in plan.defects.signals},
    )
