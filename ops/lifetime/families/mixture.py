"""Mixture of Weibull, lognormal or loglogistic lives: units of kinds that nobody can tell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.lifetime.data import LifeData
from ops.lifetime.families.ascent import Peak, ascend
from ops.lifetime.families.latent_class import (
    Classes,
    Parts,
    Rows,
    class_landscape,
    responsibilities,
    rows_of,
)
from ops.lifetime.families.latent_life import LatentLife, component_parameters
from ops.lifetime.families.mixture_start import partings, starts
from ops.lifetime.families.resolution import grouped
from ops.lifetime.families.row_term import LogFamily
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import standard_quantile
from ops.values import FloatArray, IntArray

MOST = 5  # components
NARROWEST = 0.02  # smallest sigma of a component over that of one distribution for all
FEWEST = 2.5  # failures, by their probabilities, that a component must account for


@dataclass(frozen=True)
class Mixture(LatentLife):
    """A fitted mixture, its components in the order of their medians.

    Parameters
    ----------
    loglik
        Full log-likelihood of the times; that of the intervals where `resolution` is given.
    covariance : shape (k, k)
        Of `names`, from the observed information.
    names
        Parameters of `covariance`; ``log_odds_2`` is log(share 2 / share 1).
    single
        Log-likelihood of one distribution for all.
    starts, agreed, refused
        Climbs begun, how many of them ended at this maximum, how many ran into a component that
        shrank onto a few failures.
    resolution
        To what the times were recorded, where that was given.
    units, failures
        How many there are, and of them how many have failed.
    """

    loglik: float
    covariance: FloatArray
    names: tuple[str, ...]
    single: float
    starts: int
    agreed: int
    refused: int
    resolution: float | None
    units: float
    failures: float

    @property
    def family(self) -> str:
        """Name of the family."""
        return f"{self.distribution} mixture of {self.mu.size}"

    @property
    def k(self) -> int:
        """Number of parameters."""
        return 3 * self.mu.size - 1

    @property
    def parameters(self) -> dict[str, float]:
        """Parameters of each component by the field's names, and its share."""
        shares = {f"share_{j + 1}": float(s) for j, s in enumerate(self.shares)}
        return component_parameters(self.distribution, self.mu, self.sigma) | shares


def fit_mixture(
    data: LifeData,
    family: LogFamily = "weibull",
    *,
    components: int = 2,
    resolution: float | None = None,
) -> Mixture:
    """Fit a mixture by expectation-maximization from several starts, then Newton steps.

    Its likelihood has no bound where a component shrinks onto one exact time, so the highest local
    maximum is sought of which each component accounts for `FEWEST` failures and is no narrower
    than `NARROWEST` of one distribution for all; with `resolution` an exact time is the interval
    that is recorded as it, and the likelihood is bounded.

    Parameters
    ----------
    data
        Rows of any kind.
    family
        Distribution of each component.
    components
        How many, 2 to `MOST`.
    resolution
        Smallest difference between recorded times, in the unit of the data.

    Raises
    ------
    BadData
        If the number of components or the resolution cannot be.
    NotEnoughData
        If there are fewer than 3 failures a component, or no such maximum.
    NoMaximum
        If one distribution has none either.

    References
    ----------
    McLachlan and Peel (2000), Finite Mixture Models, sections 2.8 and 3.8-3.10 (EM for censored
    data is that of Dempster, Laird and Rubin 1977); Hathaway (1985), Ann. Stat. 13, 795-800.
    """
    if not 2 <= components <= MOST:
        raise BadData(f"a mixture has 2 to {MOST} components, not {components}")
    if data.failures < 3 * components:
        raise NotEnoughData(
            f"a mixture of {components} needs {3 * components} failures, got {data.failures:g}"
        )
    if resolution is not None and not resolution > 0:
        raise BadData(f"times are recorded to a resolution above 0, not {resolution:g}")
    seen = data if resolution is None else grouped(data, resolution)
    one = fit(seen, family)
    rows, classes = rows_of(seen), Classes(family, components)
    landscape = class_landscape(rows, classes)
    floor = np.log(NARROWEST * one.sigma)

    def narrow(at: FloatArray) -> bool:
        return bool((at[components : 2 * components] < floor).any())

    guesses = partings(seen, components)
    begun = starts(seen, rows, classes, guesses)
    peaks = [ascend(landscape, at, stop=narrow) for at in begun]
    sound = [p for p in peaks if p.reached and accounts_for_failures(rows, classes, p)]
    if not sound:
        raise NotEnoughData(_words(components, len(guesses), data))
    best = max(sound, key=lambda p: p.height)
    best = ascend(landscape, ordered(classes, best.at))
    return mixture_at(
        best,
        classes,
        seen,
        single=one.loglik,
        resolution=resolution,
        peaks=peaks,
        starts=len(guesses),
    )


def accounts_for_failures(rows: Rows, classes: Classes, peak: Peak) -> bool:
    """Whether every component accounts for enough failures."""
    failed = rows.failed
    belongs = responsibilities(rows, classes, peak.at)
    return bool((belongs[:, failed] @ rows.weight[failed] >= FEWEST).all())


def median_order(family: LogFamily, mu: FloatArray, log_sigma: FloatArray) -> IntArray:
    """Order components by their medians."""
    middle = float(standard_quantile(family, np.array([0.5]))[0])
    return np.argsort(mu + np.exp(log_sigma) * middle)


def ordered(classes: Classes, at: FloatArray) -> FloatArray:
    """Put the components into the order of their medians."""
    parts = classes.split(at)
    order = median_order(classes.family, parts.mu, parts.log_sigma)
    return Parts(parts.mu[order], parts.log_sigma[order], parts.odds[order]).joined()


def mixture_at(
    peak: Peak,
    classes: Classes,
    data: LifeData,
    *,
    single: float,
    resolution: float | None = None,
    peaks: Sequence[Peak] = (),
    starts: int = 0,
) -> Mixture:
    """Make a model of a maximum; `peaks` are the ends of all climbs of `starts`."""
    parts = classes.split(peak.at)
    agreed = sum(p.reached and abs(p.height - peak.height) < 1e-6 for p in peaks)
    return Mixture(
        distribution=classes.family,
        mu=parts.mu,
        sigma=np.exp(parts.log_sigma),
        shares=parts.shares,
        dead=0.0,
        immortal=0.0,
        loglik=peak.height,
        covariance=peak.covariance,
        names=classes.names(),
        single=single,
        starts=starts,
        agreed=agreed,
        refused=starts - sum(p.reached and p.height < peak.height + 1e-6 for p in peaks),
        resolution=resolution,
        units=data.units,
        failures=data.failures,
    )


def _words(components: int, begun: int, data: LifeData) -> str:
    exact = bool(data.exact.any())
    mend = "; give the resolution of the record, or fewer components" if exact else ""
    return (
        f"no mixture of {components} is a maximum: of {begun} starts each ended with a component"
        " that shrank onto a few failures, where the likelihood has no bound, or with components"
        f" that are the same{mend}"
    )
