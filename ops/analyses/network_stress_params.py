"""Parameters of a stress test."""

from pydantic import ConfigDict, Field

from ops.analysis import AnalysisParams
from solvers.risk.case import Disruption, EditText, Generator, Magnitudes
from solvers.risk.chance import LeadFamily
from solvers.scenario.edit_kinds import Edit
from solvers.scenario.part import Part


class StressContingencyPlan(Part):
    """Something done beforehand: a second source, more stock, a framework contract."""

    model_config = ConfigDict(defer_build=True)  # as of the disruptions

    name: str = Field(min_length=1, max_length=200, description="Its name.")
    edits: tuple[Edit | EditText, ...] = Field(
        min_length=1, max_length=200, description="What it changes in the scenario."
    )
    annual_cost: float = Field(default=0.0, ge=0, description="Its fee: money a year.")


class NetworkStressParams(AnalysisParams):
    """Parameters of a stress test."""

    scenario: str = Field(min_length=1, max_length=80, description="Code of the scenario.")
    revision: int | None = Field(default=None, ge=1, description="Revision; absent: the newest.")
    edits: tuple[Edit | EditText, ...] = Field(
        default=(), max_length=200, description="Applied first: typed, or such as 'close DC 3'."
    )
    plan_run: str | None = Field(
        default=None,
        max_length=36,
        description="Run of network-plan whose sites are stressed; null: planned here.",
    )
    cases: tuple[Disruption | Generator, ...] = Field(
        default=("each-site",),
        min_length=1,
        max_length=500,
        description="Named disruptions, or words: each-site, each-lane, capacity-cut ...",
    )
    sizes: Magnitudes = Field(
        default_factory=Magnitudes, description="Strengths of the cases that are words."
    )
    probability: float = Field(
        default=0.02, ge=0, le=1, description="Chance a year of cases that have none of their own."
    )
    probabilities: dict[str, float] = Field(
        default_factory=dict[str, float],
        max_length=1000,
        description="Chance a year by the code of a case: 'loss of P1' ...",
    )
    seeds: int = Field(
        default=20, ge=0, le=1000, description="Draws of demand and lead times; 0: means only."
    )
    lead_family: LeadFamily = Field(
        default="gamma", description="Family of lead times that have a standard deviation."
    )
    level: float = Field(default=0.95, ge=0, lt=1, description="Of the quantile and of CVaR.")
    penalty: float | None = Field(
        default=None,
        ge=0,
        description="Money for a unit lost against the rules; null: twice its price or cost.",
    )
    whole: bool = Field(
        default=True, description="False leaves whole numbers out when re-planning: much faster."
    )
    recoveries: dict[str, float] = Field(
        default_factory=dict[str, float],
        max_length=5000,
        description="Days until a site works again, by code; goes before the scenario's own.",
    )
    survival: bool = Field(default=True, description="Whether times to survive are computed.")
    contingencies: tuple[StressContingencyPlan, ...] = Field(
        default=(), max_length=20, description="Each is tried against every case."
    )
    design_outcomes: int = Field(
        default=0, ge=0, le=200, description="Outcomes K of stochastic plans; 0: none are made."
    )
    design_cases: bool = Field(
        default=False, description="Whether cases without edits are outcomes of these plans too."
    )
    cvar_weight: float = Field(
        default=0.0, ge=0, le=1, description="Above 0: a plan with this weight on CVaR as well."
    )
    fresh: int = Field(
        default=20,
        ge=0,
        le=1000,
        description="Outcomes in which stochastic plans are tried.",
        json_schema_extra={"x-option": "fresh-outcomes"},
    )
    time_s: float | None = Field(
        default=300.0, gt=0, le=604_800, description="Seconds of each plan; null: no limit."
    )
    case_time_s: float | None = Field(
        default=20.0, gt=0, le=604_800, description="Seconds of each outcome; null: no limit."
    )
    gap: float = Field(default=1e-4, ge=0, lt=1, description="Relative gap that is good enough.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Seed of draws and solver.")
