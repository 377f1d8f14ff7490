"""A small packaging network: two plants, a die bank, three DCs, five customers, three months."""

from datetime import date
from functools import cache

from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, Spread
from solvers.scenario.movement import Break, Duty, Incoterm, Lane, Mode, Tariff
from solvers.scenario.part import Amount, ByPeriod
from solvers.scenario.place import (
    Expansion,
    Ingredient,
    Inventory,
    LabourTier,
    Production,
    Qualification,
    Site,
    Supply,
    ToolGroup,
)
from solvers.scenario.policy import ExchangeRate, Period, Policy, SiteCount, SoftTag

PACKAGES = ("QFN-32", "SOT-23")
DIES = ("DIE-Q", "DIE-S")
CUSTOMERS = ("C-SHENZHEN", "C-MUNICH", "C-TURIN", "C-AUSTIN", "C-DETROIT")


@cache
def example_scenario() -> Scenario:
    """Dies go to a die bank and, with leadframes and wire, become packages at two plants.

    Quantities of dies, leadframes and packages are thousands of pieces; wire counts in metres.
    """
    return Scenario(
        title="Packaging network",
        note="Two products, two plants, three distribution centres, the first quarter of 2027.",
        exchange_rates=(
            ExchangeRate(currency="EUR", rate=1.10),
            ExchangeRate(currency="EUR", rate=1.12, valid_from=date(2027, 2, 1)),
        ),
        periods=(
            Period(code="2027-01", start=date(2027, 1, 1), days=31),
            Period(code="2027-02", start=date(2027, 2, 1), days=28),
            Period(code="2027-03", start=date(2027, 3, 1), days=31),
        ),
        commodities=_commodities(),
        sites=_sites(),
        tool_groups=(
            ToolGroup(site="P-PENANG", code="WB", hours=640.0, oee=0.8, tags=("bonders",)),
            ToolGroup(site="P-SAIGON", code="WB", hours=600.0, oee=0.75, tags=("bonders",)),
        ),
        productions=_productions(),
        qualifications=(
            Qualification(product="QFN-32", site="P-PENANG", tool_group="WB", revision="B"),
            Qualification(product="QFN-32", site="P-SAIGON", valid_from=date(2027, 2, 1)),
        ),
        supplies=(
            Supply(site="S-HSINCHU", commodity="DIE-Q", quantity=500.0, unit_cost=160.0),
            Supply(site="S-HSINCHU", commodity="DIE-S", quantity=900.0, unit_cost=9.0),
            Supply(site="S-OSAKA", commodity="LEADFRAME", unit_cost=4.0),
            Supply(site="S-OSAKA", commodity="WIRE", unit_cost="0.05 EUR/m"),
        ),
        inventories=_inventories(),
        modes=(
            Mode(
                code="road",
                speed_km_per_day=600.0,
                cost_per_tonne_km=0.25,
                co2_kg_per_tonne_km=0.11,
            ),
            Mode(code="sea", speed_km_per_day=550.0, co2_kg_per_tonne_km=0.016),
            Mode(code="air", speed_km_per_day=6000.0, co2_kg_per_tonne_km=0.6),
        ),
        lanes=(*_inbound(), *_between(), *_outbound()),
        duties=(
            Duty(origin="MY", destination="US", duty_class="package", rate=0.02),
            Duty(origin="VN", destination="US", duty_class="package", rate=0.04),
        ),
        demands=_demands(),
        policy=Policy(
            carbon_price=80.0,
            capital_rate=0.1,
            service_level=0.9,
            budget=60_000.0,
            site_counts=(SiteCount(kind="dc", minimum=1, maximum=3),),
            soft=(SoftTag(tag="bonders", weight=2.0, title="Overtime on the bonders"),),
        ),
    )


def _commodities() -> tuple[Commodity, ...]:
    return (
        Commodity(code="DIE-Q", unit="kpcs", weight="60 g", value=160.0, handling=0.0),
        Commodity(code="DIE-S", unit="kpcs", weight="10 g", value=9.0, handling=0.0),
        Commodity(code="LEADFRAME", unit="kpcs", weight=0.8, value=4.0, handling=0.0),
        Commodity(code="WIRE", unit="m", weight="0.01 g", value=0.055, handling=0.0),
        Commodity(
            code="QFN-32", unit="kpcs", weight=1.6, volume=0.012, value=420.0,
            duty_class="package", group="QFN", shelf_life=2,
        ),
        Commodity(
            code="SOT-23", unit="kpcs", weight=0.5, volume=0.004, value=30.0,
            duty_class="package", group="SOT", shelf_life=2,
        ),
    )  # fmt: skip


