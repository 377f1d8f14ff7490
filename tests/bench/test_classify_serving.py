"""Answers of classifiers beside scikit-learn's own pipeline: the same, how many times as fast."""

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.deps import Services
from api.prediction_bodies import ARROW
from ops.classify.models.fitted import FittedClassifier, FittedNumber
from ops.classify.models.settings import (
    BoostingSettings,
    ElasticNetSettings,
    LogisticSettings,
    MlpSettings,
    ModelSettings,
    NumberBoostingSettings,
    NumberSettings,
    QuantileBoostingSettings,
    RandomForestSettings,
    RidgeSettings,
)
from ops.classify.packet import opened, opened_any, packed
from ops.classify.regressor import Regressor
from ops.db.engine import Database
from ops.settings import Settings
from ops.values import FloatArray
from tests.api.conftest import RecordingQueue
from tests.api.test_predictions import PATH, shelve
from tests.ops.classify.served import ROW, classifier, table
from tests.ops.classify.test_regressor import regressor

pytestmark = pytest.mark.benchmark

FOREST = RandomForestSettings(trees=300, max_depth=8)
CASES: tuple[tuple[ModelSettings, float], ...] = (
    (LogisticSettings(), 20),
    (BoostingSettings(rounds=300), 50),
    (FOREST, 100),
    (MlpSettings(epochs=2000), 15),
)


def _seconds(work: Callable[[], object], rounds: int) -> list[float]:
    """Seconds of each call; the first ones, which compile or load, are not counted."""
    for _ in range(5):
        work()
    spent: list[float] = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        spent.append(perf_counter() - began)
    return spent


def _pipeline(estimator: Any) -> Any:
    """What people serve: columns prepared by scikit-learn, then the same estimator."""
    import pandas as pd  # noqa: PLC0415  (a peer of this file alone)
    from sklearn.compose import ColumnTransformer  # noqa: PLC0415
    from sklearn.impute import SimpleImputer  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.preprocessing import OneHotEncoder, StandardScaler  # noqa: PLC0415

    numbers = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    columns = ColumnTransformer(
        [("n", numbers, ["torque", "speed", "load"]), ("c", OneHotEncoder(), ["type"])]
    )
    rows = table()
    frame = pd.DataFrame({name: rows.numbers[name] for name in ("torque", "speed")})
    frame["load"] = frame["torque"] / frame["speed"]
    factor = rows.categories["type"]
    frame["type"] = [factor.levels[code] for code in factor.codes]
    y = [rows.categories["result"].codes[i] for i in range(len(frame))]
    model = make_pipeline(columns, estimator).fit(frame, y)
    one = frame.iloc[:1]
    return lambda: model.predict_proba(one)


@pytest.mark.parametrize(("settings", "bar"), CASES, ids=lambda c: getattr(c, "kind", ""))
def test_one_row_is_answered_beside_the_pipeline(settings: ModelSettings, bar: float) -> None:
    """From raw values to a calibrated probability and a class; the bars: 20 us, trees 50 us."""
    from sklearn.base import clone  # noqa: PLC0415  (a peer of this file alone)

    made = classifier(settings)
    served = opened(data := packed(made), hashlib.sha256(data).hexdigest())
    assert served.scorer is not None
    assert isinstance(made.model, FittedClassifier)
    x = made.features.row(ROW)[None, :]
    assert made.calibration is not None
    truth: FloatArray = made.calibration.apply(made.model.probability(x))[0]
    assert served.one(ROW).probability == pytest.approx(truth, abs=1e-9)
    ours = _seconds(lambda: served.one(ROW), 3000)
    peer = median(_seconds(_pipeline(clone(made.model.estimator)), 20))
    ratio = peer / median(ours)
    print(
        f"\n{settings.kind}: p50 {1e6 * median(ours):.1f} us,"
        f" p99 {1e6 * quantiles(ours, n=100)[98]:.1f} us;"
        f" scikit-learn's pipeline {1e3 * peer:.1f} ms, {ratio:.0f} times"
    )
    assert ratio >= bar


