"""The result of an evaluation."""

from typing import Any

from pydantic import Field

from ops.analyses.classifier_parts import (
    ClassifierPart,
    CoverageLine,
    Curve,
    PairedLine,
    ReliabilityLine,
    ScoreLine,
    StratumLine,
)
from ops.analysis import AnalysisResult


class VersionLine(ClassifierPart):
    """A version and what its answers are worth on these rows."""

    version: int = Field(description="Number of the version.")
    alias: str = Field(description="Alias or number by which it was asked for.")
    origin: str = Field(description="own, onnx or endpoint.")
    kind: str = Field(description="Kind of model.")
    trained_until: int | None = Field(
        description="Last row that it learned from, microseconds since 1970 UTC; null: unknown."
    )
    learned_here: bool = Field(
        description="Whether it has learned from some of these rows: its scores flatter it."
    )
    threshold: float | None = Field(description="Probability from which it calls the event.")
    scores: tuple[ScoreLine, ...] = Field(description="Scores.")
    confusion: tuple[tuple[int, ...], ...] = Field(
        description="Rows by true class, then by class called."
    )
    covered: tuple[CoverageLine, ...] = Field(description="What its conformal sets cover.")
    reliability: tuple[ReliabilityLine, ...] = Field(description="What was said, what happened.")
    ece: float | None = Field(description="Mean gap between the two.")
    ece_by_chance: float | None = Field(description="What chance alone gives.")
    precision_recall: Curve | None = Field(description="Recall, precision.")
    strata: tuple[StratumLine, ...] = Field(description="Scores by stratum.")
    unusual: float = Field(description="Share of rows unlike what it has learned from.")
    gain: PairedLine | None = Field(
        default=None,
        description="Headline loss against that of the best constant on these rows; null: the"
        " headline is a score of ranks.",
    )
    against: tuple[PairedLine, ...] = Field(description="Against the first version.")
    failure: str = Field(default="", description="Why it could not answer; empty: it did.")


class ScoredVersion(ClassifierPart):
    """Metrics of a version on these rows, as the registry compares them."""

    version: int = Field(description="Number of the version.")
    metrics: dict[str, Any] = Field(description="Metrics, as of a registered version.")


class ClassifierEvaluateResult(AnalysisResult):
    """Versions of a model on rows that none of them has learned from."""

    model: str = Field(description="Name of the model.")
    title: str = Field(description="Title of the dataset.")
    dataset: str = Field(description="Code of the dataset.")
    revision: int = Field(description="Revision of its rows; 0: built for this run.")
    label: str = Field(description="Column that is predicted.")
    classes: tuple[str, ...] = Field(description="Its classes.")
    counts: tuple[int, ...] = Field(description="Rows of each class that were scored.")
    positive: str | None = Field(description="Class that is the event; null: none.")
    rows: int = Field(description="Rows that were scored.")
    left_out: int = Field(description="Labelled rows left out, as some version learned from them.")
    unlabelled: int = Field(description="Rows whose label is not known.")
    start: int | None = Field(description="First scored row, microseconds since 1970 UTC.")
    end: int | None = Field(description="Last scored row, microseconds since 1970 UTC.")
    in_time: bool = Field(description="Whether all rows are later than what was learned from.")
    headline: str = Field(description="Score by which versions are compared.")
    base_score: float | None = Field(description="Headline score of who says the base rate.")
    versions: tuple[VersionLine, ...] = Field(description="The versions.")
    scored: tuple[ScoredVersion, ...] = Field(description="Their metrics, for the registry.")
