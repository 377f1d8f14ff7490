"""One row as a matrix of one row, documents and copies, lags at training and at serving."""

import json
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.features.fit import fit_features, with_history
from ops.classify.features.fitted import FittedFeatures
from ops.classify.features.stored import features_from
from ops.classify.spec import (
    CategoryFeature,
    DerivedFeature,
    Difference,
    FeatureSpec,
    Lag,
    LimitByCategory,
    NumberFeature,
    Product,
    Ratio,
    Rolling,
    TimeSince,
)
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData
from ops.values import factor_of
from tests.strategies import few

HOUR = 3_600_000_000
DOCUMENT = DatasetDocument(
    columns=(
        DatasetColumn(name="at", type="time", role="time"),
        DatasetColumn(name="changed", type="time"),
        DatasetColumn(name="lot", type="category", role="unit"),
    )
)
NOW: tuple[DerivedFeature, ...] = (
    Ratio(make="ratio", name="ratio", numerator="a", denominator="b"),
    Product(make="product", name="power", of=("a", "b", "ratio"), factor=0.1),
    Difference(make="difference", name="less", of="a", minus="b"),
    LimitByCategory(
        make="limit_by_category", name="over", of="power", category="kind", limits={"L": 3, "M": -2}
    ),
    LimitByCategory(
        make="limit_by_category", name="above", of="a", category="kind", limits={"ü": 0.3},
        relative=False,
    ),
)  # fmt: skip
PAST: tuple[DerivedFeature, ...] = (
    Lag(make="lag", name="before", of="power", by="lot"),
    Rolling(make="rolling", name="mean", of="a", rows=5, by="lot"),
    TimeSince(make="time_since", name="age", since="changed"),
    Ratio(make="ratio", name="grown", numerator="power", denominator="before"),
)
SPECS = (
    FeatureSpec(derived=NOW),
    FeatureSpec(
        features=(
            NumberFeature(column="a", unit="mN"),
            NumberFeature(column="b", scale="none", missing="zero"),
            NumberFeature(column="over", scale="robust", flag_missing=False),
            CategoryFeature(column="kind", min_frequency=0.3, reference=True),
        ),
        derived=NOW,
    ),
)
numbers = st.none() | st.sampled_from([0.0, -0.0, 1e300, 1e-300, 1e99]) | st.floats(-50, 50)
texts = st.sampled_from(["L", "M", "H", "ü", None])


def _table(n: int = 60, seed: int = 3) -> DataTable:
    rng = np.random.default_rng(seed)
    a, b = rng.normal(3.0, 1.0, (2, n))
    a[::7] = np.nan
    at = rng.permutation(n).astype(np.int64) * HOUR
    changed = at - rng.integers(-3, 20, n) * HOUR // 2
    changed[::9] = NO_TIME
    return DataTable(
        {"a": a, "b": b},
        {
            "kind": factor_of(rng.choice(["L", "M", "ü"], n, p=[0.6, 0.3, 0.1]).tolist()),
            "lot": factor_of(rng.choice(["l1", "l2"], n).tolist()),
        },
        {"at": at, "changed": changed},
        units={"a": "N"},
    )


FITTED = tuple(fit_features(_table(), spec, DOCUMENT) for spec in SPECS)


@given(a=numbers, b=numbers, kind=texts, fitted=st.sampled_from(FITTED))
def test_a_row_is_a_matrix_of_one_row(
    a: float | None, b: float | None, kind: str | None, fitted: FittedFeatures
) -> None:
    columns = {k: np.array([np.nan if v is None else v]) for k, v in (("a", a), ("b", b))}
    table = DataTable(columns, {"kind": factor_of([kind])})
    values = {"a": a, "b": b, "kind": kind}
    row = fitted.row(values)
    assert np.isfinite(row).all()
    np.testing.assert_array_equal(row, fitted.matrix(table)[0])
    assert bool(fitted.remarks(values)) == fitted.unusual(table)[0]


