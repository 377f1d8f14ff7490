"""What the rows of a life test give: by a comparison of families, or by a shape that is given."""

from dataclasses import dataclass

from ops.analyses.lifetime_fit_bounds import (
    bounded,
    parameters_of,
    quick,
    survival_of,
    without_estimate,
)
from ops.analyses.lifetime_fit_choice import Compared, compared, title_of
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_plots import FitPlots, plots
from ops.analyses.lifetime_fit_record import by_given_shape, reported
from ops.analyses.lifetime_fit_result import (
    FitCandidate,
    FitLife,
    FitReported,
    FitRival,
    FitSurvival,
)
from ops.analyses.lifetime_fit_shape import by_shape
from ops.analysis import Progress
from ops.errors import BadData, NotEnoughData
from ops.lifetime.bounds.without_maximum import instead
from ops.lifetime.choice.comparison import Dropped, Rival
from ops.lifetime.choice.decision import Choice, Waiver, choose
from ops.lifetime.choice.mechanism import Mechanism
from ops.lifetime.data import LifeData
from ops.lifetime.existence import NoMaximum
from ops.lifetime.families.candidate import CANDIDATES
from ops.lifetime.fit import fit

TAIL = (0.001, 0.01, 0.05, 0.1)


@dataclass(frozen=True, slots=True)
class Found:
    """What the rows gave: by a comparison, or by a shape that was given."""

    reported: tuple[FitReported, ...]
    lives: tuple[FitLife, ...]
    tail: tuple[FitLife, ...]
    survivals: tuple[FitSurvival, ...]
    candidates: tuple[FitCandidate, ...]
    plots: FitPlots
    seen: Compared | None = None
    choice: Choice | None = None
    without: str = ""


def by_comparison(
    rows: LifeData,
    mechanism: Mechanism,
    main: float,
    params: LifetimeFitParams,
    progress: Progress,
) -> Found:
    """Compare, choose, bound the chosen families and the next one.

    Raises
    ------
    NotEnoughData
        If no candidate has a fit.
    BadData
        If the method that was asked for cannot serve these rows.
    """
    seen = compared(rows, params)
    waiver = Waiver(params.waiver, params.waived_by) if params.waiver.strip() else None
    choice = choose(seen.choosable, mechanism, params.rules, waiver)
    progress(0.3, f"{len(seen.whole.rivals)} candidates compared")
    fits = {r.name: r for r in seen.choosable.rivals}
    second = [choice.runner_up] if choice.runner_up not in ("", *choice.chosen) else []
    lives: dict[float, dict[str, FitLife]] = {}
    others: dict[float, dict[str, FitLife]] = {}
    for place, p in enumerate(params.quantiles):
        bounds = {n: bounded(rows, fits[n], p, params) for n in (*choice.chosen, *second)}
        lives[p] = {name: without_estimate(life) for name, life in bounds.items()}
        others[p] = {r.name: quick(rows, r, p, params) for r in seen.whole.rivals}
        progress(0.3 + 0.4 * (place + 1) / len(params.quantiles), f"B{100 * p:g} bounded")
    told = [survival_of(rows, fits[n], t, params) for t in params.times for n in choice.chosen]
    return Found(
        reported=tuple(
            reported(rows, seen.choosable, choice,
                     {n: lives[p][n] for n in choice.chosen}, others[p], params)
            for p in params.quantiles
        ),
        lives=tuple(life for p in params.quantiles for life in lives[p].values()),
        tail=tuple(
            quick(rows, r, p, params) for p in TAIL for r in seen.choosable.rivals[:2]
        ),
        survivals=tuple(one for one in told if one is not None),
        candidates=_candidates(rows, params.confidence, seen, choice, others[main]),
        plots=plots(rows, seen.whole.rivals, choice.chosen, params.confidence,
                    min(params.quantiles)),
        seen=seen,
        choice=choice,
    )  # fmt: skip


def without_fit(rows: LifeData, mechanism: Mechanism, params: LifetimeFitParams, why: str) -> Found:
    """Fall back to a shape that is known, where no candidate has a fit."""
    dropped = tuple(_why_not(name, rows, why) for name in params.families if name != "all")
    given = by_shape(rows, params, needed=True)
    assumed = params.shape is None and params.shape_range is None
    rivals = tuple(
        FitRival(family=d.title, loglik=None, k=None, delta=None, life=None, lower=None,
                 upper=None, reason=d.reason)
        for d in dropped
    )  # fmt: skip
    quoted = {life.p: life for life in reversed(given)}  # the first of each share
    return Found(
        reported=()
        if assumed
        else tuple(
            by_given_shape(rows, quoted[p], mechanism, rivals, params)
            for p in params.quantiles
            if p in quoted
        ),
        lives=(),
        tail=(),
        survivals=(),
        candidates=tuple(_without(d) for d in dropped),
        plots=plots(rows, (), (), params.confidence, min(params.quantiles)),
        without=_instead(rows, why),
    )


def _instead(rows: LifeData, why: str) -> str:
    """Say why there is no fit and what serves instead."""
    try:
        fit(rows, "weibull")
    except NoMaximum as error:
        return f"{error}; {instead(rows, error)}"
    return why


def _why_not(name: str, rows: LifeData, why: str) -> Dropped:
    try:
        CANDIDATES[name].fit(rows)
    except (NotEnoughData, BadData, ArithmeticError, ValueError) as error:
        return Dropped(name, title_of(name), str(error))
    return Dropped(name, title_of(name), why)


def _candidates(
    rows: LifeData, confidence: float, seen: Compared, choice: Choice, lives: dict[str, FitLife]
) -> tuple[FitCandidate, ...]:
    barred = {r.name for r in seen.whole.rivals} - {r.name for r in seen.choosable.rivals}
    told = [
        _candidate(rows, confidence, r, choice, lives[r.name], r.name in barred)
        for r in seen.whole.rivals
    ]
    return (*told, *(_without(d) for d in seen.whole.dropped))


def _candidate(
    rows: LifeData, confidence: float, rival: Rival, choice: Choice, life: FitLife, barred: bool
) -> FitCandidate:
    more = ("explains no more than chance beyond the plain model: not chosen",) if barred else ()
    return FitCandidate(
        family=rival.title,
        chosen=rival.name in choice.chosen,
        parameters=parameters_of(rows, rival, confidence),
        loglik=rival.loglik,
        k=rival.k,
        aicc=rival.aicc,
        bic=rival.bic,
        delta=rival.delta,
        delta_bic=rival.delta_bic,
        anderson_darling=rival.anderson_darling,
        life=life.estimate,
        lower=life.lower,
        upper=life.upper,
        notes=(*rival.fit.notes, *more),
        reason="",
    )


def _without(dropped: Dropped) -> FitCandidate:
    return FitCandidate(
        family=dropped.title, chosen=False, parameters=(), loglik=None, k=None, aicc=None,
        bic=None, delta=None, delta_bic=None, anderson_darling=None, life=None, lower=None,
        upper=None, notes=(), reason=dropped.reason,
    )  # fmt: skip
