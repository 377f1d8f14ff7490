"""Failure modes one by one, and together as competing risks."""

from ops.analyses.life_charts import LifePlot, incidence_plot
from ops.analyses.lifetime_fit_bounds import bounded
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitLife, FitMode, FitModes
from ops.errors import BadData, NotEnoughData
from ops.lifetime.choice.comparison import compare_families
from ops.lifetime.data import LifeData
from ops.lifetime.families.competing_fit import fit_competing_risks
from ops.lifetime.families.threshold import Base

MOST = 8  # modes that are fitted one by one
_LOG: tuple[Base, ...] = ("weibull", "lognormal")


def failure_modes(
    data: LifeData, params: LifetimeFitParams, main: float, best_aic: float | None
) -> FitModes | None:
    """Fit every failure mode that is named; None where fewer than two have failures."""
    seen = [
        name
        for place, name in enumerate(data.modes)
        if bool((data.failed & (data.mode == place)).any())
    ]
    if params.mode or params.competing == "ignore" or len(seen) < 2:
        return None
    families: dict[str, Base] = {}
    modes: list[FitMode] = []
    for name in seen[:MOST]:
        mode, family = _one(data.of_mode(name), name, params, main)
        modes.append(mode)
        families[name] = family
    loglik, k = _together(data, families) if len(seen) <= MOST else (None, None)
    delta = None
    if loglik is not None and k is not None and best_aic is not None:
        delta = 2.0 * k - 2.0 * loglik - best_aic
    return FitModes(
        modes=tuple(modes), loglik=loglik, k=k, delta=delta, incidence=_incidence(data, params)
    )


def _one(data: LifeData, name: str, params: LifetimeFitParams, main: float) -> tuple[FitMode, Base]:
    life: FitLife | None = None
    reason = ""
    family: Base = "weibull"
    try:
        best = compare_families(data, _LOG, quantiles=(main,)).best
        family = "lognormal" if best.name == "lognormal" else "weibull"
        life = bounded(data, best, main, params)
    except (NotEnoughData, BadData) as error:
        reason = str(error)
    failures = float(data.weight[data.failed & (data.mode >= 0)].sum())
    return FitMode(mode=name, failures=failures, life=life, reason=reason), family


def _together(data: LifeData, families: dict[str, Base]) -> tuple[float | None, int | None]:
    try:
        found = fit_competing_risks(data, families)
    except (NotEnoughData, BadData, ArithmeticError, ValueError):
        return None, None
    return found.loglik, found.k


def _incidence(data: LifeData, params: LifetimeFitParams) -> LifePlot | None:
    from ops.lifetime.nonparametric.incidence import incidence  # noqa: PLC0415 (sorts in numba)

    try:
        return incidence_plot(incidence(data, confidence=params.confidence))
    except (NotEnoughData, BadData, ValueError):
        return None
