"""Parameters of a comparison of plans: which, against what, and the gates of acceptance."""

from typing import Self

from pydantic import Field, model_validator

from ops.analysis import AnalysisParams


class PlanComparisonParams(AnalysisParams):
    """Parameters of a comparison of plans."""

    reference: str = Field(
        min_length=1, max_length=36, description="Run of network-plan that others are compared to."
    )
    candidates: tuple[str, ...] = Field(
        default=(), max_length=8, description="Runs of network-plan to be judged."
    )
    baseline: str | None = Field(
        default=None, max_length=36, description="Run of network-baseline: savings are against it."
    )
    stress: tuple[str, ...] = Field(
        default=(),
        max_length=9,
        description="Runs of network-stress: one for the reference, then one for each candidate.",
    )
    max_cost_increase: float | None = Field(
        default=0.0, ge=-1, le=100, description="Cost over that of the reference; 0.01 is 1 % more."
    )
    min_service_level: float | None = Field(
        default=None, ge=0, le=1, description="Share of the demand that is served."
    )
    min_fill_rate: float | None = Field(
        default=None, ge=0, le=1, description="Share of the demand that is served in time."
    )
    max_lead_days: float | None = Field(
        default=None, ge=0, description="Mean lead time to customers, days."
    )
    max_co2_kg: float | None = Field(default=None, ge=0, description="CO2 of transport, kg.")
    max_utilisation: float | None = Field(
        default=None, ge=0, le=1, description="Of all limited throughput."
    )
    max_peak_utilisation: float | None = Field(
        default=None, ge=0, le=1, description="Of the tightest capacity in its fullest period."
    )
    min_turns: float | None = Field(default=None, ge=0, description="Inventory turns a year.")
    max_expected_loss: float | None = Field(
        default=None, ge=0, description="Expected cost or loss of the stress run, money."
    )
    max_cvar: float | None = Field(default=None, ge=0, description="CVaR of the stress run, money.")
    min_saving: float | None = Field(
        default=None, ge=-100, le=1, description="Saving against the past at equal volume, share."
    )
    calibrated: bool = Field(
        default=False, description="Whether the baseline must be calibrated to the books."
    )
    scenario: str | None = Field(
        default=None, max_length=80, description="Scenario whose layers are planned apart."
    )
    revision: int | None = Field(
        default=None, ge=1, description="Its revision; absent: the newest."
    )
    layers: bool = Field(
        default=False, description="Whether the scenario is planned layer by layer and at once."
    )
    blind: bool = Field(
        default=False, description="Whether a layer sees its own rules and earlier ones only."
    )
    time_s: float | None = Field(
        default=60.0, gt=0, le=604_800, description="Seconds of each solve; null: no limit."
    )
    gap: float = Field(default=1e-4, ge=0, lt=1, description="Relative gap that is good enough.")
    seed: int = Field(default=0, ge=0, le=2**31 - 1, description="Seed of the solver.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.layers and self.scenario is None:
            raise ValueError("layers need a scenario: name one in scenario")
        if self.stress and len(self.stress) != 1 + len(self.candidates):
            raise ValueError(
                f"stress names {len(self.stress)} runs for {1 + len(self.candidates)} plans: "
                "give one for the reference and one for each candidate, or none"
            )
        named = (self.reference, *self.candidates)
        if len(set(named)) != len(named):
            raise ValueError("a run is named twice: compare different plans")
        return self
