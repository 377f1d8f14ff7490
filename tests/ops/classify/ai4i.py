"""AI4I 2020 as a dataset: its rows, what its columns mean, the features that its makers planted.

S. Matzka, "Explainable artificial intelligence for predictive maintenance applications", AI4I 2020,
69-74 (UCI 601, CC BY 4.0; synthetic). Section II gives the causes of failure: heat (difference of
temperatures below 8.6 K and speed below 1380 rpm), power (outside of 3500 to 9000 W), overstrain
(torque times wear above 11000, 12000, 13000 min N m for L, M, H), wear (200 to 240 min), chance.
"""

import csv
from math import pi
from pathlib import Path

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.spec import (
    CategoryFeature,
    Difference,
    FeatureSpec,
    LimitByCategory,
    NumberFeature,
    Product,
)
from ops.classify.table import DataTable
from ops.values import factor_of

FILE = Path(__file__).parents[3].parent / "shared/data/classifiers/ai4i2020/ai4i2020.csv"
_NUMBERS = {
    "air temperature": ("Air temperature [K]", "K"),
    "process temperature": ("Process temperature [K]", "K"),
    "speed": ("Rotational speed [rpm]", "rpm"),
    "torque": ("Torque [Nm]", "N*m"),
    "wear": ("Tool wear [min]", "min"),
}
CAUSES = ("TWF", "HDF", "PWF", "OSF", "RNF")  # consequences of the label: never features
STRAIN_LIMITS = {"L": 11000.0, "M": 12000.0, "H": 13000.0}

DOCUMENT = DatasetDocument(
    subject="a cut of a milling machine",
    columns=(
        DatasetColumn(name="failure", type="category", role="label"),
        DatasetColumn(name="product", type="category", role="unit"),
        DatasetColumn(name="type", type="category", description="Quality: low, medium, high."),
        *(DatasetColumn(name=name, unit=unit) for name, (_, unit) in _NUMBERS.items()),
        *(DatasetColumn(name=cause, role="ignore") for cause in CAUSES),
    ),
    positive="yes",
    source="UCI 601, CC BY 4.0",
    cautions=("Synthetic.", "Causes of failure are told with the failure: never features."),
)
RAW = FeatureSpec(
    features=(*(NumberFeature(column=name) for name in _NUMBERS), CategoryFeature(column="type"))
)
DERIVED = FeatureSpec(
    features=RAW.features,
    derived=(
        Product(make="product", name="power", of=("torque", "speed"), factor=2 * pi / 60),
        Difference(
            make="difference", name="heat", of="process temperature", minus="air temperature"
        ),
        Product(make="product", name="strain", of=("torque", "wear")),
        LimitByCategory(
            make="limit_by_category", name="overstrain", of="strain", category="type",
            limits=STRAIN_LIMITS,
        ),
    ),
)  # fmt: skip

# What the derived features say better is left out: of use to forests, which draw columns by chance.
LEAN = FeatureSpec(
    features=RAW.features,
    derived=DERIVED.derived,
    drop=("air temperature", "process temperature", "torque", "strain", "type"),
)


def ai4i() -> DataTable:
    """Rows that are given, or a skipped test."""
    if not FILE.exists():
        pytest.skip("the public data of ../shared/data/classifiers are not there")
    with FILE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return DataTable(
        {
            **{n: np.array([float(r[c]) for r in rows]) for n, (c, _) in _NUMBERS.items()},
            **{c: np.array([float(r[c]) for r in rows]) for c in CAUSES},
        },
        {
            "failure": factor_of([("no", "yes")[int(r["Machine failure"])] for r in rows]),
            "product": factor_of([r["Product ID"] for r in rows]),
            "type": factor_of([r["Type"] for r in rows]),
        },
        units={n: unit for n, (_, unit) in _NUMBERS.items()},
    )
