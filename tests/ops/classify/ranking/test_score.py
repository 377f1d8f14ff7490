"""Scores: shrunken counts, chances, credits; against closed forms and independent fits."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logit
from scipy.stats import beta, betabinom
from sklearn.linear_model import LogisticRegression

from ops.classify.ranking.case import PastCase, tabled
from ops.classify.ranking.cooccurrence import co_occurrence
from ops.classify.ranking.helps import credits, learned_helps, likeness
from ops.classify.ranking.logistic import multinomial_use
from ops.classify.ranking.ranker import RankSettings, learned
from ops.classify.ranking.shrinkage import STRENGTHS, beta_interval, prior_strength
from ops.classify.ranking.similarity import similarity


def cases(n: int = 60, seed: int = 3) -> list[PastCase]:
    rng = np.random.default_rng(seed)
    found = []
    for i in range(n):
        m = int(rng.integers(3))
        item = f"item {m if rng.uniform() < 0.8 else int(rng.integers(6))}"
        also = (f"item {int(rng.integers(6))}",) if rng.uniform() < 0.3 else ()
        items = tuple(dict.fromkeys((item, *also)))
        context = {"mechanism": f"m{m}", "tool": f"t{int(rng.integers(4))}"}
        helped = None if i % 7 == 0 else bool(rng.uniform() < 0.6)
        found.append(PastCase(f"{i:03d}", context, items, helped, float(i), float(i)))
    return found


def test_prior_strength_is_the_mode_of_the_beta_binomial_posterior() -> None:
    rng = np.random.default_rng(1)
    p = rng.beta(4 * 0.3, 4 * 0.7, 400)  # four cases' worth
    trials = rng.integers(1, 30, 400).astype(float)
    hits = rng.binomial(trials.astype(int), p).astype(float)
    log_posterior = [
        np.sum(betabinom.logpmf(hits, trials, m * 0.3, m * 0.7)) - 0.5 * np.log(m)
        for m in STRENGTHS
    ]
    found = prior_strength(hits, trials, np.full(400, 0.3))
    assert found == STRENGTHS[int(np.argmax(log_posterior))]
    assert found == 4.0


def test_without_trials_the_strength_is_in_the_middle() -> None:
    assert prior_strength(np.zeros(2), np.zeros(2), np.full(2, 0.5)) == STRENGTHS[5]


def test_beta_intervals_equal_those_of_scipy() -> None:
    a, b = np.array([1.5, 40.0, 0.3]), np.array([2.5, 3.0, 9.0])
    lower, upper = beta_interval(a, b, 0.9)
    np.testing.assert_allclose(lower, beta.ppf(0.05, a, b), rtol=1e-9)
    np.testing.assert_allclose(upper, beta.ppf(0.95, a, b), rtol=1e-9)


def test_co_occurrence_follows_its_formula() -> None:
    table = tabled(cases())
    model = co_occurrence(table, temper=0.5)
    n = len(table.x)
    base = (table.y.sum(axis=0) + 0.5) / (n + 1)
    odds = logit(base)
    for feature in (("mechanism", "m1"), ("tool", "t2")):
        rows = table.x[:, table.features.index(feature)] == 1
        m = model.strength[feature[0]]
        share = (table.y[rows].sum(axis=0) + m * base) / (rows.sum() + m)
        odds = odds + 0.5 * (logit(share) - logit(base))
    p = 1 / (1 + np.exp(-odds))
    found = np.exp(model.log_use({"mechanism": "m1", "tool": "t2"}))
    np.testing.assert_allclose(found, p / p.sum(), rtol=1e-12)


def test_an_unknown_level_says_nothing() -> None:
    model = co_occurrence(tabled(cases()))
    np.testing.assert_array_equal(model.log_use({"tool": "new"}), model.log_use({}))
    assert model.reasons({"tool": "new"}) == {}


def test_logistic_use_equals_the_probabilities_of_scikit_learn() -> None:
    table = tabled(cases())
    model = multinomial_use(table, strength=0.5)
    row, item = np.nonzero(table.y)
    fitted = LogisticRegression(C=0.5, max_iter=300, tol=1e-4).fit(table.x[row], item)
    for case in cases()[:3]:
        expected = fitted.predict_proba(table.row(case.context)[None, :])[0]
        np.testing.assert_allclose(np.exp(model.log_use(case.context)), expected, atol=1e-12)


@pytest.mark.parametrize("count", [1, 2])
def test_logistic_use_of_few_items_sums_to_one(count: int) -> None:
    few = [PastCase(str(i), {"m": str(i % 2)}, (f"i{i % count}",)) for i in range(8)]
    p = np.exp(multinomial_use(tabled(few)).log_use({"m": "1"}))
    assert p.sum() == pytest.approx(1.0)
    assert p[-1] == p.max()


def test_a_lone_item_has_all_the_credit_and_an_idle_habit_little() -> None:
    y = np.array([[1, 0]] * 20 + [[0, 1]] * 20 + [[1, 1]] * 20, dtype=float)
    helped = np.array([0] * 20 + [1] * 20 + [1] * 20, dtype=float)
    credit = credits(y, helped)
    np.testing.assert_allclose(credit[20:40, 1], 1.0)
    assert credit[:20].max() == 0.0
    assert credit[40, 1] > 0.95, "what helps alone explains what helped beside it"
    assert credit[40, 0] < 0.1


def test_credits_of_one_pair_solve_the_noisy_or() -> None:
    # one helped case with two unknown items: by symmetry both have q / (1 - (1 - q)^2)
    credit = credits(np.ones((1, 2)), np.ones(1))
    start = 2 / 3
    q = start
    for _ in range(200):
        q = (q / (1 - (1 - q) ** 2) + start) / 2
    np.testing.assert_allclose(credit, q / (1 - (1 - q) ** 2), rtol=1e-6)


def test_chances_are_drawn_to_the_mean_where_little_is_known() -> None:
    many = [PastCase(f"a{i:02d}", {"m": "x"}, ("good",), True) for i in range(30)]
    many += [PastCase(f"b{i:02d}", {"m": "x"}, ("bad",), False) for i in range(30)]
    many += [PastCase("c", {"m": "x"}, ("rare",), True)]
    helps = learned_helps(tabled(many))
    chance = helps.chance({"m": "x"})
    bad, good, rare = chance.mean
    assert bad < helps.overall < rare < good
    width = chance.upper - chance.lower
    assert width[2] > 2 * width[0]
    assert np.all((chance.lower < chance.mean) & (chance.mean < chance.upper))


def test_likeness_is_the_squared_share_in_common() -> None:
    table = tabled([PastCase("1", {"a": "x", "b": "y"}, ("i",))])
    assert likeness(table, {"a": "x", "b": "z"}).tolist() == [0.25]
    assert likeness(table, {}).tolist() == [0.0]


def test_items_with_equal_contexts_and_words_are_alike() -> None:
    pair = PastCase("1", {"m": "x"}, ("clean clamp", "clean clamps 2"))
    table = tabled([pair, PastCase("2", {"m": "y"}, ("teach camera",))])
    same = similarity(table)
    assert same[0, 1] > 0.7 > 0.3 > same[0, 2]
    np.testing.assert_allclose(same, same.T)
    np.testing.assert_allclose(np.diag(same), 1.0)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 100), st.sampled_from(["co-occurrence", "logistic"]))
def test_scores_do_not_depend_on_names_or_on_the_order_of_levels(seed: int, method: str) -> None:
    original = cases(40, seed)
    renamed = [
        replace(
            case,
            context={f"f {name}": f"z{9 - int(level[1:])}" for name, level in case.context.items()},
            items=tuple(f"{'zyxwvu'[int(item[-1])]}" for item in case.items),
        )
        for case in original
    ]
    chosen = RankSettings(method=method)  # type: ignore[arg-type]
    one = learned(original, chosen).scored({"mechanism": "m1", "tool": "t0"})
    two = learned(renamed, chosen).scored({"f mechanism": "z8", "f tool": "z9"})
    score = dict(zip(two.items, two.score, strict=True))
    other = [score["zyxwvu"[int(item[-1])]] for item in one.items]
    np.testing.assert_allclose(one.score, other, atol=1e-9 if method == "co-occurrence" else 2e-3)


def test_a_safety_item_never_falls_below_its_score() -> None:
    chosen = RankSettings(safety=frozenset({"item 1"}), lambda_=0.0)
    ranker = learned(cases(), chosen)
    scored = ranker.scored({"mechanism": "m1"})
    at = scored.items.index("item 1")
    place = ranker.order(scored, "none").tolist().index(at)
    for how in ("mmr", "xquad"):
        assert ranker.order(scored, how).tolist().index(at) <= place  # type: ignore[arg-type]
