"""Life-test plans: each goal gives a plan, a sentence with its numbers, and charts."""

from math import exp, log
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from ops.analyses.life_test_plan import LIFE_TEST_PLAN, sample_test
from ops.analyses.life_test_plan_params import LifeTestPlanParams
from ops.analyses.life_test_plan_result import LifeTestPlanResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.data import failures_and_suspensions
from ops.page_chart import Chart
from ops.work.submit import checked

STRESS = {"name": "temperature", "use": 55, "high": 150, "acceleration": 60.0}
RUNNING: dict[str, Any] = {"goal": "remaining", "life_test": "HTSL-7"}


def planned(data: LifetimeData | None = None, **given: object) -> LifeTestPlanResult:
    params = LifeTestPlanParams.model_validate(given)
    return LIFE_TEST_PLAN.compute(data or LifetimeData(), params, silent)


def charts(result: LifeTestPlanResult) -> list[str]:
    blocks = [block for section in LIFE_TEST_PLAN.view(result).sections for block in section.blocks]
    return [block.title for block in blocks if isinstance(block, Chart)]


def test_without_a_shape_units_are_tested_for_one_life() -> None:
    found = planned()
    assert found.demonstration is not None
    assert found.demonstration.plan.units == 22
    assert {row.multiple for row in found.demonstration.rows} == {1.0}
    assert "22 units for 1000 h each, 0 failures accepted" in found.verdicts[0].sentence
    assert charts(found) == ["Probability to pass, by units / failures accepted"]


def test_with_a_shape_duration_is_traded_for_units() -> None:
    found = planned(shape=2.0, duration=2000.0, accept=1, units=20)
    assert found.demonstration is not None
    rows = [row for row in found.demonstration.rows if row.accept == 1]
    assert [row.units for row in rows] == sorted((row.units for row in rows), reverse=True)
    assert "Units against duration" in charts(found)
    assert found.demonstration.multiple_of_units is not None
    curve = found.demonstration.curves[1]
    at = int(np.argmin(np.abs(np.array(curve.true) - 0.9)))
    assert curve.passes[at] == pytest.approx(0.1, abs=0.03)


def test_doubt_about_the_shape_is_a_range_of_units() -> None:
    found = planned(shape=2.0, duration=2000.0, shape_lower=1.5, shape_upper=3.0)
    assert found.demonstration is not None
    plan = found.demonstration.plan
    assert plan.units_lower is not None
    assert plan.units_upper is not None
    assert plan.units_lower < plan.units < plan.units_upper


def test_a_constant_rate_is_planned_with_two_risks() -> None:
    found = planned(mtbf_ratio=3.0)
    assert found.demonstration is not None
    assert found.demonstration.fixed is not None
    assert found.demonstration.fixed.accept == 5
    assert "9275 h on test in all, 5 failures accepted" in found.verdicts[1].sentence
    assert "Probability to pass against the MTBF" in charts(found)


def test_precision_is_planned_and_doubted_where_units_are_few() -> None:
    given: dict[str, Any] = {"goal": "estimate", "scale": 2000.0, "shape": 2.0, "duration": 1000.0}
    enough = planned(**given)
    assert enough.estimation is not None
    assert enough.estimation.plan.factor <= 1.5
    assert enough.verdicts[0].level == "good"
    few = planned(**given, units=10)
    assert few.verdicts[0].level == "warn"
    assert "only, 1.50 is asked for" in few.verdicts[0].sentence
    assert few.estimation is not None
    assert few.estimation.needed.units == enough.estimation.plan.units
    assert few.estimation.assumed_life == pytest.approx(2000 * (-log(0.9)) ** 0.5)


def test_an_accelerated_test_is_allocated_and_held_against_rivals() -> None:
    cells = [{"levels": [120], "units": 50}, {"levels": [150], "units": 20}]
    found = planned(
        goal="accelerate", stresses=[STRESS], shape=1.7, duration=1000.0, factor=2.0, cells=cells
    )
    assert found.accelerated is not None
    assert [d.name for d in found.accelerated.designs] == ["compromise", "optimum", "own"]
    first = found.accelerated.designs[0]
    assert first.factor == pytest.approx(2.0, rel=0.01)
    assert [c.levels[0] for c in first.cells][-1] == pytest.approx(150.0)
    assert found.accelerated.designs[2].units == 70
    assert found.verdicts[0].level == "good"