def _sites() -> tuple[Site, ...]:
    tiers = (LabourTier(size=500.0, unit_cost=0.6), LabourTier(unit_cost=0.9))
    return (
        Site(code="S-HSINCHU", kind="supplier", latitude=24.80, longitude=120.97, country="TW"),
        Site(code="S-OSAKA", kind="supplier", latitude=34.69, longitude=135.50, country="JP"),
        Site(code="DB-SINGAPORE", kind="die-bank", latitude=1.35, longitude=103.82, country="SG",
             fixed_cost=900.0),
        Site(code="P-PENANG", kind="plant", latitude=5.41, longitude=100.33, country="MY",
             fixed_cost=22_000.0, time_to_recover="6 week"),
        Site(code="P-SAIGON", kind="plant", latitude=10.82, longitude=106.63, country="VN",
             fixed_cost=16_000.0, time_to_recover="8 week"),
        Site(code="DC-SINGAPORE", kind="dc", status="existing", latitude=1.30, longitude=103.80,
             country="SG", fixed_cost=4_000.0, close_cost=6_000.0, throughput=1200.0,
             labour=tiers),
        Site(code="DC-ROTTERDAM", kind="dc", status="existing", latitude=51.92, longitude=4.48,
             country="NL", fixed_cost="3500 EUR", close_cost=5_000.0, throughput=500.0,
             labour=tiers, expansions=(Expansion(code="hall-2", capacity=300.0, cost=9_000.0),)),
        Site(code="DC-DALLAS", kind="dc", status="candidate", latitude=32.78, longitude=-96.80,
             country="US", fixed_cost=3_000.0, open_cost=4_000.0, throughput=600.0, labour=tiers),
        Site(code="C-SHENZHEN", kind="customer", latitude=22.54, longitude=114.06, country="CN",
             group="asia"),
        Site(code="C-MUNICH", kind="customer", latitude=48.14, longitude=11.58, country="DE",
             group="europe"),
        Site(code="C-TURIN", kind="customer", latitude=45.07, longitude=7.69, country="IT",
             group="europe"),
        Site(code="C-AUSTIN", kind="customer", latitude=30.27, longitude=-97.74, country="US",
             group="america"),
        Site(code="C-DETROIT", kind="customer", latitude=42.33, longitude=-83.05, country="US",
             group="america"),
    )  # fmt: skip


def _productions() -> tuple[Production, ...]:
    def made(site: str, product: str, die: str, hours: float, cost: float) -> Production:
        wire = 640.0 if product == "QFN-32" else 120.0
        return Production(
            site=site,
            output=product,
            inputs=(
                Ingredient(commodity=die, quantity=1.0),
                Ingredient(commodity="LEADFRAME", quantity=1.0),
                Ingredient(commodity="WIRE", quantity=wire),
            ),
            unit_cost=cost,
            tool_group="WB",
            hours_per_unit=hours,
            revision="B",
        ).model_copy(update={"yield_": 0.98 if site == "P-PENANG" else 0.96})

    return (
        made("P-PENANG", "QFN-32", "DIE-Q", 1.0, 60.0),
        made("P-PENANG", "SOT-23", "DIE-S", 0.4, 7.0),
        made("P-SAIGON", "QFN-32", "DIE-Q", 1.1, 52.0),
        made("P-SAIGON", "SOT-23", "DIE-S", 0.45, 6.0),
    )


def _inventories() -> tuple[Inventory, ...]:
    bank = tuple(
        Inventory(site="DB-SINGAPORE", commodity=die, initial=150.0, holding_cost=cost,
                  cover_days=7.0, service_target=0.95)
        for die, cost in (("DIE-Q", 1.4), ("DIE-S", 0.1))
    )  # fmt: skip
    centres = tuple(
        Inventory(site=dc, commodity=package, initial=initial, holding_cost=cost,
                  capacity=800.0, service_target=0.98)
        for dc, package, initial, cost in (
            ("DC-SINGAPORE", "QFN-32", 60.0, 4.0),
            ("DC-SINGAPORE", "SOT-23", 60.0, 0.4),
        )
    )  # fmt: skip
    return bank + centres


