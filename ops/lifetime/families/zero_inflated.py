"""Units that are dead on arrival beside units that live: a share of zeros, then a life."""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, xlogy

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.ascent import Peak, ascend
from ops.lifetime.families.defective import Defective, fit_defective
from ops.lifetime.families.latent_class import Classes, class_landscape, rows_of
from ops.lifetime.families.latent_life import LatentLife, component_parameters
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.fit import LifeFit, fit
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class DeadShare:
    """Share of units that are dead on arrival, with exact binomial limits (Clopper-Pearson).

    Parameters
    ----------
    dead, units
        What was counted; `unclear` more may have been dead: they were found failed at their first
        readout.
    lower, upper
        Two-sided limits; they hold whatever the unclear ones were.
    upper_one_sided
        The share is no larger with the whole confidence.
    """

    dead: float
    units: float
    unclear: float
    lower: float
    upper: float
    upper_one_sided: float
    confidence: float


@dataclass(frozen=True)
class ZeroInflated(LatentLife):
    """A fitted share of dead on arrival and the life of the others.

    Parameters
    ----------
    loglik
        Of the zeros and of the times, without the binomial coefficient.
    covariance
        Of `names`, from the observed information.
    names
        Parameters of `covariance`: of those that are not at a bound.
    zeros
        How many were dead on arrival.
    units, failures
        How many there are, zeros among them, and of them how many have failed.
    unclear
        Units found failed at their first readout: dead on arrival or not.
    defective
        Whether only a share of the others fails.
    """

    loglik: float
    covariance: FloatArray
    names: tuple[str, ...]
    zeros: float
    units: float
    failures: float
    unclear: float
    defective: bool

    @property
    def family(self) -> str:
        """Name of the family."""
        return f"zero-inflated {'defective ' if self.defective else ''}{self.distribution}"

    @property
    def k(self) -> int:
        """Number of parameters."""
        return 4 if self.defective else 3

    @property
    def parameters(self) -> dict[str, float]:
        """Share of zeros ``dead``, parameters of the life, share ``p`` that fails after time 0."""
        own = component_parameters(self.distribution, self.mu, self.sigma)
        share = {"p": float(self.shares[0])} if self.defective else {}
        return own | {"dead": self.dead} | share

    def dead_share(self, confidence: float = 0.95) -> DeadShare:
        """Exact limits of the share of dead on arrival."""
        return dead_share(self.zeros, self.units, unclear=self.unclear, confidence=confidence)


