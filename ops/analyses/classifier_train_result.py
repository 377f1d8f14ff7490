"""The result of a training."""

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
    Warned,
)
from ops.analysis import AnalysisResult


class CandidateLine(ClassifierPart):
    """A kind of model that was tried."""

    kind: str = Field(description="Kind of model.")
    settings: dict[str, Any] = Field(description="Its settings.")
    kept: bool = Field(description="Whether it is the one that was kept.")
    scores: tuple[ScoreLine, ...] = Field(description="Scores on the honest splits, uncalibrated.")
    random: float | None = Field(description="Headline score on random splits; null: not split so.")
    against: tuple[PairedLine, ...] = Field(description="Against the one that was kept.")


class SplitLine(ClassifierPart):
    """One split: how many rows on either side, and when those tested were."""

    train: int = Field(description="Rows learned from.")
    test: int = Field(description="Rows tested on.")
    events: int = Field(description="Events among those tested; of several classes, rows not of"
                        " the most frequent one.")  # fmt: skip
    start: int | None = Field(description="First tested row, microseconds since 1970 UTC.")
    end: int | None = Field(description="Last tested row, microseconds since 1970 UTC.")


class TrialLine(ClassifierPart):
    """A map of probabilities that was tried."""

    kind: str = Field(description="sigmoid, isotonic or temperature.")
    brier_gain: float | None = Field(description="How much smaller the Brier score gets.")
    brier_lower: float | None = Field(description="Lower end of its 95 % interval.")
    brier_upper: float | None = Field(description="Upper end of its 95 % interval.")
    log_loss_gain: float | None = Field(description="How much smaller the log-loss gets.")
    log_loss_lower: float | None = Field(description="Lower end of its 95 % interval.")
    log_loss_upper: float | None = Field(description="Upper end of its 95 % interval.")
    accepted: bool = Field(description="Whether it helps beyond chance.")
    kept: bool = Field(description="Whether it is the one that is used.")


class ImportanceLine(ClassifierPart):
    """What a column is worth to the model."""

    column: str = Field(description="Column or derived feature.")
    loss: float | None = Field(description="Increase of the log-loss when it says nothing.")
    lower: float | None = Field(description="Lower end of its 95 % interval.")
    upper: float | None = Field(description="Upper end of its 95 % interval.")


class OddsLine(ClassifierPart):
    """Odds ratio of a feature in its own unit."""

    feature: str = Field(description="Feature.")
    unit: str = Field(description="Its unit.")
    of: str = Field(description="Class: the event, where there is one of two.")
    against: str = Field(default="", description="Class that it is compared with.")
    per_unit: float | None = Field(description="Factor on the odds for one unit more.")
    lower: float | None = Field(description="Lower end of the 95 % interval; null: penalised fit.")
    upper: float | None = Field(description="Upper end of the 95 % interval.")
    per_sd: float | None = Field(description="Factor for one standard deviation more.")


class DependenceLine(ClassifierPart):
    """Mean probability of the event as one column moves."""

    column: str = Field(description="Column.")
    unit: str = Field(description="Its unit.")
    grid: tuple[float, ...] = Field(description="Values of the column.")
    mean: tuple[float, ...] = Field(description="Mean probability.")
    low: tuple[float, ...] = Field(description="10 % quantile over rows.")
    high: tuple[float, ...] = Field(description="90 % quantile over rows.")