def test_two_stresses_get_five_cells() -> None:
    humidity = {
        "name": "humidity", "unit": "%", "use": 60, "high": 85, "scale": "log", "acceleration": 3.0
    }  # fmt: skip
    found = planned(
        goal="accelerate", stresses=[STRESS, humidity], shape=1.7, duration=1000.0, units=30
    )
    assert found.accelerated is not None
    assert len(found.accelerated.designs[0].cells) == 5
    assert [v.level for v in found.verdicts] == ["warn", "warn"]


def test_the_time_that_remains_has_an_interval_and_a_chance() -> None:
    found = planned(
        sample_test(), **RUNNING, life=500.0, reliability=0.95, shape=2.0, shape_lower=1.5,
        shape_upper=3.0,
    )  # fmt: skip
    assert found.remaining is not None
    first, *later = found.remaining.rows
    assert first.estimate is not None
    assert first.lower is not None
    assert first.upper is not None
    assert first.lower <= first.estimate <= first.upper
    assert [row.further_failures for row in later] == [1, 2]
    assert later[0].estimate is not None
    assert later[0].estimate > first.estimate
    assert "Failures to come" in charts(found)


def test_no_failure_and_a_given_shape_is_the_zero_failure_time() -> None:
    rows = failures_and_suspensions([], [100.0] * 22)
    data = LifetimeData(code="T", revision=1, life=rows)
    found = planned(data, **RUNNING, life=1000.0, shape=2.0)
    assert found.remaining is not None
    needed = 1000.0 * (log(0.1) / (22 * log(0.9))) ** 0.5 - 100.0
    first = found.remaining.rows[0]
    assert (first.estimate, first.lower) == (pytest.approx(needed), None)
    assert "if the shape is 2.00" in found.verdicts[0].sentence
    assert found.remaining.expected == ()
    with pytest.raises(NotEnoughData, match="give the shape"):
        planned(data, **RUNNING)
    with pytest.raises(NotEnoughData, match="no fit"):
        planned(data, **RUNNING, aim="failures")


def test_what_running_on_cannot_reach_is_said() -> None:
    found = planned(sample_test(), **RUNNING, aim="precision", factor=1.01)
    assert found.remaining is not None
    assert found.remaining.rows[0].estimate is None
    assert found.verdicts[0].level == "bad"
    done = planned(sample_test(), **RUNNING, life=10.0, shape=2.0)
    assert done.verdicts[0].level == "good"
    assert "may end now" in done.verdicts[0].sentence


def test_only_a_test_in_progress_is_read() -> None:
    plain = LIFE_TEST_PLAN.needs(LifeTestPlanParams(life_test="X"))
    assert plain == LifetimeQuery(code="")
    running = LIFE_TEST_PLAN.needs(LifeTestPlanParams.model_validate(RUNNING))
    assert running == LifetimeQuery(code="HTSL-7")
    assert not LIFE_TEST_PLAN.takes_window
    with pytest.raises(NotEnoughData, match="HTSL-7"):
        planned(**RUNNING)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"goal": "estimate"}, "(?s)needs scale.*needs duration.*needs shape"),
        (
            {"goal": "accelerate", "family": "lognormal"},
            "(?s)needs duration.*needs sigma.*needs stresses",
        ),
        ({"goal": "remaining"}, "needs life_test"),
        ({"shape_lower": 3.0, "shape_upper": 2.0}, "below shape_upper"),
        ({"cells": [{"levels": [1], "units": 3}]}, "one level for each stress"),
    ],
)
def test_what_a_goal_lacks_is_named(given: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        LifeTestPlanParams.model_validate(given)


def test_what_a_goal_lacks_is_told_at_its_field() -> None:
    with pytest.raises(BadData) as told:
        checked(LIFE_TEST_PLAN, {"goal": "estimate", "scale": 1000.0, "shape": 2.0})
    (problem,) = told.value.problems
    assert problem.pointer == "/duration"
    assert problem.detail == "the goal 'estimate' needs duration, got None"


def test_a_lognormal_life_is_planned_by_its_sigma() -> None:
    found = planned(family="lognormal", sigma=0.5, duration=1000.0 * exp(0.5 * 1.2815515655))
    assert found.demonstration is not None
    assert found.demonstration.plan.units == 4  # half fail by then: 0.5 ** 4 < 0.1
