"""Parts of a warranty forecast: fits, forecasts, cohorts, history, spares."""

from collections.abc import Sequence

import numpy as np

from ops.analyses.warranty_forecast_result import (
    CohortAhead,
    FamilyForecast,
    FieldLifeQuantile,
    FieldModel,
    ForecastReturns,
    ReturnsSoFar,
    SparesPlan,
)
from ops.errors import NotEnoughData
from ops.lifetime.field.data import FieldData
from ops.lifetime.field.exposure import Exposure
from ops.lifetime.field.field_fit import FieldFit, fit_field
from ops.lifetime.field.spares import spares_need
from ops.lifetime.field.warranty import FutureCohort, chances, cohorts, returns_ahead
from ops.lifetime.location_scale import Family, named_parameters
from ops.values import FloatArray

MOST_COHORTS = 60  # in the table
MOST_DAYS = 200  # of the history
K = 2  # parameters of every family


def fitted(
    seen: Exposure, families: Sequence[Family], seed: int, draws: int
) -> tuple[list[FieldFit], dict[str, str]]:
    """Fit each family, the likeliest first; one that fails stops no other.

    Raises
    ------
    NotEnoughData
        If none can be fitted.
    """
    fits: list[FieldFit] = []
    reasons: dict[str, str] = {}
    for family in dict.fromkeys(families):
        try:
            fits.append(fit_field(seen, family, rng=np.random.default_rng(seed), draws=draws))
        except NotEnoughData as refused:
            reasons[family] = str(refused)
    if not fits:
        raise NotEnoughData("; ".join(sorted(set(reasons.values()))))
    return sorted(fits, key=lambda fit: -fit.loglik), reasons


def models_of(
    fits: Sequence[FieldFit],
    reasons: dict[str, str],
    shares: Sequence[float],
    confidence: float,
) -> tuple[FieldModel, ...]:
    """Describe the fits, and those that failed."""
    best = fits[0].loglik
    found = [
        FieldModel(
            family=fit.family,
            parameters=dict(named_parameters(fit.family, fit.mu, fit.sigma)),
            loglik=fit.loglik,
            delta=2.0 * (best - fit.loglik),  # every family has as many parameters
            lives=tuple(_life(fit, p, confidence) for p in shares),
            reason="",
        )
        for fit in fits
    ]
    found += [
        FieldModel(family=name, parameters={}, loglik=None, delta=None, lives=(), reason=why)
        for name, why in reasons.items()
    ]
    return tuple(found)


def forecast_of(
    seen: Exposure,
    fit: FieldFit,
    days: FloatArray,
    confidence: float,
    future: tuple[FutureCohort, ...],
) -> FamilyForecast:
    """Predict returns by one family."""
    ahead = returns_ahead(seen, fit, days, confidence=confidence, future=future)
    return FamilyForecast(
        family=fit.family,
        ahead=tuple(
            ForecastReturns(
                days=a.days,
                mean=a.mean,
                lower=a.lower,
                upper=a.upper,
                upper_one_sided=a.upper_one_sided,
                plug_in_lower=a.plug_in_lower,
                plug_in_upper=a.plug_in_upper,
            )
            for a in ahead
        ),
    )


def cohorts_ahead(
    field: FieldData,
    seen: Exposure,
    fit: FieldFit,
    ahead: float,
    future: tuple[FutureCohort, ...],
) -> tuple[CohortAhead, ...]:
    """Tell what is still to come of each cohort."""
    units, age = cohorts(seen, future)
    expected = chances(seen, fit.family, fit.draws, age, ahead).mean(axis=0) * units
    shipped = np.concatenate([seen.shipped, [field.until + c.days for c in future]])
    back = np.bincount(field.cohort, weights=field.returned, minlength=field.shipped.size)
    found = [
        CohortAhead(
            shipped=float(shipped[at]),
            units=float(units[at]),
            returned=float(back[field.shipped == shipped[at]].sum()),
            expected=float(expected[at]),
        )
        for at in np.argsort(-expected, kind="stable")[:MOST_COHORTS]
    ]
    return tuple(found)


def history_of(field: FieldData, mode: str) -> tuple[ReturnsSoFar, ...]:
    """Count returns by the day on which they were known."""
    keep = np.ones(field.cohort.size, dtype=np.bool_)
    if mode:
        keep = field.mode == field.modes.index(mode)
    known = np.where(np.isfinite(field.reported), field.reported, field.failed_to)[keep]
    day, place = np.unique(known, return_inverse=True)
    total = np.cumsum(np.bincount(place, weights=field.returned[keep]))
    shown = np.unique(np.linspace(0, day.size - 1, min(MOST_DAYS, day.size)).astype(int))
    return tuple(ReturnsSoFar(day=float(day[at]), returned=float(total[at])) for at in shown)


def spares_of(
    seen: Exposure,
    fit: FieldFit,
    days: float | None,
    service: float,
    future: tuple[FutureCohort, ...],
) -> SparesPlan | None:
    """Plan the spares over the lead time, where one is given."""
    if days is None:
        return None
    need = spares_need(seen, fit, days, service=service, future=future)
    return SparesPlan(
        days=need.days,
        stock=need.stock,
        service=need.service,
        reached=need.reached,
        mean=need.mean,
        repeats=need.repeats,
    )


def _life(fit: FieldFit, p: float, confidence: float) -> FieldLifeQuantile:
    life = fit.life(p, confidence)
    return FieldLifeQuantile(
        p=p,
        estimate=life.estimate,
        lower_one_sided=life.lower_one_sided,
        lower=life.lower,
        upper=life.upper,
    )
