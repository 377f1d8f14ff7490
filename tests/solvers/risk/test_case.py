"""Disruptions: what words are written out to, what is lost when."""

import numpy as np
import pytest

from solvers.errors import ScenarioError
from solvers.network.resolve import resolve
from solvers.risk.case import Disruption, Magnitudes, generated
from solvers.risk.failure import Life
from solvers.risk.outage import cut, lost_share, shifted, with_lead
from solvers.scenario.edit import edited
from solvers.scenario.example import example_scenario
from tests.solvers.risk.networks import choice

SIZE = Magnitudes()


def test_each_site_is_lost_for_its_recovery() -> None:
    scenario = example_scenario()
    working = {site.code for site in scenario.sites} - {"DC-DALLAS"}
    cases = {c.lost_sites[0]: c for c in generated("each-site", scenario, working, SIZE)}
    assert set(cases) == {s.code for s in scenario.sites if s.kind != "customer"} - {"DC-DALLAS"}
    assert cases["P-SAIGON"].duration_days == 56.0
    assert cases["S-OSAKA"].duration_days is None


def test_each_lane_between_working_sites_is_lost() -> None:
    scenario = choice()
    working = {"P1", "P2", "D1", "C1", "C2"}
    cases = generated("each-lane", scenario, working, SIZE)
    assert {c.lost_lanes[0] for c in cases} == {
        "P1>D1/road", "P2>D1/road", "D1>C1/road", "D1>C2/road",
    }  # fmt: skip


def test_a_tariff_meets_every_border() -> None:
    scenario = example_scenario()
    (case,) = generated("tariff", scenario, (), Magnitudes(tariff=0.1))
    instance, dearer = (resolve(s).instance for s in (scenario, edited(scenario, case.edits)))
    rise = dearer.arcs.duty.sum() - instance.arcs.duty.sum()
    assert rise > 0


def test_a_period_that_is_lost_in_part_loses_its_share() -> None:
    instance = resolve(choice()).instance
    case = Disruption(code="x", lost_sites=("P1",), duration_days=10.0, from_period="T1")
    assert lost_share(instance, case) == pytest.approx([0.0, 1.0, 3 / 7])
    hit = cut(instance, case)
    p1 = instance.supplies.site.tolist().index(instance.sites.code.index("P1"))
    assert hit.supplies.maximum[p1] == pytest.approx([100.0, 0.0, 100 * 4 / 7])
    touches = instance.lanes.origin[instance.arcs.lane] == instance.sites.code.index("P1")
    assert (hit.arcs.limit[touches, 1] == 0).all()
    assert np.array_equal(hit.arcs.limit[~touches], instance.arcs.limit[~touches])


def test_names_that_are_not_there_are_told() -> None:
    instance = resolve(choice()).instance
    with pytest.raises(ScenarioError, match="no site 'P9'"):
        cut(instance, Disruption(code="x", lost_sites=("P9",)))
    with pytest.raises(ValueError, match="not both"):
        Disruption(code="x", probability=0.1, failure=Life(shape=1.0, scale=2.0))


def test_shifts_of_demand_and_lead_times() -> None:
    instance = resolve(choice(lag=True)).instance
    case = Disruption(code="x", demand_factor=1.5, lead_factor=7.0)
    hit = shifted(instance, case, lags=True)
    assert hit.demands.quantity == pytest.approx(1.5 * instance.demands.quantity)
    assert hit.arcs.capital == pytest.approx(7.0 * instance.arcs.capital)
    assert (hit.lanes.lag == 1).all()
    assert (with_lead(instance, np.full(8, 7.0), lags=False).lanes.lag == 0).all()
