"""Re-ranking: diverse (MMR), covering (xQuAD), with a protected top and a slot for the tail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ops.values import BoolArray, FloatArray, IntArray

Gain = Callable[[list[int]], FloatArray]  # items placed so far -> worth of each item, shape (a,)


@dataclass(frozen=True, slots=True)
class Slots:
    """What a re-ranking must respect.

    Parameters
    ----------
    protected : shape (a,)
        Items that never stand lower than their scores put them.
    tail : shape (a,)
        Rare items that fit.
    k, reserved
        At least `reserved` of the first `k` places go to the tail, as far as there are such items.
    """

    protected: BoolArray
    tail: BoolArray
    k: int = 5
    reserved: int = 1


def score_order(score: FloatArray, names: Sequence[str]) -> IntArray:
    """Order indices from the best score down; equal scores in the order of the names."""
    return np.array(sorted(range(len(names)), key=lambda i: (-score[i], names[i])), dtype=np.int64)


def mmr(relevance: FloatArray, similar: FloatArray, *, lambda_: float) -> Gain:
    """Maximal marginal relevance: ``lambda rel(i) - (1 - lambda) max_{j placed} sim(i, j)``.

    Parameters
    ----------
    relevance : shape (a,)
        0 to 1.
    similar : shape (a, a)
    lambda_
        1 is the order of the scores, 0 only avoids what is alike.

    References
    ----------
    Carbonell and Goldstein (1998), SIGIR, 335-336.
    """

    def gain(placed: list[int]) -> FloatArray:
        alike = similar[:, placed].max(axis=1) if placed else np.zeros(relevance.size)
        worth: FloatArray = lambda_ * relevance - (1.0 - lambda_) * alike
        return worth

    return gain


def xquad(relevance: FloatArray, aspects: FloatArray, *, lambda_: float) -> Gain:
    """Explicit aspect diversification, with the weight of the score as in `mmr`.

    ``lambda P(i) + (1 - lambda) sum_z P(z) P(i|z) prod_{j placed} (1 - P(j|z))``, with ``P(i|z)``
    the relevance of an item that has the aspect, and ``P(z)`` the share of the relevance that
    items with the aspect carry.

    Parameters
    ----------
    aspects : shape (a, z)
        1 where an item has an aspect.

    References
    ----------
    Santos, Macdonald and Ounis (2010), WWW, 881-890 (their lambda is 1 - ours).
    """
    of_aspect = relevance[:, None] * aspects
    weight = of_aspect.sum(axis=0) / max(float(of_aspect.sum()), 1e-300)

    def gain(placed: list[int]) -> FloatArray:
        missing = np.prod(1.0 - of_aspect[placed], axis=0) if placed else np.ones(weight.size)
        worth: FloatArray = lambda_ * relevance
        worth += (1.0 - lambda_) * (of_aspect @ (weight * missing))
        return worth

    return gain


def reranked(score: FloatArray, names: Sequence[str], gain: Gain, slots: Slots) -> IntArray:
    """Place items one by one, each time the one of the largest gain.

    A protected item is placed at the latest where its score puts it; where the places left of the
    first `k` are as many as the tail still lacks, the tail has them.

    Returns
    -------
    shape (a,)
        A permutation of all items. Ties go to the larger score, then to the earlier name.
    """
    order = score_order(score, names)
    rank = np.empty(order.size, dtype=np.int64)
    rank[order] = np.arange(order.size)
    placed: list[int] = []
    rest = set(range(order.size))
    wanted = min(slots.reserved, int(slots.tail.sum()), slots.k)
    for place in range(order.size):
        forced = int(order[place])
        if forced in rest and slots.protected[forced]:
            chosen = forced
        else:
            among = _allowed(place, placed, rest, slots, wanted, rank)
            worth = gain(placed)
            chosen = min(among, key=lambda i: (-worth[i], rank[i]))
        placed.append(chosen)
        rest.remove(chosen)
    return np.array(placed, dtype=np.int64)


def _allowed(
    place: int, placed: list[int], rest: set[int], slots: Slots, wanted: int, rank: IntArray
) -> set[int]:
    """Tail items only where their places would else run out; every item that is left otherwise."""
    lacking = wanted - int(slots.tail[placed].sum())
    claims = sum(place < rank[i] < slots.k and bool(slots.protected[i]) and not slots.tail[i]
                 for i in rest)  # fmt: skip
    tail = {i for i in rest if slots.tail[i]}
    if place < slots.k and lacking > 0 and slots.k - place - claims <= lacking and tail:
        return tail
    return rest
