"""Data of the example of the honesty ledger: forecasts of a bonder, some of them too narrow."""

import numpy as np

from ops.ledger.finding import KeptFinding
from ops.ledger.score import DAY_US, Kept
from ops.ledger_query import LedgerData
from ops.prediction import Band, Prediction
from ops.values import Characteristic, Factor, FloatArray, IntArray, Measurements, Series

_START = 1_767_225_600_000_000  # 2026-01-01T00:00Z
_DAYS, _A_DAY = 40, 8


def sample_ledger() -> LedgerData:
    """Forty days of a bonder, a forecast of each day, and two findings of which one was false."""
    rng = np.random.default_rng(11)
    ts = _START + (DAY_US // _A_DAY) * np.arange(_DAYS * _A_DAY)
    day = (ts - _START) // DAY_US
    value = rng.normal(150.0, 1.0, ts.size) + rng.normal(0.0, 0.5, _DAYS)[day] + 2.5 * (day >= 24)
    until = _START + _DAYS * DAY_US
    said = tuple(_forecast(k, value[day == k].mean(), rng) for k in range(8, _DAYS))
    found = (_finding(1, 26), _finding(2, 10))
    return LedgerData(said, found, Measurements((_series(ts, value),)), (), until)


def _forecast(day: int, near: float, rng: np.random.Generator) -> Kept:
    centre = float(near + rng.normal(0.0, 0.6))
    halves = {0.8: 0.77, 0.95: 1.0}  # the second one should be 1.18
    said = Prediction(
        quantity="mean",
        site="PG1",
        characteristic="LOOP-H",
        where={"tool": "WB-01"},
        start=_START + day * DAY_US,
        end=_START + (day + 1) * DAY_US,
        estimate=centre,
        bands=tuple(
            Band(level=p, lower=centre - half, upper=centre + half) for p, half in halves.items()
        ),
    )
    return Kept("drift", f"run-{day:02d}", said.start, said)


def _finding(key: int, day: int) -> KeptFinding:
    return KeptFinding(
        id=key,
        source="drift-screen",
        site="PG1",
        characteristic="LOOP-H",
        where={"tool": "WB-01"},
        found_ts=_START + day * DAY_US,
        reach=4 * DAY_US,
        is_level=True,
        said=None,
    )


def _series(ts: IntArray, value: FloatArray) -> Series:
    one = Factor(np.zeros(ts.size, dtype=np.int64), ("WB-01",))
    none = Factor(np.full(ts.size, -1), ())
    return Series(
        Characteristic(1, "PG1", "LOOP-H", "Loop height", "um"),
        ts,
        value,
        np.ones(ts.size),
        none,
        none,
        none,
        factors={"tool": one},
    )
