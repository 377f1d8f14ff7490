"""Datasets of the bond heads of the demo plant: traces of bonds, signals with loop heights."""

from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from ops.classifier_query import DatasetKind
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.db import dataset_revisions, datasets
from ops.db.dataset_revisions import DatasetOrigin
from ops.db.dataset_rows import packed
from ops.db.models.plant import Site
from ops.simulate.head_signals import LoopPlan, TracePlan, simulate_loops, simulate_traces
from ops.simulate.plant import DAY_US, Plant
from ops.values import Factor, IntArray
from ops.work.dataset_upload import described
from ops.work.demo_actor import ACTOR

TRACES, HEIGHTS = "bond-traces", "loop-heights"
LIFTED, GOOD = "lifted", "good"
_NOWHERE = "memory://"  # rows of the demo fit into the database
_TIME = DatasetColumn(name="bonded_at", type="time", role="time")


def store_signals(session: Session, row: Site, plant: Plant, end_us: int, now: datetime) -> None:
    """Store both datasets at a site."""
    title = "Traces of bonds and what the pull test found (simulated)"
    _store(session, row, (TRACES, title, "traces"), traces_of(plant, end_us), now)
    title = "Loop heights and the signals of their bonds (simulated)"
    _store(session, row, (HEIGHTS, title, "table"), heights_of(plant, end_us), now)


def traces_of(plant: Plant, end_us: int) -> tuple[DataTable, DatasetDocument]:
    """Force and ultrasonic current of bonds, and whether they lifted."""
    plan = TracePlan()
    found = simulate_traces(plan, seed=plant.seed)
    label = np.where(found.lifted, 1, 0).astype(np.int64)
    units = {"bond_force": "gf", "us_current": "mA"}
    table = DataTable(
        categories={"pull_test": Factor(label, (GOOD, LIFTED))},
        times={"bonded_at": _spread(plant, plan.rows, end_us)},
        traces={"bond_force": found.force, "us_current": found.current},
        units=units,
    )
    document = DatasetDocument(
        subject="a wire bond",
        columns=(
            *(DatasetColumn(name=name, type="trace", unit=unit) for name, unit in units.items()),
            DatasetColumn(name="pull_test", type="category", role="label"),
            _TIME,
        ),
        positive=LIFTED,
        source="Traces of a wire bonder, labels of the pull test; simulated.",
    )
    return table, document


def heights_of(plant: Plant, end_us: int) -> tuple[DataTable, DatasetDocument]:
    """Signals of bonds, and their loop heights where somebody has measured."""
    plan = LoopPlan()
    found = simulate_loops(plan, seed=plant.seed)
    units = {name: unit for name, (unit, _, _, _) in plan.signals.items()}
    table = DataTable(
        numbers={**found.signals, "loop_height": found.height_um},
        times={"bonded_at": _spread(plant, plan.rows, end_us)},
        units={**units, "loop_height": "um"},
    )
    document = DatasetDocument(
        subject="a wire bond",
        columns=(
            *(DatasetColumn(name=name, unit=unit) for name, unit in units.items()),
            DatasetColumn(name="loop_height", unit="um", role="label"),
            _TIME,
        ),
        source="Signals of a wire bonder, loop heights of a gauge; simulated.",
    )
    return table, document


def _spread(plant: Plant, rows: int, end_us: int) -> IntArray:
    every = plant.days * DAY_US / rows
    return end_us - np.round(every * np.arange(rows, 0, -1)).astype(np.int64)


def _store(
    session: Session,
    site: Site,
    told: tuple[str, str, DatasetKind],
    held: tuple[DataTable, DatasetDocument],
    now: datetime,
) -> None:
    code, title, kind = told
    table, document = held
    fields: dict[str, Any] = {"code": code, "site_id": site.id, "title": title, "kind": kind}
    fields |= {"document": document.model_dump(mode="json"), "recipe": None}
    dataset = datasets.SHELF.create(session, fields, actor=ACTOR, now=now)
    packet = packed(table, described(table, document), url=_NOWHERE)
    origin = DatasetOrigin("file", f"{len(table)} bonds", {"format": "arrow", "rows": len(table)})
    dataset_revisions.add(session, dataset, packet, document, origin, actor=ACTOR, now=now)