def _inbound() -> tuple[Lane, ...]:
    dies = Lane(
        origin="S-HSINCHU", destination="DB-SINGAPORE", mode="air", commodities=DIES,
        basis="weight", unit_cost="3.2 USD/kg", incoterm="FCA", shipment_cost=120.0,
        shipment_size=40.0,
    )  # fmt: skip
    plants = ("P-PENANG", "P-SAIGON")
    banks = tuple(
        Lane(origin="DB-SINGAPORE", destination=plant, mode="air", commodities=DIES,
             basis="weight", unit_cost=2.5)
        for plant in plants
    )  # fmt: skip
    materials = tuple(
        Lane(origin="S-OSAKA", destination=plant, mode="sea", commodities=("LEADFRAME", "WIRE"),
             basis="weight", unit_cost=0.4, incoterm="CIF")
        for plant in plants
    )  # fmt: skip
    return (dies, *banks, *materials)


def _between() -> tuple[Lane, ...]:
    tariff = Tariff(
        kind="incremental",
        breaks=(Break(load=0.0, rate=1.1), Break(load="0.3 t", rate=0.7)),
    )
    lanes = list[Lane]()
    for plant in ("P-PENANG", "P-SAIGON"):
        lanes.append(
            Lane(origin=plant, destination="DC-SINGAPORE", commodities=PACKAGES, basis="weight",
                 fixed_cost=250.0, capacity=2_000.0)
        )  # fmt: skip
        for dc in ("DC-ROTTERDAM", "DC-DALLAS"):
            lanes.append(
                Lane(origin=plant, destination=dc, mode="sea", commodities=PACKAGES,
                     basis="weight", tariff=tariff, minimum=50.0, capacity="1.2 t",
                     lead_time=32.0, lead_time_sd=5.0)
            )  # fmt: skip
            lanes.append(
                Lane(origin=plant, destination=dc, mode="air", commodities=PACKAGES,
                     basis="weight", unit_cost=4.6, capacity=900.0, lead_time_sd=1.0)
            )  # fmt: skip
    return tuple(lanes)


def _outbound() -> tuple[Lane, ...]:
    def to(dc: str, customer: str, mode: str, cost: Amount | None = None) -> Lane:
        term: Incoterm = "DDP" if customer in {"C-AUSTIN", "C-DETROIT"} else "DAP"
        return Lane(origin=dc, destination=customer, mode=mode, commodities=PACKAGES,
                    basis="weight", unit_cost=cost, incoterm=term)  # fmt: skip

    return (
        to("DC-SINGAPORE", "C-SHENZHEN", "sea", 0.5),
        *(to("DC-SINGAPORE", c, "air", 5.5) for c in CUSTOMERS),
        *(to("DC-ROTTERDAM", c, "road") for c in ("C-MUNICH", "C-TURIN")),
        *(to("DC-ROTTERDAM", c, "air", "4.4 EUR/kg") for c in ("C-AUSTIN", "C-DETROIT")),
        *(to("DC-DALLAS", c, "road") for c in ("C-AUSTIN", "C-DETROIT")),
    )


def _demands() -> tuple[Demand, ...]:
    mean = {
        "C-SHENZHEN": (110.0, 260.0),
        "C-MUNICH": (80.0, 120.0),
        "C-TURIN": (40.0, 70.0),
        "C-AUSTIN": (60.0, 90.0),
        "C-DETROIT": (50.0, 80.0),
    }
    return tuple(
        Demand(
            customer=customer,
            commodity=package,
            quantity=quantity,
            quantity_by_period=(ByPeriod(period="2027-03", amount=1.2 * quantity),),
            spread=Spread(kind="normal", cv=0.25),
            price=price,
            lost_cost=price,
            backlog_cost=price / 20 if customer == "C-SHENZHEN" else None,
            fill_rate=0.9,
            single_source=customer == "C-TURIN",
        )
        for customer, pair in mean.items()
        for package, quantity, price in zip(PACKAGES, pair, (520.0, 38.0), strict=True)
    )
