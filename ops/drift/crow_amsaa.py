"""Do corrections come ever faster? The power-law process (Crow-AMSAA) fitted to their times.

The expected number of events up to t is ``lambda t^beta``: beta > 1, and the time between them
shrinks. The observation ends either at a fixed time or at the last event; the estimates are the
same, their distributions are not.

References
----------
Crow (1974), in Reliability and Biometry, SIAM, 379-410 (estimates, chi-square bounds of beta);
Crow (1982), Technometrics 24(1), 67-72 (bounds of the intensity);
MIL-HDBK-189 (1981), Appendix C (bias correction, Cramer-von Mises statistic);
NIST/SEMATECH e-Handbook of Statistical Methods 8.2.3.4 and 8.4.5.2 (trend test, modified MLE).
"""

from dataclasses import dataclass
from math import exp, log, log1p
from typing import Literal

import numpy as np
from scipy.special import chdtr, chdtrc, chdtri, gammainc, gammaincinv

from ops.drift.evidence import Evidence
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray

Ended = Literal["time", "event"]
NODES = 200  # of the quadrature over one of two chi-squares


@dataclass(frozen=True, slots=True)
class CrowAmsaa:
    """A power-law process, as fitted.

    Parameters
    ----------
    beta, beta_mle
        Growth exponent: corrected for its bias, and as of maximum likelihood.
    lower, upper
        Interval of beta, exact (chi-square).
    scale
        lambda of maximum likelihood, events per day^beta.
    intensity, intensity_lower, intensity_upper
        Events per day at the end of the observation (maximum likelihood), with its interval: exact
        when it ended at an event, at least of the confidence when at a time.
    p_value
        Of the test that there is no trend (beta = 1), two-sided.
    end
        Days observed, > 0.
    ended
        Whether the observation ended at a time or at its last event.
    n
        Events.
    """

    beta: float
    beta_mle: float
    lower: float
    upper: float
    scale: float
    intensity: float
    intensity_lower: float
    intensity_upper: float
    p_value: float
    end: float
    ended: Ended
    n: int
    confidence: float

    @property
    def shrinks(self) -> bool:
        """Whether the time between events is shown to shrink."""
        return self.lower > 1.0

    @property
    def modified_intensity(self) -> float:
        """Events per day at the end, by the beta that is corrected for its bias."""
        return self.n * self.beta / self.end

    def expected(self, t: float) -> float:
        """Events expected up to day t."""
        return float(self.scale * float(t) ** self.beta_mle)

    def ahead(self, days: int) -> FloatArray:
        """Events expected on each of the days to come, shape (days,)."""
        at = self.end + np.arange(days + 1)
        found: FloatArray = np.diff(self.scale * at**self.beta_mle).astype(np.float64)
        return found

    def next_after(self, share: float = 0.5) -> float:
        """Days from the end within which the next event comes with a probability.

        The integrated intensity up to the next event is exponential. The parameters are taken as
        they were estimated: that they are uncertain is not in it.

        Parameters
        ----------
        share
            Probability, in (0, 1); 0.5 gives the median.
        """
        grown = self.n - log1p(-share)
        return float(self.end * (grown / self.n) ** (1.0 / self.beta_mle) - self.end)

    def evidence(self) -> Evidence:
        """Say it as evidence: a ratio of 1 is a constant rate of corrections."""
        return Evidence(
            mechanism="corrections",
            method="crow-amsaa",
            estimate=self.beta,
            measure="ratio",
            n=self.n,
            lower=self.lower,
            upper=self.upper,
            p_value=self.p_value,
            effective=float(self.n),
            present=self.shrinks,
            confidence=self.confidence,
        )


