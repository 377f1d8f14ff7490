"""What was fetched is found again by what is in a row, in whatever table the row stands."""

import numpy as np
import pytest

from ops.classify.external.fetched import FetchedAnswers, key_columns, row_keys
from ops.classify.external.fetched_model import FetchedModel
from ops.classify.table import DataTable
from ops.errors import BadData
from ops.values import factor_of

TABLE = DataTable(
    {"a": np.array([1.0, -0.0, np.nan, 1.0])},
    {"tool": factor_of(["B", "A", None, "B"])},
    {"at": np.array([1, 2, 3, 1])},
)


def _model() -> FetchedModel:
    columns = key_columns(TABLE)
    keys = row_keys(TABLE, columns)[:3]
    share = np.array([0.1, 0.2, 0.3])
    return FetchedModel(
        FetchedAnswers(columns, keys, np.column_stack([share, 1 - share])), ("x", "y")
    )


def test_equal_rows_have_equal_keys_in_any_table() -> None:
    other = DataTable(
        {"a": np.array([0.0, np.nan])},
        {"tool": factor_of(["A", None])},  # other codes
        {"at": np.array([2, 3])},
    )
    columns = key_columns(TABLE)
    first, zero, missing, again = row_keys(TABLE, columns)
    assert first == again
    assert row_keys(other, columns) == (zero, missing)


def test_answers_follow_their_rows() -> None:
    order = np.array([2, 3, 0, 1])
    found = _model().of_rows(TABLE.take(order), np.zeros((4, 1)))
    assert found[:, 0].tolist() == [0.3, 0.1, 0.1, 0.2]


def test_rows_that_nobody_asked_for_are_refused() -> None:
    strange = DataTable({"a": np.array([7.0])}, {"tool": factor_of(["B"])}, {"at": np.array([1])})
    with pytest.raises(BadData, match="not asked for some"):
        _model().of_rows(strange, np.zeros((1, 1)))
    with pytest.raises(BadData, match="rows of the dataset alone"):
        _model().probability(np.zeros((1, 1)))
    with pytest.raises(BadData, match="not of the classes"):
        FetchedModel(FetchedAnswers((), (), np.zeros((0, 3))), ("x", "y"))


def test_fingerprint_is_that_of_the_answers() -> None:
    one = FetchedAnswers(("a",), (b"k",), np.array([[0.5, 0.5]]))
    other = FetchedAnswers(("a",), (b"k",), np.array([[0.4, 0.6]]))
    assert one.fingerprint() != other.fingerprint()
    assert FetchedAnswers(reason="r").fingerprint() != FetchedAnswers().fingerprint()
