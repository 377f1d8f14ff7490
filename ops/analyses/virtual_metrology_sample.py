"""A small seeded example: loop height from bonder signals, and a regime nobody has measured yet."""

import numpy as np

from ops.classifier_query import ClassifierData
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.values import BoolArray, factor_of

_START = 1_790_000_000_000_000  # microseconds since 1970 UTC
_EVERY = 60_000_000  # a sampled bond every minute
_SIGNALS = (
    ("wire_feed", "mm", 1.95, 0.04),
    ("kink_height", "um", 62.0, 2.5),
    ("bond_force", "gf", 32.0, 1.4),
    ("us_power", "mW", 118.0, 4.0),
    ("stage_temperature", "degC", 168.0, 1.6),
    ("capillary_age", "kbonds", 400.0, 220.0),
)
_WEIGHTS = (70.0, 0.9, -0.35, 0.12, 0.4, 0.004)  # um of loop height per unit
HOT = 6  # last rows, bonded on a stage that is far too hot
REGIME = 0.88  # share of the rows before a new capillary type is tried


def sample_loops(rows: int = 320, seed: int = 11) -> ClassifierData:
    """Bonds in the order of time; some of the latest are not measured."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(mean, sd, rows) for _, _, mean, sd in _SIGNALS])
    new = regime_rows(rows)
    x[new, 1] += 14.0  # the new capillary asks for a higher kink
    x[new, 3] += 18.0
    means = np.array([mean for _, _, mean, _ in _SIGNALS])
    height = 112.0 + (x - means) @ np.array(_WEIGHTS) + rng.normal(0.0, 1.1, rows)
    height[new] += 9.0 - 1.2 * (x[new, 1] - means[1])  # and bends the wire otherwise
    x[-HOT:, 4] += 30.0  # a heater that runs away, and nobody has measured since
    late = np.arange(rows) >= 0.75 * rows
    height[late & (np.arange(rows) % 4 == 0)] = np.nan
    height[-HOT:] = np.nan
    table = DataTable(
        numbers={
            **{name: x[:, i] for i, (name, _, _, _) in enumerate(_SIGNALS)},
            "loop_height": height,
        },
        categories={"unit": factor_of([f"U{i:04d}" for i in range(rows)])},
        times={"bonded_at": _START + _EVERY * np.arange(rows, dtype=np.int64)},
        units={"loop_height": "um", **{name: unit for name, unit, _, _ in _SIGNALS}},
    )
    document = DatasetDocument(
        subject="a wire bond",
        columns=(
            *(DatasetColumn(name=name, unit=unit) for name, unit, _, _ in _SIGNALS),
            DatasetColumn(name="loop_height", unit="um", role="label"),
            DatasetColumn(name="unit", type="category", role="unit"),
            DatasetColumn(name="bonded_at", type="time", role="time"),
        ),
        source="Signals of a wire bonder, loop heights of a confocal microscope.",
    )
    return ClassifierData("loop-heights", "Loop heights", 1, "table", table, document)


def regime_rows(rows: int) -> BoolArray:
    """Rows that were bonded with the new capillary."""
    return np.arange(rows) >= int(REGIME * rows)
