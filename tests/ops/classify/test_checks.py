"""Each doubt about a dataset, with its number and its mend."""

from dataclasses import replace

import numpy as np
import pytest

from ops.classify.checks import inspect, refuse
from ops.classify.document import ColumnRole, ColumnType, DatasetColumn, DatasetDocument
from ops.classify.spec import CategoryFeature, FeatureSpec, NumberFeature, Product
from ops.classify.table import NO_TIME, DataTable
from ops.errors import BadData
from ops.values import Factor, FloatArray, IntArray, factor_of

N = 200
RNG = np.random.default_rng(8)
FAIL = RNG.random(N) < 0.3


def _column(name: str, kind: ColumnType, role: ColumnRole) -> DatasetColumn:
    return DatasetColumn(name=name, type=kind, role=role)


DOCUMENT = DatasetDocument(
    columns=(
        _column("result", "category", "label"),
        _column("at", "time", "time"),
        _column("known", "time", "known_time"),
    ),
    positive="fail",
)
SOUND = DataTable(
    {"x": RNG.normal(size=N), "y": RNG.normal(size=N)},
    {
        "result": factor_of(["fail" if f else "pass" for f in FAIL]),
        "tool": factor_of(RNG.choice(["a", "b"], N).tolist()),
    },
    {"at": np.arange(N), "known": np.arange(N) + 5},
)


def _with(**columns: FloatArray | IntArray | Factor) -> DataTable:
    numbers, texts, times = {**SOUND.numbers}, {**SOUND.categories}, {**SOUND.times}
    for name, column in columns.items():
        if isinstance(column, Factor):
            texts[name] = column
        elif name in times:
            times[name] = column.astype(np.int64)
        else:
            numbers[name] = column.astype(np.float64)
    return replace(SOUND, numbers=numbers, categories=texts, times=times)


def _codes(table: DataTable, spec: FeatureSpec = FeatureSpec()) -> list[tuple[str, str, str]]:  # noqa: B008
    return [(w.severity, w.code, w.pointer) for w in inspect(table, DOCUMENT, spec)]


def test_a_sound_dataset_raises_no_doubt() -> None:
    assert inspect(SOUND, DOCUMENT, FeatureSpec()) == ()
    refuse(())


def test_one_class_is_refused_with_the_mend() -> None:
    table = _with(result=factor_of(["pass"] * N))
    assert ("refuse", "one-class", "/columns/result") in _codes(table)
    with pytest.raises(BadData, match="all 200 rows are 'pass': add rows of another") as refused:
        refuse(inspect(table, DOCUMENT, FeatureSpec()))
    assert refused.value.problems[0].pointer == "/columns/result"


@pytest.mark.parametrize(("fails", "severity"), [(1, "refuse"), (2, "warn"), (19, "warn")])
def test_few_rows_of_a_class_are_told(fails: int, severity: str) -> None:
    table = _with(result=factor_of([*["fail"] * fails, *["pass"] * (N - fails)]))
    assert (severity, "few-of-class", "/columns/result") in _codes(table)


def test_a_positive_label_that_no_row_has_is_refused() -> None:
    table = _with(result=factor_of(["bad" if f else "good" for f in FAIL]))
    assert _codes(table) == [("refuse", "no-positive", "/positive")]


def test_rows_without_a_label_are_left_out_and_told() -> None:
    labels: list[str | None] = ["fail" if f else "pass" for f in FAIL]
    labels[:10] = [None] * 10
    x = SOUND.numbers["x"].copy()
    x[10:] = 3.0
    found = inspect(_with(result=factor_of(labels), x=x), DOCUMENT, FeatureSpec())
    assert [w.code for w in found] == ["labels-missing", "constant"]
    assert found[0].detail.startswith("10 of 200 rows have no label in 'result'")
    none = _with(result=factor_of([None] * N))
    assert _codes(none) == [("refuse", "labels-missing", "/columns/result")]


def test_no_rows_and_no_label_are_refused() -> None:
    assert _codes(DataTable()) == [("refuse", "no-rows", "/rows")]
    found = inspect(SOUND, DatasetDocument(), FeatureSpec())
    assert [(w.severity, w.code) for w in found] == [("refuse", "no-label")]
    gone = DataTable(SOUND.numbers)
    assert _codes(gone) == [("refuse", "no-label", "/columns/result")]


def test_more_features_than_rows_are_told() -> None:
    few = np.r_[0:15, np.flatnonzero(FAIL)[:5], np.flatnonzero(~FAIL)[:5]]
    many = _with(**{f"s{i}": RNG.normal(size=N) for i in range(40)}).take(np.unique(few))
    assert "more-features-than-rows" in [code for _, code, _ in _codes(many)]


def test_columns_without_values_or_with_one_are_told() -> None:
    table = _with(e=np.full(N, np.nan), c=np.full(N, 2.0), k=factor_of(["only"] * N))
    assert _codes(table) == [
        ("warn", "all-missing", "/columns/e"),
        ("warn", "constant", "/columns"),
    ]
    assert inspect(table, DOCUMENT, FeatureSpec())[1].detail == (
        "2 columns with one value in all rows: leave out 'c', 'k'"
    )
    nothing = FeatureSpec(features=(NumberFeature(column="e"), NumberFeature(column="c")))
    assert [(s, c) for s, c, _ in _codes(table, nothing)][:2] == [
        ("refuse", "all-missing"),
        ("refuse", "constant"),
    ]


