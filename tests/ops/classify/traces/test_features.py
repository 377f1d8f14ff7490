"""Features of traces: rows like tables, exact round trips, clear refusals."""

import json

import numpy as np
import pytest

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.seen import seen_from
from ops.classify.table import DataTable
from ops.classify.traces.features import TraceFeatures
from ops.classify.traces.fit import fit_trace_features
from ops.classify.traces.spec import TraceSpec
from ops.errors import BadData, NotEnoughData, NotReady

DOCUMENT = DatasetDocument(
    columns=(
        DatasetColumn(name="force", type="trace", unit="gf"),
        DatasetColumn(name="label", type="category", role="label"),
    )
)


def table_of(rows: int = 30, channels: int = 1, points: int = 40, seed: int = 2) -> DataTable:
    x = np.random.default_rng(seed).normal(size=(rows, channels, points)).cumsum(axis=2)
    return DataTable(traces={"force": x})


def fitted(table: DataTable, **said: object) -> TraceFeatures:
    return fit_trace_features(table, TraceSpec.model_validate(said), DOCUMENT)


def test_training_rows_are_standardised() -> None:
    table = table_of()
    x = fitted(table).matrix(table)
    np.testing.assert_allclose(x.mean(axis=0), 0.0, atol=1e-9)
    sd = x.std(axis=0)
    assert np.all((np.abs(sd - 1.0) < 1e-9) | (sd < 1e-9))


def test_one_row_is_told_as_the_table_tells_it() -> None:
    table = table_of(channels=2)
    features = fitted(table)
    sent = {"force": table.traces["force"][3].tolist()}
    np.testing.assert_allclose(features.row(sent), features.matrix(table)[3], atol=1e-12)
    assert features.inputs[0].unit == "gf"


def test_only_training_rows_are_learned_from() -> None:
    table = table_of()
    rows = np.arange(20)
    some = fit_trace_features(table, TraceSpec(), DOCUMENT, rows)
    alone = fit_trace_features(table.take(rows), TraceSpec(), DOCUMENT)
    np.testing.assert_array_equal(some.center, alone.center)


def test_features_survive_json_in_every_digit() -> None:
    table = table_of(channels=2)
    features = fitted(table, stretches=3)
    again = seen_from(json.loads(json.dumps(features.to_document())))
    np.testing.assert_array_equal(again.matrix(table), features.matrix(table))
    assert again.inputs == features.inputs
    assert again.names == features.names


def test_a_row_without_a_trace_is_unusual_and_finite() -> None:
    table = table_of()
    features = fitted(table)
    gone = DataTable(traces={"force": np.full((1, 1, 40), np.nan)})
    assert np.isfinite(features.matrix(gone)).all()
    assert features.unusual(gone).tolist() == [True]
    assert features.remarks({"force": None}) == ("force has no points",)


def test_values_beyond_those_seen_are_remarked_with_numbers() -> None:
    features = fitted(table_of())
    (said,) = features.remarks({"force": [1e4] * 40})
    assert "1e+04 gf" in said


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "is missing"),
        ({"force": "text"}, "list of numbers"),
        ({"force": [[1.0, 2.0], [1.0, 2.0]]}, "2 channels, training had 1"),
        ({"force": 3.0}, "list of numbers"),
    ],
)
def test_what_is_no_trace_is_refused(sent: dict[str, object], told: str) -> None:
    with pytest.raises(BadData, match=told):
        fitted(table_of()).row(sent)


def test_missing_columns_and_rows_are_refused() -> None:
    with pytest.raises(BadData, match="no column of traces"):
        fitted(DataTable(numbers={"a": np.ones(3)}))
    with pytest.raises(BadData, match="'current' is no column"):
        fitted(table_of(), columns=("current",))
    with pytest.raises(NotEnoughData):
        fitted(table_of(rows=0))


def test_minirocket_without_aeon_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys  # noqa: PLC0415  (beside its one use)

    monkeypatch.setitem(sys.modules, "aeon.transformations.collection.convolution_based", None)
    with pytest.raises(NotReady, match=r"longrun-ops\[traces\]"):
        fitted(table_of(), method="minirocket")


@pytest.mark.long  # numba compiles for a minute where nothing is cached
@pytest.mark.parametrize("channels", [1, 3])
def test_minirocket_keeps_its_kernels_as_arrays(channels: int) -> None:
    pytest.importorskip("aeon")
    from aeon.transformations.collection.convolution_based import (  # noqa: PLC0415  (extra)
        MiniRocket,
    )

    table = table_of(rows=12, channels=channels)
    features = fitted(table, method="minirocket", kernels=168, seed=4)
    again = seen_from(json.loads(json.dumps(features.to_document())))
    other = table_of(rows=5, channels=channels, seed=9)
    np.testing.assert_array_equal(again.matrix(other), features.matrix(other))
    plain = MiniRocket(n_kernels=168, n_jobs=1, random_state=4).fit(table.traces["force"])
    raw = features.matrix(other) * features.scale + features.center
    np.testing.assert_allclose(raw, plain.transform(other.traces["force"]), atol=1e-6)


@pytest.mark.long
def test_minirocket_refuses_other_lengths_or_stretches_them() -> None:
    pytest.importorskip("aeon")
    uneven = table_of(rows=12)
    uneven.traces["force"][0, :, 30:] = np.nan
    with pytest.raises(BadData, match="set unequal to 'stretch'"):
        fitted(uneven, method="minirocket", kernels=84)
    told = fitted(uneven, method="minirocket", kernels=84, unequal="stretch")
    assert np.isfinite(told.matrix(uneven)).all()
