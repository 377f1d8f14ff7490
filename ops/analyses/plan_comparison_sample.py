"""A small comparison: two customers, a near warehouse that is dear, a far one that is cheap."""

from functools import cache
from typing import Any

from ops.analyses.network_baseline import NETWORK_BASELINE, NetworkBaselineParams
from ops.analyses.network_baseline_example import example_data
from ops.analyses.network_plan import NETWORK_PLAN
from ops.analyses.network_plan_params import NetworkPlanParams
from ops.analysis import silent
from ops.query import NamedResult, RunResultsData, ScenarioData
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.movement import Lane
from solvers.scenario.place import Site, Supply
from solvers.scenario.policy import Period

_DISTANCES = {"DC-NEAR": (150.0, 0.3), "DC-FAR": (700.0, 0.9)}  # km to customers, money a unit


def sample_scenario() -> Scenario:
    """Warehouses to choose from: freight alone takes the near one, all money the far one."""
    customers = {"C-PARIS": 2_600.0, "C-GYOR": 1_500.0}
    dcs = tuple(_DISTANCES)
    return Scenario(
        title="Two warehouses",
        periods=(Period(code="2026-06", days=30),),
        commodities=(Commodity(code="QFN-32", weight=0.5, value=8.0),),
        sites=(
            Site(code="P-DRESDEN", kind="plant"),
            Site(code="DC-NEAR", kind="dc", status="candidate", fixed_cost=9_000.0,
                 throughput=5_000.0),
            Site(code="DC-FAR", kind="dc", status="existing", fixed_cost=3_000.0,
                 throughput=5_000.0),
            *(Site(code=code, kind="customer") for code in customers),
        ),
        supplies=(Supply(site="P-DRESDEN", commodity="QFN-32", unit_cost=2.0),),
        lanes=(
            *(Lane(origin="P-DRESDEN", destination=dc, unit_cost=0.5, lead_time=1.0,
                   distance=460.0) for dc in dcs),
            *(Lane(origin=dc, destination=customer, unit_cost=_DISTANCES[dc][1],
                   lead_time=_DISTANCES[dc][0] / 300.0, distance=_DISTANCES[dc][0])
              for dc in dcs for customer in customers),
        ),
        demands=tuple(
            Demand(customer=customer, commodity="QFN-32", quantity=quantity)
            for customer, quantity in customers.items()
        ),
    )  # fmt: skip


@cache
def sample_runs() -> RunResultsData:
    """Compute a plan of the far warehouse, one that is held to the near one, and a past."""
    scenario = sample_scenario()
    plans = {"0197-today": (), "0197-one-dc": ("close DC-FAR",)}
    found = {run: NamedResult("network-plan", _planned(scenario, e)) for run, e in plans.items()}
    asked = NetworkBaselineParams(scenario="frankfurt")
    past = NETWORK_BASELINE.compute(example_data(), asked, silent).model_dump(mode="json")
    found["0197-past"] = NamedResult("network-baseline", past)
    return RunResultsData(found, ScenarioData("frankfurt", 1, scenario))


def _planned(scenario: Scenario, edits: tuple[str, ...]) -> dict[str, Any]:
    asked = NetworkPlanParams(scenario="frankfurt", edits=edits)
    data = ScenarioData("frankfurt", 1, scenario)
    return NETWORK_PLAN.compute(data, asked, silent).model_dump(mode="json")
