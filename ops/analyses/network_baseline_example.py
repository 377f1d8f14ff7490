"""A small network with its past: a plant, a warehouse, two customers, two months, the books."""

from functools import cache

from ops.query import ScenarioData
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand
from solvers.scenario.ledger import Booking, CostCategory, History, PastFlow
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.place import Inventory, LabourTier, Site, Supply
from solvers.scenario.policy import Period

MONTHS = ("2026-04", "2026-05")


@cache
def example_data() -> ScenarioData:
    """Two months of flows whose freight the contract explains but for one lane."""
    scenario = Scenario(
        title="Warehouse in Frankfurt",
        periods=tuple(Period(code=month, days=30) for month in MONTHS),
        commodities=(Commodity(code="QFN-32", weight=0.5, value=8.0),),
        sites=(
            Site(code="P-DRESDEN", kind="plant", fixed_cost=20_000.0),
            Site(code="DC-FRANKFURT", kind="dc", fixed_cost=6_000.0,
                 labour=(LabourTier(unit_cost=0.4),)),
            Site(code="C-PARIS", kind="customer"),
            Site(code="C-GYOR", kind="customer"),
        ),
        supplies=(Supply(site="P-DRESDEN", commodity="QFN-32", unit_cost=2.0),),
        inventories=(Inventory(site="DC-FRANKFURT", commodity="QFN-32", initial=400.0,
                               holding_cost=0.1),),
        modes=(Mode(code="road"),),
        lanes=(
            Lane(origin="P-DRESDEN", destination="DC-FRANKFURT", unit_cost=0.5, lead_time=1.5,
                 distance=460.0, shipment_cost=200.0, shipment_size=1_000.0),
            Lane(origin="DC-FRANKFURT", destination="C-PARIS", unit_cost=0.8, lead_time=1.5,
                 distance=570.0),
            Lane(origin="DC-FRANKFURT", destination="C-GYOR", unit_cost=0.9, lead_time=2.0,
                 distance=860.0),
        ),
        demands=tuple(
            Demand(customer=customer, commodity="QFN-32", quantity=quantity)
            for customer, quantity in (("C-PARIS", 2_600.0), ("C-GYOR", 1_500.0))
        ),
        history=History(flows=_flows(), bookings=_bookings()),
    )  # fmt: skip
    return ScenarioData(code="frankfurt", revision=1, scenario=scenario)


def _flows() -> tuple[PastFlow, ...]:
    moved = {
        ("P-DRESDEN", "DC-FRANKFURT"): (4_000.0, 4_100.0),
        ("DC-FRANKFURT", "C-PARIS"): (2_500.0, 2_600.0),
        ("DC-FRANKFURT", "C-GYOR"): (1_500.0, 1_450.0),
    }
    return tuple(
        PastFlow(
            origin=origin,
            destination=destination,
            commodity="QFN-32",
            period=month,
            quantity=quantity,
        )
        for (origin, destination), quantities in moved.items()
        for month, quantity in zip(MONTHS, quantities, strict=True)
    )


def _bookings() -> tuple[Booking, ...]:
    freight = {
        ("P-DRESDEN", "DC-FRANKFURT"): (2_810.0, 3_040.0),
        ("DC-FRANKFURT", "C-PARIS"): (2_010.0, 2_075.0),
        ("DC-FRANKFURT", "C-GYOR"): (1_490.0, 1_480.0),
    }
    at_sites: dict[CostCategory, float] = {"fixed": 6_000.0, "handling": 1_615.0}
    lanes = tuple(
        Booking(
            category="transport", period=month, amount=amount, origin=origin,
            destination=destination, mode="road",
        )
        for (origin, destination), amounts in freight.items()
        for month, amount in zip(MONTHS, amounts, strict=True)
    )  # fmt: skip
    sites = tuple(
        Booking(category=category, period=month, amount=amount, origin="DC-FRANKFURT")
        for category, amount in at_sites.items()
        for month in MONTHS
    )
    plant = tuple(
        Booking(category="fixed", period=month, amount=20_000.0, origin="P-DRESDEN")
        for month in MONTHS
    )
    return lanes + sites + plant
