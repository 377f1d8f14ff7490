"""The result of a system reliability."""

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class SystemPoint(_Part):
    """Reliability of the system at a time."""

    t: float = Field(description="Time, in the unit of time.")
    reliability: float = Field(description="Probability that the system works.")
    lower_one_sided: float = Field(description="Lower bound alone; what is reported.")
    lower: float = Field(description="Lower bound of the two-sided interval.")
    upper: float = Field(description="Upper bound of the two-sided interval.")


class SystemLife(_Part):
    """Time by which the system has failed with a probability."""

    p: float = Field(description="Probability of failure.")
    estimate: float | None = Field(description="Time, in the unit of time; null: never.")
    lower_one_sided: float | None = Field(description="Lower bound alone; what is reported.")
    lower: float | None = Field(description="Lower bound of the two-sided interval.")
    upper: float | None = Field(description="Upper bound of the two-sided interval; null: none.")


class SystemPart(_Part):
    """What a part matters at the first asked time."""

    part: str = Field(description="Name of the part.")
    reliability: float = Field(description="Probability that the part works then.")
    birnbaum: float = Field(description="Change of the system's reliability with the part's.")
    improvement: float = Field(description="Gain of the system if the part never failed.")
    criticality: float = Field(description="Probability that it is to blame if the system fails.")


class SystemReliabilityResult(AnalysisResult):
    """Reliability of a system of parts over time, its life, and what each part matters."""

    unit: str = Field(description="Unit of time.")
    confidence: float = Field(description="Confidence of every interval.")
    parts: int = Field(description="Parts of the diagram.")
    uncertain: bool = Field(description="Whether any part's life is not taken as known.")
    fitted: str = Field(description="Part whose life was fitted to a life test; empty: none.")
    points: tuple[SystemPoint, ...] = Field(description="One for each asked time.")
    lives: tuple[SystemLife, ...] = Field(description="One for each asked probability.")
    curve: tuple[SystemPoint, ...] = Field(description="Reliability over time, for the chart.")
    matters: tuple[SystemPart, ...] = Field(description="Parts, the most critical first.")
    target: float | None = Field(description="Reliability asked at the first time.")
