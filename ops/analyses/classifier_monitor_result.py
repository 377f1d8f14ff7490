"""The result of a watch over a served classifier."""

from typing import Literal

from pydantic import Field

from ops.analyses.classifier_parts import ClassifierPart, PairedLine, ReliabilityLine
from ops.analysis import AnalysisResult
from ops.classify.monitoring.recommendation import Recommendation, Standing

Mechanism = Literal["input drift", "calibration", "performance", "challenger"]


class Ranged(ClassifierPart):
    """A number with its 95 % interval; null where it does not exist."""

    value: float | None = Field(description="Estimate.")
    lower: float | None = Field(description="Lower end.")
    upper: float | None = Field(description="Upper end.")


class ColumnLine(ClassifierPart):
    """What the newest rows show of one column."""

    name: str = Field(description="Column.")
    kind: str = Field(description="number or category.")
    unit: str = Field(description="Unit.")
    what: str = Field(description="What changed most for its margin.")
    p: float | None = Field(description="p-value over all tests of the column.")
    q: float | None = Field(description="Smallest share of false findings at which it is one.")
    found: bool = Field(description="Whether it is beyond chance.")
    matters: bool = Field(description="Whether it is also large, and worth something to the model.")
    size: float = Field(description="Change in units of the smallest one worth a word.")
    worth: float = Field(
        description="Share of the column in what moves the model's answers; the same for all where"
        " the model is behind an address and cannot be asked about other rows."
    )
    before: float | None = Field(description="Mean of what was learned from.")
    shift: Ranged = Field(description="Newest mean less that.")
    ratio: float | None = Field(description="Newest variance over that of the reference.")
    moved: float | None = Field(
        description="Wasserstein distance in standard deviations; of levels: rows that moved."
    )
    ks: float | None = Field(description="Kolmogorov-Smirnov distance.")
    ad: float | None = Field(description="Anderson-Darling distance.")
    ad_p: float | None = Field(description="Its p-value by permuted blocks; null: not doubtful.")
    psi: float | None = Field(description="Population stability index.")
    psi_limit: float | None = Field(description="Its 95 % point by chance alone.")
    missing_before: float = Field(description="Share missing before.")
    missing_now: float = Field(description="Share missing now.")
    new_levels: tuple[str, ...] = Field(description="Levels not seen before, the most first.")
    since: int | None = Field(description="Since when, microseconds since 1970 UTC.")


class ScoreShift(ClassifierPart):
    """What is said of the newest rows, beside what was said before."""

    before: float = Field(description="Mean probability before.")
    now: float = Field(description="Mean probability of the newest rows.")
    called_before: float = Field(description="Share called before.")
    called: Ranged = Field(description="Share called of the newest rows.")
    unusual_before: float = Field(description="Share of unusual rows before.")
    unusual: Ranged = Field(description="Share of unusual rows among the newest.")
    p: float | None = Field(description="That the probabilities have not moved.")
    size: float | None = Field(description="Of the move, in the smallest one worth a word.")
    found: bool = Field(description="Whether it is beyond chance and large.")
    learned: bool = Field(description="Whether before means the rows that it has learned from.")


class DelayLine(ClassifierPart):
    """Delay of the labels of one class."""

    name: str = Field(description="Class.")
    rows: int = Field(description="Labels with a known delay.")
    median: float = Field(description="Median delay, hours.")
    mature: float = Field(description="Age at which enough are known, hours.")


class LabelState(ClassifierPart):
    """Which labels can be judged by."""

    told: bool = Field(description="Whether the dataset says when labels became known.")
    age: float = Field(description="Age from which rows are judged, hours.")
    later: int = Field(description="Rows later than what was learned from.")
    labelled: int = Field(description="Of these, with a label.")
    young: int = Field(description="Of these, too young to be judged.")
    mature: int = Field(description="Old enough rows.")
    judged: int = Field(description="Old enough rows with a label.")
    known_rate: float | None = Field(description="Share of events among all known labels.")
    mature_rate: float | None = Field(description="Share of events among the judged rows.")
    delays: tuple[DelayLine, ...] = Field(description="By class.")


class CalibrationState(ClassifierPart):
    """Whether probabilities come true."""

    rows: int = Field(description="Newest judged rows.")
    events: int = Field(description="Events among them.")
    said: float = Field(description="Events that were promised.")
    ratio: Ranged = Field(description="Events over promised ones.")
    p: float | None = Field(description="That they differ by chance alone.")
    slope: Ranged = Field(description="Calibration slope; 1 is right.")
    evidence: float | None = Field(
        description="Natural logarithm of the evidence against them over all judged rows; it may be"
        " looked at every night."
    )
    reliability: tuple[ReliabilityLine, ...] = Field(description="What was said, what happened.")


