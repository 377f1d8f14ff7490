"""How well a share of defective units is known: its profile interval and the test of p = 1."""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, chdtri, expit, logit

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.defective import Defective, fit_defective, profile
from ops.lifetime.families.latent_class import rows_of
from ops.lifetime.families.resample import resample
from ops.values import FloatArray

_LAST = logit(1.0 - 1e-9)


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """Profile-likelihood interval of the share p of defective units.

    Parameters
    ----------
    lower, upper
        Limits; `upper` is 1 where the data do not exclude that every unit will fail.
    seen
        Share of the defective units that would have failed by the longest time on test.
    correlation
        Of the estimates of log odds of p and mu; near 1 p and the scale stand for one another;
        None where p is 1.
    words
        What that means, in a sentence or two.
    """

    estimate: float
    lower: float
    upper: float
    confidence: float
    seen: float
    correlation: float | None
    words: str


@dataclass(frozen=True, slots=True)
class BoundaryTest:
    """Likelihood-ratio test of p = 1 against a share below 1.

    Parameters
    ----------
    statistic
        Twice the gain in log-likelihood.
    p_value
        Share of samples of the plain fit, with the observed among them, that gain as much.
    asymptotic
        By half chi-square with 1 degree of freedom, as p = 1 is a bound; rough for few failures.
    resamples
        Samples that could be fitted.
    """

    statistic: float
    p_value: float
    asymptotic: float
    resamples: int


def share_interval(data: LifeData, model: Defective, *, confidence: float = 0.95) -> ShareInterval:
    """Interval of p from its profile likelihood; one-sided at the bound 1.

    References
    ----------
    Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 11.5.
    """
    drop = 0.5 * float(chdtri(1.0, 1.0 - confidence))
    seek = _Profile(data, model, drop)
    estimate = model.share
    lower = seek.limit(-1.0)
    upper = 1.0 if model.bounded else seek.limit(1.0)
    last = float(np.max(np.where(data.right, data.lower, data.upper)))
    seen = float(np.clip(model.cdf(np.array([last]))[0] / estimate, 0.0, 1.0))
    correlation = None
    if not model.bounded:
        c = model.covariance
        correlation = float(-c[0, 2] / np.sqrt(c[0, 0] * c[2, 2]))
    return ShareInterval(
        estimate, lower, upper, confidence, seen, correlation, _words(lower, upper, seen)
    )


def boundary_test(
    data: LifeData, model: Defective, *, rng: np.random.Generator, resamples: int = 500
) -> BoundaryTest:
    """Test whether there is a subpopulation at all, by parametric bootstrap of the plain fit.

    Raises
    ------
    NotEnoughData
        If p = 1 has no maximum, or fewer than half of the samples can be fitted.
    """
    plain, statistic = model.plain, model.statistic
    if plain is None or statistic is None:
        raise NotEnoughData("with p = 1 there is no maximum: nothing can be drawn from it")
    gains: list[float] = []
    for _ in range(resamples):
        try:
            again = fit_defective(resample(data, plain, rng), model.distribution, thorough=False)
        except NotEnoughData:
            continue
        gains.append(again.statistic if again.statistic is not None else np.inf)
    if len(gains) < resamples / 2:
        raise NotEnoughData(f"only {len(gains)} of {resamples} samples could be fitted")
    as_much = sum(gain >= statistic - 1e-9 for gain in gains)
    return BoundaryTest(
        statistic=statistic,
        p_value=(1 + as_much) / (1 + len(gains)),
        asymptotic=0.5 * float(chdtrc(1.0, statistic)) if statistic > 0 else 1.0,
        resamples=len(gains),
    )


class _Profile:
    """Profile likelihood of p, followed from one share to the next."""

    def __init__(self, data: LifeData, model: Defective, drop: float) -> None:
        self.rows = rows_of(data)
        self.start = np.array([model.mu[0], np.log(model.sigma[0])])
        self.model, self.target = model, model.loglik - drop

    def excess(self, log_odds: float, start: FloatArray) -> tuple[float, FloatArray]:
        """How far the profile at p lies above the limit, and where."""
        peak = profile(self.rows, self.model.distribution, -log_odds, start)
        return peak.height - self.target, peak.at

    def limit(self, direction: float) -> float:
        """Walk until the profile falls below the limit, then close in."""
        inner = min(float(logit(self.model.share)), float(_LAST))
        start, step = self.start, 0.25 * direction
        while True:
            outer = inner + step
            if outer >= _LAST:
                plain = self.model.plain
                if plain is not None and plain.loglik >= self.target:
                    return 1.0
                outer = float(_LAST)
            above, at = self.excess(outer, start)
            if above < 0:
                return self._cross(inner, outer, start)
            if outer >= _LAST:
                return 1.0
            inner, start, step = outer, at, 1.5 * step

    def _cross(self, inner: float, outer: float, start: FloatArray) -> float:
        from scipy.optimize import brentq  # noqa: PLC0415  (slow to load, and rarely needed)

        found = brentq(lambda x: self.excess(x, start)[0], inner, outer, xtol=1e-9, rtol=1e-12)
        return float(expit(found))


def _words(lower: float, upper: float, seen: float) -> str:
    if upper >= 1.0:
        return (
            f"The data do not exclude that every unit will fail: the share of defective units and"
            f" their scale stand for one another, and only the lower limit {lower:.3g} holds."
        )
    return (
        f"Between {lower:.3g} and {upper:.3g} of the units are defective; by the end of the test"
        f" {seen:.0%} of those would have failed."
    )
