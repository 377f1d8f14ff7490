"""The result of a fit of lives: the reported lives with their record, and their grounds."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from ops.analyses.life_charts import LifePlot
from ops.analysis import AnalysisResult
from ops.page_value import Phrase


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class FitLife(_Part):
    """A life under one family, with its bounds; none without a bound."""

    family: str = Field(description="Title of the family.")
    p: float = Field(description="Share that has failed by it.")
    estimate: float | None = Field(description="Estimate; null: never, or withheld.")
    lower_one_sided: float | None = Field(description="One-sided lower bound; null: none.")
    lower: float | None = Field(description="Lower end of the two-sided interval.")
    upper: float | None = Field(description="Upper end of the two-sided interval.")
    method: str = Field(description="How the bounds were made.")
    scale: str = Field(description="Scale on which they were made.")
    approximate: bool = Field(description="Whether they may miss their confidence.")
    reason: str = Field(description="Why this method.")
    words: str = Field(description="What else must be said; empty: nothing.")


class FitSurvival(_Part):
    """A share that lasts beyond a time, under one family, with its bounds."""

    family: str = Field(description="Title of the family.")
    t: float = Field(description="The time.")
    estimate: float = Field(description="Share that lasts.")
    lower_one_sided: float | None = Field(description="One-sided lower bound; null: none.")
    lower: float | None = Field(description="Lower end of the two-sided interval.")
    upper: float | None = Field(description="Upper end of the two-sided interval.")
    method: str = Field(description="How the bounds were made.")


class FitRival(_Part):
    """A candidate as the record lists it."""

    family: str = Field(description="Title of the family.")
    loglik: float | None = Field(description="Log-likelihood; null: no fit.")
    k: int | None = Field(description="Parameters estimated.")
    delta: float | None = Field(description="Above the lowest of the comparison.")
    life: float | None = Field(description="Life at the reported share.")
    lower: float | None = Field(description="Lower end of its two-sided interval.")
    upper: float | None = Field(description="Upper end of its two-sided interval.")
    reason: str = Field(description="Why it has no fit; empty where it has.")


class FitRecord(_Part):
    """What a reported life rests on."""

    lives: tuple[FitLife, ...] = Field(description="Under each reported family, the quoted first.")
    reported_lower: float | None = Field(description="One-sided lower bound to use.")
    bound_family: str = Field(description="Family whose bound that is.")
    units: float = Field(description="Units on test.")
    failures: float = Field(description="Units failed.")
    censored_share: float = Field(description="Share of the units that has not failed.")
    longest_time: float = Field(description="Longest time on test.")
    extrapolation_time: float | None = Field(description="Life over the longest time on test.")
    extrapolated: bool = Field(description="Whether that is an extrapolation by the rules.")
    extrapolation_probability: float | None = Field(
        description="Share asked over share failed: above 1 no unit has lasted so long."
    )
    criterion: str = Field(description="What deltas count.")
    rivals: tuple[FitRival, ...] = Field(description="Every other candidate.")
    verdict: str = Field(description="How the choice came to be.")
    mechanism: str = Field(description="Mechanism that was named.")
    mechanism_source: str = Field(description="Where its physics is said.")
    rationale: tuple[Phrase, ...] = Field(description="Why, in words.")
    overridden: str = Field(description="What the choice set aside; empty: nothing.")
    waiver: str = Field(description="Waiver that was used; empty: none.")
    approved_by: str | None = Field(description="Who approved this very life; null: nobody yet.")
    approved_at: datetime | None = Field(description="When.")


class FitReported(_Part):
    """A reported life: its bound first, and its record."""

    p: float = Field(description="Share that has failed by it.")
    lower: float | None = Field(description="One-sided lower bound to use, by the rules.")
    life: FitLife = Field(description="The quoted life.")
    record: FitRecord = Field(description="What it rests on.")


class FitPrinted(_Part):
    """A parameter or a life with its interval; for reproductions as the package prints it."""

    name: str = Field(description="Parameter, or B-life.")
    estimate: float = Field(description="Estimate.")
    lower: float | None = Field(description="Lower bound; null: none.")
    upper: float | None = Field(description="Upper bound; null: none.")


class FitCandidate(_Part):
    """A candidate of the comparison."""

    family: str = Field(description="Title of the family.")
    chosen: bool = Field(description="Whether it is reported.")
    parameters: tuple[FitPrinted, ...] = Field(description="Parameters with intervals.")
    loglik: float | None = Field(description="Log-likelihood of the times; null: no fit.")
    k: int | None = Field(description="Parameters estimated.")
    aicc: float | None = Field(description="AICc, n the failures; null: too few for one of them.")
    bic: float | None = Field(description="BIC, n the failures.")
    delta: float | None = Field(description="Criterion above the lowest.")
    delta_bic: float | None = Field(description="BIC above the lowest.")
    anderson_darling: float | None = Field(description="Adjusted distance: a ranking only.")
    life: float | None = Field(description="Life at the main share; null: no bounds.")
    lower: float | None = Field(description="Lower end of its two-sided interval.")
    upper: float | None = Field(description="Upper end of its two-sided interval.")
    notes: tuple[str, ...] = Field(description="What must be known of the fit.")
    reason: str = Field(description="Why it has no fit; empty where it has.")


class FitRatio(_Part):
    """Likelihood ratio of two models of which one holds the other."""

    null: str = Field(description="Title of the smaller model.")
    alternative: str = Field(description="Title of the larger.")
    statistic: float = Field(description="Twice the gain in log-likelihood.")
    p_value: float = Field(description="Chance of such a gain where the smaller one holds.")
    law: str = Field(description="By which the chance was found.")


class FitDeparture(_Part):
    """A plateau or a bend of the plot."""

    kind: str = Field(description="plateau or bend.")
    family: str = Field(description="Title of the straighter family.")
    p_value: float = Field(description="Chance of as much where that family holds.")
    at: float = Field(description="The last failure, or where the line is parted.")
    before: float | None = Field(description="Slope before; null of a plateau.")
    after: float | None = Field(description="Slope beyond; null of a plateau.")
    shown: bool = Field(description="Whether it is more than chance.")


class FitMode(_Part):
    """Life under one failure mode, the others taken away."""

    mode: str = Field(description="Name of the mode.")
    failures: float = Field(description="Units that failed by it.")
    life: FitLife | None = Field(description="Life at the main share; null: it has no fit.")
    reason: str = Field(description="Why it has none; empty where it has.")


class FitModes(_Part):
    """Failure modes one by one, and together as competing risks."""

    modes: tuple[FitMode, ...] = Field(description="Each mode.")
    loglik: float | None = Field(description="Log-likelihood of competing risks; null: no fit.")
    k: int | None = Field(description="Parameters of competing risks.")
    delta: float | None = Field(
        description="AIC of competing risks minus that of the best distribution of all failures."
    )
    incidence: LifePlot | None = Field(description="Share failed by each mode; null: not told.")


class FitReproduction(_Part):
    """A result in the conventions of another package."""

    label: str = Field(description="As in which package, and how it estimates.")
    family: str = Field(description="Title of the family.")
    printed: tuple[FitPrinted, ...] = Field(description="Parameters and lives.")
    source: str = Field(description="Where the convention is documented.")
    reason: str = Field(description="Why there is none; empty where there is.")


class FitMechanism(_Part):
    """A mechanism and what it says of the distribution."""

    code: str = Field(description="Code to name it by.")
    title: str = Field(description="What it is called.")
    families: tuple[str, ...] = Field(description="Titles of the families that fit it.")
    reason: str = Field(description="Why.")
    source: str = Field(description="Where it is said.")


class FitEarlier(_Part):
    """What an earlier run reported at the main share."""

    run_id: str = Field(description="The run.")
    as_of: datetime = Field(description="When it stood.")
    revision: int = Field(description="Revision of the rows.")
    family: str = Field(description="Title of the quoted family.")
    failures: float = Field(description="Units failed by then.")
    estimate: float | None = Field(description="Life.")
    lower_one_sided: float | None = Field(description="One-sided lower bound.")
    lower: float | None = Field(description="Lower end of the two-sided interval.")
    upper: float | None = Field(description="Upper end of the two-sided interval.")


class FitApproval(_Part):
    """The approved life in force, and how this one stands to it."""

    run_id: str = Field(description="The approved run.")
    approved_by: str = Field(description="Who approved it.")
    approved_at: datetime = Field(description="When.")
    rationale: str = Field(description="Why.")
    waiver: str = Field(description="Waiver; empty: none.")
    estimate: float | None = Field(description="Approved life at the main share; null: not known.")
    lower: float | None = Field(description="Approved lower bound; null: not known.")
    stands: bool | None = Field(description="Whether it still holds; null: not told.")
    estimate_below: bool = Field(description="Whether today's estimate is below the bound.")


class LifetimeFitResult(AnalysisResult):
    """Lives of a test, the distribution that they were told by, and the reason for it."""

    code: str = Field(description="Code of the life test.")
    title: str = Field(description="Title of the life test.")
    revision: int = Field(description="Revision of its rows.")
    site: str | None = Field(description="Code of the site; null: all.")
    groups: tuple[str, ...] = Field(description="Groups that were asked for; empty: all.")
    pooled: int = Field(description="Groups whose units were taken together.")
    stresses: tuple[str, ...] = Field(description="Stresses at more than one level, pooled.")
    mode: str = Field(description="Failure mode that was asked for; empty: all.")
    unit: str = Field(description="Unit of times.")
    confidence: float = Field(description="Confidence of every bound.")
    units: float = Field(description="Units on test.")
    failures: float = Field(description="Units failed.")
    longest_time: float = Field(description="Longest time on test.")
    main: float = Field(description="Share whose life is quoted first.")
    verdict: str = Field(description="How the choice came to be; shape: a given shape; none.")
    chosen: tuple[str, ...] = Field(description="Titles of reported families, the quoted first.")
    best: str = Field(description="Title of what the data alone prefer; empty: no fit.")
    runner_up: str = Field(description="Title of the next; empty: none.")
    delta: float | None = Field(description="How far the second of the data is behind the first.")
    override: float | None = Field(
        description="How far the family of the mechanism lies behind the best; null: none."
    )
    criterion: str = Field(description="What deltas count.")
    disagreement: float | None = Field(
        description="Longer over shorter life of the two best at the main share; null: not told."
    )
    mechanism: FitMechanism = Field(description="Mechanism that was named.")
    suggestions: tuple[FitMechanism, ...] = Field(description="Mechanisms that may be meant.")
    reported: tuple[FitReported, ...] = Field(description="Reported lives with their record.")
    lives: tuple[FitLife, ...] = Field(description="Lives of reported families and the next one.")
    tail: tuple[FitLife, ...] = Field(
        description="Early lives of the two best; likelihood-ratio bounds, not calibrated."
    )
    survivals: tuple[FitSurvival, ...] = Field(description="Surviving shares at asked times.")
    by_shape: tuple[FitLife, ...] = Field(
        description="Lives under shapes that were given, or that might be; never from these data."
    )
    shapes_assumed: bool = Field(description="Whether nobody gave those shapes: examples only.")
    candidates: tuple[FitCandidate, ...] = Field(description="The comparison.")
    ratios: tuple[FitRatio, ...] = Field(description="Likelihood ratios.")
    departures: tuple[FitDeparture, ...] = Field(description="Plateau and bend.")
    modes: FitModes | None = Field(description="Failure modes; null: fewer than two are named.")
    reproductions: tuple[FitReproduction, ...] = Field(description="Results as in packages.")
    without: str = Field(description="Why there is no fit, and what serves; empty: there is one.")
    weibull: LifePlot | None = Field(description="Weibull paper; null: no failure to plot.")
    lognormal: LifePlot | None = Field(description="Lognormal paper; null: no failure to plot.")
    survival: LifePlot | None = Field(description="Survival; null: nothing failed.")
    hazard: LifePlot | None = Field(description="Hazard of the fits; null: no fit.")
    earlier: tuple[FitEarlier, ...] = Field(description="Earlier runs, the oldest first.")
    approval: FitApproval | None = Field(description="Approved life in force; null: none.")
