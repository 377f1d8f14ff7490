"""Departures from one straight line in a probability plot: a plateau, a bend.

A plateau (nothing fails any more, though the line says that it should) points at a defective
subpopulation; a bend at competing risks where the plot steepens, at a mixture where it flattens.
Both are told from the likelihood, under the family that is straighter, so that the curve of a
lognormal life on Weibull paper is no bend.

References
----------
Meeker and Escobar (1998), Statistical Methods for Reliability Data, 6.6 and 11.5 (what bends and
plateaus mean); Nelson (1982), Applied Life Data Analysis, 4.4 (plots of mixed modes).
"""

from dataclasses import dataclass, replace
from math import exp
from typing import Literal

import numpy as np
from scipy.special import chdtrc

from ops.errors import NotEnoughData
from ops.lifetime.choice.clause import Clause
from ops.lifetime.data import LifeData
from ops.lifetime.fit import LifeFit, fit
from ops.lifetime.location_scale import Family

STRAIGHT: tuple[Family, ...] = ("weibull", "lognormal")
SIDE = 5  # failures that each side of a bend needs


@dataclass(frozen=True, slots=True)
class Departure:
    """What a plot shows that one straight line does not.

    Parameters
    ----------
    kind
        ``plateau`` or ``bend``.
    family
        The straighter of the two papers.
    p_value
        Chance of as much where the family holds: of no failure after the last one (plateau), of
        such a likelihood ratio of two lines against one (bend).
    at
        The last failure, or the time at which the line is parted.
    before, after
        Slope on the paper (1 / sigma; beta of a Weibull) up to `at` and beyond; None of a plateau.
    hints
        Candidates and models to look at.
    words
        What it means.
    """

    kind: Literal["plateau", "bend"]
    family: Family
    p_value: float
    at: float
    before: float | None
    after: float | None
    hints: tuple[str, ...]
    words: Clause


def plateau(data: LifeData) -> Departure | None:
    """Ask whether failures have stopped too early for a population of one kind.

    None where no unit outlived the last failure, or where no family has a fit.
    """
    if not data.right.any() or not data.failed.any():
        return None
    last = float(data.upper[data.failed].max())
    late = data.right & (data.lower > last)
    if not late.any():
        return None
    found = [(_silence(data, model, last), model) for model in _models(data)]
    if not found:
        return None
    chance, model = max(found, key=lambda pair: pair[0])
    return Departure(
        kind="plateau",
        family=model.family,
        p_value=chance,
        at=last,
        before=None,
        after=None,
        hints=("defective_weibull", "defective_lognormal"),
        words=Clause(
            "no unit failed after {last} {unit}: a {family} life gives that a chance of {chance}."
            " A share of defective units, all of which have failed by now, would look like this",
            {"last": last, "unit": data.unit, "family": str(model.family), "chance": chance},
        ),
    )


def bend(data: LifeData) -> Departure | None:
    """Ask whether early and late failures lie on two lines instead of one.

    The likelihood falls into a part up to the median failure and one beyond it, given survival
    until then; two lines against one is a likelihood ratio with 2 degrees of freedom. None where
    a side has fewer than `SIDE` failures, or an interval spans the median.
    """
    at = _median_failure(data)
    if at is None:
        return None
    early, late = _up_to(data, at), _beyond(data, at)
    if min(early.failures, late.failures) < SIDE:
        return None
    found = [parted for model in _models(data) if (parted := _parted(model, early, late))]
    if not found:
        return None
    chance, family, before, after = max(found)
    steeper = after > before
    meaning = (
        "it steepens: another mechanism, of wear, sets in (competing risks)"
        if steeper
        else "it flattens: weak units fail first and sound ones later (a mixture, or a defective"
        " subpopulation)"
    )
    return Departure(
        kind="bend",
        family=family,
        p_value=chance,
        at=at,
        before=before,
        after=after,
        hints=("competing risks",) if steeper else ("mixture", "defective_weibull"),
        words=Clause(
            "the {family} plot has slope {before} up to {at} {unit} and {after} beyond (chance of"
            " such a change: {chance}); " + meaning,
            {
                "family": str(family),
                "before": before,
                "after": after,
                "at": at,
                "unit": data.unit,
                "chance": chance,
            },
        ),
    )


def _models(data: LifeData) -> list[LifeFit]:
    found: list[LifeFit] = []
    for family in STRAIGHT:
        try:
            found.append(fit(data, family))
        except NotEnoughData:  # the other one may have a fit
            continue
    return found


def _silence(data: LifeData, model: LifeFit, last: float) -> float:
    late = data.right & (data.lower > last)
    ends = model.survival(np.append(data.lower[late], last))
    with np.errstate(divide="ignore"):
        logs = np.log(ends)
    return exp(min(0.0, float(np.sum(data.weight[late] * (logs[:-1] - logs[-1])))))


def _median_failure(data: LifeData) -> float | None:
    ends, weight = data.upper[data.failed], data.weight[data.failed]
    if ends.size < 2 * SIDE:
        return None
    order = np.argsort(ends)
    passed = np.cumsum(weight[order])
    at = float(ends[order][np.searchsorted(passed, 0.5 * passed[-1])])
    spans = data.failed & (data.lower < at) & (data.upper > at)
    return None if spans.any() else at


def _up_to(data: LifeData, at: float) -> LifeData:
    seen = data.take(data.entry < at)
    beyond = (seen.lower > at) | (~seen.exact & (seen.lower >= at))
    return replace(
        seen,
        lower=np.minimum(seen.lower, at),
        upper=np.where(beyond, np.inf, seen.upper),
        exit=np.full(seen.exit.shape, np.inf),
    )


def _beyond(data: LifeData, at: float) -> LifeData:
    seen = data.take((data.lower > at) | (~data.exact & (data.lower >= at) & data.failed))
    return replace(seen, entry=np.maximum(seen.entry, at))


def _parted(
    model: LifeFit, early: LifeData, late: LifeData
) -> tuple[float, Family, float, float] | None:
    if np.isfinite(late.exit).any():  # the parts of a row that is truncated above do not factor
        return None
    try:
        first, second = fit(early, model.family), fit(late, model.family)
    except NotEnoughData:
        return None
    gain = max(0.0, 2.0 * (first.loglik + second.loglik - model.loglik))
    return float(chdtrc(2, gain)), model.family, 1.0 / first.sigma, 1.0 / second.sigma
