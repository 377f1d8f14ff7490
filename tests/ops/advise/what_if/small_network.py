"""A network of ten sites with titles, thirteen weeks, and two ways between two of them."""

from functools import cache

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, ForecastRef
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.part import ByPeriod
from solvers.scenario.place import Inventory, Production, Site, SiteKind, Supply, ToolGroup
from solvers.scenario.policy import Period, Policy

_SITES: tuple[tuple[str, str, SiteKind, str], ...] = (
    ("SUP-WIRE", "Fukuoka", "supplier", "JP"), ("SUP-FRAME", "Ningbo", "supplier", "CN"),
    ("DEMO-PG", "Penang", "plant", "MY"), ("DEMO-DR", "Dresden", "plant", "DE"),
    ("WH-SIN", "Singapore", "dc", "SG"), ("WH-FRA", "Frankfurt", "dc", "DE"),
    ("WH-SHA", "Shanghai", "dc", "CN"), ("CUST-01", "Suzhou", "customer", "CN"),
    ("CUST-02", "Suwon", "customer", "KR"), ("CUST-03", "Nagoya", "customer", "JP"),
)  # fmt: skip
_LANES = (
    ("SUP-WIRE", "DEMO-PG", "air"), ("SUP-FRAME", "DEMO-DR", "sea"),
    ("SUP-FRAME", "DEMO-PG", "sea"), ("DEMO-PG", "WH-SIN", "truck"),
    ("DEMO-PG", "WH-SHA", "sea"), ("DEMO-PG", "WH-SHA", "air"), ("DEMO-DR", "WH-FRA", "truck"),
    ("WH-SIN", "CUST-01", "air"), ("WH-SIN", "CUST-02", "air"), ("WH-SHA", "CUST-02", "sea"),
    ("WH-FRA", "CUST-03", "air"),
)  # fmt: skip


@cache
def small_network() -> Scenario:
    """Scenario whose first demand comes from a forecast."""
    weeks = tuple(Period(code=f"W{n:02}") for n in range(1, 14))
    return Scenario(
        periods=weeks,
        commodities=tuple(Commodity(code=c) for c in ("WIRE", "FRAME", "QFN32", "SOIC8")),
        sites=tuple(
            Site(code=c, title=t, kind=k, country=n,
                 status="candidate" if c == "WH-SHA" else "existing" if k == "dc" else "must-open",
                 fixed_cost=4000.0 if k == "dc" else 0.0)
            for c, t, k, n in _SITES
        ),
        tool_groups=tuple(
            ToolGroup(site=s, code="LINE", hours=168.0) for s in ("DEMO-PG", "DEMO-DR")
        ),
        productions=tuple(
            Production(site=s, output=c, unit_cost=0.03, tool_group="LINE", hours_per_unit=1e-4)
            for s in ("DEMO-PG", "DEMO-DR") for c in ("QFN32", "SOIC8")
        ),
        supplies=(
            Supply(site="SUP-WIRE", commodity="WIRE", unit_cost=0.01),
            Supply(site="SUP-FRAME", commodity="FRAME", quantity=9e5, unit_cost=0.006),
        ),
        inventories=tuple(
            Inventory(site=s, commodity="QFN32", holding_cost=0.001, capacity=5e5,
                      safety_stock=1e4)
            for s in ("WH-SIN", "WH-FRA")
        ),
        modes=(Mode(code="truck"), Mode(code="sea"), Mode(code="air")),
        lanes=tuple(
            Lane(origin=a, destination=b, mode=m, unit_cost=0.02, capacity=1e6, lead_time=4.0)
            for a, b, m in _LANES
        ),
        demands=(
            Demand(customer="CUST-01", commodity="QFN32", forecast=ForecastRef(series="x"),
                   quantity_by_period=(ByPeriod(period="W01", amount=100.0),)),
            Demand(customer="CUST-02", commodity="QFN32", quantity=200.0),
            Demand(customer="CUST-02", commodity="SOIC8", quantity=300.0),
            Demand(customer="CUST-03", commodity="SOIC8", quantity=400.0),
        ),
        policy=Policy(carbon_price=80.0, budget=60_000.0),
    )  # fmt: skip