NUMBERS: tuple[NumberSettings, ...] = (
    RidgeSettings(),
    ElasticNetSettings(),
    NumberBoostingSettings(rounds=300),
    QuantileBoostingSettings(rounds=100),
)


@pytest.mark.parametrize("settings", NUMBERS, ids=lambda s: s.kind)
def test_one_number_is_answered_beside_its_estimators(settings: NumberSettings) -> None:
    """From raw values to a number and its interval; the bar: 50 us."""
    made = regressor(settings)
    served = opened_any(data := packed(made), hashlib.sha256(data).hexdigest())
    assert isinstance(served, Regressor)
    assert served.scorer is not None
    assert isinstance(made.model, FittedNumber)
    row: dict[str, float | str | None] = {"power": 91.0}
    x, estimators = made.features.row(row)[None, :], made.model.estimators
    truth = sorted(float(e.predict(x)[0]) for e in estimators)[len(estimators) // 2]
    assert served.one(row).value == pytest.approx(truth, rel=1e-9)
    ours = _seconds(lambda: served.one(row), 3000)
    peer = median(_seconds(lambda: [e.predict(x) for e in estimators], 50))
    ratio = peer / median(ours)
    print(
        f"\n{settings.kind}: p50 {1e6 * median(ours):.1f} us,"
        f" p99 {1e6 * quantiles(ours, n=100)[98]:.1f} us;"
        f" scikit-learn's estimators alone {1e6 * peer:.0f} us, {ratio:.0f} times"
    )
    assert ratio >= 5


def _rows(n: int) -> tuple[bytes, bytes]:
    """Rows as JSON and as Arrow."""
    rows = table(n, seed=3)
    factor = rows.categories["type"]
    torque = [None if np.isnan(v) else float(v) for v in rows.numbers["torque"]]
    columns = {
        "torque": torque,
        "speed": rows.numbers["speed"].tolist(),
        "type": [factor.levels[code] for code in factor.codes],
    }
    sent = pa.table(columns)
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, sent.schema) as writer:
        writer.write_table(sent)
    return json.dumps(sent.to_pylist()).encode(), sink.getvalue()


@pytest.mark.parametrize("settings", [LogisticSettings(), FOREST], ids=lambda s: s.kind)
def test_the_endpoint_answers_one_row_and_ten_thousand(
    settings: ModelSettings, sqlite_database: Database, tmp_path: Path
) -> None:
    """Bars: p99 of one row 10 ms; 10,000 rows in one call 100 ms."""
    made = classifier(settings)
    shelve(sqlite_database, packed(made))
    database = sqlite_database
    folder = Settings(database_url=database.url, data_dir=tmp_path, auth="none", rate_limit="")
    app = create_app(Services(folder, database, RecordingQueue()))
    rows, arrow = _rows(10_000)
    plain = {"Content-Type": "application/json"}
    with TestClient(app, base_url="http://127.0.0.1") as client:
        floor = _seconds(lambda: client.get("/healthz"), 200)
        one = _seconds(lambda: client.post(PATH, json=ROW), 400)
        many = _seconds(lambda: client.post(PATH, content=rows, headers=plain), 9)
        both = {"Content-Type": ARROW, "Accept": ARROW}
        fast = _seconds(lambda: client.post(PATH, content=arrow, headers=both), 9)
        found = pa.ipc.open_stream(client.post(PATH, content=arrow, headers=both).content)
    truth = made.predict(table(10_000, seed=3)).probability[:, 0]
    assert found.read_all()["probability fail"].to_numpy() == pytest.approx(truth, abs=1e-9)
    p99 = quantiles(one, n=100)[98]
    print(
        f"\n{settings.kind}: one row p50 {1e3 * median(one):.1f} ms, p99 {1e3 * p99:.1f} ms"
        f" (an empty answer {1e3 * median(floor):.1f}, {1e3 * quantiles(floor, n=100)[98]:.1f} ms);"
        f" 10,000 rows as JSON"
        f" {1e3 * median(many):.0f} ms, as Arrow {1e3 * median(fast):.0f} ms"
    )
    assert median(one) <= 20 * median(floor)
    assert median(many) <= 200 * median(one)
