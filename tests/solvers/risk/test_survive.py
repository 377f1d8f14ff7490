"""Time to survive: small lines by hand, two sources by formula."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.network.instance import Instance
from solvers.network.resolve import resolve
from solvers.network.start import Start
from solvers.risk.case import Disruption
from solvers.risk.recourse import Recourse, Terms
from solvers.risk.survive import survival
from solvers.scenario.policy import Period
from tests.solvers.risk.networks import EXACT, choice, line


def days(stock: float, demand: float, *supplies: float, lost: str = "S0") -> float:
    """Time to survive of a line of one period of 10 days."""
    return survival(resolve(line(stock, demand, *supplies)).instance, [lost])[0].days


def test_a_single_line_lives_on_its_stock() -> None:
    assert days(70.0, 100.0, 500.0) == pytest.approx(7.0)  # 70 units at 10 a day


def test_without_stock_or_warehouse_it_does_not_survive_at_all() -> None:
    assert days(0.0, 100.0, 500.0) == 0.0
    assert days(70.0, 100.0, 500.0, lost="W") == 0.0


def test_two_sources_fill_the_gap_in_part_or_for_good() -> None:
    assert days(40.0, 100.0, 60.0, 60.0) == pytest.approx(10.0)  # 4 a day short
    assert days(40.0, 100.0, 60.0, 100.0) == np.inf


@settings(max_examples=15)
@given(st.floats(0, 500), st.floats(1, 300), st.floats(0, 300))
def test_survival_is_stock_over_shortfall(stock: float, demand: float, other: float) -> None:
    found = days(stock, demand, 1000.0, other)
    short = (demand - other) / 10.0
    expected = np.inf if short <= 0 or stock / short >= 3650 else stock / short
    if abs(short) > 1e-3:
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["P1", "P2", "D1", "D2"]),
    st.floats(2, 12),
    st.floats(2, 20),
    st.floats(0, 60),
)
def test_the_planner_serves_all_until_then_and_not_longer(
    site: str, demand: float, supply: float, stock: float
) -> None:
    """The network model itself is the judge, in one period as long as the site is survived."""

    def lasting(days: float) -> Instance:
        plain = choice(demand=demand * days, supply=supply * days)
        held = plain.inventories[0].model_copy(update={"initial": stock})
        period = (Period(code="T0", days=days),)
        one = plain.model_copy(update={"periods": period, "inventories": (held,)})
        return resolve(one).instance

    case = Disruption(code="x", lost_sites=(site,))
    terms = Terms(penalty=1e4, options=EXACT)
    days = survival(lasting(10.0), [site])[0].days

    def lost(over: float) -> float:
        return float(Recourse(lasting(over), Start(), case, terms).answer().lost.sum())

    if days > 0.01:
        assert lost(0.999 * min(days, 100.0)) == pytest.approx(0.0, abs=1e-5)
    if days < 1000.0:
        assert lost(1.01 * days + 0.01) > 1e-5


def test_a_site_that_the_plan_closes_does_not_help() -> None:
    instance = resolve(line(40.0, 100.0, 60.0, 100.0)).instance
    closed = Start(open={("S1", "P1"): False})
    assert survival(instance, ["S0"], closed)[0].days == pytest.approx(4.0)


def test_exposure_compares_with_recovery() -> None:
    found = survival(resolve(line(70.0, 100.0, 500.0)).instance, ["S0"])[0]
    assert found.exposed(28.0) is True
    assert found.exposed(6.0) is False
    assert found.exposed(None) is None
