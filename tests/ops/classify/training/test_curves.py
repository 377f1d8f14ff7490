import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import auc, precision_recall_curve, roc_curve

from ops.classify.training.curves import POINTS, precision_recall_points, roc_points

pairs = st.lists(st.tuples(st.booleans(), st.integers(0, 8)), min_size=2, max_size=60).filter(
    lambda rows: 0 < sum(e for e, _ in rows) < len(rows)
)


@given(pairs)
def test_the_roc_curve_is_that_of_scikit_learn(rows: list[tuple[bool, int]]) -> None:
    event, score = np.array([e for e, _ in rows]), np.array([s / 8 for _, s in rows])
    x, y = roc_points(event, score)
    fpr, tpr, _ = roc_curve(event, score, drop_intermediate=False)
    assert x == pytest.approx(fpr)
    assert y == pytest.approx(tpr)


@given(pairs)
def test_precision_and_recall_are_those_of_scikit_learn(rows: list[tuple[bool, int]]) -> None:
    event, score = np.array([e for e, _ in rows]), np.array([s / 8 for _, s in rows])
    x, y = precision_recall_points(event, score)
    precision, recall, _ = precision_recall_curve(event, score)
    assert x[::-1] == pytest.approx(recall[:-1])
    assert y[::-1] == pytest.approx(precision[:-1])


def test_a_long_curve_is_thinned_and_keeps_its_ends() -> None:
    rng = np.random.default_rng(1)
    score = rng.uniform(size=5000)
    x, y = roc_points(rng.uniform(size=5000) < score, score)
    assert x.size <= POINTS
    assert (x[0], y[0], x[-1], y[-1]) == (0.0, 0.0, 1.0, 1.0)
    assert auc(x, y) == pytest.approx(5 / 6, abs=0.02)