class PerformanceState(ClassifierPart):
    """What the answers are worth, beside what was promised."""

    promised: Ranged = Field(description="Score of the registered version.")
    realised: Ranged = Field(description="Of the newest judged rows.")
    difference: Ranged = Field(description="Realised less promised.")
    p: float | None = Field(description="That it is no worse.")
    relative: float | None = Field(description="Loss as a share of the promise.")
    base: float | None = Field(description="Score of who says the learned class shares.")
    foretold_judged: float | None = Field(
        description="What the probabilities of the same rows foretold."
    )
    foretold_newest: float | None = Field(
        description="What the probabilities of the newest rows foretell, labels or not."
    )
    blind: bool = Field(description="Whether the loss was not foretold by the probabilities.")
    stretches: int = Field(description="Stretches in which both are known.")
    bias: float | None = Field(description="Realised less foretold, mean of these.")
    typical: float | None = Field(description="Root mean square of that.")
    held: int = Field(description="Stretches whose realised interval held the estimate.")


class StretchLine(ClassifierPart):
    """One stretch of later rows."""

    start: int = Field(description="First row, microseconds since 1970 UTC.")
    end: int = Field(description="Last row, microseconds since 1970 UTC.")
    rows: int = Field(description="Rows.")
    judged: int = Field(description="Judged rows.")
    mean_score: float = Field(description="Mean probability.")
    foretold: float | None = Field(description="Score foretold without labels.")
    realised: Ranged = Field(description="Score of its judged rows.")
    ratio: Ranged = Field(description="Events over promised ones.")


class ChallengerLine(ClassifierPart):
    """A version against the one that is watched, on the same later rows."""

    version: int = Field(description="Number of the version.")
    alias: str = Field(description="Alias or number by which it was asked for.")
    kind: str = Field(description="Kind of model.")
    rows: int = Field(description="Judged rows later than what both learned from.")
    standing: Standing = Field(description="How it did on the watched score.")
    tests: tuple[PairedLine, ...] = Field(description="Paired tests.")
    failure: str = Field(default="", description="Why it was not compared.")


class MechanismLine(ClassifierPart):
    """State of one mechanism: an alert stands on it."""

    mechanism: Mechanism = Field(description="What is watched.")
    level: Literal["good", "warn", "bad", "info"] = Field(description="How it stands.")
    settled: bool = Field(description="Whether it is shown to be well.")
    runs: int = Field(description="Runs before this one, in a row, that found it bad.")


class ClassifierMonitorResult(AnalysisResult):
    """A served classifier, as later rows show it."""

    site: str | None = Field(description="Code of the site.")
    model: str = Field(description="Name of the model.")
    version: int = Field(description="Number of the version that is watched.")
    alias: str = Field(description="Alias by which it was asked for.")
    kind: str = Field(description="Kind of model.")
    dataset: str = Field(description="Code of the dataset.")
    title: str = Field(description="Title of the dataset.")
    revision: int = Field(description="Revision of its rows; 0: built for this run.")
    classes: tuple[str, ...] = Field(description="Classes.")
    positive: str | None = Field(description="Class that is the event; null: none.")
    headline: str = Field(description="Score that is watched.")
    better: str = Field(description="high or low.")
    trained_until: int = Field(description="Last row of the reference.")
    reference: int = Field(description="Rows up to it.")
    newest: int = Field(description="Newest rows.")
    start: int = Field(description="First of the newest rows.")
    end: int = Field(description="Last of them.")
    level: float = Field(description="Share of false alarms of this night.")
    nights: int = Field(description="Nights that share the promise.")
    fdr: float = Field(description="The promise.")
    columns: tuple[ColumnLine, ...] = Field(description="Columns, what matters first.")
    columns_more: int = Field(description="Columns that are not shown.")
    tested: int = Field(description="Columns tested.")
    found: int = Field(description="Columns beyond chance.")
    unwatched: tuple[str, ...] = Field(
        default=(), description="Columns of traces that it reads: their drift is not watched."
    )
    scores: ScoreShift = Field(description="Probabilities.")
    labels: LabelState = Field(description="Labels.")
    calibration: CalibrationState | None = Field(description="null: too few labels.")
    performance: PerformanceState = Field(description="Worth of the answers.")
    stretches: tuple[StretchLine, ...] = Field(description="Stretches of later rows.")
    challengers: tuple[ChallengerLine, ...] = Field(description="Other versions.")
    mechanisms: tuple[MechanismLine, ...] = Field(description="What alerts stand on.")
    recommendation: Recommendation = Field(description="What to do.")
