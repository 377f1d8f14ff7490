"""Result of a stress test: what is stored, exported and shown."""

from math import isfinite

from pydantic import Field

from ops.analyses.network_plan_result import Remark
from ops.analysis import AnalysisResult
from ops.page_value import PageValue
from solvers.risk.stressed import Stressed, Worth

MOST_CUSTOMERS = 10  # of a case: the worst hit


class StressCustomer(PageValue):
    """A customer that goes short."""

    customer: str = Field(description="Code of the site.")
    lost: float = Field(description="Units lost, mean of the outcomes.")


class StressCase(PageValue):
    """A disruption, over all outcomes that were answered; costs are null without an answer."""

    code: str = Field(description="Name of the disruption.")
    title: str = Field(default="", description="For readers.")
    lost_sites: tuple[str, ...] = Field(default=(), description="Sites that it hits.")
    probability: float = Field(description="Chance a year, 0-1.")
    source: str = Field(default="", description="Where the chance comes from.")
    mean: float | None = Field(description="Mean cost.")
    quantile: float | None = Field(description="Cost at the level of CVaR.")
    cvar: float | None = Field(description="Mean cost of what is beyond that level.")
    worst: float | None = Field(description="Largest cost.")
    extra: float | None = Field(description="Mean cost less that while nothing happens.")
    annual_loss: float | None = Field(description="Chance times extra cost.")
    penalty: float = Field(description="Penalties in the mean cost.")
    lost: float = Field(description="Units lost, mean.")
    service: float | None = Field(description="Share of the demand served, mean, 0-1.")
    service_worst: float | None = Field(description="And in the worst outcome.")
    customers: tuple[StressCustomer, ...] = Field(default=(), description="Worst hit first.")
    bottleneck: str = Field(default="", description="Capacity that is short most often.")
    outcomes: int = Field(description="Outcomes that were planned.")
    unanswered: int = Field(default=0, description="Of these, without a plan.")
    costs: tuple[float | None, ...] = Field(
        default=(), description="Cost of each outcome; empty where there are too many in all."
    )


class StressSurvival(PageValue):
    """How long the network serves all demand without a site."""

    site: str = Field(description="Code of the site.")
    survive_days: float | None = Field(description="Time to survive; null: for good.")
    recover_days: float | None = Field(description="Time to recover; null: unknown.")
    exposed: bool | None = Field(description="Survives shorter than it recovers; null: unknown.")


class StressContingency(PageValue):
    """What a contingency is worth a year."""

    name: str = Field(description="Its name.")
    edits: tuple[str, ...] = Field(description="What it changes.")
    avoided: float | None = Field(description="Expected loss that it avoids, a year.")
    fee: float = Field(description="What it costs a year.")
    value: float | None = Field(description="Avoided loss minus the fee.")
    undisturbed: float | None = Field(description="Saved while nothing happens, not in the value.")


class StressDesign(PageValue):
    """Sites decided for all outcomes at once, against those decided for the mean."""

    objective: str = Field(description="expected: least mean cost; cvar: with weight on the tail.")
    status: str = Field(description="Of the extensive form.")
    outcomes: int = Field(description="Outcomes that it was decided for.")
    cost: float | None = Field(description="Expected cost of the decision (RP).")
    cvar: float | None = Field(description="CVaR of its cost over these outcomes.")
    wait_and_see: float | None = Field(default=None, description="WS: with perfect foresight.")
    mean_value: float | None = Field(default=None, description="EEV: of the mean's decision.")
    evpi: float | None = Field(default=None, description="RP - WS.")
    vss: float | None = Field(default=None, description="EEV - RP.")
    fresh: int = Field(default=0, description="Fresh outcomes of the trial.")
    fresh_mean: float | None = Field(default=None, description="Mean cost in the trial.")
    fresh_cvar: float | None = Field(default=None, description="CVaR in the trial.")
    fresh_mean_plan: float | None = Field(
        default=None, description="Mean cost of the mean's decision in the trial."
    )
    fresh_mean_plan_cvar: float | None = Field(default=None, description="And its CVaR.")