def test_columns_like_an_identifier_are_told() -> None:
    order = RNG.permutation(N)
    table = _with(
        number=order.astype(float),
        clock=np.cumsum(RNG.random(N)),
        serial=factor_of([f"D{i}" for i in order]),
    )
    assert [(c, p) for _, c, p in _codes(table)] == [
        ("identifier", "/columns/number"),
        ("identifier", "/columns/clock"),
        ("identifier", "/columns/serial"),
    ]


def test_numbers_read_as_texts_are_told_with_their_mend() -> None:
    table = _with(force=factor_of([f"{i},5" for i in range(N)]))
    assert _codes(table) == [("warn", "decimal-comma", "/columns/force")]
    told = inspect(table, DOCUMENT, FeatureSpec())[0].detail
    assert told.startswith('1 column with a decimal comma, read as texts: say "decimal": ","')


def test_a_clock_is_seen_in_the_order_of_time() -> None:
    mixed = _with(clock=np.cumsum(RNG.random(N))).take(RNG.permutation(N))
    assert ("warn", "identifier", "/columns/clock") in _codes(mixed)


def test_a_column_that_knows_too_much_is_a_suspect() -> None:
    repair = np.where(FAIL, 10.0, 0.0) + RNG.normal(size=N)
    repair[np.flatnonzero(FAIL)[0]] = 0.0
    found = inspect(_with(repair=repair), DOCUMENT, FeatureSpec())
    assert [(w.severity, w.code, w.pointer) for w in found] == [
        ("warn", "leakage", "/columns/repair")
    ]
    assert "'repair' alone tells 'fail' by its value with an area under the ROC curve of .99" in (
        found[0].detail.replace(" 0.", " .")
    )


def test_a_copy_of_the_label_is_refused_unless_the_spec_names_it() -> None:
    numbers = FAIL.astype(float)
    texts = factor_of(["scrap" if f else "ship" for f in FAIL])
    table = _with(number=numbers, bin=texts, gap=np.where(FAIL, np.nan, numbers + RNG.random(N)))
    assert [(s, p) for s, c, p in _codes(table) if c == "leakage"] == [
        ("refuse", "/columns/number"),
        ("refuse", "/columns/gap"),
        ("refuse", "/columns/bin"),
    ]
    named = FeatureSpec(
        features=(
            NumberFeature(column="number"),
            CategoryFeature(column="bin"),
            NumberFeature(column="x"),
        )
    )
    assert {s for s, _, _ in _codes(table, named)} == {"warn"}


def test_a_copy_of_a_number_to_predict_is_a_suspect() -> None:
    document = DatasetDocument(columns=(_column("height", "number", "label"),))
    height = RNG.normal(100, 5, N)
    table = DataTable({"height": height, "copy": 2 * height, "x": RNG.normal(size=N)})
    found = inspect(table, document, FeatureSpec())
    assert [(w.severity, w.code, w.pointer) for w in found] == [
        ("warn", "leakage", "/columns/copy")
    ]
    two = DataTable({"height": FAIL.astype(float), "x": table.numbers["x"]})
    assert [w.code for w in inspect(two, document, FeatureSpec())] == ["two-valued-label"]
    one = DataTable({"height": np.ones(N), "x": table.numbers["x"]})
    assert [w.code for w in inspect(one, document, FeatureSpec())] == ["one-class"]


def test_repeated_rows_are_told() -> None:
    twice = SOUND.take(np.append(np.arange(N), [3, 4]))
    found = inspect(twice, DOCUMENT, FeatureSpec())
    assert [w.code for w in found] == ["time-disorder", "repeated-rows"]
    assert "2 of 202 rows repeat another in every column" in found[1].detail
    coarse = _with(x=np.round(SOUND.numbers["x"]), y=np.ones(N) + FAIL * RNG.random(N).round())
    assert "repeated-rows" in [code for _, code, _ in _codes(coarse)]


def test_times_out_of_order_unknown_or_too_early_are_told() -> None:
    at, known = np.arange(N), np.arange(N) + 5
    at[:2], at[10], known[20] = (50, 40), NO_TIME, 1
    assert [(c, p) for _, c, p in _codes(_with(at=at, known=known))] == [
        ("time-missing", "/columns/at"),
        ("time-disorder", "/columns/at"),
        ("known-too-early", "/columns/known"),
    ]


def test_a_spec_that_does_not_fit_is_told_with_its_place() -> None:
    spec = FeatureSpec(derived=(Product(make="product", name="p", of=("x", "q")),))
    assert _codes(SOUND, spec) == [("refuse", "spec", "/spec/derived/0")]


def test_traces_are_looked_at_as_they_are() -> None:
    trace = RNG.normal(size=(N, 2, 8))
    document = DatasetDocument(columns=(_column("result", "category", "label"),))
    told = {"result": SOUND.categories["result"]}
    assert inspect(DataTable(categories=told, traces={"t": trace}), document, FeatureSpec()) == ()
    trace = trace.copy()
    trace[:3], trace[10] = np.nan, trace[11]
    found = inspect(DataTable(categories=told, traces={"t": trace}), document, FeatureSpec())
    assert [w.detail for w in found] == [
        "3 of 200 traces of 't' hold no value: leave them out",
        "1 of 200 traces of 't' repeat another: leave them out",
    ]
