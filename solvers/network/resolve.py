"""From the document to the arrays: a scenario becomes the instance that models are built from."""

from dataclasses import dataclass, replace

import numpy as np

from solvers.errors import ScenarioError
from solvers.network.bounds import flow_limits
from solvers.network.codes import Codes
from solvers.network.cover import mean_outflow
from solvers.network.facility import resolve_expansions, resolve_sites, resolve_tiers
from solvers.network.instance import Instance, Rules
from solvers.network.landed import landed_cost, resolve_goods, unpriced
from solvers.network.lane import Connections, connect, resolve_lanes, resolve_steps
from solvers.network.making import resolve_groups, resolve_productions
from solvers.network.moves import Arcs
from solvers.network.note import Note
from solvers.network.places import Demands, Productions, Stocks, Supplies
from solvers.network.reach import making_of, sinks_of, sources_of
from solvers.network.storage import cover_days, resolve_stocks, resolve_supplies
from solvers.network.wanting import resolve_demands
from solvers.scenario.document import Scenario
from solvers.scenario.reach import Ways, available, wanted
from solvers.scenario.validate import flaws
from solvers.values import IntArray


@dataclass(frozen=True, slots=True)
class Resolved:
    """An instance, and what was decided on the way to it."""

    instance: Instance
    notes: tuple[Note, ...]


def resolve(scenario: Scenario) -> Resolved:
    """Turn a scenario into arrays; `docs/methods/scenario.md` writes the conventions down.

    Raises
    ------
    ScenarioError
        If the scenario has flaws: all of them, with their pointers.

    Examples
    --------
    >>> from solvers.scenario.example import example_scenario
    >>> resolve(example_scenario()).instance.horizon
    3
    """
    found = flaws(scenario)
    if found:
        raise ScenarioError(
            f"the scenario has {len(found)} flaws; the first: {found[0].pointer}: "
            f"{found[0].detail}",
            found,
        )
    codes = Codes.of(scenario)
    connections, notes = connect(codes)
    supplies, stocks, demands = (
        resolve_supplies(codes),
        resolve_stocks(codes),
        resolve_demands(codes),
    )
    groups = resolve_groups(codes)
    productions = resolve_productions(codes, groups)
    lane, commodity, reach = _pairs(codes, connections, productions, supplies, stocks, demands)
    kept, lane = np.unique(lane, return_inverse=True)
    connections = connections.only(kept)
    lanes = resolve_lanes(codes, connections)
    instance = Instance(
        periods=tuple(p.code for p in scenario.periods),
        days=np.array([p.days for p in scenario.periods], dtype=np.float64),
        commodities=tuple(codes.commodities),
        sites=resolve_sites(codes),
        tiers=resolve_tiers(codes),
        expansions=resolve_expansions(codes),
        lanes=lanes,
        steps=resolve_steps(codes, connections),
        arcs=_arcs(codes, connections, lane, commodity),
        productions=productions,
        groups=groups,
        supplies=supplies,
        stocks=stocks,
        demands=demands,
        rules=_rules(codes),
    )
    instance, covered = _with_cover(codes, instance)
    limited = replace(instance, arcs=replace(instance.arcs, limit=flow_limits(instance)))
    return Resolved(limited, (*notes, *reach, *unpriced(codes, connections), *covered))


