"""Where an earlier episode could be what happens now: every stretch, and the few worth a look.

A candidate is nominated by the z-normalised distance profile of its series, by its descriptor, or
by its distance in the unit scale. Nomination proves nothing; it decides what is verified and
shown. The chance that a match is luck is paid for over all stretches, nominated or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ops.drift.course import LEAST, Course, components, course_of
from ops.drift.descriptor import describe, descriptor_distances
from ops.drift.distance_profile import distance_profile
from ops.drift.episode import Episode
from ops.drift.surrogate import Surrogates
from ops.values import FloatArray, IntArray, SpecLimits

Kind = Literal["shape", "level", "course"]
KINDS: tuple[Kind, ...] = ("shape", "level", "course")
PARTS = {"shape": slice(1, 4), "level": slice(0, 1), "course": slice(0, 4)}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One earlier episode on the grid of the current one.

    Parameters
    ----------
    q
        Bins that are compared: those of the current episode, or of the earlier one if it has fewer.
    starts : shape (w,)
        First bin of each stretch.
    distance : shape (3, w)
        Root mean square distance of each kind, in the unit.
    profile
        Least z-normalised distance over all places, over 2 sqrt(q): 0 equal, 0.71 unrelated, 1
        opposite; None where gaps leave no place.
    """

    episode: Episode
    course: Course
    q: int
    starts: IntArray
    distance: FloatArray
    profile: float | None

    def best(self, kind: Kind) -> tuple[int, float]:
        """First bin and distance of the nearest stretch."""
        row = self.distance[KINDS.index(kind)]
        place = int(np.argmin(row))
        return int(self.starts[place]), float(row[place])


def candidate_of(current: Course, episode: Episode) -> Candidate | None:
    """Lay an earlier episode on the grid; None if too little of it can be compared."""
    if episode.y.size < LEAST:
        return None
    course = course_of(episode.t, episode.y, step=current.step)
    now = current.filled()
    q = min(now.size, course.mean.size)
    starts = course.starts(q)
    if q < max(LEAST, now.size // 2) or not starts.size:
        return None
    mine = components(now[:q])
    theirs = components(_stretches(course, starts, q))
    return Candidate(
        episode,
        course,
        q,
        starts,
        _distances(mine[None, :], theirs)[:, 0],
        _profile(now[:q], course),
    )


def least_by_chance(
    candidates: Sequence[Candidate], made: Surrogates, levels: FloatArray
) -> FloatArray:
    """Least distance of each surrogate to any stretch of any candidate.

    Parameters
    ----------
    levels : shape (draws,)
        Mean of each surrogate.

    Returns
    -------
    shape (3, draws)
    """
    least = np.full((len(KINDS), levels.size), np.inf)
    # about a mean of its own: levels scatter as they do, a wandering mean is part of that
    values = made.values - made.values.mean(axis=1, keepdims=True) + levels[:, None]
    for q in sorted({candidate.q for candidate in candidates}):
        drawn = components(values[:, :q])
        theirs = np.concatenate(
            [components(_stretches(c.course, c.starts, q)) for c in candidates if c.q == q]
        )
        least = np.minimum(least, _distances(drawn, theirs).min(axis=2))
    return least


def nominated(
    current: Episode, candidates: Sequence[Candidate], *, most: int, spec: SpecLimits | None
) -> tuple[tuple[int, ...], FloatArray]:
    """Numbers of the candidates worth a look, and the descriptor distance of all.

    Parameters
    ----------
    most
        By each criterion: profile, descriptor, distance of each kind.
    """
    others = np.array([describe(c.episode, spec=spec).vector() for c in candidates])
    far = descriptor_distances(describe(current, spec=spec).vector(), others)
    profile = np.array([np.inf if c.profile is None else c.profile for c in candidates])
    scores = [profile, far, *(np.array([c.best(k)[1] for c in candidates]) for k in KINDS)]
    chosen = {int(i) for score in scores for i in np.argsort(score, kind="stable")[:most]}
    return tuple(sorted(chosen)), far


def _stretches(course: Course, starts: IntArray, q: int) -> FloatArray:
    windows = np.lib.stride_tricks.sliding_window_view(course.filled(), q)
    return windows[starts]


def _distances(mine: FloatArray, theirs: FloatArray) -> FloatArray:
    """Distances of each kind between rows: shape (3, rows of mine, rows of theirs)."""
    squared = (mine[:, None, :] - theirs[None, :, :]) ** 2
    return np.stack([np.sqrt(squared[..., PARTS[kind]].sum(axis=2)) for kind in KINDS])


def _profile(query: FloatArray, course: Course) -> float | None:
    found = distance_profile(query, course.filled())
    best = float(found.min())
    return best / (2.0 * float(np.sqrt(query.size))) if np.isfinite(best) else None
