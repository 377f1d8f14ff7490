"""The result of a life that is told from degradation."""

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class DamageLife(_Part):
    """Time by which a share of units has met the limit."""

    p: float = Field(description="Share of units.")
    estimate: float | None = Field(description="Time, in the unit of time; null: never.")
    lower_one_sided: float | None = Field(description="Lower bound alone; what is reported.")
    lower: float | None = Field(description="Lower bound of the two-sided interval.")
    upper: float | None = Field(description="Upper bound of the two-sided interval.")


class DamageModel(_Part):
    """A model of the damage and its life; a model that cannot be fitted says why."""

    model: str = Field(description="Name of the model.")
    parameters: dict[str, float] = Field(description="Parameters by name.")
    loglik: float | None = Field(description="Log-likelihood of the increments; null for paths.")
    aic: float | None = Field(description="Akaike's criterion of the increments; null for paths.")
    lives: tuple[DamageLife, ...] = Field(description="One for each asked share.")
    reason: str = Field(description="Why it could not be fitted; empty where it was.")


class DamagedUnit(_Part):
    """One unit on test: its line and when it meets the limit."""

    unit: str = Field(description="Name of the unit.")
    readings: int = Field(description="Times it was read.")
    last: float = Field(description="Age at the last reading, in the unit of time.")
    value: float = Field(description="Last value read.")
    life: float | None = Field(description="Age at which its line meets the limit; null: never.")


class DamageTrace(_Part):
    """Readings of a unit, for the chart."""

    unit: str = Field(description="Name of the unit.")
    age: tuple[float, ...] = Field(description="Ages, in the unit of time.")
    value: tuple[float, ...] = Field(description="Values read.")


class UnitCrossing(_Part):
    """When one unit will meet the limit, by the forecast of drift."""

    unit: str = Field(description="Name of the unit.")
    median: float | None = Field(description="Age, in the unit of time; null: not in sight.")
    lower: float | None = Field(description="Lower bound, 95 %; null: before the last reading.")
    upper: float | None = Field(description="Upper bound, 95 %; null: beyond the horizon.")


class DegradationLifeResult(AnalysisResult):
    """When units will meet a limit of damage, by the models that the readings allow."""

    title: str = Field(description="Title of the life test.")
    unit: str = Field(description="Unit of time.")
    value_unit: str = Field(description="Unit of the readings.")
    limit: float = Field(description="Value at which a unit has failed.")
    confidence: float = Field(description="Confidence of every bound.")
    units: int = Field(description="Units on test.")
    readings: int = Field(description="Readings in all.")
    last: float = Field(description="Longest age that was read.")
    chosen: str = Field(description="Model whose life is reported.")
    path: str = Field(description="Scales on which the paths are straight.")
    models: tuple[DamageModel, ...] = Field(description="Every model, the chosen one first.")
    members: tuple[DamagedUnit, ...] = Field(description="Units, those that fail first first.")
    traces: tuple[DamageTrace, ...] = Field(description="Readings of some units.")
    share: tuple[tuple[float, float], ...] = Field(
        description="Age, and share that has failed by it, by the chosen model."
    )
    one: UnitCrossing | None = Field(description="Forecast of one unit, where asked.")
