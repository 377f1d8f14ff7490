"""The example of a stress test: one product, two plants, a DC, two customers."""

from functools import cache

from ops.analyses.network_stress_params import NetworkStressParams, StressContingencyPlan
from ops.analysis import Example
from ops.query import ScenarioData
from solvers.risk.case import Disruption
from solvers.risk.failure import Life
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, Spread
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.place import Inventory, Site, Supply
from solvers.scenario.policy import Period

WAYS = (
    ("P-SAIGON", "DC-SINGAPORE", 6.0),
    ("P-PENANG", "DC-SINGAPORE", 4.0),
    ("P-SAIGON", "DC-HANOI", 3.0),
    ("DC-SINGAPORE", "C-AUSTIN", 20.0),
    ("DC-SINGAPORE", "C-MUNICH", 18.0),
    ("DC-HANOI", "C-AUSTIN", 26.0),
)


def _lane(origin: str, destination: str, cost: float) -> Lane:
    return Lane(
        origin=origin,
        destination=destination,
        mode="air",
        unit_cost=cost,
        lead_time=3.0,
        lead_time_sd=1.0,
    )


@cache
def small_network() -> Scenario:
    """Two weeks; P-SAIGON is cheap, P-PENANG is dear and small, the DC holds some stock."""
    return Scenario(
        title="Two plants",
        periods=(Period(code="W1", days=7.0), Period(code="W2", days=7.0)),
        commodities=(Commodity(code="QFN", unit="kpcs", value=400.0),),
        sites=(
            Site(code="P-SAIGON", kind="plant", country="VN", time_to_recover="28 day"),
            Site(code="P-PENANG", kind="plant", country="MY", time_to_recover="10 day"),
            Site(code="DC-SINGAPORE", kind="dc", country="SG", fixed_cost=500.0),
            Site(
                code="DC-HANOI",
                kind="dc",
                country="VN",
                status="candidate",
                open_cost=900.0,
                fixed_cost=300.0,
            ),
            Site(code="C-AUSTIN", kind="customer", country="US"),
            Site(code="C-MUNICH", kind="customer", country="DE"),
        ),
        supplies=(
            Supply(site="P-SAIGON", commodity="QFN", quantity=160.0, unit_cost=300.0),
            Supply(site="P-PENANG", commodity="QFN", quantity=80.0, unit_cost=340.0),
        ),
        inventories=(
            Inventory(site="DC-SINGAPORE", commodity="QFN", initial=40.0, holding_cost=2.0),
        ),
        modes=(Mode(code="air"),),
        lanes=tuple(_lane(*way) for way in WAYS),
        demands=(
            Demand(
                customer="C-AUSTIN",
                commodity="QFN",
                quantity=70.0,
                price=520.0,
                spread=Spread(kind="gamma", cv=0.2),
            ),
            Demand(
                customer="C-MUNICH",
                commodity="QFN",
                quantity=50.0,
                price=520.0,
                spread=Spread(kind="normal", cv=0.15),
            ),
        ),
    )


EXAMPLE = Example(
    params=NetworkStressParams(
        scenario="two-plants",
        cases=(
            "each-site",
            "demand-surge",
            Disruption(
                code="press down",
                title="The press of P-SAIGON fails",
                lost_sites=("P-SAIGON",),
                severity=0.5,
                failure=Life(shape=2.0, scale=1500.0, age_days=700.0),
            ),
        ),
        seeds=6,
        contingencies=(
            StressContingencyPlan(
                name="More from P-PENANG",
                edits=("supply at P-PENANG +75 %",),
                annual_cost=400.0,
            ),
        ),
        design_outcomes=3,
        cvar_weight=0.5,
        fresh=4,
        level=0.8,
    ),
    data=lambda: ScenarioData(code="two-plants", revision=1, scenario=small_network()),
)
