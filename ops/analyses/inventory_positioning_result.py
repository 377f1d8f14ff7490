"""Result of inventory positioning: stages, the service they achieve, their policies."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import Phrase
from solvers.inventory.min_max import MinMax
from solvers.inventory.reorder_point import ReorderPoint
from solvers.inventory.simulate import AchievedService, Share
from solvers.inventory.stage_policy import StagePolicies


class InventoryValue(BaseModel):
    """Base of the parts of a positioning result."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class ServiceShare(InventoryValue):
    """A share with its interval over replications."""

    value: float = Field(description="Mean of the replications.")
    lower: float = Field(description="Lower bound at 95 %.")
    upper: float = Field(description="Upper bound at 95 %.")

    @classmethod
    def of(cls, share: Share) -> "ServiceShare":
        """Share of the simulation, within 0 and 1."""
        lower, upper = max(0.0, share.lower), min(1.0, share.upper)
        return cls(value=share.value, lower=lower, upper=upper)


class SimulatedStage(InventoryValue):
    """What a stage achieved in simulation."""

    cycle_service: ServiceShare = Field(description="Share of days with nothing overdue (type 1).")
    fill_rate: ServiceShare = Field(description="Share of demand shipped when due (type 2).")
    backorders: float = Field(description="Mean units overdue at the end of a day.")
    stock: float = Field(description="Mean units on hand at the end of a day.")

    @classmethod
    def of(cls, found: AchievedService) -> "SimulatedStage":
        """Read off a simulation."""
        return cls(
            cycle_service=ServiceShare.of(found.cycle_service),
            fill_rate=ServiceShare.of(found.fill_rate),
            backorders=found.backorders.value,
            stock=found.stock.value,
        )


class ReorderPolicy(InventoryValue):
    """(R, Q): at R or below, Q are ordered."""

    point: float = Field(description="R, in units.")
    quantity: float = Field(description="Q, in units.")
    cycle_service: float = Field(description="Share of cycles without a stock-out (type 1).")
    fill_rate: float = Field(description="Share of demand from stock (type 2).")
    stock: float = Field(description="Mean units on hand.")

    @classmethod
    def of(cls, found: ReorderPoint) -> "ReorderPolicy":
        """Read off the kernel."""
        return cls(
            point=found.point,
            quantity=found.quantity,
            cycle_service=found.cycle_service,
            fill_rate=found.fill_rate,
            stock=found.stock,
        )


class MinMaxPolicy(InventoryValue):
    """(s, S): reviewed each day; at s or below, ordered up to S."""

    point: float = Field(description="s, in units.")
    top: float = Field(description="S, in units.")
    cost_per_day: float = Field(description="Money a day: orders, holding, backorders.")
    cycle_service: float = Field(description="Share of days without backorders (type 1).")
    fill_rate: float = Field(description="Share of demand shipped when due (type 2).")

    @classmethod
    def of(cls, found: MinMax, step: float) -> "MinMaxPolicy":
        """Read off the kernel; its lattice counts steps, money included."""
        return cls(
            point=found.point * step,
            top=found.top * step,
            cost_per_day=found.cost * step,
            cycle_service=found.cycle_service,
            fill_rate=found.fill_rate,
        )


class StockingPolicies(InventoryValue):
    """Policies of a stocking point, computed for its net replenishment time."""

    by_cycle_service: ReorderPolicy = Field(description="(R, Q) that meets the target as type 1.")
    by_fill_rate: ReorderPolicy = Field(description="(R, Q) that meets the target as type 2.")
    min_max: MinMaxPolicy | None = Field(
        description="Cheapest (s, S) at the backorder cost of the target; null: demand is certain."
    )

    @classmethod
    def of(cls, found: StagePolicies) -> "StockingPolicies":
        """Read off the kernel."""
        best = found.min_max
        return cls(
            by_cycle_service=ReorderPolicy.of(found.by_cycle_service),
            by_fill_rate=ReorderPolicy.of(found.by_fill_rate),
            min_max=None if best is None else MinMaxPolicy.of(best, found.step),
        )


