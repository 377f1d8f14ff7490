"""Answers written by columns are what a plain writer makes of their rows."""

import json
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.model import Contribution, Predictions
from ops.classify.regressor import NumberPredictions
from ops.work.predict import Answers, Served
from ops.work.prediction_json import rows_json


class Told:
    """What is asked of an opened model while answers are written."""

    classes: tuple[str, ...] = ("fail", "pass")
    least = 0.5


def served(classes: tuple[str, ...] = Told.classes) -> Served:
    model: Any = Told()
    model.classes = classes
    return Served("M", 1, "", "own", "classify", model)


def refuse(name: str) -> float:
    raise AssertionError(f"{name} is no JSON")


def read(text: bytes) -> Any:
    return json.loads(text, parse_constant=refuse)


@given(
    st.lists(st.text(), min_size=2, max_size=4, unique=True),
    st.integers(1, 5),
    st.integers(0, 1000),
)
def test_each_row_tells_what_was_found_of_it(classes: list[str], n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    k = len(classes)
    found = Predictions(
        rng.dirichlet(np.ones(k), n), rng.integers(0, k, n), rng.random((n, k)) < 0.5,
        rng.random(n) < 0.5,
    )  # fmt: skip
    imputed = tuple(("a %s", 'b"') if strange else () for strange in found.unusual)
    written = read(rows_json(served(tuple(classes)), Answers(found, imputed, imputed, None)))
    for i, row in enumerate(written):
        assert list(row["probability"]) == classes
        assert list(row["probability"].values()) == found.probability[i].tolist()
        assert row["decided"] == classes[found.decided[i]]
        assert row["possible"] == [
            c for c, may in zip(classes, found.possible[i], strict=True) if may
        ]
        assert row["unusual"] is bool(found.unusual[i])
        assert row["imputed"] == row["remarks"] == list(imputed[i])
        assert row["contributions"] is None
    assert len(written) == n


def test_contributions_are_told_with_each_row() -> None:
    found = Predictions(
        np.array([[0.25, 0.75]] * 2), np.array([1, 0]), np.ones((2, 2), np.bool_),
        np.zeros(2, np.bool_),
    )  # fmt: skip
    told = ((Contribution("type = %s", "type", "ü", 0.5),), (Contribution("x", "x", np.nan, -1.0),))
    first, second = read(rows_json(served(), Answers(found, ((), ()), ((), ()), told)))
    assert first["contributions"] == [
        {"feature": "type = %s", "column": "type", "value": "ü", "amount": 0.5}
    ]
    assert second["contributions"][0]["value"] is None


def test_numbers_without_an_interval_have_null() -> None:
    found = NumberPredictions(
        np.array([1.5, 1e-7]), np.array([np.nan, 1.0]), np.array([np.nan, 1e22]),
        np.array([0.4, 0.5]), np.array([True, False]),
    )  # fmt: skip
    first, second = read(rows_json(served(), Answers(found, ((), ("x",)), (("w",), ()), None)))
    assert first == {
        "value": 1.5, "lower": None, "upper": None, "reliance": 0.4, "measure": True,
        "unusual": True, "imputed": [], "remarks": ["w"],
    }  # fmt: skip
    assert second == {
        "value": 1e-7, "lower": 1.0, "upper": 1e22, "reliance": 0.5, "measure": False,
        "unusual": False, "imputed": ["x"], "remarks": [],
    }  # fmt: skip


def test_a_class_may_have_any_name() -> None:
    odd = ("\0", ':"\\u0000"', "100 %")
    found = Predictions(
        np.array([[0.2, 0.3, 0.5]]), np.array([0]), np.ones((1, 3), np.bool_), np.zeros(1, np.bool_)
    )
    (row,) = read(rows_json(served(odd), Answers(found, ((),), ((),), None)))
    assert row["probability"] == dict(zip(odd, (0.2, 0.3, 0.5), strict=True))
    assert row["possible"] == list(odd)
    assert row["decided"] == odd[0]
