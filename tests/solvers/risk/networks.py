"""Small networks that stress tests are tried on."""

from solvers.network.arrays import standard_form
from solvers.network.highs import Solver
from solvers.network.instance import Instance
from solvers.network.outcome import Options
from solvers.network.plan import Plan, plan_of
from solvers.network.resolve import resolve
from solvers.network.start import Start
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, Spread
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.place import Inventory, Site, Supply
from solvers.scenario.policy import Period, Policy

EXACT = Options(gap=0.0, duals=False)


def line(stock: float, demand: float, *supplies: float, days: float = 10.0) -> Scenario:
    """Suppliers S0, S1 ... of one good, a warehouse with stock, a customer; one period."""
    sources = [f"S{i}" for i in range(len(supplies))]
    return Scenario(
        periods=(Period(code="P1", days=days),),
        commodities=(Commodity(code="G"),),
        sites=(
            *(Site(code=code, kind="supplier") for code in sources),
            Site(code="W", kind="dc"),
            Site(code="C", kind="customer"),
        ),
        supplies=tuple(
            Supply(site=code, commodity="G", quantity=units)
            for code, units in zip(sources, supplies, strict=True)
        ),
        inventories=(Inventory(site="W", commodity="G", initial=stock),),
        modes=(Mode(code="road"),),
        lanes=(
            *(Lane(origin=code, destination="W", unit_cost=1.0) for code in sources),
            Lane(origin="W", destination="C", unit_cost=1.0),
        ),
        demands=(Demand(customer="C", commodity="G", quantity=demand, price=50.0),),
    )


def choice(
    *,
    demand: float = 40.0,
    supply: float = 100.0,
    fixed: float = 300.0,
    lane_fixed: float = 0.0,
    lag: bool = False,
) -> Scenario:
    """Two plants, two DCs to choose from, two customers, three periods."""
    ways = (
        ("P1", "D1", 2.0), ("P1", "D2", 4.0), ("P2", "D1", 5.0), ("P2", "D2", 3.0),
        ("D1", "C1", 3.0), ("D1", "C2", 7.0), ("D2", "C1", 8.0), ("D2", "C2", 2.0),
    )  # fmt: skip
    return Scenario(
        periods=tuple(Period(code=f"T{t}", days=7.0) for t in range(3)),
        commodities=(Commodity(code="G", value=60.0),),
        sites=(
            Site(code="P1", kind="plant"),
            Site(code="P2", kind="plant"),
            Site(code="D1", kind="dc", status="candidate", fixed_cost=fixed, open_cost=50.0),
            Site(code="D2", kind="dc", status="existing", fixed_cost=fixed, close_cost=20.0),
            Site(code="C1", kind="customer"),
            Site(code="C2", kind="customer"),
        ),
        supplies=(
            Supply(site="P1", commodity="G", quantity=supply, unit_cost=10.0),
            Supply(site="P2", commodity="G", quantity=supply, unit_cost=14.0),
        ),
        inventories=(Inventory(site="D2", commodity="G", initial=30.0, holding_cost=0.5),),
        modes=(Mode(code="road"),),
        lanes=tuple(
            Lane(
                origin=a,
                destination=b,
                unit_cost=cost,
                fixed_cost=lane_fixed,
                lead_time=1.0,
                lead_time_sd=0.5,
            )
            for a, b, cost in ways
        ),
        demands=tuple(
            Demand(
                customer=c,
                commodity="G",
                quantity=demand,
                price=80.0,
                spread=Spread(kind="gamma", cv=0.3),
            )
            for c in ("C1", "C2")
        ),
        policy=Policy(capital_rate=0.2, lead_time_lag=lag),
    )


def solved(scenario: Scenario) -> tuple[Instance, Plan, Start]:
    """Plan a scenario, to proof."""
    instance = resolve(scenario).instance
    form = standard_form(instance)
    plan = plan_of(instance, form, Solver(form).solve(EXACT))
    assert plan.status == "optimal"
    assert plan.decided is not None
    return instance, plan, Start.of(plan.decided.tables(instance))
