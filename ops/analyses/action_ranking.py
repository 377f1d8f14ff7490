"""Action ranking: what helped against findings like this one, rare actions and parts included."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from ops.action_query import ActionData, ActionQuery
from ops.analyses.action_ranking_list import (
    aspects_given,
    like_cases,
    of_kind,
    past_cases,
    ranked_actions,
)
from ops.analyses.action_ranking_page import view
from ops.analyses.action_ranking_result import (
    ActionMeasure,
    ActionRankingResult,
    ActionTrial,
)
from ops.analyses.action_ranking_sample import sample_actions
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.classify.ranking.case import PastCase
from ops.classify.ranking.choice import CANDIDATES, trials
from ops.classify.ranking.evaluation import ORDERS, judged, measured
from ops.classify.ranking.ranker import RankSettings, Rerank, learned
from ops.errors import NotEnoughData
from ops.timing.window import LastDuration, Window

FEW = 20  # cases below which nothing is tried on later ones
DRAWS = 300


class ActionRankingParams(AnalysisParams):
    """Parameters of a ranking of actions."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="730d"),
        description="When past findings were opened: absolute, or relative.",
    )
    alert: int | None = Field(
        default=None, ge=1, description="Number of the alert; absent: only the past is reported."
    )
    k: int = Field(default=5, ge=1, le=20, description="Places of the list that are looked at.")
    diversity: Rerank = Field(
        default="xquad", description="Re-ranking: none, mmr (unlike) or xquad (all aspects)."
    )
    lambda_: float = Field(
        default=0.7, ge=0, le=1, description="Weight of the score against diversity; 1: score only."
    )
    rare_places: int = Field(
        default=1, ge=0, le=5, description="Of the first k, places for rare items that fit."
    )
    habit: float = Field(
        default=0.75,
        ge=0.1,
        le=1,
        description="Weight of what people chose, against the chance that it helps.",
    )
    method: Literal["auto", "co-occurrence", "logistic"] = Field(
        default="auto", description="Model of use; auto: the best on later cases."
    )
    fewest: int = Field(
        default=5, ge=1, le=1000, description="Cases of the kind below which the plan is shown."
    )
    safety: tuple[str, ...] = Field(
        default=(), max_length=100, description="Items that are relevant to safety, by name."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")
    seed: int = Field(default=1, ge=0, description="Of the bootstrap.")


def needs(params: ActionRankingParams) -> ActionQuery:
    """Ask for past findings with what was done about them."""
    return ActionQuery(alert=params.alert, site=params.site)


def compute(
    data: ActionData, params: ActionRankingParams, progress: Progress
) -> ActionRankingResult:
    """Rank for the finding in question; try the ranking on the past.

    Raises
    ------
    NotEnoughData
        If of no past finding it is known what was done, and there is no plan to fall back on.
    """
    cases = past_cases(data.cases)
    if not cases and (data.finding is None or not data.reaction_plan):
        raise NotEnoughData(
            f"of {len(data.cases)} past findings none says what was done about it; widen the"
            " window, or record it at /v1/alerts/{id}/actions, or as an event of the tool"
        )
    settings, tried = _settings(data, cases, params)
    progress(0.4, f"{len(cases)} cases")
    asked, shown_of, measures = _measures(cases, settings, params)
    progress(0.9, "tried on later cases")
    ranker = learned(cases, settings) if cases else None
    kind, same = of_kind(cases, data.finding)
    source = _source(data, same, params)
    ranked = () if ranker is None or source != "cases" else ranked_actions(data, ranker, params)
    progress(1.0, "ranked")
    return ActionRankingResult(
        alert="" if data.finding is None else data.finding.finding,
        context={} if data.finding is None else dict(data.finding.context),
        source=source,
        k=params.k,
        confidence=params.confidence,
        method=settings.method,
        diversity=params.diversity,
        lambda_=params.lambda_,
        habit=params.habit,
        findings=len(data.cases),
        cases=len(cases),
        known=sum(case.helped is not None for case in cases),
        kind=kind,
        of_kind=same,
        fewest=params.fewest,
        catalogue=0 if ranker is None else len(ranker.table.items),
        head=0 if ranker is None else len(ranker.head),
        overall=None if ranker is None else ranker.helps.overall,
        ranked=ranked,
        plan=data.reaction_plan,
        like=() if ranker is None else like_cases(data, ranker),
        shown_of=shown_of,
        asked=asked,
        measures=measures,
        trials=tried,
    )


def _source(
    data: ActionData, same: int, params: ActionRankingParams
) -> Literal["none", "cases", "reaction-plan"]:
    if data.finding is None:
        return "none"
    return "reaction-plan" if same < params.fewest and data.reaction_plan else "cases"


def _settings(
    data: ActionData, cases: Sequence[PastCase], params: ActionRankingParams
) -> tuple[RankSettings, tuple[ActionTrial, ...]]:
    settings = RankSettings(
        habit=params.habit,
        lambda_=params.lambda_,
        k=params.k,
        reserved=params.rare_places,
        safety=data.safety | frozenset(params.safety),
        given=aspects_given(data),
    )
    candidates = [c for c in CANDIDATES if params.method in ("auto", c[0])]
    if len(cases) < FEW:
        method, strength = candidates[-1] if params.method == "logistic" else candidates[1]
        return replace(settings, method=method, strength=strength), ()
    found = trials(cases, settings, candidates)
    best = found[0]
    kept = tuple(ActionTrial(method=t.method, strength=t.strength, log_loss=t.log_loss, n=t.n,
                             unknown=t.unknown) for t in found)  # fmt: skip
    return replace(settings, method=best.method, strength=best.strength), kept


def _measures(
    cases: Sequence[PastCase], settings: RankSettings, params: ActionRankingParams
) -> tuple[int, int, tuple[ActionMeasure, ...]]:
    """Judge every order on later cases: how many there are, how many items, the measures."""
    if len(cases) < FEW:
        return 0, 0, ()
    given, catalogue = judged(cases, settings)
    found: list[ActionMeasure] = []
    for order in ORDERS:
        every = measured(
            given[order],
            catalogue,
            k=params.k,
            draws=DRAWS,
            seed=params.seed,
            level=params.confidence,
        )
        found += [
            ActionMeasure(
                name=m.name, order=order, value=m.value, lower=m.lower, upper=m.upper, n=m.n
            )
            for m in every
        ]
    return len(given["scores"]), len(catalogue), tuple(found)


ACTION_RANKING = Analysis(
    name="action-ranking",
    title="Action ranking",
    summary="Which corrective actions and spare parts helped against findings like this one.",
    version=1,
    params=ActionRankingParams,
    result=ActionRankingResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(params=ActionRankingParams(method="co-occurrence"), data=sample_actions),
)
