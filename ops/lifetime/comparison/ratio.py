"""Ratio of the lives of two groups at a share, with its interval by the likelihood ratio.

The B-lives are held at a ratio and everything else is free; the signed root of the fall of the
likelihood is compared with a normal distribution. With fewer than 30 failures in a group the root
is first standardized by its mean and deviation in tests drawn at the held ratio, at both ends of
the plain interval and linearly between them.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 8.2 and chapter 17;
DiCiccio, Martin and Stern (2001), Canadian J. Statistics 29, 67-76 (signed root standardized by
bootstrap moments at the held value: error of order n^(-3/2));
Schuirmann (1987), J. Pharmacokinetics Biopharmaceutics 15, 657-680 (two one-sided tests).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp, inf, isfinite
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from ops.errors import BadData, Problem
from ops.lifetime.bounds.profile import cross
from ops.lifetime.comparison.group import GroupDraws, LifeGroup, draws_of, on_line
from ops.lifetime.location_scale import STANDARD, STANDARDS, Family, standard_quantile
from ops.values import FloatArray

Shapes = Literal["own", "common"]
SAMPLES = 400
BEYOND = 8.0  # signed root that chance does not reach
LEAST = 0.25  # share of the drawn tests that must have a maximum
FARTHEST = 60.0  # of the log ratio, beyond which a bound is none

Roots = Callable[[FloatArray, float], FloatArray]


@dataclass(frozen=True, slots=True)
class LifeRatio:
    """Life of one group over that of another, at a share.

    Parameters
    ----------
    one, other
        Names of the groups.
    share
        0.1 for B10.
    estimate
        None where a group has no failure.
    lower_one_sided, upper_one_sided
        One-sided bounds; None where the data set none.
    lower, upper
        Two-sided interval, of the same confidence.
    plain_lower, plain_upper
        The same without calibration.
    p
        Two-sided p-value of a ratio of 1, by the same root as the interval.
    longer
        Confidence that `one` lasts longer: one less the one-sided p-value of the opposite.
    calibrated
        Whether the root was standardized by drawn tests.
    approximate
        Whether there are too few failures for a root that is not.
    shapes
        Whether each group had its shape, or all had one.
    """

    one: str
    other: str
    share: float
    estimate: float | None
    lower_one_sided: float | None
    upper_one_sided: float | None
    lower: float | None
    upper: float | None
    plain_lower: float | None
    plain_upper: float | None
    p: float
    longer: float
    calibrated: bool
    approximate: bool
    shapes: Shapes

    def turned(self) -> "LifeRatio":
        """Divide the other way round."""
        return replace(
            self,
            one=self.other,
            other=self.one,
            estimate=_over(self.estimate),
            lower_one_sided=_over(self.upper_one_sided),
            upper_one_sided=_over(self.lower_one_sided),
            lower=_over(self.upper),
            upper=_over(self.lower),
            plain_lower=_over(self.plain_upper),
            plain_upper=_over(self.plain_lower),
            longer=1.0 - self.longer,
        )

    def alike_within(self, margin: float) -> bool:
        """Whether both one-sided tests show that the ratio lies within 1 / margin and margin."""
        low, high = self.lower_one_sided, self.upper_one_sided
        return low is not None and high is not None and low >= 1.0 / margin and high <= margin


@dataclass(frozen=True)
class RatioLine:
    """Signed root of the log ratio of the first two groups, along which it falls.

    Parameters
    ----------
    sample
        The observed test, `on_line`.
    roots
        From tests and a log ratio to rows of estimate, root, and what is held.
    places
        From such a row to (mu, sigma) of each group.
    """

    sample: FloatArray
    roots: Roots
    places: Callable[[FloatArray], FloatArray]

    def at(self, delta: float) -> FloatArray:
        """Estimate, root and what is held at a log ratio, for the observed test."""
        found: FloatArray = self.roots(self.sample, delta)[0]
        return found

    def root(self, delta: float) -> float:
        """Signed root at a log ratio."""
        return float(self.at(delta)[1])


def life_ratio(
    groups: Sequence[LifeGroup],
    family: Family,
    share: float,
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
    shapes: Shapes = "own",
    samples: int = SAMPLES,
) -> LifeRatio | None:
    """Ratio of the lives of the first group to the second's; None where nothing can be said.

    Parameters
    ----------
    groups
        Two groups; with a common shape others may follow, that help to tell it.
    share
        In (0, 1): 0.1 for the B10.
    rng
        Chance of the drawn tests.
    shapes
        ``own``: each group has its sigma, and both need a maximum. ``common``: one sigma for all,
        so that the ratio is the same at every share, and one of both may have no failure.

    Raises
    ------
    BadData
        If the share or the confidence is out of range.
    """
    for name, value in (("share", share), ("confidence", confidence)):
        if not 0.0 < value < 1.0:
            detail = f"the {name} is {value:g}; give one between 0 and 1"
            raise BadData(detail, (Problem(f"/{name}", detail),))
    others = [group for group in groups[2:] if group.fit is not None and shapes == "common"]
    used = [*groups[:2], *others]
    line = (_own if shapes == "own" else _common)(used, family, share)
    found = None if line is None else line.at(0.0)
    if line is None or found is None or not isfinite(found[1]):
        return None
    draws = draws_of(used, family, samples=samples, rng=rng)
    told = _answer(line, used, share, confidence, draws)
    return replace(told, shapes=shapes)


def _own(groups: Sequence[LifeGroup], family: Family, share: float) -> RatioLine | None:
    pair = groups[:2]
    fits = [group.fit for group in pair if group.fit is not None]
    if len(fits) < 2:
        return None
    start = np.array([(fit.mu, fit.sigma) for fit in fits])
    z = float(standard_quantile(family, np.array(share)))
    standard = STANDARDS.index(STANDARD[family])

    def roots(tests: FloatArray, delta: float) -> FloatArray:
        from ops.lifetime.comparison.ratio_kernel import ratio_roots  # noqa: PLC0415  (numba)

        out = np.empty((tests.shape[0], 6))
        ratio_roots(standard, tests, start, z, delta, out)
        return out

    return RatioLine(on_line(pair, family), roots, lambda row: row[2:].reshape(2, 2))


def _common(groups: Sequence[LifeGroup], family: Family, share: float) -> RatioLine | None:
    del share  # the ratio is the same at every share
    fits = [group.fit for group in groups if group.fit is not None]
    if not fits:
        return None
    sigma = float(np.exp(np.mean([np.log(fit.sigma) for fit in fits])))
    middle = float(np.mean([fit.mu for fit in fits]))
    start = np.array([(group.fit.mu if group.fit else middle, sigma) for group in groups])
    standard = STANDARDS.index(STANDARD[family])

    def roots(tests: FloatArray, delta: float) -> FloatArray:
        from ops.lifetime.comparison.ratio_kernel import shared_roots  # noqa: PLC0415  (numba)

        out = np.empty((tests.shape[0], tests.shape[1] + 3))
        shared_roots(standard, tests, start, delta, out)
        return out

    def places(row: FloatArray) -> FloatArray:
        return np.column_stack([row[2:-1], np.full(row.size - 3, row[-1])])

    return RatioLine(on_line(groups, family), roots, places)


def _answer(
    line: RatioLine,
    groups: Sequence[LifeGroup],
    share: float,
    confidence: float,
    draws: GroupDraws | None,
) -> LifeRatio:
    estimate = float(line.at(0.0)[0])
    half = float(ndtri(0.5 + confidence / 2.0))
    once = float(ndtri(confidence))
    plain = [_place(line.root, estimate, target) for target in (half, -half)]
    standardized = None if draws is None else _standardized(line, draws, plain)
    root = standardized or line.root
    low, high, low_once, high_once = (
        _place(root, estimate, target) for target in (half, -half, once, -once)
    )
    at_one = root(0.0)
    few = min(group.data.failures for group in groups[:2]) < 30.0
    return LifeRatio(
        one=groups[0].name,
        other=groups[1].name,
        share=share,
        estimate=exp(estimate) if isfinite(estimate) else None,
        lower_one_sided=_back(low_once),
        upper_one_sided=_back(high_once),
        lower=_back(low),
        upper=_back(high),
        plain_lower=_back(plain[0]),
        plain_upper=_back(plain[1]),
        p=float(2.0 * ndtr(-abs(at_one))),
        longer=float(ndtr(at_one)),
        calibrated=standardized is not None,
        approximate=few and standardized is None,
        shapes="own",
    )


def _place(root: Callable[[float], float], estimate: float, target: float) -> float | None:
    """Return the log ratio at which a root has a value; None if nowhere within reach."""
    if not isfinite(estimate) and (target > 0.0) != (estimate > 0.0):
        return None  # no failure in a group: nothing bounds the ratio on that side
    start = estimate if isfinite(estimate) else 0.0
    step = 0.25 if root(start) > target else -0.25
    found = cross(root, start, step, target, last=inf)
    return None if found is None or abs(found - start) > FARTHEST else found


def _over(ratio: float | None) -> float | None:
    return None if ratio is None else 1.0 / ratio


def _back(delta: float | None) -> float | None:
    return None if delta is None else exp(delta)


def _standardized(
    line: RatioLine, draws: GroupDraws, plain: Sequence[float | None]
) -> Callable[[float], float] | None:
    """Return the root less its mean, over its deviation, in tests drawn at the plain ends."""
    ends = sorted(place for place in plain if place is not None) or [0.0]
    moments: list[tuple[float, float, float]] = []
    for delta in ends:
        held = line.at(delta)
        roots = line.roots(draws.draw(line.places(held)), delta)[:, 1]
        known = roots[np.isfinite(roots) & (np.abs(roots) < BEYOND)]
        if known.size < LEAST * roots.size:
            return None
        moments.append((delta, float(known.mean()), float(known.std(ddof=1))))
    at, means, deviations = np.array(moments).T

    def root(delta: float) -> float:
        mean, deviation = np.interp(delta, at, means), np.interp(delta, at, deviations)
        return float((line.root(delta) - mean) / deviation)

    return root
