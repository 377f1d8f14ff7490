"""Degradation life: when units will meet a limit, told from readings before any has failed."""

from collections.abc import Callable, Sequence
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from ops.analyses.degradation_life_page import view
from ops.analyses.degradation_life_result import (
    DamagedUnit,
    DamageLife,
    DamageModel,
    DamageTrace,
    DegradationLifeResult,
    UnitCrossing,
)
from ops.analyses.degradation_life_sample import sample_readings
from ops.analyses.life_params import LifeTestParams
from ops.analysis import Analysis, Example, Progress
from ops.errors import NotEnoughData, OpsError
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.degradation.data import DegradationData
from ops.lifetime.degradation.gamma_process import GammaLife, fit_gamma_process
from ops.lifetime.degradation.increments import increments
from ops.lifetime.degradation.one_unit import unit_forecast
from ops.lifetime.degradation.path_life import path_life
from ops.lifetime.degradation.paths import PathFit, best_path, fit_paths
from ops.lifetime.degradation.process import ProcessLife, process_life
from ops.lifetime.degradation.wiener import WienerLife, fit_wiener

MOST_UNITS = 60  # in the table
MOST_TRACES = 20  # in the chart
PATH = "paths"
Fitted = WienerLife | GammaLife | PathFit


class DegradationLifeParams(LifeTestParams):
    """Parameters of a life that is told from degradation."""

    limit: float = Field(description="Value at which a unit has failed, in its own unit.")
    shares: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = Field(
        default=(0.01, 0.1, 0.5),
        min_length=1,
        max_length=10,
        description="Shares of units whose time is asked, e.g. 0.1 for B10.",
    )
    model: Literal["best", "wiener", "wiener-by-unit", "gamma-process", "paths"] = Field(
        default="best",
        description="Model of the damage; best: the process of the least AIC, paths where none"
        " can be fitted.",
    )
    path: Literal["best", "linear", "square-root", "logarithm", "exponential", "power"] = Field(
        default="best", description="Scales on which the paths of units are straight."
    )
    bent: bool = Field(
        default=True,
        description="Whether damage may bend: the power of time of the processes is estimated.",
    )
    one_unit: str = Field(
        default="", max_length=100, description="Unit whose own crossing is forecast; empty: none."
    )
    seed: int = Field(default=1, ge=0, description="Of the resamples.")


def needs(params: DegradationLifeParams) -> LifetimeQuery:
    """Ask for the readings."""
    return LifetimeQuery(
        code=params.life_test,
        kind="degradation",
        revision=params.revision,
        groups=params.groups,
        site=params.site,
    )


def compute(
    data: LifetimeData, params: DegradationLifeParams, progress: Progress
) -> DegradationLifeResult:
    """Fit every model that the readings allow, and tell the life by one of them.

    Raises
    ------
    NotEnoughData
        If there are no readings, or no model can be fitted.
    BadData
        If the limit does not lie ahead of every unit.
    """
    if data.degradation is None or not data.degradation.time.size:
        raise NotEnoughData("there are no readings; upload some of each unit, at several ages")
    read = data.degradation
    progress(0.1, f"{read.time.size} readings of {len(read.items)} units")
    fits, reasons = _fits(read, params)
    progress(0.5, f"{len(fits)} models fitted")
    chosen = _chosen(fits, reasons, params)
    lives = {name: _lives(fit, params) for name, fit in fits.items()}
    path = fits.get(PATH)
    one = _one(read, params) if params.one_unit else None
    progress(1.0, "lives told")
    order = [chosen, *(name for name in (*fits, *reasons) if name != chosen)]
    return DegradationLifeResult(
        title=data.title,
        unit=read.unit,
        value_unit=read.value_unit,
        limit=params.limit,
        confidence=params.confidence,
        units=len(read.items),
        readings=int(read.time.size),
        last=float(read.time.max()),
        chosen=chosen,
        path=path.path if isinstance(path, PathFit) else "",
        models=tuple(_model(name, fits.get(name), lives, reasons) for name in order),
        members=_members(read, path if isinstance(path, PathFit) else None),
        traces=_traces(read),
        share=_share(fits[chosen], lives[chosen], float(read.time.max())),
        one=one,
    )


def _fits(
    read: DegradationData, params: DegradationLifeParams
) -> tuple[dict[str, Fitted], dict[str, str]]:
    """Fit every model; one that fails says why and stops no other."""
    grown = increments(read, params.limit)
    power = None if params.bent else 1.0
    ways: dict[str, Callable[[], Fitted]] = {
        "wiener": lambda: fit_wiener(grown, power=power),
        "wiener-by-unit": lambda: fit_wiener(grown, by_unit=True, power=power),
        "gamma-process": lambda: fit_gamma_process(grown, power=power),
        PATH: lambda: (
            best_path(read, params.limit)
            if params.path == "best"
            else fit_paths(read, params.limit, params.path)
        ),
    }
    fits: dict[str, Fitted] = {}
    reasons: dict[str, str] = {}
    for name, way in ways.items():
        try:
            fits[name] = way()
        except OpsError as refused:
            reasons[name] = str(refused)
    return fits, reasons


