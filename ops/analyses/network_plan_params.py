"""Parameters of a network plan: what is planned, what is minimised, how long, what is measured."""

from typing import Annotated, Literal

from pydantic import Field

from ops.analysis import AnalysisParams
from solvers.network.outcome import Options
from solvers.scenario.edit_kinds import Edit

Objective = Literal["cost", "weighted", "in-order"]


class NetworkPlanParams(AnalysisParams):
    """Parameters of a network plan."""

    scenario: str = Field(min_length=1, max_length=80, description="Code of the scenario.")
    revision: int | None = Field(default=None, ge=1, description="Revision; absent: the newest.")
    edits: tuple[Edit | Annotated[str, Field(max_length=400)], ...] = Field(
        default=(), max_length=200, description="Applied first: typed, or such as 'close DC 3'."
    )
    objective: Objective = Field(
        default="cost",
        description="cost; weighted: with the prices below; in-order: goals one after another.",
    )
    service_price: float = Field(
        default=0.0, ge=0, description="weighted: money for a unit lost, or waiting for a period."
    )
    co2_price: float = Field(default=0.0, ge=0, description="weighted: money for a kg of CO2.")
    order: tuple[Literal["cost", "service", "co2"], ...] = Field(
        default=("service", "cost", "co2"),
        min_length=1,
        max_length=3,
        description="in-order: goals, the most important first.",
    )
    slack: float = Field(
        default=0.0, ge=0, le=1, description="in-order: share of a goal that later ones may use."
    )
    front_points: int = Field(
        default=0, ge=0, le=50, description="Points of cost against CO2; 0: none, else 2 or more."
    )
    worths: int = Field(
        default=5, ge=0, le=100, description="Binding capacities whose worth is measured; 0: none."
    )
    entries: int = Field(
        default=3, ge=0, le=100, description="Unused lanes whose price of entry is measured."
    )
    ways_out: bool = Field(
        default=True, description="Whether ways out are looked for if there is no plan."
    )
    time_s: float | None = Field(
        default=300.0, gt=0, le=604_800, description="Seconds of each solve; null: no limit."
    )
    gap: float = Field(default=1e-4, ge=0, lt=1, description="Relative gap that is good enough.")
    nodes: int | None = Field(
        default=None, ge=1, le=2**31 - 1, description="Nodes of the search; null: any number."
    )
    memory_mb: float | None = Field(
        default=None, gt=0, description="Size of the process that ends a search; null: any."
    )
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Seed of the solver.")
    warm_start_from: str | None = Field(
        default=None, max_length=36, description="Run of a network plan to start from."
    )
    baseline: str | None = Field(
        default=None, max_length=36, description="Run of network-baseline: savings are against it."
    )
    formulation: Literal["arrays", "pyomo"] = Field(
        default="arrays", description="How the model is built; both ways give the same model."
    )
    validate_only: bool = Field(default=False, description="Only say what is wrong.")

    def options(self) -> Options:
        """Limits and settings of each solve."""
        return Options(
            time_s=self.time_s,
            gap=self.gap,
            nodes=self.nodes,
            memory_mb=self.memory_mb,
            seed=self.seed,
            log=True,
        )