class StressDesignSite(PageValue):
    """Share of the periods in which a site is open."""

    site: str = Field(description="Code.")
    stressed: float = Field(description="In the plan that was stressed, 0-1.")
    mean: float = Field(description="Decided for the mean outcome, 0-1.")
    expected: float = Field(description="Decided for the expected cost, 0-1.")
    cvar: float | None = Field(default=None, description="Decided with weight on the tail, 0-1.")


class NetworkStressResult(AnalysisResult):
    """A plan under stress."""

    scenario: str = Field(description="Code of the scenario.")
    revision: int = Field(description="Revision that was stressed.")
    title: str = Field(default="", description="Title of the scenario.")
    money: str = Field(default="", description="Currency, ISO 4217.")
    edits: tuple[str, ...] = Field(default=(), description="What was edited before.")
    plan_run: str | None = Field(default=None, description="Run of the plan; null: planned here.")
    plan_status: str = Field(description="Status of the plan, or of its sites re-planned.")
    plan_cost: float | None = Field(default=None, description="Its cost, all rules kept.")
    undisturbed: float | None = Field(
        default=None, description="Mean cost while nothing happens; cases are compared to it."
    )
    undisturbed_service: float | None = Field(default=None, description="And the share served.")
    level: float = Field(default=0.95, description="Of the quantile and of CVaR.")
    seeds: int = Field(default=0, description="Draws of demand and lead times for each case.")
    cases: tuple[StressCase, ...] = Field(
        default=(), description="By expected loss, largest first."
    )
    survival: tuple[StressSurvival, ...] = Field(default=(), description="Shortest first.")
    contingencies: tuple[StressContingency, ...] = Field(default=(), description="Best first.")
    designs: tuple[StressDesign, ...] = Field(default=(), description="Stochastic plans.")
    design_sites: tuple[StressDesignSite, ...] = Field(default=(), description="Their sites.")
    remarks: tuple[Remark, ...] = Field(default=(), description="Assumptions and warnings.")
    done: int = Field(default=0, description="Outcomes that were planned.")
    asked: int = Field(default=0, description="Outcomes that were asked for.")
    complete: bool = Field(default=True, description="False: it was ended before it was through.")
    seed: int = Field(default=0, description="Seed of draws and solver.")


def finite(value: float) -> float | None:
    """Value, or None where it is not finite."""
    return float(value) if isfinite(value) else None


def case_row(found: Stressed, base: Stressed | None, chance: float, source: str) -> StressCase:
    """Row of a disruption; `base` is the same plan and draws while nothing happens."""
    extra, hurt = None, list(found.customers.items())[:MOST_CUSTOMERS]
    if base is not None:
        count = min(base.cost.size, found.cost.size)
        extra = finite(float(found.cost[:count].mean() - base.cost[:count].mean()))
    return StressCase(
        code=found.case.code,
        title=found.case.title,
        lost_sites=found.case.lost_sites,
        probability=chance,
        source=source,
        mean=finite(found.tail.mean),
        quantile=finite(found.tail.quantile),
        cvar=finite(found.tail.cvar),
        worst=finite(found.tail.worst),
        extra=extra,
        annual_loss=None if extra is None else chance * extra,
        penalty=float(found.penalty.mean()),
        lost=float(found.lost.mean()),
        service=finite(float(found.service.mean())),
        service_worst=finite(float(found.service.min())),
        customers=tuple(StressCustomer(customer=c, lost=v) for c, v in hurt),
        bottleneck=found.bottleneck,
        outcomes=found.cost.size,
        unanswered=int(sum(not isfinite(c) for c in found.cost.tolist())),
        costs=tuple(finite(c) for c in found.cost.tolist()),
    )


def contingency_row(name: str, edits: tuple[str, ...], worth: Worth) -> StressContingency:
    """Row of a contingency."""
    return StressContingency(
        name=name,
        edits=edits,
        avoided=finite(worth.avoided),
        fee=worth.fee,
        value=finite(worth.value),
        undisturbed=finite(worth.undisturbed),
    )
