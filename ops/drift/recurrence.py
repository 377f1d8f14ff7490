"""Have we been here before? Earlier episodes that the current one repeats, verified.

A look-alike counts only where two questions are answered. Do both courses agree in the unit scale:
is their difference within what serially correlated noise explains, or surely within a margin? And
is the match better than chance: nearer than the nearest stretch that surrogates of the current
episode find among all stretches of all earlier episodes? The second pays for every look, over
candidates, places and kinds of match, by the distribution of the best of them (min-p).

References
----------
Westfall and Young (1993), Resampling-Based Multiple Testing, 2.6 (min-p);
Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15, 657-680 (equivalence).
"""

from collections.abc import Sequence

import numpy as np

from ops.drift.candidate import (
    KINDS,
    PARTS,
    Candidate,
    Kind,
    candidate_of,
    least_by_chance,
    nominated,
)
from ops.drift.course import Course, basis, even_course
from ops.drift.episode import MICROS_PER_DAY, Episode
from ops.drift.revisit import Anchor, Recurrence, Revisit
from ops.drift.serial_gls import serial_gls
from ops.drift.surrogate import surrogates
from ops.errors import BadData, NotEnoughData
from ops.values import FloatArray, SpecLimits

LEAST_VALUES = 12
DIFFERENT = 0.05  # p-value below which two courses differ


def revisits(
    current: Episode,
    past: Sequence[Episode],
    *,
    rng: np.random.Generator,
    confidence: float = 0.95,
    margin: float | None = None,
    spec: SpecLimits | None = None,
    draws: int = 499,
    most: int = 3,
) -> Recurrence:
    """Find earlier episodes that the current one repeats.

    Parameters
    ----------
    current
        At least 12 values.
    past
        Episodes of the tool family, this tool's included; those that have not ended before the
        current one began are left out.
    confidence
        1 less the chance of any false match.
    margin
        Largest difference of two courses that still counts as the same, in the unit, however
        surely it is shown; absent: only differences that noise explains.
    draws
        Surrogates; at least 1 / (1 - confidence).
    most
        Candidates that each criterion nominates.

    Raises
    ------
    NotEnoughData
        If the current episode has fewer than 12 values, or they are not spread over time.
    BadData
        If there are too few draws for the confidence.
    """
    if current.y.size < LEAST_VALUES:
        raise NotEnoughData(
            f"{current.tool}: a recurrence needs {LEAST_VALUES} values of the current episode,"
            f" got {current.y.size}"
        )
    alpha = 1.0 - confidence
    if (draws + 1) * alpha < 1.0:
        raise BadData(f"{draws} draws cannot reach a confidence of {confidence}; take more")
    course = even_course(current.t, current.y)
    earlier = [candidate_of(course, e) for e in past if e.end <= current.start]
    candidates = [c for c in earlier if c is not None]
    if not candidates:
        return Recurrence((), (), None, 0, 0, None, alpha)
    made = surrogates(course.filled(), draws=draws, rng=rng)
    chance = least_by_chance(candidates, made, _levels(course, candidates, draws, rng))
    chosen, far = nominated(current, candidates, most=most, spec=spec)
    looks = [
        _revisit(course, candidates[i], kind, float(far[i]), (chance, alpha, margin))
        for i in chosen
        for kind in KINDS
    ]
    verified, rejected = _surest(looks)
    return Recurrence(
        verified=verified,
        rejected=rejected,
        anchor=_anchor(current, verified, candidates),
        candidates=len(candidates),
        stretches=sum(c.starts.size for c in candidates),
        phi=made.phi,
        alpha=alpha,
    )


def _levels(
    course: Course, candidates: Sequence[Candidate], draws: int, rng: np.random.Generator
) -> FloatArray:
    """Draw levels that an unrelated episode could have: as the known ones scatter."""
    known = [float(np.nanmean(c.course.mean)) for c in candidates]
    level = np.array([*known, float(np.nanmean(course.mean))])
    wide = float(np.std(level, ddof=1)) * np.sqrt(1.0 + 1.0 / level.size)  # predictive
    drawn: FloatArray = float(level.mean()) + wide * rng.standard_t(level.size - 1, draws)
    return drawn


