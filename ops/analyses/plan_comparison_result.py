"""Result of a comparison of plans: figures side by side, what changed, gates, layers."""

from pydantic import Field

from ops.analyses.network_plan_result import PlanBottleneck, PlanFigures
from ops.analyses.network_savings import PlanSavings
from ops.analyses.plan_comparison_gate import ComparisonGate
from ops.analysis import AnalysisResult
from ops.page_value import PageValue


class PlanRobustness(PageValue):
    """What a stress run says of a plan; null: the run does not tell it."""

    run: str = Field(description="Run of network-stress.")
    expected: float | None = Field(description="Expected loss a year of all disruptions, money.")
    cvar: float | None = Field(description="CVaR of the cost in the worst disruption, money.")
    worst: str = Field(description="That disruption; empty if there is none.")
    service: float | None = Field(description="Least share served in any outcome, 0-1.")


class ComparedPlan(PageValue):
    """A plan among those compared."""

    run: str = Field(description="Run of network-plan.")
    name: str = Field(description="What it is called here: reference, A, B ...")
    title: str = Field(description="Title of its scenario, its revision, and its edits.")
    status: str = Field(description="How it was solved: optimal, feasible ...")
    gap: float | None = Field(description="Relative gap to the bound; null: no bound.")
    figures: PlanFigures = Field(description="End-to-end figures.")
    bottleneck: PlanBottleneck | None = Field(description="The tightest capacity.")
    bottlenecks: tuple[PlanBottleneck, ...] = Field(description="The tightest ones.")
    savings: PlanSavings | None = Field(description="Null: no baseline was named.")
    robustness: PlanRobustness | None = Field(description="Null: no stress run was named.")


class CategoryChange(PageValue):
    """Money of a category in the reference and in a candidate."""

    category: str = Field(description="transport, tariff, duty, production, fixed ...")
    reference: float = Field(description="Money of the reference.")
    candidate: float = Field(description="Money of the candidate.")
    change: float = Field(description="Candidate less reference.")


class FlowChange(PageValue):
    """Units of a commodity on a lane, over all periods."""

    lane: str = Field(description="Origin, destination and mode: A>B/road.")
    commodity: str = Field(description="Code of the commodity.")
    reference: float = Field(description="Units of the reference.")
    candidate: float = Field(description="Units of the candidate.")
    change: float = Field(description="Candidate less reference.")


class SiteChange(PageValue):
    """A site that works in other periods than in the reference."""

    site: str = Field(description="Code of the site.")
    opened: tuple[str, ...] = Field(description="Periods in which only the candidate has it open.")
    closed: tuple[str, ...] = Field(description="Periods in which only the reference has it open.")


class CapacityChange(PageValue):
    """A capacity that is among the tightest of either plan."""

    kind: str = Field(description="throughput, hours, lane, supply, production or stock.")
    code: str = Field(description="Site, tool group, lane, or site and commodity.")
    reference: float | None = Field(description="Highest utilisation, 0-1; null: not told.")
    candidate: float | None = Field(description="The same of the candidate.")


class CandidateChange(PageValue):
    """What a candidate changes against the reference."""

    name: str = Field(description="Of the candidate.")
    cost: float = Field(description="Landed cost, candidate less reference.")
    cost_share: float | None = Field(description="The same over the reference.")
    categories: tuple[CategoryChange, ...] = Field(description="The largest change first.")
    sites: tuple[SiteChange, ...] = Field(description="That open or close.")
    flows: tuple[FlowChange, ...] = Field(description="The largest change first.")
    flows_in_all: int = Field(description="Flows that changed; `flows` holds the largest.")
    bottleneck_moved: bool = Field(description="Whether another capacity is the tightest now.")
    capacities: tuple[CapacityChange, ...] = Field(description="The tightest of either plan.")
    gates: tuple[ComparisonGate, ...] = Field(description="Conditions of acceptance.")
    accepted: bool = Field(description="Whether no gate is broken.")


class LayerOutcome(PageValue):
    """What became of one layer."""

    layer: str = Field(description="transport, sites, sourcing or inventory.")
    status: str = Field(description="optimal, feasible, infeasible ...")
    own: float | None = Field(description="Its own money, with that of service; null: no plan.")


class LayeredPlan(PageValue):
    """A plan made layer by layer, priced end to end."""

    order: tuple[str, ...] = Field(description="Layers, the first to decide first.")
    blind: bool = Field(description="Whether a layer saw its own rules and earlier ones only.")
    steps: tuple[LayerOutcome, ...] = Field(description="Up to the first without a plan.")
    total: float | None = Field(description="Landed cost; null: no plan.")
    price: float | None = Field(description="Price of isolation: total less that of the joint.")
    share: float | None = Field(description="The same over the joint plan's.")
    failed: str | None = Field(description="Layer that was left without a plan.")
    excess: tuple[CategoryChange, ...] = Field(description="Joint (reference) against layered.")


class LayerComparison(PageValue):
    """Planning layer by layer against planning at once."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Revision that was planned.")
    money: str = Field(description="Currency, ISO 4217.")
    status: str = Field(description="Of the joint plan.")
    joint: float | None = Field(description="Landed cost of the joint plan; null: no plan.")
    gap: float | None = Field(description="Relative gap of the joint plan.")
    ways: tuple[LayeredPlan, ...] = Field(description="Orders of layers that were tried.")


class PlanComparisonResult(AnalysisResult):
    """Plans side by side, and whether the candidates are accepted."""

    money: str = Field(description="Currency, ISO 4217.")
    plans: tuple[ComparedPlan, ...] = Field(description="The reference, then the candidates.")
    changes: tuple[CandidateChange, ...] = Field(description="One for each candidate.")
    layers: LayerComparison | None = Field(description="Null: not asked for.")
    warnings: tuple[str, ...] = Field(description="What makes the comparison doubtful.")
