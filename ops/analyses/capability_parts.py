"""Parts of the capability result: the judged index, the distribution, stability, tolerance."""

from math import isfinite

import numpy as np
from pydantic import Field
from scipy.special import ndtr, ndtri

from ops.capability.convention import Letter
from ops.capability.distribution import Distribution
from ops.capability.effective import Dependence, EffectiveSize
from ops.capability.index import Indices, Interval
from ops.capability.stability import Stability
from ops.capability.tolerance import Tolerance
from ops.page_value import PageValue
from ops.values import FloatArray

FEW_POINTS = 15  # of a probability plot, where there are many characteristics


def digits(value: float | None, figures: int = 6) -> float | None:
    """Round to significant figures; null where it is infinite: a result is not endless."""
    return float(f"{value:.{figures}g}") if value is not None and isfinite(value) else None


class Estimate(PageValue):
    """A number with its interval at the level of confidence of the result."""

    value: float = Field(description="Estimate.")
    lower: float | None = Field(description="Lower bound; null if it has none.")
    upper: float | None = Field(description="Upper bound; null if it has none.")

    @classmethod
    def of(cls, interval: Interval) -> "Estimate":
        """Take over an interval; an infinite bound becomes null."""
        return cls(
            value=digits(interval.value, 10) or 0.0,
            lower=digits(interval.lower),
            upper=digits(interval.upper),
        )


class JudgedIndex(PageValue):
    """The index that the requirement is compared with, by the convention of the result."""

    letter: Letter = Field(description="C (capability) or P (performance), by the convention.")
    spread: float | None = Field(description="Cp or Pp; null with a limit on one side.")
    value: float = Field(description="Cpk or Ppk.")
    lower: float | None = Field(description="Its lower bound; null if it has none.")
    upper: float | None = Field(description="Its upper bound; null if it has none.")
    interval: Dependence = Field(
        description=(
            "What the interval allows for: independent values, lots, or serial correlation."
        )
    )
    n_effective: float = Field(description="Independent values that would give as precise a mean.")
    df_effective: float = Field(description="Degrees of freedom behind the total sigma.")

    @property
    def name(self) -> str:
        """Cpk or Ppk."""
        return f"{self.letter}pk"

    @classmethod
    def of(cls, letter: Letter, found: Indices, size: EffectiveSize) -> "JudgedIndex":
        """Take over indices and what the sample is worth."""
        least = Estimate.of(found.minimum)
        return cls(
            letter=letter,
            spread=None if found.two_sided is None else digits(found.two_sided.value),
            **least.model_dump(),
            interval=size.method,
            n_effective=round(size.n, 1),
            df_effective=round(size.df, 1),
        )


class FittedFamily(PageValue):
    """One family that was fitted, the best first."""

    name: str = Field(description="Name of the family.")
    aicc: float | None = Field(description="Akaike's criterion, corrected; less is better.")
    bic: float = Field(description="Bayesian criterion; less is better, by 10 very strongly so.")
    anderson_darling: float = Field(description="Anderson-Darling statistic of its scores.")
    p: float = Field(description="Chance of such a statistic if the family is right.")


class PopulationsFound(PageValue):
    """Two normal populations in the values."""

    share: tuple[float, float] = Field(description="Part of each, the lower one first, 0-1.")
    mean: tuple[float, float] = Field(description="Mean of each, in the unit.")
    sigma: tuple[float, float] = Field(description="Sigma of each, in the unit.")
    separation: float = Field(description="Ashman's D: above 2 they are apart.")
    factor: str = Field(description="Factor that tells them apart; empty if none does.")
    explained: float = Field(description="Part of the membership that it explains, 0-1.")
    levels: tuple[str, ...] = Field(description="Its levels with the upper population (10).")


