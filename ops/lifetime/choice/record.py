"""The record that stands beside every reported life: what it rests on and who answers for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

import numpy as np

from ops.lifetime.choice.comparison import Comparison, Rival
from ops.lifetime.choice.decision import Choice
from ops.lifetime.choice.rules import GovernanceRules
from ops.lifetime.data import LifeData


class BoundedLife(Protocol):
    """A life with its bounds, as `ops.lifetime.bounds` gives it."""

    @property
    def p(self) -> float:
        """Share that has failed by then."""
        ...

    @property
    def estimate(self) -> float:
        """The life."""
        ...

    @property
    def lower_one_sided(self) -> float:
        """One-sided lower bound."""
        ...

    @property
    def lower(self) -> float:
        """Lower end of the two-sided interval."""
        ...

    @property
    def upper(self) -> float:
        """Upper end of the two-sided interval."""
        ...

    @property
    def method(self) -> str:
        """How the bounds were found."""
        ...

    @property
    def scale(self) -> str:
        """On which scale."""
        ...

    @property
    def approximate(self) -> bool:
        """Whether they are so labelled."""
        ...


@dataclass(frozen=True, slots=True)
class Opponent:
    """A rival as the record lists it: what it loses by, and the life that it would have given.

    Parameters
    ----------
    loglik, k, delta, delta_bic
        None where it has no fit; then `reason` says why.
    life, lower, upper
        Life at the asked share with its two-sided Wald interval; None where infinite.
    """

    family: str
    loglik: float | None = None
    k: int | None = None
    delta: float | None = None
    delta_bic: float | None = None
    life: float | None = None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LifeRecord:
    """A reported life of one family, with its bounds."""

    family: str
    p: float
    estimate: float
    lower_one_sided: float
    lower: float
    upper: float | None
    method: str
    scale: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class GovernanceRecord:
    """What a reported life rests on.

    Parameters
    ----------
    lives
        The reported life under each chosen family, the quoted one first.
    reported_lower
        The one-sided lower bound to use: the lowest of the chosen families at low percentiles,
        that of the quoted family otherwise.
    units, failures, censored_share
        What was tested.
    extrapolation_time
        Quoted life over the longest time on test.
    extrapolated
        Whether that is more than the rules take for interpolation.
    extrapolation_probability
        Asked share over the share that failed: above 1 no unit has lasted so long, and below
        1 / failures none has failed so early.
    criterion, rivals
        What `delta` counts, and every other candidate with it; those without a fit have a reason.
    verdict, mechanism, rationale, waiver
        Of the choice.
    overridden
        What the choice set aside, "" if nothing.
    approved_by, approved_at
        None until somebody has.
    """

    unit: str
    lives: tuple[LifeRecord, ...]
    reported_lower: float
    units: float
    failures: float
    censored_share: float
    longest_time: float
    extrapolation_time: float
    extrapolated: bool
    extrapolation_probability: float
    criterion: str
    rivals: tuple[Opponent, ...]
    verdict: str
    mechanism: str
    mechanism_source: str
    rationale: tuple[str, ...]
    overridden: str
    waiver: str
    approved_by: str | None = None
    approved_at: datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Say it in the types of JSON; an end that is infinite is None already."""
        found = asdict(self)
        found["approved_at"] = self.approved_at.isoformat() if self.approved_at else None
        return found


def governance_record(
    data: LifeData,
    comparison: Comparison,
    choice: Choice,
    bounds: Mapping[str, BoundedLife],
    *,
    rules: GovernanceRules | None = None,
) -> GovernanceRecord:
    """Put a reported life on record; not approved yet.

    Parameters
    ----------
    bounds
        Family to its life with bounds at the asked share, one for each chosen family.
    rules
        Up to which share the lowest bound of the chosen families is to be used, and from which
        ratio a life is an extrapolation; the defaults if None.

    Raises
    ------
    KeyError
        If a chosen family has no bounds: no life is printed without its interval.
    """
    rules = rules or GovernanceRules()
    lives = tuple(_life(name, bounds[name]) for name in choice.chosen)
    quoted = lives[0]
    longest = float(np.where(data.right, data.lower, data.upper).max())
    low = choice.lowest_bound and quoted.p <= rules.low_percentile
    failed_share = data.failures / data.units
    return GovernanceRecord(
        unit=data.unit,
        lives=lives,
        reported_lower=min(b.lower_one_sided for b in (lives if low else lives[:1])),
        units=data.units,
        failures=data.failures,
        censored_share=1.0 - failed_share,
        longest_time=longest,
        extrapolation_time=quoted.estimate / longest,
        extrapolated=quoted.estimate / longest > rules.extrapolation_time,
        extrapolation_probability=quoted.p / failed_share,
        criterion=comparison.criterion,
        rivals=_opponents(comparison, choice, quoted.p),
        verdict=choice.verdict,
        mechanism=choice.mechanism.code,
        mechanism_source=choice.mechanism.source,
        rationale=tuple(clause.english() for clause in choice.words),
        overridden=choice.overridden,
        waiver=f"{choice.waiver.reason} ({choice.waiver.by})" if choice.waiver else "",
    )


def _life(family: str, bound: BoundedLife) -> LifeRecord:
    return LifeRecord(
        family=family,
        p=bound.p,
        estimate=bound.estimate,
        lower_one_sided=bound.lower_one_sided,
        lower=bound.lower,
        upper=_finite(bound.upper),
        method=bound.method,
        scale=bound.scale,
        approximate=bound.approximate,
    )


def _opponents(comparison: Comparison, choice: Choice, p: float) -> tuple[Opponent, ...]:
    found = [_opponent(r, p) for r in comparison.rivals if r.name != choice.chosen[0]]
    without = [Opponent(family=d.name, reason=d.reason) for d in comparison.dropped]
    return (*found, *without)


def _opponent(rival: Rival, p: float) -> Opponent:
    life = float(rival.fit.quantile(np.array([p]))[0])
    lower, upper = rival.fit.interval(p)
    return Opponent(
        family=rival.name,
        loglik=rival.loglik,
        k=rival.k,
        delta=rival.delta,
        delta_bic=rival.delta_bic,
        life=_finite(life),
        lower=_finite(lower),
        upper=_finite(upper),
    )


def _finite(value: float) -> float | None:
    return value if np.isfinite(value) else None
