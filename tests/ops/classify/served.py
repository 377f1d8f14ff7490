"""A small classifier of torques and types, ready to be served; shared by several tests."""

import numpy as np

from ops.classify.classifier import Classifier
from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.evaluation.calibration import fit_calibration
from ops.classify.evaluation.conformal import fit_conformal
from ops.classify.evaluation.decision import decide_by_cost
from ops.classify.features.fit import fit_features
from ops.classify.models.fit import fit_classifier
from ops.classify.models.settings import LogisticSettings, ModelSettings
from ops.classify.profile import profile_of
from ops.classify.spec import CategoryFeature, FeatureSpec, NumberFeature, Ratio
from ops.classify.table import DataTable
from ops.values import IntArray, factor_of

DOCUMENT = DatasetDocument(
    subject="a bond",
    columns=(
        DatasetColumn(name="torque", unit="Nm"),
        DatasetColumn(name="speed", unit="rpm"),
        DatasetColumn(name="type", type="category"),
        DatasetColumn(name="result", type="category", role="label"),
    ),
    positive="fail",
)
SPEC = FeatureSpec(
    features=(
        NumberFeature(column="torque", unit="Nm"),
        NumberFeature(column="speed", unit="rpm"),
        CategoryFeature(column="type", unknown="refuse"),
    ),
    derived=(Ratio(make="ratio", name="load", numerator="torque", denominator="speed"),),
)
CLASSES = ("fail", "pass")
ROW: dict[str, float | str | None] = {"torque": 52.0, "speed": 1500.0, "type": "L"}


def table(n: int = 300, seed: int = 1) -> DataTable:
    """Rows of which those with a high torque fail."""
    rng = np.random.default_rng(seed)
    torque = rng.normal(40, 8, n)
    torque[rng.random(n) < 0.05] = np.nan
    speed = rng.normal(1500, 100, n)
    kind = factor_of([str(v) for v in rng.choice(["L", "M", "H"], n)])
    score = (np.nan_to_num(torque, nan=40.0) - 50) / 3 + rng.logistic(size=n)
    result = factor_of(["fail" if s > 0 else "pass" for s in score])
    return DataTable(
        numbers={"torque": torque, "speed": speed},
        categories={"type": kind, "result": result},
        units={"torque": "Nm", "speed": "rpm"},
    )


def labels(rows: DataTable) -> IntArray:
    """Index of each row's class."""
    factor = rows.category("result")
    return np.array([CLASSES.index(level) for level in factor.levels], dtype=np.int64)[factor.codes]


def classifier(settings: ModelSettings | None = None, *, fast: bool = True) -> Classifier:
    """Classifier of `table`, calibrated, with a cost threshold and conformal sets."""
    rows = table()
    features = fit_features(rows, SPEC, DOCUMENT)
    x, y = features.matrix(rows), labels(rows)
    model = fit_classifier(x, y, CLASSES, settings or LogisticSettings(), seed=1)
    raw = model.probability(x)
    calibration = fit_calibration("sigmoid", y, raw)
    found = Classifier(
        features=features,
        model=model,
        classes=CLASSES,
        profile=profile_of(x),
        positive="fail",
        decision=decide_by_cost(0, 1.0, 9.0),
        calibration=calibration,
        conformal=fit_conformal(y, calibration.apply(raw), 0.9),
        notes=("learned from drawn rows",),
    )
    return found.with_fast_path(x) if fast else found