def _adjusted(chance: FloatArray, kind: Kind, distance: float) -> float:
    """p-value of a distance: of its kind first, then of the best kind."""
    draws = int(chance.shape[1])
    row = np.sort(chance[KINDS.index(kind)])
    own = (1 + int(np.searchsorted(row, distance, side="right"))) / (draws + 1)
    ranks = [(1 + np.searchsorted(np.sort(r), r, side="right")) / (draws + 1) for r in chance]
    best = np.min(np.stack(ranks), axis=0)  # a surrogate counts itself: never below 2 / (draws + 1)
    as_near = int(np.count_nonzero(best <= own + 1.0 / (draws + 1)))
    return float((1 + as_near) / (draws + 1))


def _revisit(
    course: Course,
    candidate: Candidate,
    kind: Kind,
    descriptor: float,
    rules: tuple[FloatArray, float, float | None],
) -> Revisit:
    chance, alpha, margin = rules
    start, distance = candidate.best(kind)
    p_difference, bound = _difference(course, candidate, start, kind)
    p_chance = _adjusted(chance, kind, distance)
    agrees = p_difference >= DIFFERENT or (margin is not None and bound <= margin)
    reason = ""
    if not agrees:
        reason = "the courses differ"
    elif p_chance > alpha:
        reason = "chance finds as near a match"
    e = candidate.episode
    step = course.step * MICROS_PER_DAY
    return Revisit(
        tool=e.tool,
        opened=e.opened,
        start=e.start,
        end=e.end,
        window=(
            e.start + round(start * step),
            min(e.end, e.start + round((start + candidate.q) * step)),
        ),
        kind=kind,
        distance=distance,
        bound=bound,
        profile=candidate.profile,
        descriptor=descriptor,
        p_chance=p_chance,
        p_difference=p_difference,
        verified=not reason,
        reason=reason,
        causes=e.causes,
        action=e.action,
        closed=e.closed,
        detail=e.detail,
        outcome=e.outcome,
    )


def _difference(
    course: Course, candidate: Candidate, start: int, kind: Kind
) -> tuple[float, float]:
    """p-value of equal components, and the upper bound of the largest difference of courses."""
    q = candidate.q
    now, then = course.mean[:q], candidate.course.mean[start : start + q]
    polynomials, none = basis(q), np.zeros((q, 4))
    design = np.vstack(
        (np.hstack((polynomials, polynomials)), np.hstack((polynomials, none)))
    )  # the second four coefficients are the difference
    clock = np.arange(q, dtype=np.float64)
    t, y = np.concatenate((clock, clock)), np.concatenate((now, then))
    group = np.repeat(np.array([0, 1]), q)
    there = np.isfinite(y)
    fit = serial_gls(t[there], design[there], y[there], group=group[there])
    part = PARTS[kind]
    contrasts = np.hstack((np.zeros((4, 4)), np.eye(4)))[part]
    places = polynomials[np.linspace(0, q - 1, 9).astype(np.int64)][:, part]
    ends = [fit.estimate(row @ contrasts) for row in places]
    return fit.p_zero(contrasts), max(max(abs(b.lower), abs(b.upper)) for b in ends)


def _surest(looks: Sequence[Revisit]) -> tuple[tuple[Revisit, ...], tuple[Revisit, ...]]:
    """Best kind of each earlier episode, the verified before the rejected."""
    best: dict[tuple[str, int], Revisit] = {}
    for look in sorted(looks, key=lambda r: (not r.verified, r.p_chance, -r.p_difference)):
        best.setdefault((look.tool, look.start), look)
    found = tuple(best.values())
    return tuple(r for r in found if r.verified), tuple(r for r in found if not r.verified)


def _anchor(
    current: Episode, verified: Sequence[Revisit], candidates: Sequence[Candidate]
) -> Anchor | None:
    """Regime of this tool whose level is confirmed: a shape alone says nothing of the level."""
    for revisit in verified:
        if revisit.tool != current.tool or revisit.kind == "shape":
            continue
        for candidate in candidates:
            e = candidate.episode
            if (e.tool, e.start) == (revisit.tool, revisit.start):
                return Anchor(e.tool, e.start, e.end, float(np.mean(e.y)), e.y.size)
    return None
