"""Words written with a letter or two wrong are set right; what is a word, or may be two, stays."""

import pytest

from ops.advise.understand.languages import LANGUAGES
from ops.advise.understand.spelling import spelled


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("guage", "gauge"), ("alram", "alarm"), ("cappilary", "capillary"),
        ("bottelneck", "bottleneck"), ("forcast", "forecast"), ("recalibarte", "recalibrate"),
    ],
)  # fmt: skip
def test_a_letter_or_two_are_set_right(written: str, meant: str) -> None:
    assert spelled(written) == meant


@pytest.mark.parametrize(
    "text", ["planner", "the stage", "planet", "whether", "form", "clan", "weather", "moderate"]
)
def test_other_words_stay_what_they_are(text: str) -> None:
    assert spelled(text) == text


def test_no_word_of_the_vocabularies_is_changed() -> None:
    for language in (one for one in LANGUAGES if one.spaced):
        for terms in (*language.topics.values(), *language.asks.values()):
            for term in terms:
                assert spelled(term.strip("*")) == term.strip("*")
