"""Which candidates take part, and what they come to: comparison, departures, choice."""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ops.analyses.lifetime_fit_params import LifetimeFitParams
from ops.analyses.lifetime_fit_result import FitDeparture, FitMechanism, FitRatio
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData
from ops.lifetime.choice.comparison import Comparison, Rival, compare_families
from ops.lifetime.choice.departure import Departure, bend, plateau
from ops.lifetime.choice.mechanism import UNKNOWN, Mechanism, ask, mechanism_named
from ops.lifetime.choice.ratio import BOUNDARY, LikelihoodRatio
from ops.lifetime.data import LifeData
from ops.lifetime.families.candidate import CANDIDATES, Candidate
from ops.lifetime.families.threshold import Base, fit_threshold

SIGNIFICANT = 0.05  # chance below which a larger model, or a departure, is more than chance
LEAST_DRAWS = 19  # the fewest that can give p = 0.05
ROWS_DRAWN = 40_000  # rows over all draws of one likelihood ratio
_HINTS = {"mixture": "mixture_weibull"}
_LARGER = {larger: smaller for smaller, larger in BOUNDARY}


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what of it may be chosen.

    Parameters
    ----------
    whole
        Every candidate; deltas count from the best that may be chosen.
    choosable
        Those that may be: a model on the boundary of another only where its likelihood ratio is
        more than chance.
    departures
        What the plot shows.
    """

    whole: Comparison
    choosable: Comparison
    departures: tuple[Departure, ...]


def compared(data: LifeData, params: LifetimeFitParams) -> Compared:
    """Compare the candidates that were asked for, and those that a departure brings in.

    Raises
    ------
    NotEnoughData
        If none has a fit; the reason of each is told.
    """
    asked: tuple[str, ...] = params.families
    names = [*CANDIDATES] if "all" in asked else [*asked]
    departures = _departures(data) if params.departures == "look" else ()
    names += [name for name in _hinted(departures) if name not in names]
    draws = min(params.resamples, max(LEAST_DRAWS, ROWS_DRAWN // max(data.lower.size, 1)))
    whole = compare_families(
        data,
        names,
        quantiles=params.quantiles,
        confidence=params.confidence,
        rng=np.random.default_rng([params.seed, 3]),
        resamples=draws if any(name in _LARGER for name in names) else 0,
        candidates=_candidates(params),
    )
    return Compared(*_choosable(whole), departures)


def _candidates(params: LifetimeFitParams) -> dict[str, Candidate]:
    def threshold(base: Base) -> Candidate:
        fit = partial(
            fit_threshold,
            base=base,
            admissible="any" if params.negative_threshold else "physical",
            resolution=params.resolution,
        )
        return replace(CANDIDATES[f"{base}_3p"], fit=fit)

    own = {f"{base}_3p": threshold(base) for base in ("weibull", "lognormal")}
    return {**CANDIDATES, **own}


def _departures(data: LifeData) -> tuple[Departure, ...]:
    found: list[Departure] = []
    for look in (plateau, bend):
        try:
            seen = look(data)
        except (NotEnoughData, BadData, ArithmeticError, ValueError):
            continue  # a screen that cannot look says nothing
        if seen is not None:
            found.append(seen)
    return tuple(found)


def _hinted(departures: tuple[Departure, ...]) -> list[str]:
    """Candidates that explain what is more than chance, with the plain ones that they hold."""
    hints = [h for d in departures if d.p_value < SIGNIFICANT for h in d.hints]
    larger = [name for hint in hints if (name := _HINTS.get(hint, hint)) in _LARGER]
    return [name for larger_one in larger for name in (_LARGER[larger_one], larger_one)]


def _choosable(whole: Comparison) -> tuple[Comparison, Comparison]:
    """Leave out models on a boundary that explain no more than chance; count deltas anew."""
    supported = {t.alternative for t in whole.tests if t.p_value < SIGNIFICANT}
    may = [r for r in whole.rivals if r.name not in _LARGER or r.name in supported]
    if not may:
        return whole, whole
    lowest, lowest_bic = min(r.delta for r in may), min(r.delta_bic for r in may)

    def moved(rival: Rival) -> Rival:
        return replace(rival, delta=rival.delta - lowest, delta_bic=rival.delta_bic - lowest_bic)

    kept = tuple(moved(r) for r in may)
    apart = whole.disagreement if kept[:2] == tuple(map(moved, whole.rivals[:2])) else ()
    return (
        replace(whole, rivals=tuple(map(moved, whole.rivals))),
        replace(whole, rivals=kept, disagreement=apart or _apart(kept)),
    )


def _apart(rivals: tuple[Rival, ...]) -> tuple[float | None, ...]:
    if len(rivals) < 2:
        return ()
    pairs = zip(rivals[0].lives, rivals[1].lives, strict=True)
    ends = [(min(a.life, b.life), max(a.life, b.life)) for a, b in pairs]
    return tuple(high / low if 0 < low <= high < np.inf else None for low, high in ends)


def named_mechanism(
    data: LifetimeData, params: LifetimeFitParams
) -> tuple[Mechanism, tuple[Mechanism, ...]]:
    """Find the mechanism that was named, and those that the document may mean."""
    document = data.document
    said = str(document.get("mechanism") or "")
    words = " ".join(str(document.get(key) or "") for key in ("mechanism", "failure", "notes"))
    if params.mechanism == "ask":
        return UNKNOWN, ask(f"{words} {params.mode}")
    if params.mechanism:
        return mechanism_named(params.mechanism), ()
    meant = ask(said) if said else ()
    return (meant[0], meant[1:]) if meant else (UNKNOWN, ask(f"{words} {params.mode}"))


def title_of(name: str) -> str:
    """Title of a family by its name."""
    return CANDIDATES[name].title if name in CANDIDATES else name


def told_mechanism(mechanism: Mechanism) -> FitMechanism:
    """Keep a mechanism in a result."""
    return FitMechanism(
        code=mechanism.code,
        title=mechanism.title,
        families=tuple(title_of(name) for name in mechanism.families),
        reason=mechanism.reason,
        source=mechanism.source,
    )


def told_departures(departures: tuple[Departure, ...]) -> tuple[FitDeparture, ...]:
    """Keep departures in a result."""
    return tuple(
        FitDeparture(
            kind=d.kind,
            family=title_of(d.family),
            p_value=d.p_value,
            at=d.at,
            before=d.before,
            after=d.after,
            shown=d.p_value < SIGNIFICANT,
        )
        for d in departures
    )


def told_ratios(tests: tuple[LikelihoodRatio, ...]) -> tuple[FitRatio, ...]:
    """Keep likelihood ratios in a result."""
    return tuple(
        FitRatio(
            null=title_of(t.null),
            alternative=title_of(t.alternative),
            statistic=t.statistic,
            p_value=t.p_value,
            law=t.law if t.law == "chi-square" else f"{t.draws} draws",
        )
        for t in tests
    )
