"""A classifier as it is served: its decision, its sets, its reasons, what it calls unusual."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ops.classify.classifier import Classifier
from ops.classify.models.settings import DecisionTreeSettings
from ops.classify.profile import profile_from, profile_of
from ops.classify.table import DataTable
from ops.errors import BadData
from ops.values import FloatArray
from tests.ops.classify.served import CLASSES, ROW, classifier, labels, table

MADE = classifier()
TREE = classifier(DecisionTreeSettings(max_depth=3))


def test_the_cost_threshold_decides() -> None:
    rows = table(200, seed=4)
    found = MADE.predict(rows)
    fails = found.probability[:, 0] >= 0.1  # costs 1 and 9
    assert found.decided.tolist() == np.where(fails, 0, 1).tolist()
    likeliest = replace(MADE, decision=None).predict(rows)
    assert likeliest.decided.tolist() == found.probability.argmax(axis=1).tolist()


def test_without_conformal_quantiles_the_set_is_the_decided_class() -> None:
    found = replace(MADE, conformal=None).predict(table(50, seed=4))
    assert found.possible.sum(axis=1).tolist() == [1] * 50
    assert found.possible.argmax(axis=1).tolist() == found.decided.tolist()


def test_sets_hold_the_true_class_as_often_as_they_say() -> None:
    rows = table(3000, seed=9)
    possible, y = MADE.predict(rows).possible, labels(rows)
    for at in range(len(CLASSES)):
        assert possible[y == at, at].mean() >= 0.85  # level 0.9, quantiles from 300 rows


@pytest.mark.parametrize("made", [MADE, TREE], ids=["linear", "tree"])
def test_contributions_add_up_to_the_score(made: Classifier) -> None:
    rows = table(5, seed=6)
    x = np.vstack([made.features.matrix(rows), made.profile.mean])
    p = np.clip(made.raw_probability(x)[:, 0], 1e-12, 1 - 1e-12)
    score = np.log(p / (1 - p))
    told = made.contributions(rows, top=99)
    sums = [sum(one.amount for one in row) for row in told]
    assert sums == pytest.approx(score[:5] - score[5], abs=1e-9)
    sizes = [[abs(one.amount) for one in row] for row in told]
    assert all(row == sorted(row, reverse=True) for row in sizes)
    assert {one.column for one in told[0]} >= {"torque", "type"}


def test_the_torque_that_was_planted_is_the_first_reason() -> None:
    rows = DataTable(
        numbers={"torque": np.array([75.0]), "speed": np.array([1500.0])},
        categories={"type": table(300).categories["type"].take(slice(0, 1))},
    )
    first = MADE.contributions(rows, top=1)[0][0]
    assert first.column in ("torque", "load")
    assert first.amount > 0


def test_a_row_far_outside_is_unusual() -> None:
    rows = table(50, seed=4)
    assert not MADE.predict(rows).unusual.all()
    rows.numbers["torque"][:] = 1e6
    assert MADE.predict(rows).unusual.all()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadData) as told:
        MADE.one({k: v for k, v in ROW.items() if k != "speed"})
    assert [p.pointer for p in told.value.problems] == ["/speed"]


MATRICES = arrays(np.float64, (30, 3), elements=st.floats(-1e6, 1e6))


@given(MATRICES)
def test_few_training_rows_are_unusual_themselves(x: FloatArray) -> None:
    profile = profile_of(x)
    assert profile.unusual(x).sum() <= 1
    again = profile_from(profile.to_document())
    assert again.excess(x).tolist() == profile.excess(x).tolist()


def test_a_column_that_never_varied_has_a_profile_too() -> None:
    x = np.zeros((20, 2))
    profile = profile_of(x)
    assert not profile.unusual(x).any()
    assert profile.unusual(np.array([[0.0, 3.0]])).tolist() == [True]
    assert profile_of(np.zeros((5, 0))).excess(np.zeros((4, 0))).tolist() == [0.0] * 4
