"""Where safety stock should stand in a network, by which policy, and what service it gives."""

import numpy as np

from ops.analyses import inventory_positioning_words as words
from ops.analyses.inventory_positioning_page import view
from ops.analyses.inventory_positioning_params import InventoryPositioningParams
from ops.analyses.inventory_positioning_result import (
    FlowInventoryRound,
    InventoryPositioningResult,
    PositionedStage,
    SafetyCostCurve,
    SafetyCostPoint,
    SimulatedStage,
    StockingPolicies,
)
from ops.analyses.inventory_positioning_stages import Positioning, families, read
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData
from ops.query import ScenarioData, ScenarioQuery
from solvers.errors import SolverError
from solvers.inventory.flow_inventory import safety_curves
from solvers.inventory.network_stages import NetworkStages
from solvers.inventory.passing import without_passing
from solvers.inventory.positioning import (
    Positioned,
    achieved,
    base_stock_of,
    chance_of,
    position,
)
from solvers.inventory.simulate import AchievedService
from solvers.inventory.stage_policy import stage_policies
from solvers.inventory.tree import is_forest
from solvers.scenario.example import example_scenario

YEAR = 365.0
MOST_STAGES, MOST_CURVES = 120, 120  # listed: a result stays below 256 KiB


def needs(params: InventoryPositioningParams) -> ScenarioQuery:
    """Ask for the scenario."""
    return ScenarioQuery(params.scenario, revision=params.revision)


def compute(
    data: ScenarioData, params: InventoryPositioningParams, progress: Progress
) -> InventoryPositioningResult:
    """Place safety stock, price each stock, simulate, compute policies.

    Raises
    ------
    NotEnoughData
        If there is no scenario, or none of its demand can be served.
    BadData
        If the scenario has flaws, its ways run in a circle, or a plan is asked for and none is.
    """
    if data.scenario is None or not data.scenario.demands:
        raise NotEnoughData(
            "inventory-positioning needs a scenario with a demand, got none;"
            " check the code and add demands"
        )
    progress(0.0, "reading the scenario")
    try:
        read_in = read(data.scenario, params, progress)
    except SolverError as error:
        raise BadData(str(error)) from error
    stages = read_in.stages
    progress(0.2, f"placing safety stock at {stages.node.size} stages")
    placed = position(stages, gap=params.max_gap, node_limit=params.node_limit)
    progress(0.4, f"simulating {params.replications} times {params.days} days")
    found, rival = _simulated(read_in, placed, params)
    progress(0.7, "computing policies")
    rows = [
        _stage(read_in, placed, k, (found[k], rival[k]), params) for k in range(stages.node.size)
    ]
    progress(1.0, f"{stages.node.size} stages")
    return _result(data, read_in, placed, rows, params)


def _result(
    data: ScenarioData,
    read_in: Positioning,
    placed: Positioned,
    rows: list[PositionedStage],
    params: InventoryPositioningParams,
) -> InventoryPositioningResult:
    rows.sort(key=lambda row: (-row.cost, row.role, row.site, row.commodity))
    best, rival = placed.placement.total * YEAR, placed.decoupled.total * YEAR
    saved = 0.0 if rival == 0 else 1.0 - best / rival
    gap, money = placed.placement.gap, read_in.money
    tree = is_forest(without_passing(read_in.stages.network).network)
    return InventoryPositioningResult(
        scenario=data.code,
        revision=data.revision,
        title=read_in.title,
        money=money,
        status=placed.placement.status,
        method="dynamic programming" if tree else "mixed-integer program",
        cost=best,
        bound=placed.placement.bound * YEAR,
        gap=gap,
        decoupled_cost=rival,
        saved=saved,
        stages=tuple(rows[:MOST_STAGES]),
        stages_left_out=max(0, len(rows) - MOST_STAGES),
        replications=params.replications,
        days=params.days,
        safety_cost=_curves(read_in, placed),
        rounds=_rounds(read_in),
        assumptions=words.assumptions(
            sourced=read_in.sourced,
            correlation=params.demand_correlation,
            random_times=params.random_lead_times,
            certain=int(np.count_nonzero((read_in.stages.sd == 0) & (read_in.stages.mean > 0))),
            spread_of_past=read_in.spread_of_past,
            service=params.service_target,
        ),
        notes=words.said_of(read_in.notes),
        verdict=words.verdict(rows, best, saved, money, gap)
        if np.any(read_in.stages.sd > 0)
        else words.without_spread(best, money),
    )


