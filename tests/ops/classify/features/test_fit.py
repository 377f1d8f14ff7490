"""What features learn, against scikit-learn, and what they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, RobustScaler, StandardScaler

from ops.classify.document import ColumnRole, DatasetColumn, DatasetDocument
from ops.classify.features.fit import fit_features
from ops.classify.features.part import CategoryPart, NumberPart
from ops.classify.spec import (
    CategoryFeature,
    DerivedFeature,
    Difference,
    FeatureSpec,
    Lag,
    LimitByCategory,
    Missing,
    NumberFeature,
    Product,
    Ratio,
    Scale,
)
from ops.classify.table import DataTable
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, factor_of
from tests.strategies import few

PLAIN = DatasetDocument()


def _numbers(rng: np.random.Generator, n: int = 80) -> FloatArray:
    x = rng.normal(5.0, 2.0, n)
    x[rng.random(n) < 0.2] = np.nan
    return x


@pytest.mark.parametrize("missing", ["median", "mean", "zero"])
@pytest.mark.parametrize("scale", ["standard", "robust"])
def test_numbers_are_filled_and_scaled_as_by_scikit_learn(missing: Missing, scale: Scale) -> None:
    rng = np.random.default_rng(1)
    x, later = _numbers(rng), _numbers(rng)
    feature = NumberFeature(column="x", missing=missing, scale=scale)
    fitted = fit_features(DataTable({"x": x}), FeatureSpec(features=(feature,)), PLAIN)
    fill = {"median": "median", "mean": "mean", "zero": "constant"}[missing]
    theirs = make_pipeline(
        SimpleImputer(strategy=fill, fill_value=0.0 if missing == "zero" else None),
        StandardScaler() if scale == "standard" else RobustScaler(),
    ).fit(x[:, None])
    ours = fitted.matrix(DataTable({"x": later}))
    assert fitted.names == ("x", "x: missing")
    np.testing.assert_allclose(
        ours[:, 0], theirs.transform(later[:, None])[:, 0], rtol=1e-12, atol=1e-14
    )
    np.testing.assert_array_equal(ours[:, 1], np.isnan(later))


@few(50)
@given(
    seen=st.lists(st.sampled_from(["a", "b", "c", "dé", "e"]), min_size=1, max_size=60),
    later=st.lists(st.sampled_from(["a", "b", "c", "dé", "e", "new"]), min_size=1, max_size=20),
    least=st.sampled_from([0.0, 0.1, 0.25, 0.4]),
)
def test_texts_are_encoded_as_by_scikit_learn(
    seen: list[str], later: list[str], least: float
) -> None:
    feature = CategoryFeature(column="c", min_frequency=least)
    table = DataTable(categories={"c": factor_of([*seen])})
    fitted = fit_features(table, FeatureSpec(features=(feature,)), PLAIN)
    theirs = OneHotEncoder(
        min_frequency=least or None, handle_unknown="infrequent_if_exist", sparse_output=False
    ).fit(np.array(seen, dtype=object)[:, None])
    ours = fitted.matrix(DataTable(categories={"c": factor_of([*later])}))
    expected = theirs.transform(np.array(later, dtype=object)[:, None])
    np.testing.assert_array_equal(ours, expected)


def test_only_the_rows_to_learn_from_are_learned_from() -> None:
    rng = np.random.default_rng(2)
    x, c = _numbers(rng), rng.choice(["a", "b", "c"], 80).tolist()
    rows = np.sort(rng.choice(80, 50, replace=False))
    other = np.setdiff1d(np.arange(80), rows)
    y, d = x.copy(), [*c]
    y[other] = 1e6
    for i in other:
        d[i] = "never"
    one = fit_features(_both(x, c), FeatureSpec(), PLAIN, rows)
    assert fit_features(_both(y, d), FeatureSpec(), PLAIN, rows) == one
    assert fit_features(_both(x, c).take(rows), FeatureSpec(), PLAIN) == one


def _both(x: FloatArray, c: list[str]) -> DataTable:
    return DataTable({"x": x}, {"c": factor_of([*c])})


def test_a_flag_stands_only_where_a_training_value_was_missing() -> None:
    x = np.array([1.0, 2.0, 3.0, np.nan])
    fitted = fit_features(DataTable({"x": x}), FeatureSpec(), PLAIN, np.arange(3))
    assert fitted.names == ("x",)
    later = DataTable({"x": x})
    assert fitted.matrix(later)[3, 0] == 0.0  # the median, standardised
    assert fitted.unusual(later).tolist() == [False, False, False, True]
    assert fitted.remarks({"x": None}) == ("x is missing; no training row lacked it",)


def test_columns_that_lack_the_same_rows_share_a_flag() -> None:
    x = np.array([1.0, np.nan, 3.0, 4.0])
    table = DataTable({"x": x, "y": 2 * x, "z": np.array([1.0, 2.0, np.nan, 3.0])})
    double = Ratio(make="ratio", name="r", numerator="x", denominator="y")
    fitted = fit_features(table, FeatureSpec(derived=(double,)), PLAIN)
    assert fitted.names == ("x", "x: missing", "y", "z", "z: missing", "r")


def test_infinite_and_monstrous_numbers_count_as_missing() -> None:
    x = np.array([1.0, np.inf, -np.inf, 1e300, 3.0])
    fitted = fit_features(DataTable({"x": x}), FeatureSpec(), PLAIN)
    assert np.isfinite(fitted.matrix(DataTable({"x": x}))).all()
    assert fitted.row({"x": 1e300}).tolist() == fitted.row({"x": None}).tolist()


@pytest.mark.parametrize("size", [1e-90, 1e-9, 1.0, 1e9, 1e90])
def test_a_change_of_size_changes_nothing(size: float) -> None:
    x = np.array([1.0, 2.0, 4.0, 8.0])
    for scale in ("standard", "robust"):
        spec = FeatureSpec(features=(NumberFeature(column="x", scale=scale),))
        one, other = (
            fit_features(t, spec, PLAIN).matrix(t)
            for t in (DataTable({"x": x}), DataTable({"x": size * x}))
        )
        np.testing.assert_allclose(one, other, rtol=1e-12)


@pytest.mark.parametrize("value", [0.0, 1e-300, 0.1, 1e17, 1e99])
def test_a_constant_becomes_zero(value: float) -> None:
    table = DataTable({"x": np.full(7, value)})
    fitted = fit_features(table, FeatureSpec(), PLAIN)
    assert fitted.scale.tolist() == [1.0]
    assert fitted.matrix(table).tolist() == [[0.0]] * 7


def test_a_column_without_any_value_becomes_zero() -> None:
    table = DataTable({"x": np.full(3, np.nan), "y": np.arange(3.0)})
    fitted = fit_features(table, FeatureSpec(), PLAIN)
    assert fitted.names == ("x", "y")
    assert fitted.matrix(table)[:, 0].tolist() == [0.0, 0.0, 0.0]
    assert fitted.inputs[0].low is None


def test_a_range_of_zero_is_scaled_by_the_standard_deviation() -> None:
    x = np.array([0.0] * 9 + [10.0])
    spec = FeatureSpec(features=(NumberFeature(column="x", scale="robust"),))
    fitted = fit_features(DataTable({"x": x}), spec, PLAIN)
    assert fitted.scale.tolist() == [pytest.approx(3.0)]


def test_missing_texts_have_a_flag_or_are_rare() -> None:
    table = DataTable(categories={"c": factor_of(["a", "a", "b", None])})
    spec = FeatureSpec(features=(CategoryFeature(column="c", min_frequency=0.4),))
    fitted = fit_features(table, spec, PLAIN)
    assert fitted.names == ("c = a", "c: rare", "c: missing")
    assert fitted.matrix(table).tolist() == [[1, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    full = fit_features(table, spec, PLAIN, np.arange(3))
    assert full.row({"c": None}).tolist() == [0, 1]
    assert full.remarks({"c": None}) == ("c is missing; no training row lacked it",)


def test_the_most_frequent_level_is_the_reference_where_one_is_wanted() -> None:
    table = DataTable(categories={"c": factor_of(["a", "b", "b", "c"])})
    spec = FeatureSpec(features=(CategoryFeature(column="c", reference=True),))
    fitted = fit_features(table, spec, PLAIN)
    assert fitted.names == ("c = a", "c = c")
    assert fitted.matrix(table).tolist() == [[1, 0], [0, 0], [0, 0], [0, 1]]
    assert isinstance(fitted.parts[0], CategoryPart)
    assert fitted.parts[0].reference == "b"


def test_a_new_level_is_rare_or_refused() -> None:
    table = DataTable(categories={"c": factor_of(["a", "b"])})
    spec = FeatureSpec(features=(CategoryFeature(column="c", unknown="refuse"),))
    fitted = fit_features(table, spec, PLAIN)
    later = DataTable(categories={"c": factor_of(["z"])})
    with pytest.raises(BadData, match="'z', which training has not seen: send one of a, b"):
        fitted.matrix(later)
    with pytest.raises(BadData, match="'z', which training has not seen: send one of a, b"):
        fitted.row({"c": "z"})


def test_a_missing_value_is_refused_where_it_must_be() -> None:
    spec = FeatureSpec(features=(NumberFeature(column="x", missing="refuse"),))
    with pytest.raises(BadData, match="'x' lacks 1 of 2 values"):
        fit_features(DataTable({"x": np.array([1.0, np.nan])}), spec, PLAIN)
    fitted = fit_features(DataTable({"x": np.array([1.0, 2.0])}), spec, PLAIN)
    with pytest.raises(BadData, match="'x' has no value"):
        fitted.matrix(DataTable({"x": np.array([np.nan])}))
    with pytest.raises(BadData, match="'x' has no value"):
        fitted.row({"x": None})


def test_numbers_are_turned_into_the_unit_of_the_spec() -> None:
    table = DataTable({"t": np.array([20.0, 30.0, 50.0])}, units={"t": "degC"})
    spec = FeatureSpec(features=(NumberFeature(column="t", unit="K", scale="none"),))
    fitted = fit_features(table, spec, PLAIN)
    assert fitted.units == ("K",)
    assert (fitted.inputs[0].unit, fitted.inputs[0].high) == ("degC", 50.0)
    np.testing.assert_allclose(fitted.matrix(table)[:, 0], [293.15, 303.15, 323.15])
    kelvin = DataTable({"t": np.array([293.15, 400.0])}, units={"t": "K"})
    np.testing.assert_allclose(fitted.matrix(kelvin)[:, 0], [293.15, 400.0])
    assert fitted.unusual(kelvin).tolist() == [False, True]
    assert fitted.row({"t": 20.0}).tolist() == [293.15]
    assert fitted.remarks({"t": 20.0}) == ()
    with pytest.raises(BadData, match="in 'kg', which cannot be turned into 'degC'"):
        fitted.matrix(DataTable({"t": np.array([1.0])}, units={"t": "kg"}))


def test_a_unit_of_the_document_stands_in_for_one_of_the_rows() -> None:
    document = DatasetDocument(columns=(DatasetColumn(name="l", unit="mil"),))
    spec = FeatureSpec(features=(NumberFeature(column="l", unit="um", scale="none"),))
    table = DataTable({"l": np.array([1.0, 2.0])})
    fitted = fit_features(table, spec, document)
    np.testing.assert_allclose(fitted.matrix(table)[:, 0], [25.4, 50.8])
    np.testing.assert_allclose(fitted.row({"l": 2.0}), [50.8])
    metric = DataTable({"l": np.array([25.4])}, units={"l": "um"})
    np.testing.assert_allclose(fitted.matrix(metric)[:, 0], [25.4])


def test_a_unit_of_the_spec_alone_is_that_of_the_rows() -> None:
    spec = FeatureSpec(features=(NumberFeature(column="l", unit="um", scale="none"),))
    fitted = fit_features(DataTable({"l": np.array([1.0, 2.0])}), spec, PLAIN)
    assert fitted.inputs[0].unit == "um"
    assert fitted.row({"l": 2.0}).tolist() == [2.0]


def test_a_difference_of_two_units_is_refused() -> None:
    table = DataTable({"a": np.ones(2), "b": np.ones(2)}, units={"a": "K", "b": "degC"})
    made = Difference(make="difference", name="d", of="a", minus="b")
    with pytest.raises(BadData, match="'d' takes 'b' in degC from 'a' in K"):
        fit_features(table, FeatureSpec(derived=(made,)), PLAIN)
    both = FeatureSpec(
        features=(NumberFeature(column="a"), NumberFeature(column="b", unit="K")), derived=(made,)
    )
    made_of_both = fit_features(table, both, PLAIN).parts[2]
    assert isinstance(made_of_both, NumberPart)
    assert made_of_both.fill == pytest.approx(1.0 - 274.15)


@pytest.mark.parametrize("role", ["label", "known_time", "unit", "ignore", "time"])
def test_what_is_no_feature_is_never_learned_from(role: ColumnRole) -> None:
    document = DatasetDocument(columns=(DatasetColumn(name="x", role=role),))
    table = DataTable({"x": np.arange(3.0), "y": np.arange(3.0)})
    assert fit_features(table, FeatureSpec(), document).names == ("y",)
    for spec in (
        FeatureSpec(features=(NumberFeature(column="x"),)),
        FeatureSpec(derived=(Product(make="product", name="p", of=("x", "y")),)),
    ):
        with pytest.raises(BadData, match=f"'x' has the role '{role}'"):
            fit_features(table, spec, document)


def test_the_document_says_the_order_and_the_rest_follows() -> None:
    document = DatasetDocument(
        columns=(DatasetColumn(name="c", type="category"), DatasetColumn(name="z"))
    )
    table = DataTable(
        {"a": np.ones(2), "z": np.ones(2)}, {"c": factor_of(["u", "v"])}, {"t": np.arange(2)}
    )
    assert fit_features(table, FeatureSpec(), document).columns == ("c", "c", "z", "a")
    assert fit_features(table, FeatureSpec(drop=("c",)), document).columns == ("z", "a")


def test_only_what_is_needed_has_to_be_sent() -> None:
    table = DataTable({k: np.arange(1.0, 4.0) for k in "abcd"}, {"k": factor_of(["u", "v", "u"])})
    limits = {"u": 1.0, "v": 2.0}
    derived: tuple[DerivedFeature, ...] = (
        Product(make="product", name="p", of=("a", "b")),
        LimitByCategory(make="limit_by_category", name="m", of="p", category="k", limits=limits),
        Ratio(make="ratio", name="unused", numerator="c", denominator="d"),
    )
    spec = FeatureSpec(derived=derived, drop=("a", "b", "c", "d", "k", "p", "unused"))
    fitted = fit_features(table, spec, PLAIN)
    assert fitted.names == ("m",)
    assert [c.name for c in fitted.inputs] == ["a", "b", "k"]
    assert [d.name for d in fitted.derived] == ["p", "m"]


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        (FeatureSpec(features=(NumberFeature(column="q"),)), "no column of numbers 'q'"),
        (FeatureSpec(features=(NumberFeature(column="c"),)), "'c' is not a column of numbers"),
        (FeatureSpec(features=(CategoryFeature(column="x"),)), "'x' is not a column of texts"),
        (FeatureSpec(drop=("q",)), "no column or derived feature 'q' to leave out"),
        (FeatureSpec(drop=("x", "c")), "no column is left"),
        (
            FeatureSpec(derived=(Product(make="product", name="x", of=("x", "x")),)),
            "'x' is a column of the rows already",
        ),
        (
            FeatureSpec(derived=(Product(make="product", name="p", of=("x", "p")),)),
            "no column of numbers 'p'",
        ),
        (FeatureSpec(derived=(Lag(make="lag", name="l", of="x"),)), "needs the order of time"),
        (
            FeatureSpec(
                derived=(
                    LimitByCategory(
                        make="limit_by_category", name="m", of="x", category="c", limits={"a": 0}
                    ),
                )
            ),
            "the limit of 'a' is 0",
        ),
    ],
)
def test_a_spec_that_does_not_fit_is_refused(spec: FeatureSpec, said: str) -> None:
    with pytest.raises(BadData, match=said) as refused:
        fit_features(_both(np.arange(2.0), ["a", "b"]), spec, PLAIN)
    assert refused.value.problems


def test_two_features_of_one_name_are_refused() -> None:
    table = DataTable({"c = a": np.ones(2)}, {"c": factor_of(["a", "b"])})
    with pytest.raises(BadData, match="two features are called 'c = a'"):
        fit_features(table, FeatureSpec(), PLAIN)


def test_no_rows_teach_nothing() -> None:
    with pytest.raises(NotEnoughData, match="at least 1 row"):
        fit_features(DataTable({"x": np.zeros(0)}), FeatureSpec(), PLAIN)
