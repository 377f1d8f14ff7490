"""Worth of capacities and entry prices of lanes, by hand."""

import pytest

from solvers.network.entry import entries
from solvers.network.outcome import Options
from solvers.network.planner import plan
from solvers.network.resolve import resolve
from solvers.network.worth import worths
from solvers.scenario.document import Scenario
from solvers.watch import News

EXACT = Options(gap=0.0)


def _network(*, fixed: float = 0.0) -> Scenario:
    """Two plants for one customer; the cheap one is full, a third way is too dear."""
    return Scenario.model_validate(
        {
            "commodities": [{"code": "K"}],
            "sites": [
                {"code": "P", "kind": "plant", "throughput": 60},
                {"code": "Q", "kind": "plant", "status": "candidate", "fixed_cost": fixed},
                {"code": "C", "kind": "customer"},
            ],
            "supplies": [{"site": s, "commodity": "K", "unit_cost": 1} for s in ("P", "Q")],
            "modes": [{"code": "road"}, {"code": "air"}],
            "lanes": [
                {"origin": "P", "destination": "C", "unit_cost": 1, "capacity": 80},
                {"origin": "Q", "destination": "C", "unit_cost": 4},
                {"origin": "Q", "destination": "C", "mode": "air", "unit_cost": 9},
            ],
            "demands": [{"customer": "C", "commodity": "K", "quantity": 100, "lost_cost": 50}],
        }
    )


def test_a_unit_more_of_the_full_plant_saves_the_dearer_way() -> None:
    instance = resolve(_network()).instance
    (worth,) = worths(instance, plan(instance, EXACT), EXACT)
    assert (worth.kind, worth.code, worth.periods) == ("throughput", "P", ("P1",))
    assert worth.step == pytest.approx(0.6)
    # a unit over P instead of Q saves 4 - 1; one less costs the same
    assert worth.gain == pytest.approx(3)
    assert worth.loss == pytest.approx(3)
    assert worth.gain_least <= worth.gain <= worth.gain_most + 1e-9


def test_the_fixed_cost_of_a_site_is_no_part_of_the_next_unit() -> None:
    instance = resolve(_network(fixed=500.0)).instance
    (worth,) = worths(instance, plan(instance, EXACT), EXACT)
    assert worth.gain == pytest.approx(3)


def test_a_capacity_that_is_not_full_is_worth_nothing() -> None:
    scenario = _network().model_copy(update={"demands": ()})
    wanted = _network().demands[0].model_copy(update={"quantity": 30.0})
    instance = resolve(scenario.model_copy(update={"demands": (wanted,)})).instance
    assert worths(instance, plan(instance, EXACT), EXACT) == ()


def test_a_lane_enters_where_it_is_as_cheap_as_its_rival() -> None:
    instance = resolve(_network()).instance
    found = entries(instance, plan(instance, EXACT), EXACT)
    (air,) = [entry for entry in found if entry.lane == "Q>C/air"]
    assert air.cost == pytest.approx(9)
    assert air.enters_at <= 4 <= air.stays_out_at
    assert air.stays_out_at - air.enters_at <= 0.02 * 9


def test_who_stops_gets_what_is_measured_so_far() -> None:
    instance = resolve(_network()).instance
    best = plan(instance, EXACT)

    def stop(news: News) -> bool:
        del news
        return True

    assert len(worths(instance, best, EXACT, stop)) <= 1
    assert len(entries(instance, best, EXACT, stop)) <= 1


def test_without_a_plan_there_is_nothing_to_say() -> None:
    wanted = _network().demands[0].model_copy(update={"quantity": 10.0, "lost_cost": None})
    closed = tuple(lane.model_copy(update={"capacity": 1.0}) for lane in _network().lanes)
    network = _network().model_copy(update={"demands": (wanted,), "lanes": closed})
    instance = resolve(network).instance
    answer = plan(instance, EXACT)
    assert answer.status == "infeasible"
    assert worths(instance, answer, EXACT) == ()
    assert entries(instance, answer, EXACT) == ()
