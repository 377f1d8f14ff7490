"""Parts of results that trainings and evaluations of classifiers share."""

from pydantic import BaseModel, ConfigDict, Field


class ClassifierPart(BaseModel):
    """Base of the parts: frozen, no unknown fields, NaN becomes null."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class ScoreLine(ClassifierPart):
    """A score with its interval; null where it does not exist."""

    name: str = Field(description="Name of the score.")
    value: float | None = Field(description="Mean over splits; of one split, its own.")
    lower: float | None = Field(description="Lower end of the 95 % interval.")
    upper: float | None = Field(description="Upper end of the 95 % interval.")
    pooled: float | None = Field(description="Score of all tested rows at once.")
    better: str = Field(description="high or low.")
    method: str = Field(description="How the interval came about.")
    reason: str = Field(default="", description="Why there is no value or no interval.")


class PairedLine(ClassifierPart):
    """One model against another on the same rows."""

    against: str = Field(description="The other model.")
    score: str = Field(description="Name of the score.")
    difference: float | None = Field(description="First less second.")
    lower: float | None = Field(description="Lower end of the 95 % interval.")
    upper: float | None = Field(description="Upper end of the 95 % interval.")
    p: float | None = Field(description="p-value, two-sided.")
    verdict: str = Field(description="better, worse, or not told apart.")


class ReliabilityLine(ClassifierPart):
    """Rows of like probability: what was said, what happened."""

    count: int = Field(description="Rows.")
    mean: float = Field(description="Mean probability of the event.")
    share: float | None = Field(description="Share of events.")
    lower: float | None = Field(description="Lower end of its 95 % interval.")
    upper: float | None = Field(description="Upper end of its 95 % interval.")


class StratumLine(ClassifierPart):
    """Scores of the rows of one level of a stratum."""

    column: str = Field(description="Column.")
    level: str = Field(description="Level.")
    rows: int = Field(description="Rows.")
    events: int = Field(description="Events.")
    auc: float | None = Field(description="ROC AUC.")
    auc_lower: float | None = Field(description="Lower end of its 95 % interval.")
    auc_upper: float | None = Field(description="Upper end of its 95 % interval.")
    average_precision: float | None = Field(description="Average precision.")
    brier: float = Field(description="Brier score.")
    recall: float | None = Field(description="Share of events that are called.")
    precision: float | None = Field(description="Share of calls that are events.")
    few: bool = Field(description="Too few events for more than an anecdote.")


class CoverageLine(ClassifierPart):
    """Share of the rows of a class whose conformal set holds the class."""

    name: str = Field(description="Class.")
    rows: int = Field(description="Rows.")
    conditional: float | None = Field(description="Class-conditional sets.")
    lower: float | None = Field(description="Lower end of its 95 % interval.")
    upper: float | None = Field(description="Upper end of its 95 % interval.")
    marginal: float | None = Field(description="Sets of one quantile for all, for contrast.")


class Curve(ClassifierPart):
    """Points of a curve."""

    x: tuple[float, ...] = Field(description="Places.")
    y: tuple[float, ...] = Field(description="Heights.")


class Warned(ClassifierPart):
    """A doubt about the data."""

    severity: str = Field(description="warn or refuse.")
    code: str = Field(description="Which check.")
    pointer: str = Field(description="Where.")
    detail: str = Field(description="The fact, and the mend.")
