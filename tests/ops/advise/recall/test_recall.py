"""What memories are worth: terms, trust, recency, relevance, contradictions, what is left out."""

from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.memory import MemoryKind, Provenance
from ops.advise.recall.query import Candidate, RecallQuery
from ops.advise.recall.recall import ranked
from ops.advise.recall.recency import DAY_US, HALF_LIFE_DAYS, is_stale, recency_of
from ops.advise.recall.relevance import fitting, relevance_of, weights_of, word_relevance
from ops.advise.recall.terms import asked_terms, is_code, kept_terms
from ops.advise.recall.trust import PRIORS, trust_of

NOW = 1_000 * DAY_US
PLAIN = Candidate(
    id=1, kind="knowledge", title="", text="", provenance="person", origin="ada", written=NOW,
    valid_from=0, terms=frozenset({"drift", "wb-07"}),
)  # fmt: skip


def _ids(*candidates: Candidate, query: RecallQuery | None = None, now: int = NOW) -> list[int]:
    asked = query or RecallQuery("drift")
    return [one.id for one in ranked(asked, candidates, {"drift": 1.0}, now=now)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("WB-07", ("wb-07",)),
        ("(WB-07), CL4-57.", ("wb-07", "cl4-57")),
        ("LOOP\u2011QFN32\u2013AU25", ("loop-qfn32-au25",)),
        ("\uff37\uff22-07", ("wb-07",)),
        ("焊线机WB-07漂移", ("焊线", "线机", "wb-07", "漂移")),
        ("µm Ω straße", ("μm", "ω", "strasse")),
        ("network-base", ("network-base", "network", "base")),
        ("the of und", ()),
        ("", ()),
        ("57AD12BD-3a13-49c8-8a68-dfbf5dd4a563", ("57ad12bd-3a13-49c8-8a68-dfbf5dd4a563",)),
    ],
)
def test_terms_keep_codes_whole(text: str, terms: tuple[str, ...]) -> None:
    assert asked_terms(text) == terms


def test_parts_of_a_code_are_terms_of_a_memory_only() -> None:
    assert kept_terms(["LOOP-QFN32-AU25"]) == ("loop-qfn32-au25", "loop", "qfn32", "au25")
    run = "57ad12bd-3a13-49c8-8a68-dfbf5dd4a563"
    assert kept_terms([run]) == (run, "57ad12bd")


@given(st.text(max_size=80))
def test_terms_have_no_character_that_a_database_splits_at_or_quotes(text: str) -> None:
    for term in kept_terms([text]):
        assert term
        assert not set(term) & set(" '\"\\*()\t\n\0")
        assert term in kept_terms([term])


@given(st.text(max_size=60))
def test_memory_is_found_by_each_term_of_its_own_text(text: str) -> None:
    assert set(asked_terms(text)) <= set(kept_terms([text]))


@pytest.mark.parametrize("provenance", PRIORS)
def test_trust_is_the_mean_of_the_posterior(provenance: Provenance) -> None:
    a, b = PRIORS[provenance]
    assert trust_of(provenance) == a / (a + b)
    assert trust_of(provenance, confirmed=5, refuted=2) == pytest.approx((a + 5) / (a + b + 7))


@given(st.sampled_from(list(PRIORS)), st.integers(0, 10**6), st.integers(0, 10**6))
def test_trust_rises_with_what_helped_and_falls_with_what_did_not(
    provenance: Provenance, confirmed: int, refuted: int
) -> None:
    now = trust_of(provenance, confirmed=confirmed, refuted=refuted)
    assert 0 < now < 1
    assert trust_of(provenance, confirmed=confirmed + 1, refuted=refuted) > now
    assert trust_of(provenance, confirmed=confirmed, refuted=refuted + 1) < now


@pytest.mark.parametrize(("kind", "days"), HALF_LIFE_DAYS.items())
def test_recency_halves_with_each_half_life(kind: MemoryKind, days: float) -> None:
    ages = [recency_of(kind, written=0, now=int(k * days * DAY_US)) for k in range(4)]
    assert ages == pytest.approx([1, 1 / 2, 1 / 4, 1 / 8])
    assert recency_of(kind, written=DAY_US, now=0) == 1
    assert not is_stale(kind, written=0, now=int(2 * days * DAY_US))
    assert is_stale(kind, written=0, now=int(2 * days * DAY_US) + DAY_US)


