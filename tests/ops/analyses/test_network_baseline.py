import pytest

from ops.analyses.network_baseline import NETWORK_BASELINE, NetworkBaselineParams, compute
from ops.analyses.network_baseline_example import example_data
from ops.analyses.network_baseline_result import NetworkBaselineResult
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.query import ScenarioData
from solvers.scenario.document import Scenario
from solvers.scenario.edit import edited

PARAMS = NetworkBaselineParams(scenario="frankfurt")


def of(scenario: Scenario) -> NetworkBaselineResult:
    return compute(ScenarioData("frankfurt", 1, scenario), PARAMS, silent)


def example() -> Scenario:
    scenario = example_data().scenario
    assert scenario is not None
    return scenario


def test_the_example_is_calibrated_and_says_where_it_is_not_exact() -> None:
    result = of(example())
    assert result.status == "calibrated"
    transport = next(c for c in result.categories if c.name == "transport")
    by_hand = (4000 * 0.5 + 4 * 200) + (4100 * 0.5 + 5 * 200) + 5100 * 0.8 + 2950 * 0.9
    assert transport.computed == pytest.approx(by_hand)
    assert transport.booked == pytest.approx(12_905.0)
    assert result.lanes[0].name == "DC-FRANKFURT>C-GYOR/road"
    assert result.kpis.fill_rate == pytest.approx((2500 + 2600 + 1500 + 1450) / (2 * 4100))


def test_other_prices_make_it_uncalibrated() -> None:
    result = of(edited(example(), ["lanes unit cost +50 %"]))
    assert result.status == "uncalibrated"
    assert result.gap is not None
    assert result.gap > 0.02
    verdict = NETWORK_BASELINE.view(result).verdicts[0]
    assert verdict.level == "bad"
    assert "uncalibrated" in verdict.sentence


def test_without_books_there_is_no_gap_and_no_calibration() -> None:
    scenario = example()
    bare = scenario.history.model_copy(update={"bookings": ()})
    result = of(scenario.model_copy(update={"history": bare}))
    assert (result.status, result.gap) == ("uncalibrated", None)
    assert NETWORK_BASELINE.view(result).verdicts[0].level == "warn"


def test_a_history_without_flows_is_not_enough() -> None:
    with pytest.raises(NotEnoughData, match="/history/flows"):
        of(Scenario())


def test_a_dangling_name_is_told_with_its_pointer() -> None:
    scenario = example()
    lane = scenario.lanes[0].model_copy(update={"origin": "NOWHERE"})
    with pytest.raises(BadData) as caught:
        of(scenario.model_copy(update={"lanes": (lane, *scenario.lanes[1:])}))
    assert any(p.pointer.startswith("/lanes/0") for p in caught.value.problems)