class PositionedStage(InventoryValue):
    """A commodity at a site: what it promises, what it holds, what that costs and why."""

    site: str = Field(description="Code of the site.")
    commodity: str = Field(description="Code of the commodity.")
    unit: str = Field(description="What its quantities count.")
    role: Literal["holds", "passes on", "cannot hold"] = Field(
        description="Whether it covers time; what cannot hold has no inventory in the scenario."
    )
    ships: bool = Field(description="Whether customers are served from it.")
    time: int = Field(description="Days of processing.")
    received: int = Field(description="Days within which its inputs are there.")
    service: int = Field(description="Days within which it promises to ship.")
    net: int = Field(description="Net replenishment time in days: what its stock must cover.")
    mean: float = Field(description="Mean demand of a day, in units.")
    sd: float = Field(description="Standard deviation of a day's demand, in units.")
    target: float = Field(description="Cycle service aimed at.")
    safety_stock: float = Field(description="Units.")
    cover: float | None = Field(description="Safety stock in days of mean demand; null: no demand.")
    base_stock: float = Field(description="Units: mean demand of the net time and safety stock.")
    holding_cost: float = Field(description="Money for a unit in a year.")
    cost: float = Field(description="Money that the safety stock costs in a year.")
    decoupled_stock: float = Field(description="Units of safety stock if all cover themselves.")
    decoupled_cost: float = Field(description="Money a year of that.")
    worth: float | None = Field(
        description="Money a year more if it could hold nothing, by placing again; null: not asked."
    )
    needed: bool = Field(description="Whether no placement does without its stock.")
    why: Phrase = Field(description="Reason in words.")
    achieved: SimulatedStage | None = Field(description="By simulation; null: cannot hold.")
    achieved_decoupled: SimulatedStage | None = Field(
        description="The same if all cover themselves, under the same chance."
    )
    policies: StockingPolicies | None = Field(description="Null: holds nothing, or no demand.")


class SafetyCostPoint(InventoryValue):
    """A point of the cost of safety stock by throughput."""

    throughput: float = Field(description="Units that leave in a period.")
    cost: float = Field(description="Money a period.")


class SafetyCostCurve(InventoryValue):
    """Cost of the safety stock of an inventory; as `safety_cost` it enters a network plan."""

    site: str = Field(description="Code of the site.")
    commodity: str = Field(description="Code of the commodity.")
    points: tuple[SafetyCostPoint, ...] = Field(description="From throughput 0 upwards.")


class FlowInventoryRound(InventoryValue):
    """One round of planning flows and stock together; money is of all periods."""

    flow_cost: float = Field(description="Money of the plan, safety stock aside.")
    stock_cost: float = Field(description="Money of the safety stock placed for its flows.")
    total: float = Field(description="End-to-end cost: both.")
    best: bool = Field(description="Whether this round is kept.")


class InventoryPositioningResult(AnalysisResult):
    """Where safety stock stands in a scenario, what it costs, what service it gives."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Its revision.")
    title: str = Field(description="Its title.")
    money: str = Field(description="Currency of all money.")
    status: Literal["optimal", "feasible"] = Field(description="Whether the total is proven.")
    method: Literal["dynamic programming", "mixed-integer program"] = Field(
        description="Tree: dynamic programming; other networks: mixed-integer program."
    )
    cost: float = Field(description="Money a year of all safety stock.")
    bound: float = Field(description="Proven lower bound of it.")
    gap: float = Field(description="Share of the cost that is not proven.")
    decoupled_cost: float = Field(description="Money a year if all stages cover themselves.")
    saved: float = Field(description="Share of the decoupled cost that is saved.")
    stages: tuple[PositionedStage, ...] = Field(description="Dearest first.")
    safety_cost: tuple[SafetyCostCurve, ...] = Field(
        description="What the safety stock of each inventory costs at other throughputs."
    )
    stages_left_out: int = Field(description="Stages without safety stock that are not listed.")
    replications: int = Field(description="Replications of the simulation.")
    days: int = Field(description="Days of each that count.")
    rounds: tuple[FlowInventoryRound, ...] = Field(
        description="Rounds of planning flows and stock; empty unless the ways are a plan's."
    )
    assumptions: tuple[Phrase, ...] = Field(description="What the model assumes.")
    notes: tuple[Phrase, ...] = Field(description="What was decided when the scenario was read.")
    verdict: Verdict = Field(description="What it comes to.")
