"""The result of an adoption."""

from pydantic import Field

from ops.analyses.classifier_parts import CoverageLine, PairedLine, ScoreLine
from ops.analyses.classifier_train_result import TrialLine
from ops.analysis import AnalysisResult


class ClassifierAdoptResult(AnalysisResult):
    """A model from outside, calibrated and decided on rows that it has not learned from."""

    model: str = Field(description="Name of the model.")
    adopted: int = Field(description="Number of the version that it is made of.")
    kind: str = Field(description="onnx or endpoint.")
    title: str = Field(description="Title of the dataset.")
    dataset: str = Field(description="Code of the dataset.")
    revision: int = Field(description="Revision of its rows; 0: built for this run.")
    fingerprint: str = Field(description="SHA-256 of the table.")
    label: str = Field(description="Column that is predicted.")
    classes: tuple[str, ...] = Field(description="Its classes, in the order of the model.")
    positive: str | None = Field(description="Class that is the event; null: none.")
    rows: int = Field(description="Rows that it was fitted and scored on.")
    left_out: int = Field(description="Labelled rows that the model may have learned from.")
    start: int | None = Field(description="First of the rows, microseconds since 1970 UTC.")
    end: int | None = Field(description="Last of the rows, microseconds since 1970 UTC.")
    in_time: bool = Field(description="Whether all rows are later than what it learned from.")
    headline: str = Field(description="Score by which versions are compared.")
    base_score: float | None = Field(description="Headline score of who says the base rate.")
    gain: PairedLine | None = Field(
        default=None,
        description="Headline loss against that of the best constant on these rows; null: the"
        " headline is a score of ranks.",
    )
    raw: tuple[ScoreLine, ...] = Field(description="Scores of the model as it came.")
    scores: tuple[ScoreLine, ...] = Field(
        description="Scores as it will be served; what is fitted is from other parts of the rows."
    )
    calibration: str = Field(description="Map of probabilities that is used.")
    trials: tuple[TrialLine, ...] = Field(description="Maps that were tried.")
    threshold: float | None = Field(description="Probability from which the event is called.")
    confusion: tuple[tuple[int, ...], ...] = Field(
        description="Rows by true class, then by class called."
    )
    coverage: float = Field(description="Share that conformal sets are to cover.")
    covered: tuple[CoverageLine, ...] = Field(description="What they cover, cross-fitted.")
