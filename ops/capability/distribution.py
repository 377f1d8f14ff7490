"""Which distribution describes the values, and why: normal unless that is rejected.

Normality is tested by Anderson and Darling. Where it is rejected, two populations are looked for
first; then all families that the physical bounds allow are fitted, and the one with the least BIC
is taken if it beats the normal by 10. Evidence counts for as many values as are independent.

References
----------
ISO 22514-2:2017, 6.3 and annex A (choice of a distribution);
Kass and Raftery (1995), J. Am. Statistical Association 90, 773-795 (differences of BIC).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from ops.capability.families import LINE_FAMILIES, ZERO_FAMILIES, FamilyName, Fit, fit
from ops.capability.goodness import Goodness, anderson_darling, spread_ties, step_of_rounding
from ops.capability.mixture import BETTER, Explanation, Mixture, explain, two_populations
from ops.values import Factor, FloatArray, IntArray, SpecLimits

DistributionName = FamilyName | Literal["empirical", "clements"]
Why = Literal["asked", "few", "not-rejected", "rejected", "no-better", "two-populations"]

FEWEST = 20  # values that can speak against the normal
MOST = 5000  # values that are fitted: chosen by a fixed seed where there are more
_MIXED = 2000
_LEVEL = 0.05
_REACH = 4.0  # sigmas from the mean within which zero is a bound
_BOUNDED_BY = 0.5  # least delta of Johnson's S_B: the uniform has 0.65, two far modes have less
_CLOSE = 6.0  # BIC within which families cannot be told apart


@dataclass(frozen=True, slots=True)
class Candidate:
    """One family that was fitted."""

    name: FamilyName
    aicc: float
    bic: float
    goodness: Goodness


@dataclass(frozen=True, slots=True)
class Distribution:
    """The choice.

    Parameters
    ----------
    why
        ``asked``: by the caller; ``few``: too few values to speak against the normal;
        ``not-rejected``: the normal is not rejected; ``rejected``: it is, and this family beats it;
        ``no-better``: it is, but none beats it; ``two-populations``: no single one is right.
    normal
        Test of normality; None with fewer than 3 values.
    candidates
        What was fitted, the best first.
    step
        To which the values are rounded; 0: they are not.
    fitted : shape (m,)
        The values that were fitted, at most 5000 of them.
    rivals
        Families that the data cannot tell from the chosen one: bounds allow for them too.
    worth
        Independent values over values that the tests allowed for.
    hint
        Two populations that would be told if all values were independent; None if not.
    """

    name: DistributionName
    why: Why
    normal: Goodness | None
    fit: Fit | None
    candidates: tuple[Candidate, ...]
    mixture: Mixture | None
    explanation: Explanation | None
    step: float
    fitted: FloatArray
    rivals: tuple[Fit, ...] = ()
    worth: float = 1.0
    hint: Mixture | None = None


def distribution(
    x: FloatArray,
    limits: SpecLimits | None,
    *,
    wanted: DistributionName | Literal["auto"] = "auto",
    worth: float = 1.0,
    factors: Mapping[str, Factor] | None = None,
) -> Distribution:
    """Choose a distribution.

    Parameters
    ----------
    x : shape (n,)
        At least 2 values, not all equal.
    limits
        A lower limit above zero says that zero is no physical bound.
    wanted
        A name, or ``auto``.
    worth
        Independent values over values, 0 to 1.
    factors
        Each of shape (n,): what may tell two populations apart.

    Raises
    ------
    BadData
        If the family that is wanted cannot hold the values.
    """
    found = _chosen(x, limits, wanted=wanted, worth=worth, factors=factors or {})
    hint = None
    unsure = found.why in ("not-rejected", "no-better", "rejected") and worth < 1.0
    if unsure and found.fit is not None:
        hint = _two(found.fitted, [found.fit], 1.0)
    return replace(found, worth=worth, hint=hint)


def _chosen(
    x: FloatArray,
    limits: SpecLimits | None,
    *,
    wanted: DistributionName | Literal["auto"],
    worth: float,
    factors: Mapping[str, Factor],
) -> Distribution:
    rows = _sample(x.size, MOST)
    values = x[rows]
    step = step_of_rounding(values)
    smooth = np.sort(values) if step == 0 else spread_ties(values, step)
    test = anderson_darling(smooth, worth=worth) if values.size >= 3 else None
    if wanted != "auto":
        made = None
        if wanted != "empirical" and wanted != "clements":
            made = fit(values, wanted)
        seen = () if made is None else (_candidate(made, smooth, worth),)
        return Distribution(wanted, "asked", test, made, seen, None, None, step, values)
    normal = fit(values, "normal")
    if test is None or values.size < FEWEST or test.p >= _LEVEL:
        why: Why = "few" if values.size < FEWEST else "not-rejected"
        return Distribution("normal", why, test, normal, (), None, None, step, values)
    fits = [fit(values, one) for one in _possible(values, limits)]
    fits = sorted((one for one in fits if _plain(one)), key=lambda one: one.bic)
    shown = tuple(_candidate(one, smooth, worth) for one in fits)
    mixed = _two(values, fits, worth)
    if mixed is not None:
        told = explain(mixed, x, factors)
        return Distribution(
            "normal", "two-populations", test, normal, shown, mixed, told, step, values
        )
    best = fits[0]
    if (normal.bic - best.bic) * worth < BETTER:
        return Distribution("normal", "no-better", test, normal, shown, None, None, step, values)
    rivals = tuple(one for one in fits[1:4] if (one.bic - best.bic) * worth < _CLOSE)
    return Distribution(
        best.family, "rejected", test, best, shown, None, None, step, values, rivals
    )


def _sample(n: int, most: int) -> IntArray:
    if n <= most:
        return np.arange(n)
    return np.sort(np.random.default_rng(0).choice(n, most, replace=False))


def _possible(x: FloatArray, limits: SpecLimits | None) -> tuple[FamilyName, ...]:
    lowest, zero = float(x.min()), float(x.mean()) < _REACH * float(x.std())
    if limits is not None and np.isfinite(limits.lower) and limits.lower > 0:
        zero = False
    if not zero or lowest < 0:
        return LINE_FAMILIES
    return LINE_FAMILIES + (ZERO_FAMILIES if lowest > 0 else ("half-normal",))


def _plain(found: Fit) -> bool:
    """Tell whether a fit is finite and no Johnson S_B of two far modes."""
    if not np.isfinite(found.loglik):
        return False
    return found.family != "johnson-sb" or float(np.exp(found.theta[-1])) < 1.0 / _BOUNDED_BY


def _candidate(found: Fit, x: FloatArray, worth: float) -> Candidate:
    scores = found.scores(x)
    scores = scores[np.isfinite(scores)]
    return Candidate(found.family, found.aicc, found.bic, anderson_darling(scores, worth=worth))


def _two(x: FloatArray, fits: list[Fit], worth: float) -> Mixture | None:
    """Two populations, if they beat every single family."""
    used = x[_sample(x.size, _MIXED)]
    mixed = two_populations(used)
    if mixed is None or not mixed.bimodal:
        return None
    single = (
        min(one.bic for one in fits)
        if used.size == x.size
        else min(fit(used, one.family).bic for one in fits[:3])
    )
    return mixed if (single - mixed.bic) * worth >= BETTER else None
