"""Evaluation in time order: earlier cases rank for later ones, before and after re-ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from ops.classify.ranking.case import PastCase, past_of
from ops.classify.ranking.choice import cuts
from ops.classify.ranking.metric import coverage, diversity_at, exposure, gini, ndcg_at, recall_at
from ops.classify.ranking.ranker import Ranker, RankSettings, learned
from ops.values import FloatArray, IntArray

Order = Literal["popularity", "scores", "mmr", "xquad"]
ORDERS: tuple[Order, ...] = ("popularity", "scores", "mmr", "xquad")


@dataclass(frozen=True, slots=True)
class Judged:
    """What one order gave one case: its first k items, and how well they answer it."""

    case: str
    shown: tuple[str, ...]
    recall: float | None
    recall_head: float | None
    recall_tail: float | None
    ndcg: float | None
    diversity: float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure with its bootstrap interval; None where it cannot be told.

    Parameters
    ----------
    n
        Cases that it rests on.
    """

    name: str
    value: float | None
    lower: float | None
    upper: float | None
    n: int


def judged(
    cases: Sequence[PastCase], settings: RankSettings, *, folds: int = 6
) -> tuple[dict[Order, tuple[Judged, ...]], frozenset[str]]:
    """Rank for every later case by what was known before it.

    A case asks for the items that were used and helped, where its outcome is known to be good;
    where it is unknown for all that were used; a case that was not helped asks for nothing and is
    left out. Head and tail are those of the cases that taught.

    Parameters
    ----------
    cases
        The oldest first.

    Returns
    -------
    dict, frozenset
        What each order gave each case; the catalogue: every item that could be shown.
    """
    used = [case for case in cases if case.items]
    edges = cuts(len(used), folds)
    found: dict[Order, list[Judged]] = {order: [] for order in ORDERS}
    catalogue: set[str] = set()
    for begin, end in pairwise(edges):
        asked = [case for case in used[begin:end] if case.helped is not False]
        past = past_of(used[:begin], used[begin].opened) if asked else []
        if not past:
            continue
        ranker = learned(past, settings)
        catalogue |= set(ranker.table.items)
        for case in asked:
            for order, ranked in _orders(ranker, case).items():
                found[order].append(_one(ranker, case, ranked))
    return {order: tuple(every) for order, every in found.items()}, frozenset(catalogue)


def _orders(ranker: Ranker, case: PastCase) -> dict[Order, IntArray]:
    scored = ranker.scored(case.context)
    popular = np.lexsort((np.arange(len(scored.items)), -ranker.table.y.sum(axis=0)))
    return {
        "popularity": popular.astype(np.int64),
        "scores": ranker.order(scored, "none"),
        "mmr": ranker.order(scored, "mmr"),
        "xquad": ranker.order(scored, "xquad"),
    }


def _one(ranker: Ranker, case: PastCase, ranked: IntArray) -> Judged:
    k, items = ranker.settings.k, ranker.table.items
    first = [items[i] for i in ranked[:k]]
    wanted = set(case.items)
    return Judged(
        case=case.id,
        shown=tuple(first),
        recall=recall_at(first, wanted, k),
        recall_head=recall_at(first, wanted & ranker.head, k),
        recall_tail=recall_at(first, wanted - ranker.head, k),
        ndcg=ndcg_at(first, wanted, k),
        diversity=diversity_at(ranked[:k].tolist(), ranker.similar, k),
    )


def measured(
    given: Sequence[Judged],
    catalogue: frozenset[str],
    *,
    k: int,
    draws: int = 500,
    seed: int = 1,
    level: float = 0.95,
) -> tuple[Measure, ...]:
    """Measures of one order, each with a percentile interval of a bootstrap of the cases.

    The same seed draws the same cases for every order, so that differences are paired.
    """
    n = len(given)
    pick = np.random.default_rng(seed).integers(0, n, (draws, n)) if n else np.zeros((0, 0), int)
    weight = np.array([np.bincount(row, minlength=n) for row in pick], dtype=np.float64)
    weight = weight.reshape(draws if n else 0, n)
    means = (
        ("recall", [one.recall for one in given]),
        ("recall of the head", [one.recall_head for one in given]),
        ("recall of the tail", [one.recall_tail for one in given]),
        ("ndcg", [one.ndcg for one in given]),
        ("diversity", [one.diversity for one in given]),
    )
    found = [_mean(name, values, weight, level) for name, values in means]
    each = np.array([exposure([one.shown], catalogue, k) for one in given])
    each = each.reshape(n, len(catalogue))
    of_all = (("coverage", coverage), ("gini", gini))
    for name, measure in of_all:
        value = measure(each.sum(axis=0))
        drawn = [again for row in weight if (again := measure(row @ each)) is not None]
        lower, upper = _ends(_centred(drawn, value), level)
        found.append(Measure(name, value, lower, upper, n))
    return tuple(found)


def _mean(name: str, values: Sequence[float | None], weight: FloatArray, level: float) -> Measure:
    at = np.array([i for i, value in enumerate(values) if value is not None], dtype=np.int64)
    if not at.size:
        return Measure(name, None, None, None, 0)
    known = np.array([values[i] for i in at], dtype=np.float64)
    inside = weight[:, at]
    drawn = inside.sum(axis=1) > 0
    means = (inside[drawn] @ known) / inside[drawn].sum(axis=1)
    lower, upper = _ends(means.tolist(), level)
    return Measure(name, float(known.mean()), lower, upper, int(at.size))


def _centred(drawn: Sequence[float], value: float | None) -> list[float]:
    """Take the bias out of draws: a draw leaves cases out, and what only they were shown."""
    if value is None or not drawn:
        return []
    shift = value - float(np.median(drawn))
    return [min(max(again + shift, 0.0), 1.0) for again in drawn]


def _ends(drawn: Sequence[float], level: float) -> tuple[float | None, float | None]:
    if not drawn:
        return None, None
    low, high = np.quantile(np.array(drawn), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