def test_weights_are_those_of_bm25_and_codes_weigh_three_times() -> None:
    weights = weights_of({"drift": 10, "wb-07": 10, "zebra": 0, "wb-99": 0}, total=100)
    bm25 = log(1 + (100 - 10 + 0.5) / (10 + 0.5))
    assert weights == pytest.approx(
        {"drift": bm25, "wb-07": 3 * bm25, "wb-99": 3 * log(1 + 100.5 / 0.5)}
    )
    assert word_relevance(weights, {"drift", "wb-07", "wb-99"}) == pytest.approx(1)
    assert word_relevance({}, {"drift"}) == 0


@given(st.floats(0, 1), st.floats(-1, 1), st.booleans())
def test_meaning_never_lifts_above_the_words_and_never_decides_codes(
    w: float, d: float, names_code: bool
) -> None:
    relevance = relevance_of(w, d, names_code=names_code)
    assert 0 <= relevance <= (w if w > 0 else 0.5)
    assert not (w == 0 and names_code and relevance)
    assert relevance_of(w, None, names_code=names_code) == w


def test_memory_of_another_tool_is_worth_a_quarter() -> None:
    assert fitting({"tool": "WB-07"}, {"tool": "WB-05"}) == 0.25
    assert fitting({"tool": "WB-07"}, {"tool": "WB-07", "lot": "L1"}) == 1
    assert fitting({"tool": "WB-07"}, {"lot": "L1"}) == fitting({}, {"tool": "WB-05"}) == 1


def test_score_is_a_product_and_orders() -> None:
    old = replace(PLAIN, id=2, kind="outcome", written=NOW - 180 * DAY_US)
    (first, second) = ranked(RecallQuery("drift"), [old, PLAIN], {"drift": 1.0}, now=NOW)
    assert (first.id, first.score) == (1, pytest.approx(0.8))
    assert (second.id, second.score) == (2, pytest.approx(1 * 0.5 * 0.8))


def test_what_does_not_hold_or_was_superseded_is_left_out() -> None:
    newer = replace(PLAIN, id=2, supersedes=1)
    assert _ids(PLAIN, newer) == [2]
    assert _ids(PLAIN, replace(newer, written=NOW + 1)) == [1]
    assert _ids(replace(PLAIN, valid_to=NOW)) == []
    assert _ids(replace(PLAIN, valid_to=NOW + 1)) == [1]
    assert _ids(replace(PLAIN, valid_from=NOW + 1)) == []
    assert _ids(replace(PLAIN, terms=frozenset({"x"}))) == []
    assert _ids() == []


@given(st.permutations(range(1, 7)))
def test_order_does_not_depend_on_the_order_of_candidates(order: list[int]) -> None:
    same = [replace(PLAIN, id=i) for i in order]
    assert _ids(*same) == [6, 5, 4, 3, 2, 1]


def test_opposite_outcomes_of_the_same_thing_are_flagged_with_the_winner() -> None:
    about = replace(PLAIN, tags={"tool": "WB-07"}, cause="creep", action="clean", helped=True)
    trusted = replace(about, id=2, helped=False, confirmed=40)
    found = {m.id: m for m in ranked(RecallQuery("drift"), [about, trusted], {"drift": 1}, now=NOW)}
    assert (found[1].loses_to, found[1].why, found[1].conflicts) == (2, "more-trusted", (2,))
    assert (found[2].loses_to, found[2].why, found[2].conflicts) == (None, "", (1,))
    alike = replace(about, id=3, helped=False)
    found = {m.id: m for m in ranked(RecallQuery("drift"), [about, alike], {"drift": 1}, now=NOW)}
    assert (found[1].loses_to, found[1].why) == (3, "newer")


@pytest.mark.parametrize(
    ("change", "contradict"),
    [
        ({"helped": False}, True),
        ({"helped": None}, False),
        ({"helped": False, "tags": {"tool": "WB-05"}}, False),
        ({"helped": False, "cause": "spread"}, False),
        ({"helped": False, "cause": None}, True),
        ({"action": "keep"}, True),
        ({"action": "keep", "kind": "preference"}, False),
        ({"action": "keep", "helped": False}, False),
    ],
)
def test_what_contradicts_what(change: dict, contradict: bool) -> None:
    about = replace(PLAIN, tags={"tool": "WB-07"}, cause="creep", action="clean", helped=True)
    other = replace(about, id=2, **change)
    found = ranked(RecallQuery("drift"), [about, other], {"drift": 1}, now=NOW)
    assert any(m.conflicts for m in found) == contradict


def test_codes_need_a_digit_beside_something_else() -> None:
    assert [is_code(t) for t in ("2026", "wb", "wb-1", "b2", "1.5", "12:30")] == [
        False, False, True, True, False, True,
    ]  # fmt: skip
