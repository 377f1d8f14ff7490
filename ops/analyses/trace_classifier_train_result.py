"""The result of a training on traces."""

from pydantic import Field

from ops.analyses.classifier_parts import ClassifierPart
from ops.analyses.classifier_train_result import ClassifierTrainResult
from ops.analysis import AnalysisResult


class StretchLine(ClassifierPart):
    """What a stretch of a trace is worth to the model."""

    column: str = Field(description="Column of traces.")
    start: float = Field(description="Where it begins, share of the length.")
    end: float = Field(description="Where it ends, share of the length.")
    loss: float | None = Field(
        description="Increase of the log-loss where the usual trace takes its place."
    )
    lower: float | None = Field(description="Lower end of its 95 % interval over rows.")
    upper: float | None = Field(description="Upper end of its 95 % interval over rows.")


class ClassTraceLine(ClassifierPart):
    """Traces of a class: mean and middle 80 % at each place."""

    column: str = Field(description="Column of traces.")
    channel: int = Field(description="Which of its channels, from 1.")
    unit: str = Field(description="Its unit.")
    name: str = Field(description="Class.")
    rows: int = Field(description="Rows of the class.")
    place: tuple[float, ...] = Field(description="Places, share of the length.")
    mean: tuple[float, ...] = Field(description="Mean.")
    low: tuple[float, ...] = Field(description="10 % quantile.")
    high: tuple[float, ...] = Field(description="90 % quantile.")


class WrongTraceLine(ClassifierPart):
    """A trace that was called wrongly out of fold."""

    row: int = Field(description="Number of the row in the dataset, from 0.")
    unit: str = Field(description="What the row is called; empty if it has no name.")
    label: str = Field(description="Its class.")
    called: str = Field(description="The class that was called.")
    probability: float = Field(description="Probability that was given to its class.")
    column: str = Field(description="Column of traces that is shown.")
    place: tuple[float, ...] = Field(description="Places, share of the length.")
    value: tuple[float, ...] = Field(description="Its trace, first channel.")


class TraceTrainResult(AnalysisResult):
    """A training on traces: what every training tells, and what only traces show."""

    training: ClassifierTrainResult = Field(description="What was tried and what it is worth.")
    method: str = Field(description="How features are made: summary or minirocket.")
    feature_count: int = Field(description="Features of a row.")
    points: int = Field(description="Points of the longest trace.")
    channels: int = Field(description="Channels of all columns together.")
    unequal: bool = Field(description="Whether traces are of unequal length.")
    stretches: tuple[StretchLine, ...] = Field(description="What each stretch is worth.")
    stretch_rows: int = Field(description="Rows of the last split that it was measured on.")
    classes: tuple[ClassTraceLine, ...] = Field(description="Traces of each class.")
    wrong: tuple[WrongTraceLine, ...] = Field(description="The worst of those called wrongly.")
    wrong_count: int = Field(description="Rows that were called wrongly, out of fold.")
