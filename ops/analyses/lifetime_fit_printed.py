"""Results as other packages print them, so that old reports can be checked."""

from math import isfinite

from ops.analyses.lifetime_fit_choice import title_of
from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitPrinted, FitReproduction
from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.threshold import Base
from ops.lifetime.nonparametric.as_in import CONVENTIONS, Package, Reproduction, as_in
from ops.lifetime.nonparametric.fisher import Interval

FAMILIES: tuple[Base, ...] = ("weibull", "lognormal")


def reproductions(data: LifeData, params: LifetimeFitParams) -> tuple[FitReproduction, ...]:
    """Analyse the rows as each package that was asked for does."""
    return tuple(
        _one(data, package, family, params)
        for package in dict.fromkeys(params.as_in)
        for family in FAMILIES
    )


def _one(
    data: LifeData, package: Package, family: Base, params: LifetimeFitParams
) -> FitReproduction:
    rule = CONVENTIONS[package]
    try:
        found = as_in(
            data, package, family=family, p=params.quantiles, confidence=params.confidence
        )
    except (NotEnoughData, BadData) as error:
        return FitReproduction(
            label=f"as in {rule.title}",
            family=title_of(family),
            printed=(),
            source=rule.source,
            reason=str(error),
        )
    return FitReproduction(
        label=found.label,
        family=title_of(family),
        printed=tuple(_printed(found)),
        source=found.source,
        reason="",
    )


def _printed(found: Reproduction) -> list[FitPrinted]:
    lives = {f"B{100 * p:g}": interval for p, interval in found.lives.items()}
    return [_number(name, one) for name, one in {**found.parameters, **lives}.items()]


def _number(name: str, one: Interval) -> FitPrinted:
    lower, upper = (end if isfinite(end) else None for end in (one.lower, one.upper))
    return FitPrinted(name=name, estimate=one.estimate, lower=lower, upper=upper)
