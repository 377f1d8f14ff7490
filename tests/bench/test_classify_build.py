"""Pivoting 200,000 measurements beside pandas: the same answers, and how many times as fast."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np
import pandas as pd
import pytest

from ops.classify.build.aggregates import aggregated
from ops.classify.build.columns import HOUR_US, NEVER, Readings, RecipeData
from ops.classify.build.dataset import build_dataset
from ops.classify.build.windows import Windows, facts_of, last_known
from ops.classify.recipe import DatasetRecipe
from ops.values import Factor

pytestmark = pytest.mark.benchmark
UNITS, EACH, TOOLS = 20_000, 10, 40
NAMES = ("mean", "sd", "min", "max", "count", "last")


def _readings() -> Readings:
    """200,000 heights of 20,000 devices, known some minutes later, some a day later."""
    rng = np.random.default_rng(1)
    n = UNITS * EACH
    unit = np.repeat(np.arange(UNITS), EACH)
    ts = unit * 60_000_000 + rng.integers(0, 3_600_000_000, n)
    late = np.where(rng.random(n) < 0.05, 24 * HOUR_US, 300_000_000)
    order = rng.permutation(n)
    tool = Factor((unit % TOOLS)[order], tuple(f"WB-{i:02}" for i in range(TOOLS)))
    return Readings(
        code="LOOP", unit="um", ts=ts[order], value=rng.normal(150, 3, n)[order],
        known=(ts + late)[order], until=np.full(n, NEVER), original=np.ones(n, np.bool_),
        lower=np.full(n, 140.0), upper=np.full(n, 160.0),
        level=Factor(unit[order], tuple(f"D{i:06}" for i in range(UNITS))), tool=tool,
        position=Factor(np.full(n, -1), ()), factors={"tool": tool},
    )  # fmt: skip


def _seconds(work: Callable[[], object], rounds: int) -> float:
    """Median processor seconds; the first call, which loads, is not counted."""
    work()
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return median(spent)


def _ratio(name: str, theirs: Callable[[], object], ours: Callable[[], object]) -> float:
    slow, fast = _seconds(theirs, 3), _seconds(ours, 7)
    print(f"\n{name}: {1e3 * slow:.0f} ms against {1e3 * fast:.0f} ms, {slow / fast:.1f} times")
    return slow / fast


def test_aggregates_of_units_beside_groupby() -> None:
    read = _readings()
    moment = np.arange(UNITS) * 60_000_000 + 2 * HOUR_US
    frame: Any = pd.DataFrame({
        "unit": read.level.codes, "ts": read.ts, "value": read.value, "known": read.known,
    })  # fmt: skip

    def ours() -> Any:
        facts = facts_of(read.level.codes, read.ts, read.known, read.until, read.value)
        windows = Windows(np.arange(UNITS), np.full(UNITS, -1), moment, moment)
        return aggregated(read, facts, windows, NAMES).columns

    def theirs() -> Any:
        seen = frame[frame.known <= moment[frame.unit.to_numpy()]].sort_values(by=["unit", "ts"])
        return seen.groupby("unit").value.agg(["mean", "std", "min", "max", "count", "last"])

    expected = theirs().reindex(range(UNITS))
    got = ours()
    for name, column in zip(NAMES, expected.columns, strict=True):
        filled = expected[column].fillna(0) if name == "count" else expected[column]
        assert np.allclose(got[name], filled, rtol=1e-9, equal_nan=True)
    assert _ratio("pivot", theirs, ours) >= 0.7


def test_the_last_known_value_beside_merge_asof() -> None:
    read = _readings()
    moment = np.arange(UNITS) * 60_000_000 + 2 * HOUR_US
    tool = np.arange(UNITS) % TOOLS
    prompt = read.take(read.known - read.ts < HOUR_US)  # merge_asof knows one time only
    left = pd.DataFrame({"ts": moment, "tool": tool})
    right = pd.DataFrame({"ts": prompt.ts, "tool": prompt.tool.codes, "value": prompt.value})

    def ours() -> Any:
        facts = facts_of(prompt.tool.codes, prompt.ts, prompt.known, prompt.until, prompt.value)
        always = np.full(UNITS, NEVER - 1)
        found = last_known(facts, Windows(tool, np.full(UNITS, -1), moment, always))
        return np.where(found >= 0, prompt.value[facts.order][found], np.nan)

    def theirs() -> Any:
        ordered = right.sort_values(["ts", "value"], kind="stable")
        return pd.merge_asof(left, ordered, on="ts", by="tool").value.to_numpy()

    assert np.array_equal(ours(), theirs(), equal_nan=True)
    assert _ratio("as of", theirs, ours) >= 0.5


def test_a_whole_build_grows_little_faster_than_its_rows() -> None:
    read = _readings()
    aggregates = ["mean", "sd", "min", "max", "count", "last", "slope"]
    of_unit = {"kind": "measured", "characteristics": ["LOOP"], "aggregates": aggregates}
    of_tool = {**of_unit, "name": "tool", "match": "tool", "hours": 4}
    recipe = DatasetRecipe.model_validate({
        "rows": {"kind": "unit", "characteristics": ["LOOP"], "wait_hours": 1},
        "features": [of_unit, of_tool],
        "label": {"kind": "value", "characteristics": ["LOOP"], "match": "tool",
                  "horizon_hours": 1},
    })  # fmt: skip
    spent = []
    for part in (10, 1):
        some = read.take(read.level.codes < UNITS // part)
        data = RecipeData(10_000 * HOUR_US, {"LOOP": some})
        spent.append(_seconds(lambda data=data: build_dataset(recipe, data), 3))
    print(f"\nbuild of {UNITS} rows from {UNITS * EACH}: {spent[1]:.2f} s; tenth: {spent[0]:.2f} s")
    assert spent[1] < 20 * spent[0]
