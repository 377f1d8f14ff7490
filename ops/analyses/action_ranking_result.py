"""The result of a ranking of actions."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult


class RankingPart(BaseModel):
    """Base of the parts of a ranking: frozen, NaN and infinity are written as null."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class ActionReason(RankingPart):
    """What a level of the context says for an item, or against it."""

    feature: str = Field(description="Name of the feature of the context.")
    level: str = Field(description="Its level.")
    worth: float = Field(description="What it adds to the log-odds that the item is used.")


class RankedAction(RankingPart):
    """An action or a spare part, where it stands and why."""

    name: str = Field(description="Name, as the plant writes it.")
    kind: Literal["action", "part"] = Field(description="Whether it is done or put in.")
    score: float = Field(description="Score from 0 to 1; the best item has 1.")
    score_place: int = Field(description="Place by the score alone, from 1.")
    use: float = Field(description="Share of it in what people do in such a context.")
    helps: float = Field(description="Chance that it helps in such a context.")
    helps_lower: float = Field(description="Lower bound of that chance.")
    helps_upper: float = Field(description="Upper bound of that chance.")
    like: float = Field(description="Like cases with a known outcome, weighed by likeness.")
    uses: int = Field(description="Past cases in which it was used.")
    rare: bool = Field(description="Whether it is not among the most used ones.")
    protected: bool = Field(description="Whether it is relevant to safety: never moved down.")
    reasons: tuple[ActionReason, ...] = Field(description="The context, the strongest first.")
    cases: tuple[str, ...] = Field(description="Alerts in which it was used, the likest first.")


class LikeCase(RankingPart):
    """A past finding that is like the one that is asked about."""

    finding: str = Field(description="Number of its alert.")
    opened: str = Field(description="Day on which it was opened.")
    done: tuple[str, ...] = Field(description="What was done, and parts that were put in.")
    helped: bool | None = Field(description="Whether it helped; null: not known.")
    likeness: float = Field(description="Squared share of the context in common, 0 to 1.")
    shared: tuple[str, ...] = Field(description="What both have in common.")


class ActionMeasure(RankingPart):
    """A measure of one order, over the later cases."""

    name: str = Field(description="Name of the measure.")
    order: str = Field(description="Order: popularity, scores, mmr or xquad.")
    value: float | None = Field(description="The measure; null: it cannot be told.")
    lower: float | None = Field(description="Lower bound, a bootstrap of the cases.")
    upper: float | None = Field(description="Upper bound.")
    n: int = Field(description="Cases that it rests on.")


class ActionTrial(RankingPart):
    """A model of use, tried on cases that came after those it was fitted to."""

    method: str = Field(description="Model: co-occurrence or logistic.")
    strength: float = Field(description="Weight of the context, or inverse of the penalty.")
    log_loss: float | None = Field(description="Mean log-loss of a used item in nats.")
    n: int = Field(description="Used items that it is a mean of.")
    unknown: int = Field(description="Used items that no earlier case had; not counted.")


class ActionRankingResult(AnalysisResult):
    """What helped in the past, and what the asked finding may need."""

    alert: str = Field(description="Number of the alert that was asked about; empty: none.")
    context: dict[str, str] = Field(description="Its context, name to level.")
    source: Literal["none", "cases", "reaction-plan"] = Field(
        description="What the list comes from: past cases, or the plan where too few are known."
    )
    k: int = Field(description="Places that are looked at.")
    confidence: float = Field(description="Level of intervals.")
    method: str = Field(description="Model of use that was taken.")
    diversity: str = Field(description="Re-ranking: none, mmr or xquad.")
    lambda_: float = Field(description="Weight of the score against diversity.")
    habit: float = Field(description="Weight of what people chose.")
    findings: int = Field(description="Past findings in the window, false alarms left out.")
    cases: int = Field(description="Those of which it is known what was done.")
    known: int = Field(description="Those of which it is known too whether it helped.")
    kind: str = Field(description="What makes a past case one of the same kind.")
    of_kind: int = Field(description="Cases of the kind of the asked finding.")
    fewest: int = Field(description="Cases of the kind below which the plan is shown.")
    catalogue: int = Field(description="Different items that were used.")
    head: int = Field(description="Items that make the upper 80 % of the uses.")
    overall: float | None = Field(description="Mean chance that what was done helped.")
    ranked: tuple[RankedAction, ...] = Field(description="Items as they are shown.")
    plan: tuple[str, ...] = Field(description="Steps of the reaction plan in force.")
    like: tuple[LikeCase, ...] = Field(description="Past cases, the likest first.")
    shown_of: int = Field(description="Items of the catalogue that could be shown.")
    asked: int = Field(description="Later cases that the measures rest on.")
    measures: tuple[ActionMeasure, ...] = Field(description="Measures, by order.")
    trials: tuple[ActionTrial, ...] = Field(description="Models of use, the best first.")