def dead_share(
    dead: float, units: float, *, unclear: float = 0.0, confidence: float = 0.95
) -> DeadShare:
    """Exact binomial limits of a share.

    Raises
    ------
    BadData
        If there are no units or more dead than units.

    References
    ----------
    Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    if not 0 <= dead <= dead + unclear <= units or units == 0:
        raise BadData(f"of {units:g} units not {dead:g} + {unclear:g} can be dead on arrival")
    tail = 0.5 * (1.0 - confidence)
    most = dead + unclear

    def upper(beyond: float) -> float:
        return 1.0 if most == units else float(betaincinv(most + 1, units - most, 1.0 - beyond))

    lower = 0.0 if dead == 0 else float(betaincinv(dead, units - dead + 1, tail))
    return DeadShare(dead, units, unclear, lower, upper(tail), upper(2 * tail), confidence)


def fit_zero_inflated(
    data: LifeData, zeros: float, family: LogFamily = "weibull", *, defective: bool = False
) -> ZeroInflated:
    """Fit the share of dead on arrival beside the life of the others.

    A unit found failed at its first readout, in (0, t], may have been dead on arrival: it counts as
    either by its probability. Without such rows the share is zeros / units and the life is fitted
    alone.

    Parameters
    ----------
    data
        Units that were alive at time 0, or of which that is not known; not truncated.
    zeros
        Units that were dead at time 0, 0 or more.
    family
        Distribution of the life.
    defective
        Whether only a share of the others will fail.

    Raises
    ------
    BadData
        If `zeros` is negative or the data are truncated: dead units would not be in them.
    NoMaximum, NotEnoughData
        If the life of the others has no maximum.
    """
    if not (np.isfinite(zeros) and zeros >= 0):
        raise BadData(f"{zeros:g} units cannot be dead on arrival; give a count of 0 or more")
    if data.truncated:
        raise BadData("truncated data hold no unit that is dead on arrival; leave truncation out")
    rest = fit_defective(data, family) if defective else fit(data, family)
    unclear = float(data.weight[(data.lower == 0) & data.failed].sum())
    if zeros == 0 and unclear == 0:
        return zero_inflated_of_none(rest, family, data, defective)
    immortal = isinstance(rest, Defective) and not rest.bounded
    classes = Classes(family, dead=True, immortal=immortal)
    landscape = class_landscape(rows_of(data, dead=zeros), classes)
    doubt = unclear if zeros == 0 else 0.0
    guesses = ((zeros + s * doubt) / (zeros + data.units) for s in (0.2, 0.8))
    peaks = [ascend(landscape, _start(rest, share, immortal)) for share in guesses]
    sound = [p for p in peaks if p.reached]
    best = max(sound, key=lambda p: p.height, default=None)
    if zeros == 0 and (best is None or best.height <= rest.loglik):
        return zero_inflated_of_none(rest, family, data, defective)
    if best is None:
        raise NotEnoughData("no climb of the zero-inflated likelihood ended at a maximum")
    return zero_inflated_at(best, classes, data, zeros, defective)


def _start(rest: LifeFit | Defective, dead: float, immortal: bool) -> FloatArray:
    if isinstance(rest, LifeFit):
        return np.array([rest.mu, np.log(rest.sigma), np.log(dead / (1.0 - dead))])
    mu, log_sigma, share = rest.mu[0], np.log(rest.sigma[0]), rest.share
    odds = np.log(dead / (1.0 - dead) / share)
    if not immortal:
        return np.array([mu, log_sigma, odds])
    return np.array([mu, log_sigma, odds, np.log((1.0 - share) / share)])


def zero_inflated_of_none(
    rest: LifeFit | Defective, family: LogFamily, data: LifeData, defective: bool
) -> ZeroInflated:
    """Make a model of a fit in which no unit is dead on arrival."""
    share = rest.share if isinstance(rest, Defective) else 1.0
    return ZeroInflated(
        distribution=family,
        mu=np.atleast_1d(np.asarray(rest.mu, dtype=np.float64)),
        sigma=np.atleast_1d(np.asarray(rest.sigma, dtype=np.float64)),
        shares=np.array([share]),
        dead=0.0,
        immortal=1.0 - share,
        loglik=rest.loglik,
        covariance=rest.covariance,
        names=rest.names if isinstance(rest, Defective) else ("mu", "log_sigma"),
        zeros=0.0,
        units=data.units,
        failures=data.failures,
        unclear=float(data.weight[(data.lower == 0) & data.failed].sum()),
        defective=defective,
    )


def zero_inflated_at(
    peak: Peak, classes: Classes, data: LifeData, zeros: float, defective: bool
) -> ZeroInflated:
    """Make a model of a maximum."""
    parts = classes.split(peak.at)
    shares = parts.shares
    return ZeroInflated(
        distribution=classes.family,
        mu=parts.mu,
        sigma=np.exp(parts.log_sigma),
        shares=shares[:1],
        dead=float(shares[1]),
        immortal=float(shares[2]) if classes.immortal else 0.0,
        loglik=peak.height,
        covariance=peak.covariance,
        names=classes.names(),
        zeros=zeros,
        units=data.units + zeros,
        failures=data.failures + zeros,
        unclear=float(data.weight[(data.lower == 0) & data.failed].sum()),
        defective=defective,
    )


def zeros_loglik(zeros: float, model: ZeroInflated) -> float:
    """Log-likelihood of the zeros alone; with that of the times it is the whole."""
    return float(xlogy(zeros, model.dead))