class DistributionFound(PageValue):
    """The distribution that was chosen for the total, and why."""

    name: str = Field(description="Family, empirical or clements.")
    why: str = Field(
        description=(
            "asked, few (values), not-rejected, rejected (the normal is), no-better, or"
            " two-populations."
        )
    )
    normal_p: float | None = Field(description="p of the Anderson-Darling test of normality.")
    tested_as: float | None = Field(
        default=None, description="Independent values that they were tested as; null: all of them."
    )
    hint: tuple[float, float] | None = Field(
        default=None,
        description="Means of two populations that fit better if all values were independent;"
        " null where that is not so, or where they are told.",
    )
    rounded_to: float | None = Field(description="Step to which the values are rounded.")
    at_edge: float = Field(description="Largest part of the values that equal their extreme, 0-1.")
    candidates: tuple[FittedFamily, ...] = Field(description="What was fitted, the best first.")
    populations: PopulationsFound | None = Field(description="Two populations; null if one.")
    plot_value: tuple[float, ...] = Field(description="Values of the probability plot.")
    plot_score: tuple[float, ...] = Field(description="Normal score of each, by its rank.")
    plot_fit: tuple[float | None, ...] = Field(description="Value of the distribution there.")

    @classmethod
    def of(cls, found: Distribution, x: FloatArray, points: int) -> "DistributionFound":
        """Take over a choice; `points` for the probability plot of the values `x`."""
        best = found.candidates[: 5 if points > FEW_POINTS else 3]
        value, score, fit = _probability(found, x, points)
        return cls(
            name=found.name,
            why=found.why,
            normal_p=None if found.normal is None else digits(found.normal.p, 4),
            tested_as=None if found.worth >= 1.0 else digits(found.worth * x.size, 4),
            hint=None if found.hint is None else found.hint.mean,
            rounded_to=found.step or None,
            at_edge=round(float(max(np.mean(x == x.max()), np.mean(x == x.min()))), 5),
            candidates=tuple(
                FittedFamily(
                    name=one.name,
                    aicc=digits(one.aicc),
                    bic=digits(one.bic) or 0.0,
                    anderson_darling=digits(one.goodness.statistic, 4) or 0.0,
                    p=digits(one.goodness.p, 4) or 0.0,
                )
                for one in best
            ),
            populations=_populations(found),
            plot_value=value,
            plot_score=score,
            plot_fit=fit,
        )


def _populations(found: Distribution) -> PopulationsFound | None:
    mixed, told = found.mixture, found.explanation
    if mixed is None:
        return None
    return PopulationsFound(
        share=mixed.share,
        mean=mixed.mean,
        sigma=mixed.sigma,
        separation=mixed.separation,
        factor="" if told is None else told.factor,
        explained=0.0 if told is None else told.explained,
        levels=() if told is None else told.levels[:10],
    )


def _probability(
    found: Distribution, x: FloatArray, points: int
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float | None, ...]]:
    """Values at evenly spaced normal scores, and the distribution there."""
    most = float(ndtri((x.size - 0.5) / x.size))
    score = np.linspace(-most, most, min(points, x.size))
    share = np.asarray(ndtr(score))
    value = np.quantile(x, share, method="hazen")
    fit: list[float | None] = []
    for low, high in zip(share, share[::-1], strict=True):
        at = None if found.fit is None else found.fit.quantile(float(low), float(high))
        fit.append(None if at is None else digits(at, 9))
    return (
        tuple(digits(float(v), 9) or 0.0 for v in value),
        tuple(round(float(z), 4) for z in score),
        tuple(fit),
    )


class BrokenRule(PageValue):
    """A run rule that is broken more often than chance explains."""

    rule: str = Field(description="Number of the rule.")
    sentence: str = Field(description="What it looks for.")
    points: int = Field(description="Points that break it.")
    expected: float = Field(description="Points that would by chance.")


class StabilityFound(PageValue):
    """Whether stability is shown, and the evidence against it."""

    shown: bool = Field(description="Whether it is shown: enough points, no rule broken unduly.")
    points: int = Field(description="Points of the control chart.")
    broken: tuple[BrokenRule, ...] = Field(description="Rules broken, the least likely first.")

    @classmethod
    def of(cls, found: Stability) -> "StabilityFound":
        """Take over the evidence."""
        return cls(
            shown=found.shown,
            points=found.points,
            broken=tuple(
                BrokenRule(
                    rule=one.rule,
                    sentence=one.sentence,
                    points=one.points,
                    expected=round(one.expected, 2),
                )
                for one in found.broken
            ),
        )


class ToleranceFound(PageValue):
    """Limits that hold a share of the process with the confidence of the result."""

    lower: float | None = Field(description="Lower limit, in the unit; null if there is none.")
    upper: float | None = Field(description="Upper limit, in the unit; null if there is none.")
    coverage: float = Field(description="Share of the process inside, 0-1.")
    method: str = Field(description="How they were found.")

    @classmethod
    def of(cls, found: Tolerance) -> "ToleranceFound":
        """Take over an interval; an infinite side becomes null."""
        return cls(
            lower=digits(found.lower, 9),
            upper=digits(found.upper, 9),
            coverage=found.coverage,
            method=found.method,
        )
