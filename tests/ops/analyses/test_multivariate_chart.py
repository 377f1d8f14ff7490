from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.multivariate_chart import MULTIVARIATE_CHART, MultivariateChartParams
from ops.analyses.multivariate_chart_result import MultivariateChartResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.simulate.sample import sample_series
from ops.values import FloatArray, Measurements, Series


def charted(series: Series, **changes: object) -> MultivariateChartResult:
    params = MultivariateChartParams.model_validate({"characteristics": ("LOOP-H",), **changes})
    return MULTIVARIATE_CHART.compute(Measurements((series,)), params, silent)


def stable(units: int = 200, seed: int = 3) -> Series:
    series = sample_series(4 * units, tools=1)
    rng = np.random.default_rng(seed)
    common = np.repeat(rng.normal(0.0, 2.0, units), 4)
    return replace(series, value=150.0 + common + rng.normal(0.0, 0.7, 4 * units))


def moved(series: Series, last: int, by: FloatArray) -> Series:
    value = series.value.copy()
    value[-4 * last :] += np.tile(by, last)
    return replace(series, value=value)


def test_the_wire_that_leaves_the_others_is_named() -> None:
    found = charted(moved(stable(), 10, np.array([0.0, 5.0, 0.0, 0.0])))
    assert found.verdict.level == "bad"
    late = [signal for signal in found.signals if signal.phase == 2]
    assert len(late) >= 8
    assert all(signal.suspect == "LOOP-H W2" for signal in late)
    assert "LOOP-H W2" in found.verdict.sentence


def test_a_stable_process_signals_about_as_often_as_chance() -> None:
    found = charted(stable(2000))
    assert found.verdict.level == "good"
    assert found.signals_in_all == pytest.approx(found.expected_by_chance, abs=9)


def test_the_weighted_average_finds_a_small_lasting_shift() -> None:
    series = moved(stable(400), 150, np.full(4, 1.3))
    assert charted(series, method="mewma").signals_in_all > charted(series).signals_in_all + 20


def test_an_incomplete_unit_is_left_out_and_counted() -> None:
    series = stable(50)
    keep = np.arange(200) != 7
    part = Series(
        characteristic=series.characteristic,
        ts=series.ts[keep],
        value=series.value[keep],
        n=series.n[keep],
        subgroup=series.subgroup.take(keep),
        unit_id=series.unit_id.take(keep),
        position=series.position.take(keep),
    )
    found = charted(part)
    assert (found.units, found.units_incomplete) == (49, 1)


def test_too_many_variables_and_too_few_units_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="phase I needs 6 units"):
        charted(stable(8))
    series = stable(30)
    many = replace(series, position=replace(series.position, levels=("a", "b", "c", "d")))
    others = [
        replace(many, characteristic=replace(many.characteristic, code=f"H{i}")) for i in range(4)
    ]
    params = MultivariateChartParams(characteristics=("H0", "H1", "H2", "H3"))
    with pytest.raises(BadData, match="there are 16 variables"):
        MULTIVARIATE_CHART.compute(Measurements(tuple(others)), params, silent)
