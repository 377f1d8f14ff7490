"""Whether a stratum stands apart from the others of its factor, or is only the worst of them.

Of sixteen equal lots one is always the worst. A stratum stands apart if its mean or its scatter is
an outlier among those of the others, at 1 % over all of them (Bonferroni): beyond what the values
within a stratum allow, and, from four strata on, beyond how the others differ among themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, stdev

from scipy.special import ndtri, stdtrit

LEVEL = 0.01
FEWEST = 4  # strata from which on their own scatter is known well enough to be held against


@dataclass(frozen=True, slots=True)
class Stratum:
    """How many values a stratum has, their mean, their standard deviation."""

    n: int
    mean: float
    sigma: float


def stands_apart(one: Stratum, others: Sequence[Stratum]) -> bool | None:
    """Whether a stratum stands apart from the others; None if too little is known to say.

    Examples
    --------
    >>> like = [Stratum(30, mean, 1.0) for mean in (10.0, 10.2, 9.9, 10.1)]
    >>> stands_apart(Stratum(30, 10.3, 1.1), like), stands_apart(Stratum(30, 13.0, 1.0), like)
    (False, True)
    """
    known = [other for other in others if other.n > 1 and other.sigma > 0]
    if not known or one.n < 2 or one.sigma <= 0:
        return None
    share = LEVEL / (2.0 * (len(known) + 1))  # two-sided, over all strata
    of_mean = _beyond(one.mean, [o.mean for o in known], _mean_error(one, known), share)
    spread = sqrt(0.5 / (one.n - 1) + 0.5 / sum(o.n - 1 for o in known))
    return of_mean or _beyond(log(one.sigma), [log(o.sigma) for o in known], spread, share)


def _mean_error(one: Stratum, others: Sequence[Stratum]) -> float:
    n = sum(o.n for o in others)
    within = sum((o.n - 1) * o.sigma**2 for o in others) / max(n - len(others), 1)
    return sqrt(within * (1.0 / one.n + 1.0 / n))


def _beyond(value: float, others: Sequence[float], error: float, share: float) -> bool:
    far = abs(value - fmean(others))
    if far <= -float(ndtri(share)) * error:
        return False
    k = len(others)
    if k < FEWEST:
        return True
    return far > -float(stdtrit(k - 1, share)) * stdev(others) * sqrt(1.0 + 1.0 / k)
