import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.provider.bias import bias_of, spellings, steered
from tests.strategies import few


def by_letter(text: str) -> tuple[int, ...]:
    return tuple(map(ord, text))


def by_word(text: str) -> tuple[int, ...]:
    return tuple(sum(map(ord, word)) for word in text.split())


def test_each_spelling_of_a_word_is_biased() -> None:
    seen: list[str] = []

    def tokenize(text: str) -> tuple[int, ...]:
        seen.append(text)
        return (len(seen),)

    got = bias_of({"maybe": -20}, tokenize)
    assert seen == ["maybe", " maybe", "Maybe", " Maybe"]
    assert got.tokens == {1: -20.0, 2: -20.0, 3: -20.0, 4: -20.0}
    assert got.refused == ()


def test_words_of_several_tokens_are_refused_with_the_reason() -> None:
    got = bias_of({"maybe": -20}, by_letter)
    assert got.tokens == {}
    assert len(got.refused) == 4
    assert "5 tokens" in got.refused[0]


def test_a_sequence_is_banned_by_its_first_token_only_among_known_answers() -> None:
    safe = bias_of({"wear": -100}, by_letter, among=("wear", "lot"))
    assert safe.tokens == {ord("w"): -100.0, ord(" "): -100.0, ord("W"): -100.0}
    shared = bias_of({"wear": -100}, by_letter, among=("wear", "wire"))
    assert ord("w") not in shared.tokens
    assert any("another possible answer" in told for told in shared.refused)
    up = bias_of({"wear": 5}, by_letter, among=("wear", "lot"))
    assert up.tokens == {}


@pytest.mark.parametrize("wish", [math.nan, math.inf, -math.inf])
def test_a_bias_is_a_finite_number(wish: float) -> None:
    assert bias_of({"no": wish}, by_word).tokens == {}
    assert steered({"no": wish, "yes": 1}, by_word).tokens == {}


@few(40)
@given(st.dictionaries(st.text(max_size=6), st.floats(-1e6, 1e6), max_size=4))
def test_biases_stay_within_what_servers_take(words: dict[str, float]) -> None:
    got = bias_of(words, by_word)
    assert all(-100 <= value <= 100 for value in got.tokens.values())


def test_two_words_that_share_a_token_do_not_quarrel_in_silence() -> None:
    got = bias_of({"ab": -5, "ba": 5}, by_word)  # the same sum of letters
    assert got.tokens[ord("a") + ord("b")] == -5.0
    assert any("another word" in told for told in got.refused)


def test_labels_of_unlike_length_or_start_are_not_steered() -> None:
    assert steered({"wear": 5, "lot": 1}, by_letter).tokens == {}
    assert steered({"wear": 5, "wire": 1}, by_letter).tokens == {}
    assert steered({"wear": 500, "lots": 1}, by_letter).tokens == {ord("w"): 100.0, ord("l"): 1.0}


def test_an_empty_word_has_no_spelling_that_counts() -> None:
    assert bias_of({" ": -5, "": 5}, by_word).tokens == {}
    assert spellings(" Cpk ") == ("Cpk", " Cpk", "cpk", " cpk")