@pytest.mark.parametrize("fitted", FITTED)
def test_the_matrix_is_standardised_by_centre_and_scale(fitted: FittedFeatures) -> None:
    x = fitted.matrix(_table())
    assert x.shape[1] == len(fitted.names) == len(fitted.columns) == len(fitted.units)
    assert x.shape[1] == fitted.center.size == fitted.scale.size
    raw = fitted.center + fitted.scale * x
    at = fitted.names.index("b")
    np.testing.assert_allclose(raw[:, at], _table().numbers["b"], rtol=1e-12)


@few(40)
@given(seed=st.integers(0, 10_000), spec=st.sampled_from([*SPECS, FeatureSpec(derived=PAST[1:3])]))
def test_a_document_gives_the_same_features_back(seed: int, spec: FeatureSpec) -> None:
    fitted = fit_features(_table(20, seed), spec, DOCUMENT)
    back = features_from(json.loads(json.dumps(fitted.to_document(), allow_nan=False)))
    assert back == fitted
    assert back.matrix(_table()).tobytes() == fitted.matrix(_table()).tobytes()


def test_a_copy_carries_no_plan() -> None:
    fitted = FITTED[0]
    fitted.row({"a": 1.0, "b": 2.0, "kind": "L"})
    copy = pickle.loads(pickle.dumps(fitted))
    assert copy == fitted
    assert set(vars(copy)) == {"parts", "derived", "inputs", "past", "time"}
    assert copy.row({"a": 1, "b": np.float64(2.0), "kind": "L"}).tolist() == (
        fitted.row({"a": 1.0, "b": 2.0, "kind": "L"}).tolist()
    )


@few(30)
@given(seed=st.integers(0, 1000))
def test_mixing_the_rows_mixes_the_matrix(seed: int) -> None:
    table = _table(40, seed)
    order = np.random.default_rng(seed).permutation(40)
    spec = FeatureSpec(derived=(*NOW[:2], *PAST))
    fitted = fit_features(table, spec, DOCUMENT)
    one, other = fitted.matrix(table)[order], fitted.matrix(table.take(order))
    np.testing.assert_array_equal(one, other)


def test_what_rows_before_make_is_sent_with_a_row() -> None:
    table = _table()
    spec = FeatureSpec(derived=(*NOW[:2], *PAST), drop=("power", "ratio"))
    fitted = fit_features(table, spec, DOCUMENT)
    sent = {c.name: c.note for c in fitted.inputs}
    assert sent["before"] == "power of 1 row(s) before within lot"
    assert sent["age"] == "hours since changed"
    assert [c.name for c in fitted.past] == ["lot"]
    with_past = with_history(table, spec, DOCUMENT)
    some = np.arange(30, 50)
    expected = fitted.matrix(table)[some]
    later = with_past.take(some)
    np.testing.assert_array_equal(fitted.matrix(later), expected)
    names = [c.name for c in fitted.inputs if c.type == "number"]
    kind = table.categories["kind"]
    for i in range(20):
        values: dict[str, float | str | None] = {n: float(later.number(n)[i]) for n in names}
        values["kind"] = kind.levels[kind.codes[some[i]]]
        np.testing.assert_array_equal(fitted.row(values), expected[i])
    assert fit_features(with_past, spec, DOCUMENT) == fitted


def test_what_only_a_lag_is_made_of_is_not_asked_for() -> None:
    before = Lag(make="lag", name="before", of="over")
    spec = FeatureSpec(derived=(*NOW, before), drop=("kind", *(d.name for d in NOW)))
    fitted = fit_features(_table(), spec, DOCUMENT)
    assert [c.name for c in fitted.inputs] == ["a", "b", "before"]
    assert np.isfinite(fitted.row({"a": 1.0, "b": 2.0, "before": 0.1})).all()


