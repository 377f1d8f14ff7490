"""Successive halving: the best wins, the budget holds, the seed decides."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.models.candidate import RANGES, draw_candidates
from ops.classify.models.search import successive_halving
from ops.classify.models.settings import LogisticSettings
from ops.errors import BadData, NotEnoughData
from tests.strategies import few


def _ticking(step: float = 1.0) -> Callable[[], float]:
    now = -step

    def clock() -> float:
        nonlocal now
        now += step
        return now

    return clock


def _logistic(*strengths: float) -> list[Any]:
    return [LogisticSettings(strength=s) for s in strengths]


def _distance(settings: Any, share: float) -> float:
    return abs(settings.strength - 3.0) + 1.0 - share


def test_the_best_of_nine_goes_through_three_rungs() -> None:
    found = successive_halving(_logistic(*range(1, 10)), _distance, clock=_ticking(), budget_s=inf)
    assert found.settings == LogisticSettings(strength=3.0)
    assert found.score == 0.0
    assert found.complete
    assert [sum(t.rung == r for t in found.trials) for r in range(3)] == [9, 3, 1]
    assert [t.rows_share for t in found.trials][::6] == pytest.approx([1 / 9, 1 / 9, 1.0])


def test_a_first_share_of_one_scores_all_on_all_rows() -> None:
    found = successive_halving(
        _logistic(5, 2, 4), _distance, clock=_ticking(), budget_s=inf, first_share=1.0
    )
    assert [t.rows_share for t in found.trials] == [1.0] * 3
    assert found.settings.strength == 2.0  # type: ignore[union-attr]


def test_the_budget_ends_the_search_with_what_is_known() -> None:
    found = successive_halving(_logistic(*range(1, 10)), _distance, clock=_ticking(), budget_s=4.0)
    assert not found.complete
    assert len(found.trials) == 4
    assert found.settings.strength == 3.0  # type: ignore[union-attr]


def test_even_without_any_budget_one_candidate_is_scored() -> None:
    found = successive_halving(_logistic(7, 3), _distance, clock=_ticking(), budget_s=0.0)
    assert [t.candidate for t in found.trials] == [0]
    assert found.best == 0


def test_progress_rises_to_one_and_says_what_was_scored() -> None:
    told: list[tuple[float, str]] = []
    successive_halving(
        _logistic(*range(1, 10)),
        _distance,
        clock=_ticking(),
        budget_s=inf,
        progress=lambda share, text: told.append((share, text)),
    )
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    assert told[0][1] == "rung 1 of 3, logistic, candidate 1: 2.889"


def test_a_candidate_that_fails_is_kept_with_its_reason_and_loses() -> None:
    def score(settings: Any, share: float) -> float:
        if settings.strength == 3.0:
            raise BadData("separated")
        return nan if settings.strength == 4.0 else _distance(settings, share)

    found = successive_halving(_logistic(3, 4, 5), score, clock=_ticking(), budget_s=inf)
    assert found.settings.strength == 5.0  # type: ignore[union-attr]
    assert [t.failure for t in found.trials][:2] == ["separated", "score nan"]


def test_a_search_in_which_all_fail_is_refused() -> None:
    def score(settings: Any, share: float) -> float:
        raise NotEnoughData("no rows")

    with pytest.raises(NotEnoughData, match="no candidate could be scored: no rows"):
        successive_halving(_logistic(1, 2), score, clock=_ticking(), budget_s=inf)


def test_a_search_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a candidate"):
        successive_halving([], _distance, clock=_ticking(), budget_s=inf)


@few(30)
@given(count=st.integers(1, 40), factor=st.integers(2, 4), seed=st.integers(0, 99))
def test_a_search_that_ends_by_itself_is_the_same_twice(count: int, factor: int, seed: int) -> None:
    candidates = draw_candidates(["logistic"], count, seed=seed)
    runs = [
        successive_halving(candidates, _distance, clock=_ticking(t), budget_s=inf, factor=factor)
        for t in (1.0, 7.0)
    ]
    assert runs[0] == runs[1]
    assert runs[0].trials[-1].rows_share == 1.0


def test_candidates_begin_with_the_defaults_and_follow_their_seed() -> None:
    kinds = list(RANGES)
    found = draw_candidates(kinds, 40, seed=5)
    assert [c.kind for c in found[: len(kinds)]] == kinds
    assert all(c == type(c)() for c in found[: len(kinds)])
    assert found == draw_candidates(kinds, 40, seed=5)
    assert found[:20] == draw_candidates(kinds, 20, seed=5)
    assert found != draw_candidates(kinds, 40, seed=6)
    assert len(set(found)) == 40


def test_unknown_kinds_are_refused() -> None:
    with pytest.raises(BadData, match="unknown kind svm: take some of logistic"):
        draw_candidates(["svm"], 3, seed=0)
    with pytest.raises(BadData, match="no kind of model"):
        draw_candidates([], 3, seed=0)
