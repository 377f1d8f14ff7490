"""A small seeded example: ultrasonic current of bonds, a late sag where the bond does not stick."""

import numpy as np

from ops.classifier_query import ClassifierData
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.values import Factor, FloatArray

POINTS = 48
_START = 1_790_000_000_000_000  # microseconds since 1970 UTC
_EVERY = 2_000_000  # a bond every two seconds
_SAG = (0.62, 0.78)  # stretch of the trace in which a bad bond differs


def bond_traces(
    rows: int, seed: int, share: float = 0.12, points: int = POINTS
) -> tuple[FloatArray, FloatArray]:
    """Traces, shape (rows, 1, points), and which of them sag, shape (rows,), 1 or 0."""
    rng = np.random.default_rng(seed)
    place = np.linspace(0.0, 1.0, points)
    bad = (rng.random(rows) < share).astype(np.float64)
    rise = 1.0 - np.exp(-place[None, :] / rng.uniform(0.04, 0.08, (rows, 1)))
    level = rng.normal(118.0, 3.0, (rows, 1))
    inside = (place > _SAG[0]) & (place < _SAG[1])
    depth = rng.normal(6.0, 1.6, (rows, 1)) * bad[:, None]
    noise = rng.normal(0.0, 1.2, (rows, points))
    return (level * rise - depth * inside + noise)[:, None, :], bad


def sample_traces(rows: int = 360, seed: int = 3) -> ClassifierData:
    """Bonds in the order of time; those that do not stick sag late in the trace."""
    trace, bad = bond_traces(rows, seed)
    label = Factor(np.where(bad > 0, 1, 0).astype(np.int64), ("good", "lifted"))
    table = DataTable(
        categories={"label": label},
        times={"bonded_at": _START + _EVERY * np.arange(rows, dtype=np.int64)},
        traces={"us_current": trace},
        units={"us_current": "mA"},
    )
    document = DatasetDocument(
        subject="a wire bond",
        columns=(
            DatasetColumn(name="us_current", type="trace", unit="mA"),
            DatasetColumn(name="label", type="category", role="label"),
            DatasetColumn(name="bonded_at", type="time", role="time"),
        ),
        positive="lifted",
        source="Ultrasonic current of a wire bonder, labels of the pull test.",
    )
    return ClassifierData("bond-traces", "Traces of bonds", 1, "traces", table, document)