def crow_amsaa(
    times: FloatArray, *, end: float | None = None, confidence: float = 0.95
) -> CrowAmsaa:
    """Fit a power-law process to the times of events.

    Parameters
    ----------
    times : shape (n,)
        Days since the observation began, in (0, end]; in any order, ties allowed.
    end
        Day on which the observation ended; None: it ended at the last event.

    Raises
    ------
    BadData
        If a time is not in (0, end].
    NotEnoughData
        With fewer than 3 events, or when all are at one time at the end.

    Examples
    --------
    >>> round(crow_amsaa(np.array([5.0, 40, 43, 175, 389, 712, 747, 795, 1299, 1478]),
    ...                  end=1500).beta, 4)
    0.4835
    """
    t = np.sort(np.asarray(times, dtype=np.float64))
    if t.size < 3:
        raise NotEnoughData(f"a trend of events needs 3 of them, got {t.size}")
    last = float(t[-1]) if end is None else float(end)
    if not (np.isfinite(t).all() and t[0] > 0 and t[-1] <= last < np.inf):
        raise BadData(f"times of events must be in (0, {last:g}], got {t[0]:g} to {t[-1]:g}")
    n = t.size
    ended: Ended = "event" if end is None else "time"
    free = n - 1 if end is None else n  # half the degrees of freedom of 2 n beta / beta_mle
    logs = float(np.sum(np.log(last / t)))
    if not logs > 0:
        raise NotEnoughData(f"a trend of events needs times that differ; all are {last:g}")
    mle = n / logs
    alpha = 1.0 - confidence
    trend = 2.0 * logs  # 2 n / beta_mle: chi-square under a constant rate
    low, high = _product_bounds(n, free, alpha, ended)
    return CrowAmsaa(
        beta=mle * (free - 1) / n,
        beta_mle=mle,
        lower=mle * float(chdtri(2 * free, 1 - alpha / 2)) / (2 * n),
        upper=mle * float(chdtri(2 * free, alpha / 2)) / (2 * n),
        scale=exp(log(n) - mle * log(last)),
        intensity=n * mle / last,
        intensity_lower=mle / (n * last) * low,
        intensity_upper=mle / (n * last) * high,
        p_value=min(1.0, 2.0 * float(min(chdtr(2 * free, trend), chdtrc(2 * free, trend)))),
        end=last,
        ended=ended,
        n=n,
        confidence=confidence,
    )


def cramer_von_mises(
    fit: CrowAmsaa, times: FloatArray, *, rng: np.random.Generator, draws: int = 1_999
) -> tuple[float, float]:
    """Judge whether a power law fits: statistic, and p-value by simulation.

    Under the power law the statistic depends on no parameter: given n, ``(t / end)^beta`` are
    uniform, and it is formed anew with the beta of each draw.
    """
    inside = fit.n if fit.ended == "time" else fit.n - 1
    u = np.sort(np.asarray(times, dtype=np.float64))[:inside] / fit.end
    found = float(_statistic(u[None, :])[0])
    drawn = _statistic(np.sort(rng.random((draws, inside)), axis=1))
    return found, float((1 + np.count_nonzero(drawn >= found)) / (1 + draws))


def _statistic(u: FloatArray) -> FloatArray:
    """Cramer-von Mises statistic of rows of sorted shares of the time (MIL-HDBK-189, C-13)."""
    n = u.shape[1]
    beta = (n - 1) / -np.sum(np.log(u), axis=1)
    middle = (2.0 * np.arange(1, n + 1) - 1.0) / (2.0 * n)
    found: FloatArray = 1.0 / (12.0 * n) + np.sum((u ** beta[:, None] - middle) ** 2, axis=1)
    return found


def _product_bounds(n: int, free: int, alpha: float, ended: Ended) -> tuple[float, float]:
    """Quantiles of the product of gamma variables that the intensity's interval rests on.

    The expected count at the end and beta over its estimate are independent, gamma of n (or n + 1
    above, where the count itself is by chance) and of `free` degrees.
    """
    above = n if ended == "event" else n + 1
    return _product_quantile(alpha / 2, n, free), _product_quantile(1 - alpha / 2, above, free)


def _product_quantile(p: float, a: float, b: float) -> float:
    """Quantile of the product of two independent gamma variables of shapes a and b."""
    x = gammaincinv(a, (np.arange(NODES) + 0.5) / NODES)

    def over(log_product: float) -> float:
        return float(np.mean(gammainc(b, exp(log_product) / x))) - p

    low = log(a * b) - 8.0 / min(a, b) ** 0.5 - 8.0
    high = log((a + 12.0 * a**0.5 + 12.0) * (b + 12.0 * b**0.5 + 12.0))
    at_low, at_high, middle = over(low), over(high), high
    for _ in range(60):  # false position; the end that stays is halved (Illinois)
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        at_middle = over(middle)
        if abs(at_middle) < 1e-10:
            break
        if at_middle * at_high < 0:
            low, at_low = high, at_high
        else:
            at_low /= 2.0
        high, at_high = middle, at_middle
    return exp(middle)
