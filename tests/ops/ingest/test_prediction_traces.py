"""Traces that are sent to be answered."""

import json

import numpy as np
import pytest

from ops.classify.features.part import InputColumn
from ops.errors import BadData
from ops.ingest.prediction_rows import rows_of_csv, rows_of_json

ONE = (InputColumn("force", "trace", channels=1, points=3),)
TWO = (InputColumn("force", "trace", channels=2, points=2),)


def of_json(sent: object, inputs: tuple[InputColumn, ...] = ONE) -> list[object]:
    table = rows_of_json(json.dumps(sent).encode(), inputs, most=10).table
    return np.where(np.isnan(table.traces["force"]), None, table.traces["force"]).tolist()  # type: ignore[no-any-return, call-overload]


def test_a_list_of_numbers_is_a_trace_of_one_channel() -> None:
    assert of_json({"force": [1, 2.5, None]}) == [[[1.0, 2.5, None]]]


def test_lists_within_a_list_are_channels() -> None:
    assert of_json({"force": [[1, 2], [3]]}, TWO) == [[[1.0, 2.0], [3.0, None]]]


def test_traces_of_unequal_length_end_with_nothing() -> None:
    assert of_json([{"force": [1]}, {"force": [2, 3]}, {"force": None}]) == [
        [[1.0, None]],
        [[2.0, 3.0]],
        [[None, None]],
    ]


def test_a_text_holds_numbers_with_spaces_and_channels_with_semicolons() -> None:
    table = rows_of_csv(b"lot,force\nA,1 2;3 4\n", TWO, most=10).table
    assert table.traces["force"].tolist() == [[[1.0, 2.0], [3.0, 4.0]]]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ([{"force": [1]}, {}], "missing"),
        ({"force": 4}, "row 0"),
        ({"force": "1 x"}, "row 0"),
        ({"force": [[1], [2]]}, "2 channels, training had 1"),
    ],
)
def test_what_is_no_trace_is_refused_with_its_row(sent: object, told: str) -> None:
    with pytest.raises(BadData, match=told):
        of_json(sent)