def _chosen(fits: dict[str, Fitted], reasons: dict[str, str], params: DegradationLifeParams) -> str:
    if params.model != "best":
        if params.model not in fits:
            raise NotEnoughData(f"{params.model} cannot be fitted: {reasons[params.model]}")
        return params.model
    processes = {n: 2 * f.k - 2 * f.loglik for n, f in fits.items() if not isinstance(f, PathFit)}
    if processes:
        return min(processes, key=lambda name: processes[name])
    if PATH not in fits:
        raise NotEnoughData(f"no model can be fitted: {'; '.join(sorted(set(reasons.values())))}")
    return PATH


def _lives(fit: Fitted, params: DegradationLifeParams) -> tuple[ProcessLife, ...]:
    level = params.confidence
    if isinstance(fit, PathFit):
        rng = np.random.default_rng(params.seed)
        return tuple(path_life(fit, p, rng=rng, confidence=level) for p in params.shares)
    return tuple(process_life(fit, p, confidence=level) for p in params.shares)


def _model(
    name: str,
    fit: Fitted | None,
    lives: dict[str, tuple[ProcessLife, ...]],
    reasons: dict[str, str],
) -> DamageModel:
    process = None if fit is None or isinstance(fit, PathFit) else fit
    named = {} if process is None else process.parameters
    if isinstance(fit, PathFit):
        named = {"intercept": float(fit.mean[0]), "slope": float(fit.mean[1]), "sigma": fit.sigma}
    return DamageModel(
        model=name,
        parameters=named,
        loglik=None if process is None else process.loglik,
        aic=None if process is None else 2 * process.k - 2 * process.loglik,
        lives=tuple(_life(life) for life in lives.get(name, ())),
        reason=reasons.get(name, ""),
    )


def _life(life: ProcessLife) -> DamageLife:
    return DamageLife(
        p=life.p,
        estimate=_finite(life.estimate),
        lower_one_sided=life.lower_one_sided,
        lower=life.lower,
        upper=life.upper,
    )


def _members(read: DegradationData, path: PathFit | None) -> tuple[DamagedUnit, ...]:
    found: list[DamagedUnit] = []
    known = path is not None and path.life.size == len(read.items)
    for at, name in enumerate(read.items):
        rows = np.flatnonzero(read.item == at)
        if not rows.size:
            continue
        last = rows[int(np.argmax(read.time[rows]))]
        life = float(path.life[at]) if path is not None and known else float("inf")
        found.append(
            DamagedUnit(
                unit=name,
                readings=int(rows.size),
                last=float(read.time[last]),
                value=float(read.value[last]),
                life=_finite(life),
            )
        )
    found.sort(key=lambda unit: float("inf") if unit.life is None else unit.life)
    return tuple(found[:MOST_UNITS])


def _traces(read: DegradationData) -> tuple[DamageTrace, ...]:
    shown = np.unique(np.linspace(0, len(read.items) - 1, MOST_TRACES).astype(int))
    found: list[DamageTrace] = []
    for at in shown.tolist():
        rows = np.flatnonzero(read.item == at)
        rows = rows[np.argsort(read.time[rows], kind="stable")][:200]
        age, value = tuple(read.time[rows].tolist()), tuple(read.value[rows].tolist())
        found.append(DamageTrace(unit=read.items[at], age=age, value=value))
    return tuple(found)


def _share(
    fit: Fitted, lives: Sequence[ProcessLife], last: float
) -> tuple[tuple[float, float], ...]:
    ends = [life.estimate for life in lives if np.isfinite(life.estimate)]
    ages = np.linspace(0.0, 1.5 * max([last, *ends]), 121)[1:]
    share = fit.cdf(ages)
    return tuple(zip(ages.tolist(), share.tolist(), strict=True))


def _one(read: DegradationData, params: DegradationLifeParams) -> UnitCrossing:
    horizon = 10.0 * float(read.time.max())
    rng = np.random.default_rng(params.seed)
    forecast = unit_forecast(read, params.one_unit, params.limit, horizon=horizon, rng=rng)
    mean = forecast.of("mean")
    rows = read.item == read.items.index(params.one_unit)
    last = float(read.time[rows].max())
    ends = (None,) * 3 if mean is None else (mean.median, mean.lower95, mean.upper95)
    median, lower, upper = (None if end is None else last + end for end in ends)
    return UnitCrossing(unit=params.one_unit, median=median, lower=lower, upper=upper)


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None


DEGRADATION_LIFE = Analysis(
    name="degradation-life",
    title="Degradation life",
    summary="Tells life from damage that is read before it fails: paths, Wiener and gamma process.",
    version=1,
    params=DegradationLifeParams,
    result=DegradationLifeResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=DegradationLifeParams(site="PG1", life_test="IMC-GROWTH", limit=4.0),
        data=sample_readings,
    ),
)
