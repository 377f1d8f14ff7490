"""A small scenario of packaging: supplier, plant, die bank, two centres, customers."""

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, Spread
from solvers.scenario.ledger import History, PastFlow
from solvers.scenario.movement import Lane
from solvers.scenario.place import Ingredient, Inventory, Production, Site, Supply
from solvers.scenario.policy import Period


def packaging(*, bank_cost: float = 0.05, dc_cost: float = 1.0, history: bool = False) -> Scenario:
    """Dies through a bank to one plant, packages from two centres; costs of holding a period."""
    lanes = (
        Lane(origin="S", destination="BANK", lead_time=20.0, lead_time_sd=2.0, unit_cost=0.1),
        Lane(origin="BANK", destination="P", lead_time=1.0, unit_cost=0.1),
        Lane(origin="P", destination="DC1", lead_time=4.0, unit_cost=0.2),
        Lane(origin="P", destination="DC2", lead_time=6.0, unit_cost=0.2),
        Lane(origin="DC1", destination="C1", lead_time=1.0, unit_cost=0.1),
        Lane(origin="DC2", destination="C2", lead_time=1.0, unit_cost=0.1),
        Lane(origin="DC1", destination="C2", lead_time=3.0, unit_cost=0.5),
    )
    flows = tuple(
        PastFlow(origin=a, destination=b, commodity=c, period="P1", quantity=q)
        for a, b, c, q in (
            ("S", "BANK", "DIE", 300.0), ("BANK", "P", "DIE", 300.0), ("P", "DC1", "PKG", 90.0),
            ("P", "DC2", "PKG", 60.0), ("DC1", "C1", "PKG", 70.0), ("DC1", "C2", "PKG", 20.0),
            ("DC2", "C2", "PKG", 60.0),
        )
    )  # fmt: skip
    held = (("BANK", "DIE", bank_cost), ("DC1", "PKG", dc_cost), ("DC2", "PKG", dc_cost))
    return Scenario(
        title="Small packaging",
        periods=(Period(code="P1", days=10.0),),
        commodities=(Commodity(code="DIE", value=1.0), Commodity(code="PKG", value=5.0)),
        sites=(
            Site(code="S", kind="supplier"),
            Site(code="BANK", kind="die-bank"),
            Site(code="P", kind="plant"),
            Site(code="DC1", kind="dc"),
            Site(code="DC2", kind="dc"),
            Site(code="C1", kind="customer"),
            Site(code="C2", kind="customer"),
        ),
        productions=(
            Production(site="P", output="PKG", inputs=(Ingredient(commodity="DIE", quantity=2.0),)),
        ),
        supplies=(Supply(site="S", commodity="DIE", unit_cost=1.0),),
        inventories=tuple(
            Inventory(site=s, commodity=c, holding_cost=h, service_target=0.975) for s, c, h in held
        ),
        lanes=lanes,
        demands=tuple(
            Demand(customer=c, commodity="PKG", quantity=q, spread=Spread(sd=sd))
            for c, q, sd in (("C1", 70.0, 12.0), ("C2", 80.0, 16.0))
        ),
        history=History(flows=flows if history else ()),
    )
