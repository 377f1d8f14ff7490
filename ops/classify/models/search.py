"""Search over settings by successive halving, within a budget of seconds.

All candidates are scored on few rows, the best third of them on three times as many, and so on to
all rows. Which rows a share means is the caller's choice: the first ones in time, or a stratified
part.

References
----------
Jamieson and Talwalkar (2016), Non-stochastic best arm identification and hyperparameter
optimization, AISTATS, section 3 (successive halving).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, isfinite

from ops.classify.models.settings import ModelSettings
from ops.errors import NotEnoughData, OpsError

Scoring = Callable[[ModelSettings, float], float]  # settings, share of the rows: lower is better


@dataclass(frozen=True, slots=True)
class Trial:
    """One candidate scored once; without a score, why."""

    candidate: int
    rung: int
    rows_share: float
    score: float | None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Every candidate, every trial, and the winner.

    Parameters
    ----------
    best
        Index of the winner: the lowest score on the highest rung of which a score is known.
    complete
        Whether every rung was finished before the budget ended. Only then does the same seed give
        the same result on every machine.
    """

    candidates: tuple[ModelSettings, ...]
    trials: tuple[Trial, ...]
    best: int
    complete: bool

    @property
    def settings(self) -> ModelSettings:
        """Settings of the winner."""
        return self.candidates[self.best]

    @property
    def score(self) -> float:
        """Score of the winner on its last rung."""
        mine = [t for t in self.trials if t.candidate == self.best and t.score is not None]
        return next(t.score for t in reversed(mine) if t.score is not None)


def successive_halving(
    candidates: Sequence[ModelSettings],
    score: Scoring,
    *,
    clock: Callable[[], float],
    budget_s: float,
    progress: Callable[[float, str], None] | None = None,
    factor: int = 3,
    first_share: float = 1 / 9,
) -> SearchResult:
    """Find the candidate with the lowest score.

    Parameters
    ----------
    candidates
        In the order of preference: of equal scores the earlier one wins, and the earlier ones are
        scored first where the budget is short.
    score
        Called with settings and a share of the rows, in (0, 1]; an `OpsError` that it raises, or
        a score that is not finite, puts the candidate last and is kept as its failure.
    clock
        Seconds, rising; read between trials. A trial is never cut off, so the end comes at most
        one trial after the budget. At least one trial is made.
    budget_s
        Seconds; infinite for all rungs.
    progress
        Told the share done and a sentence after each trial.
    factor
        One candidate in so many goes on, with as many times more rows.
    first_share
        Share of the rows on the first rung; 1: all are scored on all rows.

    Raises
    ------
    ValueError
        If there is no candidate, or a factor below 2, or a share outside (0, 1].
    NotEnoughData
        If every trial failed.
    """
    if not candidates or factor < 2 or not 0.0 < first_share <= 1.0:
        raise ValueError("a search needs a candidate, a factor of 2 or more and a share in (0, 1]")
    rungs = _rungs(len(candidates), factor, first_share)
    total = sum(share * count for share, count in rungs)
    end = clock() + budget_s
    trials: list[Trial] = []
    left = list(range(len(candidates)))
    complete = True
    for rung, (share, count) in enumerate(rungs):
        left = left[:count]
        for candidate in left:
            if trials and clock() >= end:
                complete = False
                break
            trials.append(_trial(candidates[candidate], candidate, rung, share, score))
            if progress is not None:
                done = sum(t.rows_share for t in trials) / total
                progress(min(done, 1.0), _told(trials[-1], candidates, len(rungs)))
        left = _order(trials, rung)
        if not complete or not left:
            break
    return SearchResult(tuple(candidates), tuple(trials), _best(trials), complete)


def _rungs(candidates: int, factor: int, first_share: float) -> list[tuple[float, int]]:
    """Share of the rows and number of candidates of each rung."""
    found: list[tuple[float, int]] = []
    share, count = first_share, candidates
    while share < 1.0 - 1e-9 and count > 1:
        found.append((share, count))
        share, count = share * factor, ceil(count / factor)
    return [*found, (1.0, count)]


def _trial(
    settings: ModelSettings, candidate: int, rung: int, share: float, score: Scoring
) -> Trial:
    try:
        value = float(score(settings, share))
    except OpsError as error:
        return Trial(candidate, rung, share, None, str(error))
    if not isfinite(value):
        return Trial(candidate, rung, share, None, f"score {value}")
    return Trial(candidate, rung, share, value)


def _order(trials: Sequence[Trial], rung: int) -> list[int]:
    """Candidates of a rung that have a score, best first."""
    scored = [(t.score, t.candidate) for t in trials if t.rung == rung and t.score is not None]
    return [candidate for _, candidate in sorted(scored)]


def _best(trials: Sequence[Trial]) -> int:
    """Winner of the highest rung with a score; candidates of a rung that was cut short count."""
    for rung in range(max(t.rung for t in trials), -1, -1):
        order = _order(trials, rung)
        if order:
            return order[0]
    raise NotEnoughData(f"no candidate could be scored: {trials[0].failure}")


def _told(trial: Trial, candidates: Sequence[ModelSettings], rungs: int) -> str:
    what = trial.failure if trial.score is None else f"{trial.score:.4g}"
    kind = candidates[trial.candidate].kind
    return f"rung {trial.rung + 1} of {rungs}, {kind}, candidate {trial.candidate + 1}: {what}"