def _curves(read_in: Positioning, placed: Positioned) -> tuple[SafetyCostCurve, ...]:
    instance = read_in.instance
    found = safety_curves(instance, read_in.stages, placed.placement)
    return tuple(
        SafetyCostCurve(
            site=instance.sites.code[instance.stocks.site[c.stock]],
            commodity=instance.commodities[instance.stocks.commodity[c.stock]],
            points=tuple(
                SafetyCostPoint(throughput=float(x), cost=float(y))
                for x, y in zip(c.throughput, c.cost, strict=True)
            ),
        )
        for c in found[:MOST_CURVES]
    )


def _rounds(read_in: Positioning) -> tuple[FlowInventoryRound, ...]:
    joint = read_in.joint
    if joint is None:
        return ()
    return tuple(
        FlowInventoryRound(
            flow_cost=at.flow_cost,
            stock_cost=at.stock_cost,
            total=at.total,
            best=number == joint.best,
        )
        for number, at in enumerate(joint.rounds)
    )


def _simulated(
    read_in: Positioning, placed: Positioned, params: InventoryPositioningParams
) -> tuple[tuple[AchievedService, ...], tuple[AchievedService, ...]]:
    """Service of the placement and of decoupled stages, under the same chance."""
    stages = read_in.stages
    warm_up = 2 * stages.safety.shape[1]  # the first orders have gone all the way by then
    chance = chance_of(
        stages,
        families(read_in),
        np.random.default_rng(params.seed),
        replications=params.replications,
        periods=warm_up + params.days,
        within_bounds=params.within_bounds,
    )
    found, rival = (
        achieved(stages, which, chance, warm_up=warm_up)
        for which in (placed.placement, placed.decoupled)
    )
    return found, rival


def _stage(
    read_in: Positioning,
    placed: Positioned,
    k: int,
    simulated: tuple[AchievedService, AchievedService],
    params: InventoryPositioningParams,
) -> PositionedStage:
    stages, best = read_in.stages, placed.placement
    net, mean, units = int(best.net[k]), float(stages.demand.mean[k]), float(placed.units[k])
    holds, worth = bool(stages.holds[k]), float(placed.worth[k])
    role = "cannot hold" if not holds else "holds" if net > 0 or units > 0 else "passes on"
    commodity, site = read_in.named(k)
    return PositionedStage(
        site=site,
        commodity=commodity.code,
        unit=commodity.unit,
        role=role,
        ships=bool(np.any(read_in.direct[k])),
        time=int(stages.network.time[k]),
        received=int(best.received[k]),
        service=int(best.service[k]),
        net=net,
        mean=mean,
        sd=float(stages.demand.sd[k]),
        target=float(read_in.target[k]),
        safety_stock=units,
        cover=units / mean if mean > 0 else None,
        base_stock=float(base_stock_of(stages, best)[k]),
        holding_cost=float(stages.holding[k]) * YEAR,
        cost=float(best.cost[k]) * YEAR,
        decoupled_stock=float(placed.decoupled_units[k]),
        decoupled_cost=float(placed.decoupled.cost[k]) * YEAR,
        worth=worth * YEAR if np.isfinite(worth) else None,
        needed=bool(np.isinf(worth)),
        why=words.why(stages, placed, k),
        achieved=SimulatedStage.of(simulated[0]) if holds else None,
        achieved_decoupled=SimulatedStage.of(simulated[1]) if holds else None,
        policies=_policies(read_in, stages, k, net, params) if role == "holds" else None,
    )


def _policies(
    read_in: Positioning,
    stages: NetworkStages,
    k: int,
    net: int,
    params: InventoryPositioningParams,
) -> StockingPolicies | None:
    if stages.demand.mean[k] <= 0 or stages.holding[k] <= 0:
        return None
    found = stage_policies(
        read_in.day(k),
        time=float(net),
        time_sd=float(stages.covered_sd[k]),
        service=float(read_in.target[k]),
        order_cost=params.order_cost,
        holding_cost=float(stages.holding[k]),
    )
    return StockingPolicies.of(found)


INVENTORY_POSITIONING = Analysis(
    name="inventory-positioning",
    title="Inventory positioning",
    summary="Where safety stock should stand in a network, by which policy, with which service.",
    version=1,
    params=InventoryPositioningParams,
    result=InventoryPositioningResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=InventoryPositioningParams(scenario="PACKAGING", replications=10, days=120),
        data=lambda: ScenarioData("PACKAGING", 1, example_scenario()),
    ),
)
