"""Lifetime batch: thousands of lots or part numbers in one run, and which of them stand out."""

from typing import Literal

import numpy as np
from pydantic import Field

from ops.analyses.life_params import LifeTestParams
from ops.analyses.lifetime_batch_page import view
from ops.analyses.lifetime_batch_result import LifetimeBatchResult, PopulationLife
from ops.analyses.lifetime_batch_sample import sample_lots
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.bounds.life_bound import LifeBound, life_bound
from ops.lifetime.bounds.method import Asked
from ops.lifetime.data import LifeData
from ops.lifetime.existence import Reason
from ops.lifetime.fit import LifeFits, fit, fit_many
from ops.lifetime.populations.hazard import Expected, expected_failures
from ops.lifetime.populations.outlying import Outlying, outlying
from ops.values import IntArray

MOST_SHOWN = 200
MOST_CALIBRATED = 12  # bounds that are calibrated by drawn tests; those of the others are plain
FEW = 3  # failures below which no bound is asked of the likelihood ratio
QUANTILES = np.linspace(0.0, 1.0, 101)
Name = Literal["weibull", "lognormal"]


class LifetimeBatchParams(LifeTestParams):
    """Parameters of a batch of lives."""

    family: Literal["best", "weibull", "lognormal"] = Field(
        default="best", description="One distribution for all; best: the likelier over all of them."
    )
    share: float = Field(default=0.1, gt=0, lt=1, description="Share of failures, 0.1 for B10.")
    target: float | None = Field(
        default=None, gt=0, description="Life of that share that is asked at least; absent: none."
    )
    mode: str = Field(default="", max_length=100, description="Only this failure mode; empty: all.")
    false_share: float = Field(
        default=0.1, gt=0, lt=1, description="Share of false findings among those that stand out."
    )
    seed: int = Field(default=1, ge=0, description="Of the draws that calibrate bounds.")


def needs(params: LifetimeBatchParams) -> LifetimeQuery:
    """Ask for the units of every group."""
    return LifetimeQuery(
        code=params.life_test,
        kind="life",
        revision=params.revision,
        groups=params.groups,
        site=params.site,
    )


def compute(
    data: LifetimeData, params: LifetimeBatchParams, progress: Progress
) -> LifetimeBatchResult:
    """Fit every population, and screen them against each other.

    Raises
    ------
    NotEnoughData
        If there are no units, fewer than 2 populations, or too few failures for a common life.
    BadData
        If the mode is not among those of the units.
    """
    life, population, names = _sorted(data, params)
    k = len(names)
    offsets = np.searchsorted(population, np.arange(k + 1))
    progress(0.1, f"{life.units:g} units of {k} populations")
    family, fits, margin = _fitted(life, offsets, params)
    progress(0.4, "fitted")
    common = fit(life, family)
    found = expected_failures(life, common, population, k)
    screen = outlying(found, false_share=params.false_share, confidence=params.confidence)
    progress(0.5, "screened")
    order = _order(screen, fits, params.share)
    bounds = _bounds(life, offsets, fits, order, params, progress)
    below = None if params.target is None else _below(bounds, params.target, k)
    shown = tuple(
        _row(at, names, found, screen, fits, bounds.get(int(at))) for at in order[:MOST_SHOWN]
    )
    scale, shape = _named(common.mu, common.sigma, family)
    progress(1.0, "bounds told")
    return LifetimeBatchResult(
        title=data.title,
        unit=life.unit,
        family=family,
        other=margin,
        share=params.share,
        confidence=params.confidence,
        false_share=params.false_share,
        target=params.target,
        populations=k,
        units=life.units,
        failures=life.failures,
        fitted=int(fits.exists.sum()),
        common_scale=scale,
        common_shape=shape,
        spread=float(screen.spread**0.5),
        worse=int(screen.worse.sum()),
        better=int(screen.better.sum()),
        below=below,
        shown=shown,
        left_out=max(0, k - MOST_SHOWN),
        ratios=tuple(np.quantile(screen.ratio, QUANTILES).tolist()),
    )


def _sorted(
    data: LifetimeData, params: LifetimeBatchParams
) -> tuple[LifeData, IntArray, tuple[str, ...]]:
    life = data.life
    if life is None or not life.lower.size:
        raise NotEnoughData("there are no units; upload some, with the lot of each")
    if params.mode:
        if params.mode not in life.modes:
            problem = Problem("/mode", f"use one of {', '.join(life.modes) or 'none'}")
            raise BadData(f"no unit failed by the mode {params.mode!r}", (problem,))
        life = life.of_mode(params.mode)
    used = np.unique(life.group)
    if used.size < 2:
        raise NotEnoughData(
            f"a batch needs 2 groups, got {used.size}; for one population use lifetime-fit"
        )
    order = np.argsort(life.group, kind="stable")
    life = life.take(order)
    return life, np.searchsorted(used, life.group), tuple(life.groups[at] for at in used)