class ClassifierTrainResult(AnalysisResult):
    """A training: what was tried, what was kept, and what it is worth."""

    dataset: str = Field(description="Code of the dataset.")
    title: str = Field(description="Title of the dataset.")
    revision: int = Field(description="Revision of its rows; 0: built for this run.")
    fingerprint: str = Field(description="SHA-256 of its rows.")
    model: str = Field(description="Name in the registry; empty: not registered.")
    subject: str = Field(description="What a row is.")
    intended_use: str = Field(description="What answers are meant for.")
    label: str = Field(description="Column that is predicted.")
    classes: tuple[str, ...] = Field(description="Its classes.")
    counts: tuple[int, ...] = Field(description="Rows of each class.")
    positive: str | None = Field(description="Class that is the event; null: none.")
    base_rate: float | None = Field(description="Share of events among labelled rows.")
    rows: int = Field(description="Rows in all.")
    unlabelled: int = Field(description="Rows whose label is not known.")
    features: tuple[str, ...] = Field(description="Features of the model, at most 500.")
    columns: int = Field(description="Columns that they come from.")
    warnings: tuple[Warned, ...] = Field(description="Doubts about the data.")
    cautions: tuple[str, ...] = Field(description="What was said of the data.")
    split: str = Field(description="time-ordered, chronological, grouped or stratified.")
    splits: tuple[SplitLine, ...] = Field(description="The splits.")
    purged: int = Field(
        description="Training rows left out of splits, for labels that came too late or for their"
        " group; counted over splits."
    )
    candidates: tuple[CandidateLine, ...] = Field(description="What was tried.")
    searched: int = Field(description="Settings that were searched; 0: none.")
    kind: str = Field(description="Kind of model that was kept.")
    settings: dict[str, Any] = Field(description="Its settings, as fitted on all rows.")
    headline: str = Field(description="Score by which versions are compared.")
    scores: tuple[ScoreLine, ...] = Field(description="Scores as served: calibrated, decided.")
    base_score: float | None = Field(description="Headline score of who always says the base rate.")
    gain: PairedLine | None = Field(
        default=None,
        description="Headline loss against that of the best constant on the tested rows; null: the"
        " headline is a score of ranks.",
    )
    random_score: float | None = Field(
        description="Headline score of the kept kind on random splits; null: not split so."
    )
    random_base: float | None = Field(
        default=None,
        description="The same of who always says the base rate, on the random splits: shares of"
        " events differ between the two ways to split.",
    )
    honest_score: float | None = Field(
        description="The same, uncalibrated, on the honest splits: what the former is held against."
    )
    champion: int | None = Field(description="Version that is the champion; null: none.")
    against_champion: tuple[PairedLine, ...] = Field(
        description="Against its settings, fitted on the same splits."
    )
    calibration: str = Field(description="Map of probabilities that is used; none.")
    trials: tuple[TrialLine, ...] = Field(description="Maps that were tried.")
    goal: str = Field(description="What the threshold was chosen by.")
    threshold: float | None = Field(description="Probability from which the event is called.")
    reached: float | None = Field(description="Precision or recall that was reached out of fold.")
    false_alarm: float = Field(description="Cost of calling the event where there is none.")
    miss: float = Field(description="Cost of not calling it.")
    cost_matrix: tuple[tuple[float, ...], ...] = Field(
        default=(),
        description="Costs by true class, then by class called, where they were given by name.",
    )
    confusion: tuple[tuple[int, ...], ...] = Field(
        description="Rows by true class, then by class called."
    )
    coverage: float = Field(description="Share that conformal sets are to cover.")
    covered: tuple[CoverageLine, ...] = Field(description="What they cover, out of fold.")
    off_level: tuple[str, ...] = Field(
        default=(),
        description="Classes whose coverage lies more than 3 points off the level beyond chance.",
    )
    set_size: float | None = Field(description="Mean number of classes in a set.")
    reliability: tuple[ReliabilityLine, ...] = Field(description="What was said, what happened.")
    ece: float | None = Field(description="Mean gap between the two.")
    ece_by_chance: float | None = Field(description="What chance alone gives.")
    roc: Curve | None = Field(description="Share of others called, share of events called.")
    precision_recall: Curve | None = Field(description="Recall, precision.")
    costs: Curve | None = Field(description="Threshold, mean cost of a row.")
    cost_never: float | None = Field(description="Mean cost of never calling the event.")
    cost_always: float | None = Field(description="Mean cost of always calling it.")
    strata: tuple[StratumLine, ...] = Field(description="Scores by stratum.")
    importance: tuple[ImportanceLine, ...] = Field(description="Columns, the weightiest first.")
    importance_rows: int = Field(description="Rows of the last split that it was measured on.")
    odds: tuple[OddsLine, ...] = Field(description="Odds ratios of a logistic regression.")
    odds_note: str = Field(description="Why they have no intervals; empty if they have.")
    dependence: tuple[DependenceLine, ...] = Field(description="Of the weightiest columns.")
    notes: tuple[str, ...] = Field(description="What the fit had to say.")
    artefact_bytes: int = Field(description="Size of the model; 0: not registered.")
