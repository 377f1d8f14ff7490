"""Defective subpopulation: a share p of the units will fail, the others never do of this cause."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from ops.errors import NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.existence import NoMaximum
from ops.lifetime.families.ascent import Peak, ascend
from ops.lifetime.families.latent_class import Classes, Rows, class_landscape, rows_of
from ops.lifetime.families.latent_life import LatentLife, component_parameters
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.fit import LifeFit, fit
from ops.values import FloatArray

BETTER = 1e-8  # by so much must a share below 1 raise the log-likelihood to be one
AS_GOOD_AS_ONE = -14.0  # log odds of never failing, below which p is 1
_STARTS = (0.02, 0.3, 0.7, 0.95)  # where p starts between the share that failed and 1


@dataclass(frozen=True)
class Defective(LatentLife):
    """A fitted defective subpopulation (limited failure population).

    Parameters
    ----------
    loglik
        Full log-likelihood of the times.
    covariance : shape (3, 3), or (2, 2) where p is 1
        Of `names`, from the observed information.
    names
        Parameters of `covariance`; ``log_odds_immortal`` is log((1 - p) / p).
    plain
        The fit with p = 1, None where that has no maximum.
    units, failures
        How many there are, and of them how many have failed.
    """

    loglik: float
    covariance: FloatArray
    names: tuple[str, ...]
    plain: LifeFit | None
    units: float
    failures: float

    k = 3

    @property
    def family(self) -> str:
        """Name of the family."""
        return f"defective {self.distribution}"

    @property
    def share(self) -> float:
        """Share p of the units that will fail."""
        return float(self.shares[0])

    @property
    def bounded(self) -> bool:
        """Whether p is at its bound 1: the data ask for no subpopulation."""
        return self.immortal == 0.0

    @property
    def parameters(self) -> dict[str, float]:
        """Parameters of the defective units by the field's names, and their share ``p``."""
        own = component_parameters(self.distribution, self.mu, self.sigma)
        return own | {"p": self.share}

    @property
    def statistic(self) -> float | None:
        """Twice the gain in log-likelihood over p = 1; None where p = 1 has no maximum."""
        return None if self.plain is None else max(0.0, 2.0 * (self.loglik - self.plain.loglik))


def fit_defective(
    data: LifeData, family: LogFamily = "weibull", *, thorough: bool = True
) -> Defective:
    """Fit the share of defective units and their life by maximum likelihood.

    Parameters
    ----------
    data
        Rows of any kind.
    family
        Distribution of the life of defective units.
    thorough
        Whether to climb from five starts; else from the nearest and the farthest share, as a
        bootstrap does thousands of times.

    Raises
    ------
    NoMaximum
        If the failures alone have none: the spread falls to 0 with any share.
    NotEnoughData
        If no climb ends at a maximum.

    References
    ----------
    Meeker (1987), Technometrics 29(1), 51-65 (limited failure population).
    """
    fit(data.take(data.failed), family)  # raises where the failures are at one instant
    plain = plain_fit(data, family)
    classes = Classes(family, immortal=True)
    landscape = class_landscape(rows_of(data), classes)
    starts = _starts(data, plain)
    starts = starts if thorough else [starts[0], starts[-1]]
    peaks = [ascend(landscape, start, stop=_at_one) for start in starts]
    best = max((p for p in peaks if p.reached), key=lambda p: p.height, default=None)
    if plain is not None and (best is None or best.height <= plain.loglik + BETTER):
        return defective_of_all(plain, family)
    if best is None:
        raise NotEnoughData(
            f"{data.failures:g} failures of {data.units:g} units do not tell a share of defective"
            " units from a long life: no climb of the likelihood ended at a maximum"
        )
    return defective_at(best, classes, plain, data)


def profile(rows: Rows, family: LogFamily, odds: float, start: FloatArray) -> Peak:
    """Maximum over mu and log sigma where the log odds of never failing are given."""
    landscape = class_landscape(rows, Classes(family, immortal=True))

    def fixed(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        height, gradient, hessian = landscape(np.array([at[0], at[1], odds]))
        return height, gradient[:2], hessian[:2, :2]

    return ascend(fixed, start)


def _at_one(at: FloatArray) -> bool:
    """Whether p is as good as 1: the climb would walk on for ever."""
    return bool(at[2] < AS_GOOD_AS_ONE)


def plain_fit(data: LifeData, family: LogFamily) -> LifeFit | None:
    """Fit with p = 1; None where that has no maximum."""
    try:
        return fit(data, family)
    except NoMaximum:
        return None


def _starts(data: LifeData, plain: LifeFit | None) -> list[FloatArray]:
    failed = data.take(data.failed)
    x = np.log(np.where(failed.lower > 0, 0.5 * (failed.lower + failed.upper), failed.upper))
    mean = float(np.average(x, weights=failed.weight))
    spread = float(np.sqrt(np.average((x - mean) ** 2, weights=failed.weight)))
    seen = data.failures / data.units
    log_sigma = np.log(max(spread, 1e-3))
    shares = [seen + s * (1.0 - seen) for s in _STARTS]
    found = [np.array([mean, log_sigma, -logit(min(p, 1.0 - 1e-6))]) for p in shares]
    if plain is not None:
        found.append(np.array([plain.mu, np.log(plain.sigma), -3.0]))
    return found


def defective_of_all(plain: LifeFit, family: LogFamily) -> Defective:
    """Make a model of the fit with p = 1."""
    return Defective(
        distribution=family,
        mu=np.array([plain.mu]),
        sigma=np.array([plain.sigma]),
        shares=np.ones(1),
        dead=0.0,
        immortal=0.0,
        loglik=plain.loglik,
        covariance=plain.covariance,
        names=("mu", "log_sigma"),
        plain=plain,
        units=plain.units,
        failures=plain.failures,
    )


def defective_at(peak: Peak, classes: Classes, plain: LifeFit | None, data: LifeData) -> Defective:
    """Make a model of a maximum inside; `plain` is the fit with p = 1."""
    parts = classes.split(peak.at)
    share = float(expit(-peak.at[2]))
    return Defective(
        distribution=classes.family,
        mu=parts.mu,
        sigma=np.exp(parts.log_sigma),
        shares=np.array([share]),
        dead=0.0,
        immortal=1.0 - share,
        loglik=peak.height,
        covariance=peak.covariance,
        names=classes.names(),
        plain=plain,
        units=data.units,
        failures=data.failures,
    )
