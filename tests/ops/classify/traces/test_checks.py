"""Doubts about traces."""

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.classify.traces.checks import inspect_traces
from ops.classify.traces.spec import TraceSpec
from ops.values import Factor

DOCUMENT = DatasetDocument(
    columns=(
        DatasetColumn(name="force", type="trace"),
        DatasetColumn(name="label", type="category", role="label"),
    )
)


def codes_of(change: str) -> set[str]:
    rng = np.random.default_rng(1)
    y = np.arange(100) % 2
    x = rng.normal(size=(100, 1, 20))
    if change == "empty":
        x[:] = np.nan
    if change == "constant":
        x[:3] = 1.0
    if change == "repeated":
        x[50:] = x[:50]
    if change == "length":
        x[y == 1, :, 15:] = np.nan
    table = DataTable(traces={"force": x}, categories={"label": Factor(y, ("a", "b"))})
    return {w.code for w in inspect_traces(table, DOCUMENT, TraceSpec(), y)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("empty", "all-missing"),
        ("constant", "constant"),
        ("repeated", "repeated"),
        ("length", "leak-suspect"),
    ],
)
def test_each_doubt_is_told(change: str, code: str) -> None:
    assert code in codes_of(change)
    assert code not in codes_of("none")