def _fitted(
    life: LifeData, offsets: IntArray, params: LifetimeBatchParams
) -> tuple[Name, LifeFits, float | None]:
    """Fit all populations by one family; the likelier over those that both can fit."""
    if params.family != "best":
        return params.family, fit_many(life, offsets, params.family), None
    weibull, lognormal = (fit_many(life, offsets, name) for name in ("weibull", "lognormal"))
    both = weibull.exists & lognormal.exists
    margin = float(np.sum(weibull.loglik[both] - lognormal.loglik[both]))
    if margin >= 0.0:
        return "weibull", weibull, margin
    return "lognormal", lognormal, -margin


def _order(screen: Outlying, fits: LifeFits, share: float) -> IntArray:
    """Worse ones first, by how much; then better ones; then the shortest lives."""
    z = np.log(-np.log1p(-share))  # any increasing score of life serves to sort
    life = np.where(fits.exists, fits.mu + z * fits.sigma, np.inf)
    kind = np.where(screen.worse, 0, np.where(screen.better, 1, 2))
    key = np.where(kind == 2, life, screen.adjusted)
    return np.lexsort((key, kind)).astype(np.int64)


def _bounds(
    life: LifeData,
    offsets: IntArray,
    fits: LifeFits,
    order: IntArray,
    params: LifetimeBatchParams,
    progress: Progress,
) -> dict[int, LifeBound]:
    """Bounds of the life of each population that is shown, or that must meet the target."""
    rng = np.random.default_rng(params.seed)
    asked = order if params.target is not None else order[:MOST_SHOWN]
    found: dict[int, LifeBound] = {}
    for done, at in enumerate(asked.tolist()):
        if done % 200 == 0:
            progress(0.5 + 0.45 * done / asked.size, f"bounds of {done} of {asked.size}")
        if not fits.exists[at] or fits.failures[at] < FEW:
            continue
        rows = life.take(np.arange(int(offsets[at]), int(offsets[at + 1])))
        method: Asked = "auto" if len(found) < MOST_CALIBRATED else "likelihood-ratio"
        found[at] = life_bound(
            rows,
            fits.one(at),
            params.share,
            rng=rng,
            confidence=params.confidence,
            method=method,
        )
    return found


def _below(bounds: dict[int, LifeBound], target: float, k: int) -> int:
    """Count populations that do not show the target: a bound below it, or none."""
    shown = sum(
        bound.lower_one_sided is not None and bound.lower_one_sided >= target
        for bound in bounds.values()
    )
    return k - shown


def _row(
    at: int,
    names: tuple[str, ...],
    found: Expected,
    screen: Outlying,
    fits: LifeFits,
    bound: LifeBound | None,
) -> PopulationLife:
    exists = bool(fits.exists[at])
    scale, shape = (None, None)
    if exists:
        scale, shape = _named(float(fits.mu[at]), float(fits.sigma[at]), fits.family)
    reason = "" if exists else Reason(int(fits.reason[at])).words
    if exists and bound is None:
        reason = f"fewer than {FEW} failures: no bound is told, and so no life"
    known = bound is not None and bound.lower_one_sided is not None
    return PopulationLife(
        name=names[at],
        units=float(found.units[at]),
        failures=float(found.failures[at]),
        expected=float(found.expected[at]),
        ratio=float(screen.ratio[at]),
        ratio_lower=float(screen.lower[at]),
        ratio_upper=float(screen.upper[at]),
        adjusted_p=float(screen.adjusted[at]),
        stands_out="worse" if screen.worse[at] else "better" if screen.better[at] else "",
        scale=scale,
        shape=shape,
        life=bound.estimate if bound is not None and known else None,
        life_lower=None if bound is None else bound.lower_one_sided,
        life_upper=None if bound is None else bound.upper,
        method="" if bound is None else _method(bound),
        reason=reason,
    )


def _method(bound: LifeBound) -> str:
    return f"{bound.method}, approximate" if bound.approximate else bound.method


def _named(mu: float, sigma: float, family: str) -> tuple[float, float]:
    """Scale and shape by the field's names: eta and beta, or median and sigma."""
    return float(np.exp(mu)), 1.0 / sigma if family == "weibull" else sigma


LIFETIME_BATCH = Analysis(
    name="lifetime-batch",
    title="Lifetime batch",
    summary="Fits thousands of lots or part numbers in one run, and names those that stand out.",
    version=1,
    params=LifetimeBatchParams,
    result=LifetimeBatchResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=LifetimeBatchParams(site="PG1", life_test="LOTS", target=200.0), data=sample_lots
    ),
)