def _pairs(
    codes: Codes,
    connections: Connections,
    productions: Productions,
    supplies: Supplies,
    stocks: Stocks,
    demands: Demands,
) -> tuple[IntArray, IntArray, tuple[Note, ...]]:
    """Lane and commodity of the arcs that can matter, and what was left out."""
    K = len(codes.commodities)
    carried = [
        [codes.commodities[c] for c in lane.commodities] or range(K) for lane in connections.lanes
    ]
    lane = np.repeat(np.arange(len(carried)), [len(c) for c in carried])
    commodity = np.fromiter((k for c in carried for k in c), dtype=np.int64, count=lane.size)
    origin = np.array([codes.sites[x.origin] for x in connections.lanes], dtype=np.int64)
    target = np.array([codes.sites[x.destination] for x in connections.lanes], dtype=np.int64)
    ways = Ways(len(codes.sites) * K, origin[lane] * K + commodity, target[lane] * K + commodity)
    making = making_of(productions, K)
    has = available(ways, making, sources_of(supplies, stocks, K))
    want = wanted(ways, making, sinks_of(demands, stocks, supplies, K))
    no_source, no_use = ~has[ways.tail], ~want[ways.head]
    keep = ~(no_source | no_use)
    notes = [
        Note(
            "reach",
            "Ways of a commodity that are left out, as it never gets to their origin: {arcs}",
            {"arcs": float(no_source.sum())},
        ),
        Note(
            "reach",
            "Ways of a commodity that are left out, as nobody behind them wants it: {arcs}",
            {"arcs": float((no_use & ~no_source).sum())},
        ),
    ]
    notes = [note for note in notes if note.values["arcs"]]
    at = demands.site * K + demands.commodity
    cut_off = int(((demands.quantity > 0).any(axis=1) & ~has[at]).sum())
    if cut_off:
        notes.append(
            Note(
                "reach",
                "Demands that cannot be served as the network stands: {demands}",
                {"demands": float(cut_off)},
            )
        )
    return lane[keep], commodity[keep], tuple(notes)


def _arcs(codes: Codes, connections: Connections, lane: IntArray, commodity: IntArray) -> Arcs:
    goods = resolve_goods(codes)
    landed = landed_cost(codes, connections, goods, lane, commodity)
    return Arcs(
        lane=lane,
        commodity=commodity,
        load=landed.load,
        handling=goods.handling[commodity],
        co2_kg=landed.co2_kg,
        transport=landed.transport,
        duty=landed.duty,
        capital=landed.capital,
        limit=np.full((lane.size, codes.horizon), np.inf),
    )


def _rules(codes: Codes) -> Rules:
    policy, measure = codes.scenario.policy, codes.yardstick
    counts = policy.site_counts
    cap, budget = policy.carbon_cap, policy.budget
    return Rules(
        carbon_price=measure.carbon_price(policy.carbon_price),
        carbon_cap=np.inf if cap is None else measure.plain(cap, "weight"),
        carbon_cap_of=measure.by_period(
            None, policy.carbon_cap_by_period, lambda a: measure.plain(a, "weight")
        ),
        budget=np.inf if budget is None else measure.money_once(budget),
        service_level=policy.service_level,
        count_kind=tuple(c.kind for c in counts),
        count_minimum=np.array([c.minimum for c in counts], dtype=np.float64),
        count_maximum=np.array(
            [np.inf if c.maximum is None else c.maximum for c in counts], dtype=np.float64
        ),
    )


def _with_cover(codes: Codes, instance: Instance) -> tuple[Instance, tuple[Note, ...]]:
    """Safety stock of the inventories that tell it as days of their mean outflow."""
    days, stocks = cover_days(codes), instance.stocks
    told = np.isfinite(days)
    notes: list[Note] = []
    safety = stocks.safety
    if told.any():
        at = stocks.site * len(instance.commodities) + stocks.commodity
        units = days * mean_outflow(instance)[at]
        safety = np.where(told[:, None], units[:, None], stocks.safety)
        notes.append(
            Note(
                "cover",
                "Safety stocks that follow from days of cover: {stocks}",
                {"stocks": float(told.sum())},
            )
        )
    forced = int((instance.sites.designed[stocks.site] & (safety > 0).any(axis=1)).sum())
    if forced:
        notes.append(
            Note(
                "cover",
                "Safety stocks that keep a site open which is to be decided: {stocks}",
                {"stocks": float(forced)},
            )
        )
    return replace(instance, stocks=replace(stocks, safety=safety)), tuple(notes)
