"""Candidates side by side: how well each explains the same lives, and where they part.

Weibull and lognormal have two parameters each, so that twice the difference of their
log-likelihoods decides, under whatever criterion. Criteria count the failures as their n: a unit
that has not failed says little, and a thousand of them are no thousand values.

References
----------
Burnham and Anderson (2002), Model Selection and Multimodel Inference, 2.4 and 2.6 (AICc, deltas);
Volinsky and Raftery (2000), Biometrics 56(1), 256-262 (BIC of censored data: n is the failures).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Literal

import numpy as np

from ops.errors import BadData, NotEnoughData
from ops.lifetime.choice.anderson_darling import anderson_darling, points_of
from ops.lifetime.choice.ratio import LikelihoodRatio, ratios
from ops.lifetime.data import LifeData
from ops.lifetime.families.candidate import CANDIDATES, Candidate
from ops.lifetime.families.fitted import FittedLife
from ops.values import FloatArray

Criterion = Literal["AICc", "AIC"]


@dataclass(frozen=True, slots=True)
class QuantileLife:
    """Time by which the share `p` has failed, with its Wald interval on the log scale."""

    p: float
    life: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Rival:
    """A candidate that has a fit.

    Parameters
    ----------
    name, title
        Of the family.
    fit
        The fit.
    aicc
        None where the failures are too few for one of the rivals (its parameters and 2 more).
    bic
        With n = failures.
    delta, delta_bic
        Above the lowest of the comparison, by its `criterion` and by BIC.
    anderson_darling
        Adjusted distance to the plotted points; to rank, not to test.
    lives
        At the asked quantiles.
    """

    name: str
    title: str
    fit: FittedLife
    aicc: float | None
    bic: float
    delta: float
    delta_bic: float
    anderson_darling: float | None
    lives: tuple[QuantileLife, ...]

    @property
    def loglik(self) -> float:
        """Log-likelihood of the times."""
        return self.fit.loglik

    @property
    def k(self) -> int:
        """Parameters estimated."""
        return self.fit.k


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that has no fit, and why."""

    name: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Candidates, the best first.

    Parameters
    ----------
    rivals
        By rising criterion.
    dropped
        Candidates without a fit; they take no part.
    criterion
        What `delta` compares: AICc, or AIC where AICc does not exist for every rival.
    units, failures
        How many the comparison rests on; n of the criteria is `failures`.
    quantiles
        The asked shares.
    disagreement
        For each quantile the longer over the shorter life of the two best rivals, None where one
        is infinite; empty if there is one rival.
    tests
        Likelihood ratios of rivals of which one holds the other.
    """

    rivals: tuple[Rival, ...]
    dropped: tuple[Dropped, ...]
    criterion: Criterion
    units: float
    failures: float
    quantiles: tuple[float, ...]
    disagreement: tuple[float | None, ...]
    tests: tuple[LikelihoodRatio, ...]

    @property
    def best(self) -> Rival:
        """The rival with the lowest criterion."""
        return self.rivals[0]

    def rival(self, name: str) -> Rival | None:
        """One rival by its name, None if it takes no part."""
        return next((r for r in self.rivals if r.name == name), None)


def compare_families(
    data: LifeData,
    names: Sequence[str] = ("weibull", "lognormal"),
    *,
    quantiles: Sequence[float] = (0.01, 0.1),
    confidence: float = 0.95,
    rng: np.random.Generator | None = None,
    resamples: int = 0,
    candidates: Mapping[str, Candidate] = CANDIDATES,
) -> Comparison:
    """Fit candidates to the same data and compare them.

    One that fails does not stop the others: it is listed with its reason.

    Parameters
    ----------
    names
        Of `candidates`.
    quantiles
        Shares failed at which lives are compared.
    rng, resamples
        Where a candidate lies on the boundary of another, their likelihood ratio is calibrated by
        so many draws; 0 leaves these tests out.
    candidates
        Every candidate there is by its name.

    Raises
    ------
    BadData
        If a name is of no candidate.
    NotEnoughData
        If no candidate has a fit.
    """
    unknown = sorted(set(names) - set(candidates))
    if unknown:
        known = ", ".join(candidates)
        raise BadData(f"no family is named {unknown[0]!r}; the names are {known}")
    fits, dropped = _fitted(data, [candidates[name] for name in dict.fromkeys(names)])
    if not fits:
        raise NotEnoughData("; ".join(f"{d.title}: {d.reason}" for d in dropped))
    rivals, criterion = _ranked(data, fits, tuple(quantiles), confidence)
    return Comparison(
        rivals=rivals,
        dropped=tuple(dropped),
        criterion=criterion,
        units=data.units,
        failures=data.failures,
        quantiles=tuple(quantiles),
        disagreement=_disagreement(rivals),
        tests=ratios(data, fits, rng, resamples),
    )


def _fitted(
    data: LifeData, candidates: list[Candidate]
) -> tuple[dict[str, FittedLife], list[Dropped]]:
    fits: dict[str, FittedLife] = {}
    dropped: list[Dropped] = []
    for candidate in candidates:
        try:
            fits[candidate.name] = candidate.fit(data)
        except (NotEnoughData, BadData) as error:
            dropped.append(Dropped(candidate.name, candidate.title, str(error)))
        except (ArithmeticError, ValueError) as error:
            why = f"the numbers broke down ({error})"
            dropped.append(Dropped(candidate.name, candidate.title, why))
    return fits, dropped


def _ranked(
    data: LifeData, fits: dict[str, FittedLife], quantiles: tuple[float, ...], confidence: float
) -> tuple[tuple[Rival, ...], Criterion]:
    n = data.failures
    points = _points(data)
    more = {name: _correction(fit.k, n) for name, fit in fits.items()}
    exists = all(value is not None for value in more.values())
    score = {
        name: 2.0 * fit.k - 2.0 * fit.loglik + ((more[name] or 0.0) if exists else 0.0)
        for name, fit in fits.items()
    }
    bic = {name: fit.k * log(n) - 2.0 * fit.loglik for name, fit in fits.items()}
    lowest, lowest_bic = min(score.values()), min(bic.values())
    rivals = [
        Rival(
            name=name,
            title=CANDIDATES[name].title,
            fit=fits[name],
            aicc=score[name] if exists else None,
            bic=bic[name],
            delta=score[name] - lowest,
            delta_bic=bic[name] - lowest_bic,
            anderson_darling=anderson_darling(fits[name], points, n) if points else None,
            lives=_lives(fits[name], quantiles, confidence),
        )
        for name in sorted(fits, key=lambda name: score[name])
    ]
    return tuple(rivals), "AICc" if exists else "AIC"


def _points(data: LifeData) -> tuple[FloatArray, FloatArray] | None:
    try:
        return points_of(data)
    except (NotEnoughData, BadData):  # the fits stand without a plot
        return None


def _correction(k: int, n: float) -> float | None:
    """Tell what AICc adds to AIC; None where it does not exist."""
    return 2.0 * k * (k + 1.0) / (n - k - 1.0) if n - k - 1.0 > 0 else None


def _lives(
    fit: FittedLife, quantiles: tuple[float, ...], confidence: float
) -> tuple[QuantileLife, ...]:
    lives = fit.quantile(np.array(quantiles))
    return tuple(
        QuantileLife(p, float(life), *fit.interval(p, confidence))
        for p, life in zip(quantiles, lives, strict=True)
    )


def _disagreement(rivals: tuple[Rival, ...]) -> tuple[float | None, ...]:
    if len(rivals) < 2:
        return ()
    pairs = zip(rivals[0].lives, rivals[1].lives, strict=True)
    ends = [(min(a.life, b.life), max(a.life, b.life)) for a, b in pairs]
    return tuple(high / low if 0 < low <= high < np.inf else None for low, high in ends)
