"""A small seeded example: bonds with the signals of their bonder, and what inspection found."""

import numpy as np

from ops.classifier_query import ClassifierData
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.simulate.defects import CLASSES, DefectPlan, simulate_defects
from ops.values import Factor

_START = 1_790_000_000_000_000  # microseconds since 1970 UTC
_EVERY = 2_000_000  # a bond every two seconds


def sample_bonds(rows: int = 1200, seed: int = 5) -> ClassifierData:
    """Bonds in the order of time; a defect moves some signals, inspection errs now and then."""
    plan = DefectPlan(rows=rows, share=(0.9, 0.03, 0.03, 0.02, 0.02))
    found = simulate_defects(plan, seed=seed, wires=8)
    signals = {s.name: found.signals[:, i] for i, s in enumerate(plan.signals)}
    good = found.label == CLASSES.index("good")
    label = Factor(np.where(good, 1, 0).astype(np.int64), ("defect", "good"))
    table = DataTable(
        numbers=signals,
        categories={"label": label},
        times={"bonded_at": _START + _EVERY * np.arange(rows, dtype=np.int64)},
        units={s.name: s.unit for s in plan.signals},
    )
    columns = [DatasetColumn(name=s.name, unit=s.unit) for s in plan.signals]
    document = DatasetDocument(
        subject="a wire bond",
        columns=(
            *columns,
            DatasetColumn(name="label", type="category", role="label"),
            DatasetColumn(name="bonded_at", type="time", role="time"),
        ),
        positive="defect",
        source="Signals of a wire bonder, labels of the optical inspection.",
    )
    return ClassifierData("bond-defects", "Defects of bonds", 1, "table", table, document)
