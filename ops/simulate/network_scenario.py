"""The scenario of the simulated network: its last weeks as history, its next weeks to plan.

What the history tells (places, tariffs, lead times, demand) is left as `scenario_from_history`
found it; what no shipment tells (making, stocks, prices, carbon, a warehouse that could be opened)
is put beside. The periods have no start: they roll with the newest forecast.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from ops.simulate.network import NetworkPlan
from ops.simulate.network_past import MATERIAL, past_of
from ops.simulate.shipments import DemandHistory
from solvers.scenario.document import Scenario
from solvers.scenario.goods import Commodity, Demand, ForecastRef
from solvers.scenario.ledger import Booking, History, PastFlow
from solvers.scenario.movement import Lane, Mode
from solvers.scenario.part import ByPeriod
from solvers.scenario.past import scenario_from_history
from solvers.scenario.past_option import LaneFit, PastOptions
from solvers.scenario.place import Ingredient, Inventory, Production, Site, Supply, ToolGroup
from solvers.scenario.policy import Period, Policy

WEEKS = 13
P = TypeVar("P", PastFlow, Booking, ByPeriod)
_VALUE: Mapping[str, float] = MappingProxyType({"QFN32": 0.30, "BGA144": 1.50, "SOIC8": 0.12})
_GRAM: Mapping[str, float] = MappingProxyType(
    {"QFN32": 0.4, "BGA144": 1.1, "SOIC8": 0.3, "WIRE": 0.05, "FRAME": 0.2}  # with packing
)
_MATERIAL_COST: Mapping[str, float] = MappingProxyType({"WIRE": 0.010, "FRAME": 0.006})
_MAKING_COST: Mapping[str, float] = MappingProxyType({"DEMO-PG": 0.030, "DEMO-DR": 0.042})
_FIXED: Mapping[str, float] = MappingProxyType(
    {"WH-SIN": 4_000.0, "WH-FRA": 5_000.0, "WH-DAL": 4_500.0}  # USD a week
)
_MODES = (
    Mode(code="truck", speed_km_per_day=600.0, co2_kg_per_tonne_km=0.11),
    Mode(code="sea", speed_km_per_day=550.0, co2_kg_per_tonne_km=0.016),
    Mode(code="air", speed_km_per_day=6_000.0, co2_kg_per_tonne_km=0.60),
)
_HOURS, _LINE = 168.0, "LINE"
_PENALTY, _CARRYING, _CARBON = 2.0, 0.20, 80.0  # of a lost unit's value; a year; USD a tonne
_CANDIDATE = Site(
    code="WH-SHA", title="Shanghai", kind="dc", status="candidate", latitude=31.23,
    longitude=121.47, country="CN", fixed_cost=2_500.0, open_cost=15_000.0,
)  # fmt: skip
_NEW_LANES = tuple(
    Lane(origin=o, destination=d, mode=m, unit_cost=cost, capacity=4e5, lead_time=days,
         lead_time_sd=0.3 * days)
    for o, d, m, cost, days in (
        ("DEMO-PG", "WH-SHA", "sea", 0.009, 9.0),
        ("WH-SHA", "CUST-01", "truck", 0.004, 1.0),
        ("WH-SHA", "CUST-02", "sea", 0.010, 5.0),
        ("WH-SHA", "CUST-03", "sea", 0.011, 6.0),
    )
)  # fmt: skip


def network_scenario(
    plan: NetworkPlan, demand: DemandHistory, *, monday: date, seed: int
) -> Scenario:
    """Scenario of the next `WEEKS` weeks, and the history of as many before them.

    Demands refer to the newest forecast; until there is one, what was asked for in the weeks of
    the history stands for it.
    """
    past = past_of(plan, demand, monday=monday, weeks=WEEKS, seed=seed)
    options = PastOptions(title="Demo network, the next 13 weeks", period="week")
    found, report = scenario_from_history(past, options)
    fit = {lane.lane: lane for lane in report.lanes}
    code = {p.code: f"W{n:02}" for n, p in enumerate(found.periods, start=1)}
    fixed = (
        Booking(category="fixed", period=period, amount=cost, origin=site)
        for period in code.values()
        for site, cost in _FIXED.items()
    )
    fields: dict[str, Any] = {
        "note": _note(found),
        "periods": tuple(Period(code=c, days=7.0) for c in code.values()),
        "commodities": tuple(_commodity(c.code) for c in found.commodities),
        "sites": (*(_site(s) for s in found.sites), _CANDIDATE),
        "tool_groups": tuple(
            ToolGroup(site=n.code, code=_LINE, hours=_HOURS) for n in _plants(plan)
        ),
        "productions": _productions(plan),
        "supplies": tuple(
            Supply(site=site, commodity=good, unit_cost=_MATERIAL_COST[good])
            for site, good in MATERIAL.items()
        ),
        "inventories": _inventories(plan, found),
        "modes": _MODES,
        "lanes": (*(_lane(x, fit[x.code], plan) for x in found.lanes), *_NEW_LANES),
        "demands": tuple(_demand(d, code) for d in found.demands),
        "policy": Policy(carbon_price=_CARBON),
        "history": History(
            flows=_recoded(found.history.flows, code),
            bookings=(*_recoded(found.history.bookings, code), *fixed),
        ),
    }
    return found.model_copy(update=fields)


def _note(found: Scenario) -> str:
    first, last = found.periods[0].code, found.periods[-1].code
    return (
        "Simulated. The periods have no dates: they begin with the newest demand forecast."
        f" The history is that of {first} to {last}, under the codes of the weeks to plan."
    )


def _recoded(rows: Iterable[P], code: Mapping[str, str]) -> tuple[P, ...]:
    return tuple(r.model_copy(update={"period": code[r.period]}) for r in rows)


def _commodity(code: str) -> Commodity:
    value = _VALUE.get(code, _MATERIAL_COST.get(code, 0.0))
    return Commodity(code=code, weight=_GRAM[code] / 1000.0, value=value)


def _site(site: Site) -> Site:
    if site.code not in _FIXED:
        return site
    rent = {"fixed_cost": _FIXED[site.code], "close_cost": 10_000.0, "status": "existing"}
    return site.model_copy(update=rent)


def _plants(plan: NetworkPlan) -> list[Any]:
    return [n for n in plan.nodes if n.kind == "plant"]


def _productions(plan: NetworkPlan) -> tuple[Production, ...]:
    inputs = tuple(Ingredient(commodity=good, quantity=1.0) for good in MATERIAL.values())
    return tuple(
        Production(
            site=node.code,
            output=package,
            inputs=inputs,
            unit_cost=_MAKING_COST[node.code],
            tool_group=_LINE,
            hours_per_unit=_HOURS / node.capacity,
        )
        for node in _plants(plan)
        for package in plan.packages
    )


def _inventories(plan: NetworkPlan, found: Scenario) -> tuple[Inventory, ...]:
    """Half a week of what left each warehouse, as stock that stays."""
    left: dict[tuple[str, str], float] = {}
    for flow in found.history.flows:
        if flow.origin in _FIXED:
            key = flow.origin, flow.commodity
            left[key] = left.get(key, 0.0) + float(flow.quantity)
    room = {n.code: n.capacity / len(plan.packages) for n in plan.nodes}
    return tuple(
        Inventory(
            site=site,
            commodity=package,
            initial=round(units / WEEKS / 2),
            safety_stock=round(units / WEEKS / 2),
            holding_cost=round(_VALUE[package] * _CARRYING / 52, 6),
            capacity=room[site],
            service_target=0.98,
        )
        for (site, package), units in left.items()
    )


def _lane(lane: Lane, fit: LaneFit, plan: NetworkPlan) -> Lane:
    """Spread the fee of a shipment over its mean load: whole shipments need minutes of search."""
    good = MATERIAL.get(lane.origin)
    mean = fit.quantity / fit.shipments
    return lane.model_copy(
        update={
            "commodities": plan.packages if good is None else (good,),
            "unit_cost": round((fit.rate or 0.0) + fit.fixed / mean, 6),
            "shipment_cost": 0.0,
            "shipment_size": None,
        }
    )


def _demand(demand: Demand, code: Mapping[str, str]) -> Demand:
    price = _VALUE[demand.commodity]
    return demand.model_copy(
        update={
            "quantity": None,
            "quantity_by_period": _recoded(demand.quantity_by_period, code),
            "forecast": ForecastRef(series=f"{demand.customer}/{demand.commodity}"),
            "price": price,
            "lost_cost": round(_PENALTY * price, 4),
        }
    )
