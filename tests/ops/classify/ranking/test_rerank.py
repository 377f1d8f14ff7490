"""Re-ranking: always a permutation, the score order at lambda 1, nothing protected falls."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.classify.ranking.rerank import Slots, mmr, reranked, score_order, xquad
from ops.values import BoolArray, FloatArray

NONE = np.zeros(4, dtype=np.bool_)


@st.composite
def lists(draw: st.DrawFn) -> tuple[FloatArray, list[str], FloatArray, FloatArray, Slots, float]:
    n = draw(st.integers(1, 9))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    score = np.round(rng.uniform(0, 1, n), draw(st.integers(0, 3)))  # ties are wanted
    similar = rng.uniform(0, 1, (n, n))
    similar = (similar + similar.T) / 2
    aspects = rng.integers(0, 2, (n, 3)).astype(float)
    protected: BoolArray = rng.uniform(size=n) < 0.3
    tail: BoolArray = rng.uniform(size=n) < 0.4
    slots = Slots(protected, tail, draw(st.integers(1, 6)), draw(st.integers(0, 3)))
    names = [f"n{i:02d}" for i in rng.permutation(n)]
    return score, names, similar, aspects, slots, draw(st.floats(0, 1))


@settings(deadline=None, max_examples=80)
@given(lists())
def test_a_reranking_is_a_permutation_and_protected_items_never_fall(
    drawn: tuple[FloatArray, list[str], FloatArray, FloatArray, Slots, float],
) -> None:
    score, names, similar, aspects, slots, lambda_ = drawn
    rank = {int(i): place for place, i in enumerate(score_order(score, names))}
    for gain in (mmr(score, similar, lambda_=lambda_), xquad(score, aspects, lambda_=lambda_)):
        order = reranked(score, names, gain, slots).tolist()
        assert sorted(order) == list(range(score.size))
        for place, item in enumerate(order):
            assert not slots.protected[item] or place <= rank[item]


@settings(deadline=None, max_examples=50)
@given(lists())
def test_with_all_weight_on_the_score_nothing_moves(
    drawn: tuple[FloatArray, list[str], FloatArray, FloatArray, Slots, float],
) -> None:
    score, names, similar, aspects, slots, _ = drawn
    free = Slots(slots.protected, slots.tail, slots.k, 0)
    expected = score_order(score, names).tolist()
    for gain in (mmr(score, similar, lambda_=1.0), xquad(score, aspects, lambda_=1.0)):
        assert reranked(score, names, gain, free).tolist() == expected


@settings(deadline=None, max_examples=80)
@given(lists())
def test_the_tail_has_its_places_where_nothing_protected_claims_them(
    drawn: tuple[FloatArray, list[str], FloatArray, FloatArray, Slots, float],
) -> None:
    score, names, similar, _, slots, lambda_ = drawn
    free = Slots(np.zeros(score.size, dtype=np.bool_), slots.tail, slots.k, slots.reserved)
    order = reranked(score, names, mmr(score, similar, lambda_=lambda_), free)
    first = order[: slots.k]
    assert slots.tail[first].sum() >= min(slots.reserved, slots.tail.sum(), slots.k, score.size)


def test_mmr_of_a_hand_computed_list() -> None:
    # b is a twin of a: 0.5 * 0.9 - 0.5 * 1 < 0.5 * 0.2 - 0: c comes second, then d, then b
    score = np.array([1.0, 0.9, 0.2, 0.1])
    similar = np.eye(4)
    similar[0, 1] = similar[1, 0] = 1.0
    gain = mmr(score, similar, lambda_=0.5)
    assert reranked(score, "abcd", gain, Slots(NONE, NONE)).tolist() == [0, 2, 3, 1]


def test_xquad_of_a_hand_computed_list() -> None:
    # after a (aspect x, relevance 1) x is served: b adds only 0.5 * 0.9, c 0.5 * 0.6 + 0.5 * g
    # with g = 0.6 * (0.6 / 2.5) * 1: 0.45 > 0.372; of d (no aspect): 0.25
    score = np.array([1.0, 0.9, 0.6, 0.5])
    aspects = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    gain = xquad(score, aspects, lambda_=0.5)
    worth = gain([0])
    np.testing.assert_allclose(worth[1:], [0.45, 0.3 + 0.5 * 0.6 * 0.6 / 2.5, 0.25])
    low = xquad(score, aspects, lambda_=0.1)
    assert reranked(score, "abcd", low, Slots(NONE, NONE)).tolist()[:2] == [0, 2]


def test_equal_scores_stand_in_the_order_of_their_names() -> None:
    assert score_order(np.array([0.5, 0.5, 0.5]), ["c", "a", "b"]).tolist() == [1, 2, 0]
