"""Result of a network plan: what is stored, exported and shown."""

from math import isfinite
from typing import Literal

import numpy as np
from pydantic import Field

from ops.analyses.network_plan_places import PlannedLane, PlannedPlace
from ops.analyses.network_plan_reasons import PlanReasons
from ops.analyses.network_plan_rows import PlanTables, plan_tables
from ops.analyses.network_savings import PlanSavings
from ops.analysis import AnalysisResult
from ops.page_value import PageValue
from solvers.network.instance import Instance
from solvers.network.kpi import Kpis
from solvers.network.note import Note
from solvers.network.plan import Decided, Plan

PlanStatus = Literal[
    "optimal",
    "feasible",
    "infeasible",
    "unbounded",
    "no-solution",
    "numerical-error",
    "valid",
    "invalid",
]
MOST_IMPROVEMENTS = 200


class ScenarioFlaw(PageValue):
    """A wrong place of the scenario."""

    pointer: str = Field(description="JSON pointer into the scenario.")
    detail: str = Field(description="The value, and how to mend it.")


class Remark(PageValue):
    """What was decided, dropped or assumed, or is unsafe about the numbers."""

    topic: str = Field(description="What it is about.")
    text: str = Field(description="English, with {names} for the values.")
    values: dict[str, float | str] = Field(
        default_factory=dict[str, float | str], description="What stands at each name."
    )


class PlanFigures(PageValue):
    """End-to-end figures; null where there is nothing to divide by."""

    landed_cost: float = Field(description="All money of all periods.")
    cost_per_unit: float | None = Field(description="Money for one unit served.")
    demand: float = Field(description="Units wanted.")
    served: float = Field(description="Units served, early or late.")
    lost: float = Field(description="Units never served.")
    service_level: float | None = Field(description="Share served, 0-1.")
    fill_rate: float | None = Field(description="Share served in its own period, 0-1.")
    lead_days: float | None = Field(description="Mean lead time to customers, by flow, days.")
    distance_km: float | None = Field(description="Mean distance to customers, by flow, km.")
    co2_kg: float = Field(description="Emission of transport, kg.")
    utilisation: float | None = Field(description="Used share of limited throughput, 0-1.")
    turns: float | None = Field(description="Units served a year for each unit of mean stock.")
    open_sites: float | None = Field(
        description="Mean number of open sites among those decided; null: none is to be decided."
    )


class CostCategoryAmount(PageValue):
    """Money of a category."""

    category: str = Field(description="transport, tariff, duty, production, fixed ...")
    amount: float = Field(description="Money of all periods.")
    by_period: tuple[float, ...] = Field(description="Money of each period.")


class PlanBottleneck(PageValue):
    """A capacity in the period in which it is used most."""

    kind: str = Field(description="throughput, hours, lane, supply, production or stock.")
    code: str = Field(description="Site, tool group, lane, or site and commodity.")
    period: str = Field(description="Code of the period.")
    used: float = Field(description="In the unit of the capacity.")
    capacity: float = Field(description="What there is.")
    utilisation: float = Field(description="Used over capacity, 0-1.")
    binding: bool = Field(description="Whether nothing is left.")
    unit: str = Field(default="", description="What one unit of it is.")


class PlanImprovement(PageValue):
    """A better plan found on the way."""

    nodes: int = Field(description="Nodes of the search tree until then.")
    value: float = Field(description="Objective.")
    bound: float | None = Field(description="Best proven bound at that moment.")


class TradeOffPoint(PageValue):
    """Least cost under a cap on CO2."""

    cap_kg: float = Field(description="Cap, kg.")
    co2_kg: float = Field(description="Emission, kg.")
    cost: float = Field(description="Money.")
    gap: float | None = Field(description="Relative gap of this point.")
    open_sites: float | None = Field(
        description="Mean number of open sites among those decided; null: none is to be decided."
    )


