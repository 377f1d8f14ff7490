"""Degradation life: planted diffusion is told, bounds hold, what cannot be is refused in words."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from ops.analyses.degradation_life import DEGRADATION_LIFE
from ops.analyses.degradation_life_result import DegradationLifeResult
from ops.analyses.degradation_life_sample import sample_readings
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData
from ops.lifetime.degradation.data import degradation_data


def _computed(data: LifetimeData, **more: Any) -> DegradationLifeResult:
    params = DEGRADATION_LIFE.params(life_test="T", **more)
    return DEGRADATION_LIFE.compute(data, params, silent)


def test_planted_diffusion_is_found_and_its_life_lies_within_the_interval() -> None:
    found = _computed(sample_readings(), limit=4.0, shares=(0.1,))
    assert found.path == "square-root"
    truth = ((4.0 - 0.30) / (0.085 * np.exp(0.12 * 1.2816))) ** 2  # the fastest tenth
    for model in found.models:
        if model.model in ("wiener-by-unit", "paths"):
            (life,) = model.lives
            assert life.lower is not None
            assert life.upper is not None
            assert life.lower < truth < life.upper


def test_no_estimate_is_said_without_its_bound() -> None:
    few = degradation_data({"a": ([0.0, 1, 2, 3], [0.0, 1, 2.1, 2.9]),
                            "b": ([0.0, 1, 2, 3], [0.0, 1.2, 2, 3.1])})  # fmt: skip
    found = _computed(
        LifetimeData(code="T", kind="degradation", degradation=few), limit=9.0, model="paths"
    )
    said = [v.sentence for v in DEGRADATION_LIFE.view(found).verdicts]
    assert all("no bound that can be told" in sentence for sentence in said)


def test_one_unit_is_forecast_where_it_is_asked() -> None:
    rng = np.random.default_rng(1)
    t = np.arange(40.0)
    data = degradation_data(
        {n: (t.tolist(), (0.1 * t + rng.normal(0, 0.1, 40)).tolist()) for n in ("a", "b", "c")}
    )
    test = LifetimeData(code="T", kind="degradation", degradation=data)
    found = _computed(test, limit=8.0, one_unit="b", bent=False)
    assert found.one is not None
    assert found.one.median == pytest.approx(80.0, rel=0.15)


def test_a_limit_behind_the_units_and_no_readings_are_refused() -> None:
    with pytest.raises(BadData, match="does not lie ahead"):
        _computed(sample_readings(), limit=0.3)
    with pytest.raises(NotEnoughData, match="no readings"):
        _computed(LifetimeData(), limit=4.0)


@pytest.mark.parametrize("share", [0.0, 1.0, 2.0, -1.0])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValidationError, match="shares"):
        DEGRADATION_LIFE.params(life_test="T", limit=4.0, shares=(share,))
