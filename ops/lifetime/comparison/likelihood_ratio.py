"""Whether groups scatter alike, whether they last alike given that, and both at once.

Three likelihood-ratio tests: a common shape (one sigma, own locations) against groups apart;
a common scale given the common shape; and groups as one against groups apart. With fewer than 30
failures in a group the statistic is divided by its mean in tests drawn from the smaller model
(Bartlett's correction, its factor by parametric bootstrap) before it meets the chi-square.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, section 19.2;
Nelson (1982), Applied Life Data Analysis, chapter 12;
Bartlett (1937), Proc. Royal Society A 160, 268-282; Rocke (1989), Amer. Statistician 43, 205-206
(the factor by bootstrap).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import chdtrc

from ops.errors import NotEnoughData
from ops.lifetime.comparison.group import GroupDraws, LifeGroup, draws_of
from ops.lifetime.data import LifeData
from ops.lifetime.fit import fit
from ops.lifetime.location_scale import STANDARD, STANDARDS, Family
from ops.lifetime.regression import regress
from ops.values import FloatArray

SAMPLES = 499
LEAST = 0.1  # share of the drawn tests that must have a maximum


@dataclass(frozen=True, slots=True)
class GroupTest:
    """A likelihood-ratio test of groups.

    Parameters
    ----------
    statistic, df
        Twice the difference of the log-likelihoods, and its degrees of freedom.
    p
        Chance of a larger statistic if the groups are alike: the one to use.
    chi_square_p
        The same by the statistic as it stands.
    calibrated
        Whether `p` is by Bartlett's correction.
    mean
        Mean of the statistic in the drawn tests; `df` where it is not calibrated.
    """

    statistic: float
    df: int
    p: float
    chi_square_p: float
    calibrated: bool
    mean: float


@dataclass(frozen=True, slots=True)
class GroupTests:
    """The three tests, and the common shape.

    Parameters
    ----------
    shape, scale, joint
        Of a common sigma; of a common mu given it; of both at once.
    sigma
        Common sigma.
    apart, common, one
        Log-likelihoods.
    groups
        Names of those that took part.
    """

    shape: GroupTest
    scale: GroupTest
    joint: GroupTest
    sigma: float
    apart: float
    common: float
    one: float
    groups: tuple[str, ...]


def pooled(groups: Sequence[LifeGroup]) -> LifeData:
    """Rows of all groups, as of one."""
    parts = [group.data for group in groups]

    def column(name: str) -> Any:
        return np.concatenate([getattr(part, name) for part in parts])

    return LifeData(
        lower=column("lower"),
        upper=column("upper"),
        weight=column("weight"),
        entry=column("entry"),
        exit=column("exit"),
        mode=column("mode"),
        group=column("group"),
        modes=parts[0].modes,
        groups=parts[0].groups,
        unit=parts[0].unit,
    )


def group_tests(
    groups: Sequence[LifeGroup],
    family: Family,
    *,
    rng: np.random.Generator,
    samples: int = SAMPLES,
) -> GroupTests:
    """Test whether groups are alike.

    Parameters
    ----------
    groups
        Of `groups_of` for the same family; those without a maximum are left out.
    rng
        Chance of the drawn tests.
    samples
        Tests drawn for a calibration, of each of two smaller models.

    Raises
    ------
    NotEnoughData
        If fewer than two groups have a maximum.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from ops.lifetime.data import failures_and_suspensions
    >>> from ops.lifetime.comparison.group import groups_of
    >>> data = failures_and_suspensions([10.0, 20.0, 40.0, 20.0, 40.0, 80.0])
    >>> data = replace(data, group=np.repeat([0, 1], 3), groups=("A", "B"))
    >>> chance = np.random.default_rng(1)
    >>> tests = group_tests(groups_of(data, "lognormal"), "lognormal", rng=chance)
    >>> tests.shape.statistic < 1e-9 < tests.scale.statistic
    True
    """
    kept = [group for group in groups if group.fit is not None]
    if len(kept) < 2:
        raise NotEnoughData(
            f"{len(kept)} of {len(groups)} groups have a maximum of their likelihood; 2 are needed"
        )
    data = pooled(kept)
    member = np.repeat(np.arange(len(kept)), [group.data.lower.size for group in kept])
    common = regress(data, np.eye(len(kept))[member], family)
    one = fit(data, family)
    apart = sum(group.fit.loglik for group in kept if group.fit is not None)
    draws = draws_of(kept, family, samples=samples, rng=rng)
    sigma = float(common.sigma[0])
    of_common = _means(draws, np.column_stack([common.coefficients, np.full(len(kept), sigma)]))
    of_one = _means(draws, np.tile([one.mu, one.sigma], (len(kept), 1)))
    k = len(kept) - 1
    return GroupTests(
        shape=_test(apart - common.loglik, k, None if of_common is None else of_common[0]),
        scale=_test(common.loglik - one.loglik, k, None if of_one is None else of_one[1]),
        joint=_test(apart - one.loglik, 2 * k, None if of_one is None else of_one.sum()),
        sigma=sigma,
        apart=apart,
        common=common.loglik,
        one=one.loglik,
        groups=tuple(group.name for group in kept),
    )


def _means(draws: GroupDraws | None, places: FloatArray) -> FloatArray | None:
    """Return the means of both statistics in tests drawn from a model; None if too few exist."""
    if draws is None:
        return None
    from ops.lifetime.comparison.groups_kernel import heights  # noqa: PLC0415  (numba)

    out = np.empty((draws.samples, 3))
    family = draws.of[0].family
    heights(STANDARDS.index(STANDARD[family]), draws.draw(places), places, out)
    known = out[np.isfinite(out).all(axis=1)]
    if known.shape[0] < max(2.0, LEAST * draws.samples):
        return None
    mean: FloatArray = 2.0 * np.mean(known[:, :2] - known[:, 1:], axis=0)
    return mean


def _test(gain: float, df: int, mean: float | None) -> GroupTest:
    statistic = max(0.0, 2.0 * gain)
    corrected = statistic if mean is None else statistic * df / float(mean)
    return GroupTest(
        statistic=statistic,
        df=df,
        p=float(chdtrc(df, corrected)),
        chi_square_p=float(chdtrc(df, statistic)),
        calibrated=mean is not None,
        mean=float(df) if mean is None else float(mean),
    )