class NetworkPlanResult(AnalysisResult):
    """A plan of a network, or why there is none."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Revision that was planned.")
    title: str = Field(default="", description="Title of the scenario.")
    money: str = Field(default="", description="Currency, ISO 4217.")
    edits: tuple[str, ...] = Field(default=(), description="What was edited before planning.")
    objective: str = Field(default="cost", description="What was minimised.")
    status: PlanStatus = Field(description="valid and invalid: only validated.")
    stop: str = Field(default="", description="optimal, gap, time, nodes, memory, cancelled ...")
    value: float | None = Field(default=None, description="Objective of the plan.")
    bound: float | None = Field(default=None, description="No plan has a lower objective.")
    gap: float | None = Field(default=None, description="|value - bound| / |value|.")
    flaws: tuple[ScenarioFlaw, ...] = Field(default=(), description="Of an invalid scenario.")
    figures: PlanFigures | None = Field(default=None, description="Null: no plan.")
    costs: tuple[CostCategoryAmount, ...] = Field(default=(), description="They add up to cost.")
    savings: PlanSavings | None = Field(default=None, description="Null: no baseline was named.")
    bottlenecks: tuple[PlanBottleneck, ...] = Field(default=(), description="Tightest first.")
    tables: PlanTables = Field(default_factory=PlanTables, description="What to do.")
    periods: tuple[str, ...] = Field(default=(), description="Codes of the periods.")
    places: tuple[PlannedPlace, ...] = Field(default=(), description="Sites, where they are.")
    lanes: tuple[PlannedLane, ...] = Field(default=(), description="In use, the largest first.")
    volume_unit: str = Field(default="", description="Unit of the volume of lanes.")
    units: dict[str, str] = Field(
        default_factory=dict[str, str], description="Commodity to what its quantities count."
    )
    reasons: PlanReasons = Field(default_factory=PlanReasons, description="Measured reasons.")
    front: tuple[TradeOffPoint, ...] = Field(default=(), description="Cost against CO2.")
    improvements: tuple[PlanImprovement, ...] = Field(default=(), description="On the way.")
    remarks: tuple[Remark, ...] = Field(default=(), description="Assumptions and warnings.")
    breaches: tuple[str, ...] = Field(default=(), description="Rules that the plan breaks.")
    grows: tuple[str, ...] = Field(default=(), description="What grows in an unbounded model.")
    columns: int = Field(default=0, description="Variables of the model.")
    rows: int = Field(default=0, description="Constraints of the model.")
    integers: int = Field(default=0, description="Integral variables.")
    nodes: int = Field(default=0, description="Nodes of the search tree.")
    iterations: int = Field(default=0, description="Simplex iterations.")
    seed: int = Field(default=0, description="Seed of the solver.")
    warm: bool = Field(default=False, description="Whether it started from an earlier plan.")


def said_of(plan: Plan) -> dict[str, object]:
    """Fields of a result that tell how a solve went."""
    unsound = tuple(Remark(topic=u.name, text=_verbatim(u.detail)) for u in plan.unsound)
    return {
        "status": plan.status,
        "stop": plan.stop,
        "value": plan.value,
        "bound": plan.bound,
        "gap": None if plan.gap is None or not isfinite(plan.gap) else plan.gap,
        "remarks": (*(remark(note) for note in plan.notes), *unsound),
        "breaches": tuple(str(breach) for breach in plan.breaches),
        "grows": plan.grows,
        "nodes": plan.nodes,
        "iterations": plan.iterations,
        "improvements": tuple(
            PlanImprovement(nodes=i.nodes, value=i.value, bound=i.bound)
            for i in plan.improvements[-MOST_IMPROVEMENTS:]
        ),
    }


def decided_of(instance: Instance, decided: Decided) -> dict[str, object]:
    """Fields of a result that tell what is to be done, and what it comes to."""
    return {
        "figures": figures(decided.kpis),
        "costs": tuple(
            CostCategoryAmount(
                category=category,
                amount=float(amounts.sum()),
                by_period=tuple(float(amount) for amount in amounts),
            )
            for category, amounts in decided.money.items()
            if np.any(amounts)
        ),
        "tables": plan_tables(decided.tables(instance)),
    }


def figures(kpis: Kpis) -> PlanFigures:
    """Figures as they are stored: what is undefined is null."""
    values = {name: getattr(kpis, name) for name in PlanFigures.model_fields}
    return PlanFigures.model_validate({k: v if isfinite(v) else None for k, v in values.items()})


def remark(note: Note) -> Remark:
    """Remark of a note."""
    return Remark(topic=note.topic, text=note.text, values=dict(note.values))


def _verbatim(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
