"""Features of AI4I against the causes of failure that its makers planted."""

import numpy as np
import pytest

from ops.classify.checks import inspect
from ops.classify.features.fit import fit_features
from ops.classify.spec import FeatureSpec, NumberFeature
from ops.classify.table import DataTable
from tests.ops.classify.ai4i import CAUSES, DERIVED, DOCUMENT, RAW, ai4i


@pytest.fixture(scope="module")
def rows() -> DataTable:
    return ai4i()


def test_derived_features_are_the_causes_to_the_last_row(rows: DataTable) -> None:
    plain = tuple(
        NumberFeature(column=name, scale="none")
        for name in ("power", "overstrain", "heat", "speed")
    )
    spec = FeatureSpec(features=plain, derived=DERIVED.derived, drop=("strain",))
    power, over, heat, speed = fit_features(rows, spec, DOCUMENT).matrix(rows).T
    for cause, told in (
        ("PWF", (power < 3500.0) | (power > 9000.0)),
        ("OSF", over > 0.0),
        ("HDF", (heat < 8.6) & (speed < 1380.0)),
    ):
        np.testing.assert_array_equal(told, rows.numbers[cause] == 1.0)


def test_what_follows_from_the_failure_is_no_feature_and_would_be_found(rows: DataTable) -> None:
    assert not set(CAUSES) & {c.name for c in fit_features(rows, RAW, DOCUMENT).inputs}
    assert inspect(rows, DOCUMENT, DERIVED) == ()
    copied = DataTable(
        {**rows.numbers, "repair": (rows.categories["failure"].codes == 1).astype(float)},
        rows.categories,
    )
    found = inspect(copied, DOCUMENT, FeatureSpec())
    assert [(w.severity, w.pointer) for w in found] == [("refuse", "/columns/repair")]