def test_hours_are_counted_from_events_that_have_been() -> None:
    table = DataTable(
        times={
            "at": np.array([10 * HOUR, 10 * HOUR, 10 * HOUR, NO_TIME]),
            "changed": np.array([7 * HOUR, 11 * HOUR, NO_TIME, 7 * HOUR]),
        }
    )
    columns = with_history(table, FeatureSpec(derived=(PAST[2],)), DOCUMENT)
    np.testing.assert_array_equal(columns.numbers["age"], [3.0, np.nan, np.nan, np.nan])


def test_a_lag_that_cannot_be_made_is_asked_for() -> None:
    spec = FeatureSpec(derived=(PAST[1],), drop=("a", "b", "kind"))
    fitted = fit_features(_table(), spec, DOCUMENT)
    with pytest.raises(BadData, match="columns are missing: mean") as refused:
        fitted.matrix(DataTable({"q": np.ones(1)}))
    assert "mean of a over the 5 rows before within lot" in refused.value.problems[0].detail
    rows = DataTable(_table().numbers, _table().categories)
    with pytest.raises(BadData) as refused:
        fitted.matrix(rows)
    assert "send the column of times 'at'" in refused.value.problems[0].detail


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"b": 1.0, "kind": "L"}, "columns are missing: a"),
        ({"a": 1.0, "b": 1.0}, "columns are missing: kind"),
        ({"a": "12", "b": 1.0, "kind": "L"}, "'a' is '12': send a number, or null"),
        ({"a": True, "b": 1.0, "kind": "L"}, "'a' is True: send a number, or null"),
        ({"a": 1.0, "b": 1.0, "kind": 3}, "'kind' is 3: send a text, or null"),
    ],
)
def test_a_row_that_is_wrong_is_refused(values: dict[str, float | str | None], said: str) -> None:
    with pytest.raises(BadData, match=said) as refused:
        FITTED[0].row(values)
    assert refused.value.problems[0].pointer.startswith("/")


def test_rows_that_lack_a_column_are_refused() -> None:
    with pytest.raises(BadData, match="columns are missing: b, kind") as refused:
        FITTED[0].matrix(DataTable({"a": np.ones(2)}))
    assert [p.pointer for p in refused.value.problems] == ["/b", "/kind"]
    wrong = DataTable({"a": np.ones(1), "kind": np.ones(1), "b": np.ones(1)})
    with pytest.raises(BadData, match="no column of texts 'kind'"):
        FITTED[0].matrix(wrong)


def test_huge_integers_are_missing_and_small_ones_are_numbers() -> None:
    row = FITTED[0].row({"a": 10**400, "b": 1, "kind": "L"})
    assert row.tolist() == FITTED[0].row({"a": None, "b": 1.0, "kind": "L"}).tolist()


def test_numbers_far_outside_of_training_are_unusual() -> None:
    assert FITTED[0].remarks({"a": 100.0, "b": 3.0, "kind": "zz"}) == (
        f"a is 100, training has seen {FITTED[0].inputs[0].low:.6g} to"
        f" {FITTED[0].inputs[0].high:.6g}",
        "kind is 'zz', which training has not seen",
    )


@pytest.mark.parametrize("huge", [1e308, -1e101, np.inf, 10**400])
def test_a_number_beyond_all_measure_is_said_to_be_so(huge: float) -> None:
    table = DataTable({"x": np.arange(9.0)})
    fitted = fit_features(table, FeatureSpec(), DatasetDocument(columns=()))
    said = "x is beyond 1e100 and counts as missing; no training row lacked it"
    assert fitted.remarks({"x": huge}) == (said,)
    assert fitted.remarks({"x": np.nan}) == ("x is missing; no training row lacked it",)


def test_no_rows_give_an_empty_matrix() -> None:
    empty = _table().take(np.arange(0))
    assert FITTED[0].matrix(empty).shape == (0, len(FITTED[0].names))
