"""The result of virtual metrology."""

from typing import Any

from pydantic import Field

from ops.analyses.classifier_parts import ClassifierPart, PairedLine, ScoreLine, Warned
from ops.analysis import AnalysisResult


class NumberCandidateLine(ClassifierPart):
    """A kind of model that was tried."""

    kind: str = Field(description="Kind of model.")
    settings: dict[str, Any] = Field(description="Its settings.")
    kept: bool = Field(description="Whether it is the one that was kept.")
    scores: tuple[ScoreLine, ...] = Field(description="Scores on the honest splits.")
    random: float | None = Field(description="Headline score on random splits; null: not split so.")
    against: tuple[PairedLine, ...] = Field(description="Against the one that was kept.")


class IntervalLine(ClassifierPart):
    """A kind of conformal interval: what it covers on rows that did not choose its margin."""

    kind: str = Field(description="absolute, normalised or quantile.")
    kept: bool = Field(description="Whether it is the one that is served.")
    coverage: float | None = Field(description="Share of the tested rows inside.")
    lower: float | None = Field(description="Lower end of its 95 % interval.")
    upper: float | None = Field(description="Upper end of its 95 % interval.")
    width: float | None = Field(description="Mean width, in the label's unit.")
    pinball: float | None = Field(description="Mean pinball loss of its two ends.")


class ThirdLine(ClassifierPart):
    """Tested rows of like reliance, and their errors."""

    rows: int = Field(description="Rows.")
    low: float = Field(description="Lowest reliance.")
    high: float = Field(description="Highest reliance.")
    rmse: float = Field(description="Root mean squared error.")
    mae: float = Field(description="Mean absolute error.")
    within: float | None = Field(description="Share inside of the interval.")
    lower: float | None = Field(description="Lower end of its 95 % interval.")
    upper: float | None = Field(description="Upper end of its 95 % interval.")


class MeasureLine(ClassifierPart):
    """A row that should be measured: the least relied on first."""

    row: int = Field(description="Number of the row in the dataset, from 0.")
    unit: str = Field(description="What the row is called; empty if it has no name.")
    value: float = Field(description="Predicted value.")
    lower: float | None = Field(description="Lower end of the interval.")
    upper: float | None = Field(description="Upper end of the interval.")
    reliance: float = Field(description="Reliance index, 0 to 1.")
    unusual: bool = Field(description="Whether it lies outside of what training has seen.")


class WeightLine(ClassifierPart):
    """What a column is worth to the model."""

    column: str = Field(description="Column or derived feature.")
    loss: float | None = Field(description="Increase of the mean squared error.")
    lower: float | None = Field(description="Lower end of its 95 % interval.")
    upper: float | None = Field(description="Upper end of its 95 % interval.")


class TestedPoints(ClassifierPart):
    """Tested rows for charts, at most 400, in the order of the splits."""

    measured: tuple[float, ...] = Field(description="Measured values.")
    predicted: tuple[float, ...] = Field(description="Predicted values.")
    reliance: tuple[float, ...] = Field(description="Reliance index.")


class VirtualMetrologyResult(AnalysisResult):
    """A model of a measured number: what it is worth, and when to measure instead."""

    dataset: str = Field(description="Code of the dataset.")
    title: str = Field(description="Title of the dataset.")
    revision: int = Field(description="Revision of its rows; 0: built for this run.")
    fingerprint: str = Field(description="SHA-256 of its rows.")
    model: str = Field(description="Name in the registry; empty: not registered.")
    subject: str = Field(description="What a row is.")
    intended_use: str = Field(description="What answers are meant for.")
    cautions: tuple[str, ...] = Field(description="What was said of the data.")
    label: str = Field(description="Column that is predicted.")
    unit: str = Field(description="Its unit.")
    rows: int = Field(description="Rows in all.")
    measured: int = Field(description="Rows that were measured.")
    tested: int = Field(description="Measured rows that were tested out of fold.")
    label_mean: float = Field(description="Mean of the measured values.")
    label_sd: float = Field(description="Their standard deviation.")
    features: tuple[str, ...] = Field(description="Features of the model, at most 500.")
    warnings: tuple[Warned, ...] = Field(description="Doubts about the data.")
    split: str = Field(description="time-ordered, chronological, grouped or stratified.")
    splits: tuple[tuple[int, int], ...] = Field(description="Rows learned from and tested on.")
    candidates: tuple[NumberCandidateLine, ...] = Field(description="What was tried.")
    kind: str = Field(description="Kind of model that was kept.")
    settings: dict[str, Any] = Field(description="Its settings, as fitted on all rows.")
    headline: str = Field(description="Score by which kinds are compared.")
    scores: tuple[ScoreLine, ...] = Field(description="Scores of the kept kind.")
    mean_scores: tuple[ScoreLine, ...] = Field(description="Of who always says the mean so far.")
    last_scores: tuple[ScoreLine, ...] = Field(
        description="Of who says the value measured just before; empty without times."
    )
    against_mean: tuple[PairedLine, ...] = Field(description="Kept kind against the mean.")
    against_last: tuple[PairedLine, ...] = Field(description="Kept kind against the last value.")
    champion: int | None = Field(
        default=None, description="Version that is the champion; null: none."
    )
    against_champion: tuple[PairedLine, ...] = Field(
        default=(),
        description="Kept kind against the champion's recipe on the same splits; empty where there"
        " is none, or it cannot be fitted to these rows.",
    )
    coverage: float = Field(description="Share that the interval is to hold.")
    interval: str = Field(description="Kind of interval that is served.")
    intervals: tuple[IntervalLine, ...] = Field(description="Kinds of intervals that were tried.")
    reference: str = Field(description="Kind of the second model, for agreement.")
    tolerance: float | None = Field(description="Largest error that does no harm; null: not given.")
    allowed: float = Field(description="Half-width that an interval is held against.")
    thirds: tuple[ThirdLine, ...] = Field(description="Errors by third of reliance, least first.")
    least: float = Field(description="Reliance below which to measure.")
    reached: bool = Field(description="Whether the tolerance is kept above it as wanted.")
    relied_share: float = Field(description="Share of tested rows that are relied on.")
    relied_rmse: float | None = Field(description="Their root mean squared error.")
    doubted_rmse: float | None = Field(description="That of the others.")
    relied_within: float | None = Field(
        description="Share of those relied on whose error keeps the tolerance; null: none given."
    )
    to_measure: tuple[MeasureLine, ...] = Field(description="Rows to measure, at most 30.")
    waiting: int = Field(description="Rows that are not measured.")
    waiting_doubted: int = Field(description="Those of them that should be.")
    importance: tuple[WeightLine, ...] = Field(description="Columns, the weightiest first.")
    points: TestedPoints = Field(description="Tested rows for charts.")
    notes: tuple[str, ...] = Field(description="What the fit had to say.")
    artefact_bytes: int = Field(description="Size of the model; 0: not registered.")
