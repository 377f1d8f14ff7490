"""Which model of use is best: log-loss on cases that came after those it was fitted to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from ops.classify.ranking.case import PastCase, past_of, tabled
from ops.classify.ranking.ranker import RankSettings, UseMethod, use_model
from ops.values import FloatArray

CANDIDATES: tuple[tuple[UseMethod, float], ...] = (
    ("co-occurrence", 0.25),
    ("co-occurrence", 0.5),
    ("co-occurrence", 1.0),
    ("logistic", 0.1),
    ("logistic", 1.0),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A candidate: mean log-loss per used item, out of time, in nats; None if nothing was tried.

    Parameters
    ----------
    strength
        Temper of co-occurrence, or inverse penalty of the logistic model.
    n, unknown
        Used items it is a mean of, and those that no earlier case had: they are left out.
    """

    method: UseMethod
    strength: float
    log_loss: float | None
    n: int
    unknown: int


def cuts(n: int, folds: int = 3) -> list[int]:
    """Where time-ordered folds begin: the first two fifths of the cases only teach."""
    edges = np.linspace(0.4 * n, n, folds + 1)
    return [round(float(edge)) for edge in edges]


def trials(
    cases: Sequence[PastCase],
    settings: RankSettings,
    candidates: Sequence[tuple[UseMethod, float]] = CANDIDATES,
) -> tuple[Trial, ...]:
    """Try candidates on time-ordered folds, the oldest cases first; the best one stands first."""
    used = [case for case in cases if case.items]
    edges = cuts(len(used))
    found = []
    for method, strength in candidates:
        chosen = replace(settings, method=method, strength=strength)
        losses: list[FloatArray] = []
        unknown = 0
        for begin, end in pairwise(edges):
            loss, left = _losses(used[:begin], used[begin:end], chosen)
            losses.append(loss)
            unknown += left
        every = np.concatenate(losses) if losses else np.zeros(0)
        mean = float(every.mean()) if every.size else None
        found.append(Trial(method, strength, mean, int(every.size), unknown))
    return tuple(sorted(found, key=lambda t: np.inf if t.log_loss is None else t.log_loss))


def _losses(
    past: Sequence[PastCase], after: Sequence[PastCase], settings: RankSettings
) -> tuple[FloatArray, int]:
    known = past_of(past, after[0].opened) if after else []
    if not known:
        return np.zeros(0), 0
    model = use_model(tabled(known), settings)
    at = {item: i for i, item in enumerate(model.items)}
    losses: list[float] = []
    unknown = 0
    for case in after:
        log_use = model.log_use(case.context)
        losses += [-float(log_use[at[item]]) for item in case.items if item in at]
        unknown += sum(item not in at for item in case.items)
    return np.array(losses), unknown
