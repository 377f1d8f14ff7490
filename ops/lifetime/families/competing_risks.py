"""Competing risks: several failure modes run at once, the first to come ends the life."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.polynomial.legendre import leggauss

from ops.errors import BadData
from ops.lifetime.fit import LifeFit
from ops.values import FloatArray, IntArray

_BISECTIONS = 64
_LINE, _SHARE = (np.asarray(a, dtype=np.float64) for a in leggauss(64))
_PLACE = 0.5 * (1.0 + _LINE)
_NODES = _PLACE**3 * (10.0 - 15.0 * _PLACE + 6.0 * _PLACE**2)  # 0 to 1, flat at both ends
_WEIGHTS = 0.5 * _SHARE * 30.0 * _PLACE**2 * (1.0 - _PLACE) ** 2


@dataclass(frozen=True, slots=True)
class Removal:
    """What would be gained if a mode were designed out and the others stayed as they are.

    Parameters
    ----------
    share
        Of units that fail.
    now, then
        Time by which that share fails with the mode and without it.
    first
        Share of all units that this mode ends by the time `now`.
    """

    mode: str
    share: float
    now: float
    then: float
    first: float


@dataclass(frozen=True)
class CompetingRisks:
    """Fitted independent modes of failure.

    Parameters
    ----------
    modes
        Names of the modes that have failures.
    risks
        Life under each mode alone, in the order of `modes`.
    loglik
        Log-likelihood of the times whatever the mode, comparable across families.
    joint_loglik
        Log-likelihood of the times and the modes together: what is at its maximum.
    covariance : shape (2 m, 2 m)
        Of `names`, from the observed information.
    names
        Parameters of `covariance`: mu of each mode, then log sigma of each.
    unseen
        Modes that no unit failed by: nothing bounds their life from above, and they are left out.
    told
        Whether the modes of failures were known.
    units, failures
        How many there are, and of them how many have failed.
    """

    modes: tuple[str, ...]
    risks: tuple[LifeFit, ...]
    loglik: float
    joint_loglik: float
    covariance: FloatArray
    names: tuple[str, ...]
    unseen: tuple[str, ...]
    told: bool
    units: float
    failures: float

    @property
    def family(self) -> str:
        """Name of the family."""
        return "competing " + " and ".join(sorted({r.family for r in self.risks}))

    @property
    def k(self) -> int:
        """Number of parameters."""
        return 2 * len(self.risks)

    @property
    def parameters(self) -> Mapping[str, float]:
        """Parameters of each mode by the field's names, e.g. ``{"eta (wear)": 606.5}``."""
        return {
            f"{name} ({mode})": value
            for mode, risk in zip(self.modes, self.risks, strict=True)
            for name, value in risk.parameters.items()
        }

    def survival(self, t: FloatArray) -> FloatArray:
        """Share that lasts beyond `t`: the product over the modes, shape as `t`."""
        return np.asarray(np.prod([r.survival(t) for r in self.risks], axis=0))

    def cdf(self, t: FloatArray) -> FloatArray:
        """Share that has failed by `t`, shape as `t`."""
        with np.errstate(divide="ignore"):
            survived = np.sum([np.log1p(-r.cdf(t)) for r in self.risks], axis=0)
            return np.asarray(-np.expm1(survived))

    def density(self, t: FloatArray) -> FloatArray:
        """Density of the life at `t`, 1/unit of time, shape as `t`."""
        alive = [r.survival(t) for r in self.risks]
        each = [
            risk.density(t) * np.prod(alive[:m] + alive[m + 1 :], axis=0)
            for m, risk in enumerate(self.risks)
        ]
        return np.asarray(np.sum(each, axis=0))

    def hazards(self, t: FloatArray) -> FloatArray:
        """Rate of failure by each mode, 1/unit of time, shape (m,) + that of `t`."""
        return np.stack([r.hazard(t) for r in self.risks])

    def hazard(self, t: FloatArray) -> FloatArray:
        """Rate of failure by any mode: their sum, 1/unit of time, shape as `t`."""
        return np.asarray(self.hazards(t).sum(axis=0))

    def quantile(self, p: FloatArray) -> FloatArray:
        """Time by which the share `p` has failed, shape as `p`; bisected in log time."""
        p = np.asarray(p, dtype=np.float64)
        inside = (p > 0) & (p < 1)
        share = np.where(inside, p, 0.5)
        each = -np.expm1(np.log1p(-share) / len(self.risks))
        with np.errstate(divide="ignore"):
            low = np.log(np.min([r.quantile(each) for r in self.risks], axis=0))
            high = np.log(np.min([r.quantile(share) for r in self.risks], axis=0))
        for _ in range(_BISECTIONS if len(self.risks) > 1 else 0):
            middle = 0.5 * (low + high)
            late = self.cdf(np.exp(middle)) > share
            low, high = np.where(late, low, middle), np.where(late, middle, high)
        return np.where(inside, np.exp(0.5 * (low + high)), np.where(p <= 0, 0.0, np.inf))

    def incidence(self, t: FloatArray) -> FloatArray:
        """Share that each mode has ended by `t` with the others at work, shape (m,) + `t`'s.

        The survival of the others is averaged over the failures of the mode by Gauss-Legendre,
        its nodes drawn towards both ends, where a survival can be steep.
        """
        t = np.asarray(t, dtype=np.float64)
        found: list[FloatArray] = []
        for m, risk in enumerate(self.risks):
            reach = risk.cdf(t)
            when = risk.quantile(np.multiply.outer(_NODES, reach))
            others = [r.survival(when) for k, r in enumerate(self.risks) if k != m]
            lasting = np.prod(others, axis=0) if others else np.ones_like(when)
            mean: FloatArray = np.einsum("i,i...->...", _WEIGHTS, lasting)
            found.append(reach * mean)
        return np.stack(found)

    def without(self, mode: str) -> "CompetingRisks":
        """Take one mode away; the others stay as they are, and so do not its log-likelihoods.

        Raises
        ------
        BadData
            If there is no such mode, or no other.
        """
        place = self._place(mode)
        if len(self.risks) == 1:
            raise BadData(f"{mode} is the only failure mode: without it nothing fails")
        keep = [k for k in range(len(self.risks)) if k != place]
        rows = [*keep, *(len(self.risks) + k for k in keep)]
        return replace(
            self,
            modes=tuple(self.modes[k] for k in keep),
            risks=tuple(self.risks[k] for k in keep),
            covariance=self.covariance[np.ix_(rows, rows)],
            names=tuple(self.names[k] for k in rows),
        )

    def removal(self, mode: str, share: float = 0.1) -> Removal:
        """Tell what would be gained at a share of failed units if a mode were designed out.

        Raises
        ------
        BadData
            As `without`.
        """
        p = np.array([share])
        now = float(self.quantile(p)[0])
        then = float(self.without(mode).quantile(p)[0])
        first = float(self.incidence(np.array([now]))[self._place(mode), 0])
        return Removal(mode, share, now, then, first)

    def simulate(self, rng: np.random.Generator, n: int) -> FloatArray:
        """Draw `n` lives."""
        return self.simulate_modes(rng, n)[0]

    def simulate_modes(self, rng: np.random.Generator, n: int) -> tuple[FloatArray, IntArray]:
        """Draw `n` lives and by which mode, an index into `modes`, each ended."""
        each = np.stack([r.quantile(rng.uniform(size=n)) for r in self.risks])
        return each.min(axis=0), each.argmin(axis=0)

    def _place(self, mode: str) -> int:
        if mode not in self.modes:
            raise BadData(f"{mode} is not a failure mode; there are {_list(self.modes)}")
        return self.modes.index(mode)


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)
