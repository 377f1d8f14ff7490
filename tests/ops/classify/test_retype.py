"""Rows by another document: numbers as names and back, nothing else."""

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.retype import retyped
from ops.classify.table import DataTable
from ops.errors import BadData
from ops.values import factor_of

TABLE = DataTable(
    {"x": np.array([1.0, np.nan, 0.5])},
    {"c": factor_of(["1", None, "2.5"]), "w": factor_of(["a", "b", None])},
    units={"x": "mm"},
)


def _document(*columns: dict[str, str]) -> DatasetDocument:
    return DatasetDocument(columns=tuple(DatasetColumn.model_validate(c) for c in columns))


def test_numbers_become_names_and_back() -> None:
    said = _document({"name": "x", "type": "category"}, {"name": "c", "type": "number"})
    table, document = retyped(TABLE, said)
    assert table.categories["x"].levels == ("0.5", "1")
    assert table.categories["x"].codes.tolist() == [1, -1, 0]
    assert table.numbers["c"].tolist()[::2] == [1.0, 2.5]
    assert {c.name: c.type for c in document.columns} == {
        "x": "category",
        "c": "number",
        "w": "category",
    }


def test_what_nobody_said_stays_as_it_is() -> None:
    table, document = retyped(TABLE, _document({"name": "c", "role": "label"}))
    assert table.fingerprint() == TABLE.fingerprint()
    assert document.one("label") == "c"
    assert {c.name: c.unit for c in document.columns}["x"] == "mm"


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ({"name": "z"}, "the rows have no column 'z'"),
        ({"name": "w", "type": "number"}, "'a' is not one"),
        ({"name": "x", "type": "time"}, "cannot be read as a time"),
        ({"name": "x", "type": "number", "unit": "m"}, "are in mm, not m"),
    ],
)
def test_what_the_values_are_not_is_refused(column: dict[str, str], said: str) -> None:
    with pytest.raises(BadData, match=said) as refused:
        retyped(TABLE, _document(column))
    assert refused.value.problems[0].pointer == f"/document/columns/{column['name']}"
