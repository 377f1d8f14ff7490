"""Evaluation in time order, choice by later cases, and planted truth that must be found."""

from dataclasses import replace
from functools import cache

import numpy as np

from ops.classify.ranking.case import PastCase, past_of
from ops.classify.ranking.choice import cuts, trials
from ops.classify.ranking.evaluation import ORDERS, Judged, judged, measured
from ops.classify.ranking.metric import coverage, exposure, gini
from ops.classify.ranking.ranker import Ranker, RankSettings, learned
from ops.simulate.action_cases import ActionPlan, SimulatedAction, simulate_actions

K = 5


def past(drawn: tuple[SimulatedAction, ...]) -> list[PastCase]:
    return [
        PastCase(s.id, s.context, (*s.actions, *s.parts), s.helped, s.opened_h, s.closed_h)
        for s in drawn
    ]


@cache
def drawn() -> tuple[SimulatedAction, ...]:
    return simulate_actions(ActionPlan(), seed=2)


@cache
def taught() -> Ranker:
    return learned(past(drawn()[:400]), RankSettings())


def lists(order: str) -> list[tuple[str, list[str]]]:
    """What each later case truly asked for, and the first items of an order for it."""
    ranker = taught()
    found = []
    for case in drawn()[400:]:
        scored = ranker.scored(case.context)
        if order == "popularity":
            at = np.argsort(-ranker.table.y.sum(axis=0), kind="stable")
        else:
            at = ranker.order(scored, order)  # type: ignore[arg-type]
        found.append((case.truth, [scored.items[i] for i in at[:K]]))
    return [(truth, shown) for truth, shown in found if truth in ranker.table.items]


def hit(found: list[tuple[str, list[str]]], *, head: bool) -> float:
    of = [truth in shown for truth, shown in found if (truth in taught().head) is head]
    return float(np.mean(of))


def test_planted_rare_remedies_are_found_where_popularity_finds_none() -> None:
    usual, ranked = lists("popularity"), lists("xquad")
    assert hit(ranked, head=False) > hit(usual, head=False) + 0.4
    assert hit(ranked, head=True) > hit(usual, head=True) - 0.02


def test_reranking_brings_the_tail_up_and_costs_the_head_little() -> None:
    plain = lists("none")
    for order in ("mmr", "xquad"):
        ranked = lists(order)
        assert hit(ranked, head=False) >= hit(plain, head=False)
        assert hit(ranked, head=True) >= hit(plain, head=True) - 0.02
        catalogue = taught().table.items
        before = exposure([shown for _, shown in plain], catalogue, K)
        after = exposure([shown for _, shown in ranked], catalogue, K)
        assert (coverage(after) or 0) > (coverage(before) or 0)
        assert (gini(after) or 0) < (gini(before) or 0)


def test_habits_are_not_praised_for_what_the_right_item_did() -> None:
    ranker = taught()
    mean = ranker.helps.credit.sum(axis=0) / ranker.table.y.sum(axis=0)
    used = ranker.table.y.sum(axis=0)
    habits = np.argsort(-used)[:3]
    remedies = [ranker.table.items.index(c.truth) for c in drawn()[:400] if c.truth in ranker.head]
    assert mean[habits].mean() < np.mean([mean[i] for i in remedies]) - 0.2


def test_a_case_is_ranked_by_what_was_known_before_it_only() -> None:
    some = past(drawn()[:120])
    given, catalogue = judged(some, RankSettings())
    # outcomes that come after the last case teach nothing: the same cases, known only at the end
    late = [replace(case, known=1e9) for case in some]
    assert judged(late, RankSettings()) == (dict.fromkeys(ORDERS, ()), frozenset())
    # what is done later than a case does not change what was shown for it
    until = given["scores"][0].case
    changed = [case if case.id <= until else replace(case, items=("new",)) for case in some]
    again, _ = judged(changed, RankSettings())
    assert again["scores"][0].shown == given["scores"][0].shown
    assert set(given["scores"][0].shown) <= catalogue


def test_every_order_judges_the_same_cases() -> None:
    given, _ = judged(past(drawn()[:100]), RankSettings())
    assert set(given) == set(ORDERS)
    assert len({tuple(one.case for one in given[order]) for order in ORDERS}) == 1


def test_measures_of_hand_made_lists() -> None:
    one = Judged("1", ("a", "b"), 1.0, 1.0, None, 1.0, 0.5)
    two = Judged("2", ("a", "c"), 0.0, None, 0.0, 0.0, 0.7)
    found = {m.name: m for m in measured([one, two], frozenset("abcd"), k=2, draws=200)}
    assert (found["recall"].value, found["recall"].n) == (0.5, 2)
    assert (found["recall"].lower, found["recall"].upper) == (0.0, 1.0)
    assert (found["recall of the tail"].value, found["recall of the tail"].n) == (0.0, 1)
    assert found["coverage"].value == 0.75
    assert found["gini"].value == 0.375  # of 2, 1, 1, 0
    assert {m.value for m in measured([], frozenset(), k=2)} == {None}


def test_intervals_of_the_bootstrap_hold_the_value_and_repeat() -> None:
    given, catalogue = judged(past(drawn()[:200]), RankSettings())
    first = measured(given["xquad"], catalogue, k=K, draws=100)
    assert first == measured(given["xquad"], catalogue, k=K, draws=100)
    for m in first:
        assert m.value is not None
        assert m.lower is not None
        assert m.upper is not None
        assert m.lower <= m.value <= m.upper


def test_models_of_use_are_chosen_by_later_cases() -> None:
    tried = trials(past(drawn()[:200]), RankSettings())
    losses = [t.log_loss for t in tried if t.log_loss is not None]
    assert losses == sorted(losses)
    assert len(tried) == 5
    assert {(t.n, t.unknown) for t in tried} == {(tried[0].n, tried[0].unknown)}
    # a model that knew nothing of the context would lose log(items) at most: both gain on it
    assert losses[0] < np.log(60)


def test_few_cases_are_cut_in_order() -> None:
    assert cuts(10) == [4, 6, 8, 10]
    assert [c.id for c in past_of([PastCase("1", {}, known=2.0)], 1.0)] == []
