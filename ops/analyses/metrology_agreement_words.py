"""The verdict of a metrology agreement: the bias, what is allowed, the level that stands apart."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, pvariance

from ops.analyses.metrology_agreement_result import (
    AgreementOfGroup,
    BiasOfPeriod,
    BoundedNumber,
)
from ops.page import Subject, Verdict
from ops.page_value import Level, Number, Phrase
from ops.values import Characteristic

Groups = tuple[AgreementOfGroup, Sequence[AgreementOfGroup], Sequence[BiasOfPeriod]]
LEAST_MIDDLE = 3  # levels whose median says what is usual
LEAST_PERIODS = 3  # on each side of a change
SURELY_MOVED = 6.0  # standard errors: beyond what the best of all cuts reaches by chance


def verdict(
    about: Characteristic,
    names: tuple[str, str],
    groups: Groups,
    *,
    stratum: str,
    allowed: float | None,
) -> Verdict:
    """Say how two ways to measure agree.

    Parameters
    ----------
    names
        Codes of the compared and of the reference.
    groups
        The pool, the levels of the stratum, and the bias of each by stretch of time.
    allowed
        Difference that is allowed, in the unit; None: any.
    """
    pool, strata, periods = groups
    said, level = [_bias(names, pool, about.unit)], "info"
    if allowed is not None and pool.lower is not None and pool.upper is not None:
        outside = max(-pool.lower.value, pool.upper.value) > allowed
        level = "bad" if outside else "good"
        said.append(_limits(pool.lower.value, pool.upper.value, allowed, about.unit))
    factors = dict[str, str]()
    apart, change = _apart(strata), moved(periods)
    if change is not None and apart is not None and change[0] not in ("", apart.level):
        apart = None  # who changed is the odd one, whatever the others read
    if apart is not None and apart.bias is not None:
        level = "bad" if level == "bad" else "warn"
        factors = {stratum: apart.level}
        said.append(
            Phrase.of(
                "{level} stands apart with {bias} {unit} ({lower} to {upper})",
                level=apart.level,
                unit=about.unit,
                **_numbers(apart.bias),
            )
        )
    if change is not None:
        level = "bad" if level == "bad" else "warn"
        factors = {stratum: change[0]} if change[0] else factors
        said.append(
            Phrase.of(
                "the bias of {level} moved from {early} to {late} {unit} within the window",
                level=change[0] or names[0],
                early=Number(value=change[1], decimals=2),
                late=Number(value=change[2], decimals=2),
                unit=about.unit,
            )
        )
    subject = Subject(site=about.site, characteristic=names[0], factors=factors)
    return Verdict.of(_LEVELS[level], *said, subject=subject)


_LEVELS: dict[str, Level] = {"info": "info", "good": "good", "warn": "warn", "bad": "bad"}


def _bias(names: tuple[str, str], pool: AgreementOfGroup, unit: str) -> Phrase:
    if pool.bias is None:
        return Phrase.of("{compared}: {reason}", compared=names[0], reason=pool.reason)
    return Phrase.of(
        "{compared} reads {bias} {unit} ({lower} to {upper}) against {reference}, on {units} units",
        compared=names[0],
        reference=names[1],
        unit=unit,
        units=Number(value=pool.units),
        **_numbers(pool.bias),
    )


def _limits(low: float, high: float, allowed: float, unit: str) -> Phrase:
    return Phrase.of(
        "95 % of single differences lie between {low} and {high} {unit}, {allowed} are allowed",
        low=Number(value=low, decimals=2),
        high=Number(value=high, decimals=2),
        allowed=Number(value=allowed, decimals=2),
        unit=unit,
    )


def _numbers(found: BoundedNumber) -> dict[str, Number]:
    parts = {"bias": found.value, "lower": found.lower, "upper": found.upper}
    return {name: Number(value=value, decimals=2) for name, value in parts.items()}


def _apart(strata: Sequence[AgreementOfGroup]) -> AgreementOfGroup | None:
    """Find the level whose interval of the bias overlaps that of no other.

    Of three or more it is the one farthest from their median, of two the one farther from 0.
    """
    known = [(g, g.bias) for g in strata if g.bias is not None]
    middle = median(bias.value for _, bias in known) if len(known) >= LEAST_MIDDLE else 0.0
    for group, bias in sorted(known, key=lambda pair: -abs(pair[1].value - middle)):
        others = [other for g, other in known if g is not group]
        return group if others and all(_clear(bias, other) for other in others) else None
    return None


def _clear(a: BoundedNumber, b: BoundedNumber) -> bool:
    return a.lower > b.upper or a.upper < b.lower


def moved(periods: Sequence[BiasOfPeriod]) -> tuple[str, float, float] | None:
    """Find the level whose bias changed most surely: its name, and the bias before and after.

    The periods of a level are cut in two where the halves differ most; the difference is judged by
    their scatter, for all cuts and levels together.
    """
    best: tuple[float, str, float, float] | None = None
    for level in dict.fromkeys(period.level for period in periods):
        bias = [period.bias for period in periods if period.level == level]
        for cut in range(LEAST_PERIODS, len(bias) - LEAST_PERIODS + 1):
            early, late = bias[:cut], bias[cut:]
            squares = pvariance(early) * len(early) + pvariance(late) * len(late)
            error = sqrt(squares / (len(bias) - 2) * (1 / len(early) + 1 / len(late)))
            t = abs(fmean(late) - fmean(early)) / error if error > 0 else 0.0
            if best is None or t > best[0]:
                best = t, level, fmean(early), fmean(late)
    return None if best is None or best[0] < SURELY_MOVED else best[1:]
