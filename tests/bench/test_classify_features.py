"""Features beside a scikit-learn `ColumnTransformer` of the same ones: as exact, times as fast.

Workload: 14 columns of numbers with 10 % missing in three of them, two of texts, and a ratio, a
product, a difference and a limit by category: 20 columns, 32 features. The rival takes a data
frame with the four derived columns made already, fills, flags, scales and encodes.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from ops.classify.document import DatasetDocument
from ops.classify.features.fit import fit_features
from ops.classify.features.fitted import FittedFeatures
from ops.classify.spec import Difference, FeatureSpec, LimitByCategory, Product, Ratio
from ops.classify.table import DataTable
from ops.values import FloatArray, factor_of

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(300)]

ROWS = 100_000
LIMITS = {"L": 80.0, "M": 100.0, "H": 120.0}
SPEC = FeatureSpec(
    derived=(
        Ratio(make="ratio", name="d0", numerator="x3", denominator="x4"),
        Product(make="product", name="d1", of=("x3", "x4"), factor=0.5),
        Difference(make="difference", name="d2", of="x5", minus="x6"),
        LimitByCategory(
            make="limit_by_category", name="d3", of="d1", category="kind", limits=LIMITS
        ),
    )
)


def _table() -> DataTable:
    rng = np.random.default_rng(4)
    numbers = {f"x{i}": rng.normal(10.0, 1.0 + i, ROWS) for i in range(14)}
    for i in range(3):
        numbers[f"x{i}"][rng.random(ROWS) < 0.1] = np.nan
    kinds = factor_of(rng.choice(["L", "M", "H"], ROWS).tolist())
    tools = factor_of(rng.choice([f"T{i}" for i in range(8)], ROWS).tolist())
    return DataTable(numbers, {"kind": kinds, "tool": tools})


def _rival() -> Any:
    numbers = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    flags = SimpleImputer(strategy="median", add_indicator=True)
    texts = OneHotEncoder(
        min_frequency=0.01, handle_unknown="infrequent_if_exist", sparse_output=False
    )
    return ColumnTransformer(
        [
            ("n", numbers, [*(f"x{i}" for i in range(14)), *(f"d{i}" for i in range(4))]),
            ("f", flags, ["x0", "x1", "x2"]),
            ("c", texts, ["kind", "tool"]),
        ]
    )


def _seconds(work: Callable[[], object], rounds: int) -> float:
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return median(spent)


def _frame(table: DataTable) -> Any:
    x = table.numbers
    texts = {n: np.array(f.levels, dtype=object)[f.codes] for n, f in table.categories.items()}
    power = 0.5 * x["x3"] * x["x4"]
    limit = np.array([LIMITS[level] for level in texts["kind"]])
    made = (x["x3"] / x["x4"], power, x["x5"] - x["x6"], power / limit - 1.0)
    derived = {f"d{i}": column for i, column in enumerate(made)}
    return pytest.importorskip("pandas").DataFrame({**x, **derived, **texts})


def _agree(fitted: FittedFeatures, ours: FloatArray, theirs: FloatArray) -> None:
    numbers = [fitted.names.index(f"x{i}") for i in range(14)]
    numbers += [fitted.names.index(f"d{i}") for i in range(4)]
    np.testing.assert_allclose(ours[:, numbers], theirs[:, :18], rtol=1e-9, atol=1e-9)
    texts = [i for i, name in enumerate(fitted.names) if " = " in name]
    np.testing.assert_array_equal(ours[:, texts], theirs[:, -len(texts) :])
    flags = [i for i, name in enumerate(fitted.names) if name.endswith(": missing")]
    np.testing.assert_array_equal(ours[:, flags], theirs[:, 21:24])


def test_a_matrix_and_a_row_beside_scikit_learn() -> None:
    table = _table()
    fitted = fit_features(table, SPEC, DatasetDocument())
    frame = _frame(table)
    rival = _rival().fit(frame)
    _agree(fitted, fitted.matrix(table), rival.transform(frame))
    values: dict[str, float | str | None] = {n: float(x[5]) for n, x in table.numbers.items()}
    values |= {n: f.levels[f.codes[5]] for n, f in table.categories.items()}
    np.testing.assert_array_equal(fitted.row(values), fitted.matrix(table)[5])

    many = _seconds(lambda: rival.transform(frame), 3) / _seconds(lambda: fitted.matrix(table), 5)
    thousand = _seconds(lambda: [fitted.row(values) for _ in range(1000)], 15)
    one = 1000 * _seconds(lambda: rival.transform(frame[5:6]), 30) / thousand
    fit = _seconds(lambda: _rival().fit(frame), 3) / _seconds(
        lambda: fit_features(table, SPEC, DatasetDocument()), 5
    )
    print(
        f"\nfeatures: row {thousand * 1e3:.1f} us, {one:.0f} times a pipeline's;"
        f" 1e5 rows {many:.0f} times; fit {fit:.1f} times"
    )
    assert one > 100
    assert many > 2
