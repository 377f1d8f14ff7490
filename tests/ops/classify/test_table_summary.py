"""What rows hold, counted: as JSON without NaN, whatever is missing."""

import json

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import NO_TIME, DataTable
from ops.classify.table_summary import summary
from ops.values import factor_of

HOUR = 3_600_000_000
DOCUMENT = DatasetDocument(
    columns=(
        DatasetColumn(name="y", type="category", role="label"),
        DatasetColumn(name="t", type="time", role="time"),
        DatasetColumn(name="k", type="time", role="known_time"),
        DatasetColumn(name="g", type="category", role="group"),
        DatasetColumn(name="x", unit="mm"),
    ),
    positive="bad",
)
TABLE = DataTable(
    {"x": np.array([1.0, np.nan, 3.0, 3.0])},
    {"y": factor_of(["ok", "bad", "ok", None]), "g": factor_of(["a", "a", "b", None])},
    {
        "t": np.array([0, HOUR, 2 * HOUR, NO_TIME]),
        "k": np.array([2 * HOUR, 5 * HOUR, NO_TIME, NO_TIME]),
    },
)


def test_rows_labels_groups_and_delays_are_counted() -> None:
    held = summary(TABLE, DOCUMENT)
    assert (held["rows"], held["labels"], held["unlabelled"]) == (4, {"ok": 2, "bad": 1}, 1)
    assert (held["groups"], held["largest_group"]) == (2, 2)
    assert held["delay"] == {
        "known": 2, "waiting": 2, "before": 0, "median_h": 3.0, "p90_h": 3.8, "max_h": 4.0,
    }  # fmt: skip
    assert held["first"] == "1970-01-01T00:00:00+00:00"
    assert sum(held["balance"]["labels"]["ok"]) == 2
    x = held["columns"][4]
    assert (x["missing"], x["low"], x["median"], x["high"], sum(x["counts"])) == (1, 1, 3, 3, 3)


@pytest.mark.parametrize("scale", [0.0, 1e-300, 1e300])
def test_it_is_json_whatever_the_values(scale: float) -> None:
    numbers = {"x": np.array([-scale, np.nan, scale, scale])}
    table = DataTable(numbers, TABLE.categories, TABLE.times)
    json.dumps(summary(table, DOCUMENT), allow_nan=False)


def test_nothing_at_all_is_told_too() -> None:
    for table in (DataTable(), TABLE.take(np.empty(0, np.int64))):
        told = summary(table, DOCUMENT)
        json.dumps(told, allow_nan=False)
        assert (told["rows"], told["balance"]) == (0, None)
