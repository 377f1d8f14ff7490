"""System reliability: exact lives, intervals of what is not known, a part that is fitted."""

from typing import Any

import numpy as np
import pytest

from ops.analyses.system_reliability import SYSTEM_RELIABILITY
from ops.analyses.system_reliability_result import SystemReliabilityResult
from ops.analyses.system_reliability_sample import sample_part_test
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData

_BLOCKS = [{"kind": "part", "part": name} for name in "ab"]
PAIR = {
    "parts": {
        "a": {"family": "exponential", "mtbf": 1000.0},
        "b": {"family": "exponential", "mtbf": 1000.0, "factor": 2.0},
    },
    "system": {"kind": "parallel", "blocks": _BLOCKS},
}


def _computed(data: LifetimeData | None = None, **more: Any) -> SystemReliabilityResult:
    params = SYSTEM_RELIABILITY.params.model_validate({"diagram": PAIR, "times": [500.0], **more})
    return SYSTEM_RELIABILITY.compute(data or LifetimeData(), params, silent)


def test_two_in_parallel_are_as_reliable_as_by_hand_and_the_factor_makes_the_interval() -> None:
    found = _computed(probabilities=[0.1])
    one = np.exp(-0.5)
    assert found.points[0].reliability == pytest.approx(1 - (1 - one) ** 2)
    assert found.uncertain
    halved = 1 - (1 - one) * (1 - np.exp(-1.0))  # b at the lower end of its interval
    assert found.points[0].lower == pytest.approx(halved, abs=0.03)
    (life,) = found.lives
    assert life.estimate == pytest.approx(-1000 * np.log(1 - 0.1**0.5), rel=1e-6)
    assert life.lower is not None
    assert life.lower < life.estimate


def test_a_part_is_fitted_to_its_life_test() -> None:
    found = _computed(sample_part_test(), life_test="CLAMPS", part="b", draws=60)
    assert found.fitted == "b"
    better = found.points[0].reliability
    assert better > _computed().points[0].reliability  # 35 000 h instead of 1000 h
    with pytest.raises(BadData, match="no part of the diagram is named 'c'"):
        _computed(sample_part_test(), life_test="CLAMPS", part="c")
    with pytest.raises(NotEnoughData, match="has no units"):
        _computed(life_test="CLAMPS", part="b")


def test_parts_that_are_known_give_no_interval_and_the_verdict_says_so() -> None:
    known = {**PAIR, "parts": {name: {"family": "exponential", "mtbf": 1000.0} for name in "ab"}}
    found = _computed(diagram=known, target=0.99)
    assert not found.uncertain
    said = SYSTEM_RELIABILITY.view(found).verdicts[0]
    assert said.level == "bad"
    assert "taken as known" in said.sentence


def test_times_and_probabilities_that_cannot_be_are_refused() -> None:
    with pytest.raises(BadData, match="not above 0"):
        _computed(times=[0.0])
    with pytest.raises(BadData, match="between 0 and 1"):
        _computed(probabilities=[1.0])
