"""Capability of 1e6 values x 200 strata, beside a plain loop and a calculation by scipy.stats."""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pytest
from scipy import stats

from ops.analyses.capability import CAPABILITY
from ops.analyses.capability_params import CapabilityParams
from ops.analysis import silent
from ops.simulate.sample import sample_series
from ops.spc.constants import c4
from ops.values import Measurements, Series

pytestmark = pytest.mark.benchmark

VALUES, TOOLS, ROUNDS = 1_000_000, 200, 5
PARAMS = CapabilityParams(strata=("tool",))


def _cpk_by_loop(series: Series) -> dict[str, float]:
    """One mask and one pass over all values for each stratum: the obvious way."""
    found: dict[str, float] = {}
    tool = series.factors["tool"]
    assert series.spec is not None
    for code, level in enumerate(tool.levels):
        mask = tool.codes == code
        x, group = series.value[mask], series.subgroup.codes[mask]
        squares = df = 0.0
        for one in np.split(x, np.flatnonzero(np.diff(group)) + 1):
            squares += float(((one - one.mean()) ** 2).sum())
            df += one.size - 1
        sigma = np.sqrt(squares / df) / c4(int(df) + 1)
        sides = series.spec.upper - x.mean(), x.mean() - series.spec.lower
        found[level] = float(min(sides)) / (3 * sigma)
    return found


def _cpk_by_scipy(series: Series) -> dict[str, float]:
    """Per stratum with scipy.stats: mask, mean and variance of subgroups of 4, interval."""
    found: dict[str, float] = {}
    tool = series.factors["tool"]
    assert series.spec is not None
    for code, level in enumerate(tool.levels):
        x = series.value[tool.codes == code]
        rows = x.reshape(-1, 4)
        sigma = np.sqrt(stats.describe(rows, axis=1).variance.mean()) / c4(3 * len(rows) + 1)
        stats.describe(x)
        stats.chi2.ppf([0.025, 0.975], 3 * len(rows))
        stats.binomtest(int(np.sum(x > series.spec.upper)), x.size).proportion_ci()
        sides = series.spec.upper - x.mean(), x.mean() - series.spec.lower
        found[level] = float(min(sides)) / (3 * sigma)
    return found


def _ours(series: Series) -> dict[str, float]:
    result = CAPABILITY.compute(Measurements((series,)), PARAMS, silent)
    shown = result.characteristics[0].strata
    return {group.level: group.cpk.value for group in shown if group.cpk is not None}


def _seconds(work: Callable[[Series], object], series: Series, rounds: int) -> list[float]:
    spent: list[float] = []
    for _ in range(rounds):
        began = time.process_time()
        work(series)
        spent.append(time.process_time() - began)
    return spent


def test_capability_by_stratum_beside_its_rivals() -> None:
    series = sample_series(VALUES, tools=TOOLS)
    ours, loop, by_scipy = _ours(series), _cpk_by_loop(series), _cpk_by_scipy(series)
    for level, cpk in ours.items():
        assert cpk == pytest.approx(loop[level], rel=1e-9)
        assert cpk == pytest.approx(by_scipy[level], rel=1e-9)
    mine = _seconds(_ours, series, ROUNDS)
    rivals = {
        "loop": _seconds(_cpk_by_loop, series, 2),
        "scipy": _seconds(_cpk_by_scipy, series, 3),
    }
    lines = [f"ours {median(mine):.3f} s ({min(mine):.3f} to {max(mine):.3f}), {VALUES} x {TOOLS}"]
    for name, spent in rivals.items():
        lines.append(f"{name} {median(spent):.3f} s, {median(spent) / median(mine):.1f} times ours")
    print("\n" + "\n".join(lines))


def test_ten_times_the_values_take_less_than_fifteen_times_as_long() -> None:
    small, large = (
        median(_seconds(_ours, sample_series(n, 50), ROUNDS)) for n in (100_000, 1_000_000)
    )
    assert large < 15 * small
