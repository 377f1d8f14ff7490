"""The reader's language."""

from datetime import UTC, datetime

import pytest

from api.render.words import words_for
from ops.page import Verdict
from ops.page_value import Number, Phrase

CPK = Phrase.of(
    "Cpk {cpk} ({level})", cpk=Number(value=1.5, decimals=2), level=Number(value=0.95, percent=True)
)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr,en;q=0.2", "en"),
        ("zh-CN", "zh-Hans"),
        ("", "en"),
        ("en;q=x", "en"),
    ],
)
def test_the_language_is_what_the_browser_accepts(accepted: str, language: str) -> None:
    assert words_for(None, accepted).language == language


def test_a_chosen_language_goes_before_the_accepted_one() -> None:
    assert words_for("de", "zh-CN").language == "de"


def test_a_title_is_translated_up_to_what_the_page_is_about() -> None:
    assert words_for("de").title("Network plan: EU-2026") == "Netzwerkplan: EU-2026"
    assert words_for("de").title("Network plan") == "Netzwerkplan"
    assert words_for("en").title("Lifetime fit: HTSL: 175") == "Lifetime fit: HTSL: 175"


def test_numbers_are_written_as_the_language_does() -> None:
    assert words_for("en").number(1234.5, 2) == "1,234.50"
    assert words_for("de").number(1234.5, 2) == "1.234,50"
    assert words_for("en").number(-0.5, 1) == "\N{MINUS SIGN}0.5"
    assert words_for("en").number(None) == "\N{EN DASH}"
    assert words_for("en").number(float("nan"), 2) == "\N{EN DASH}"


def test_a_phrase_is_said_with_numbers_of_the_language() -> None:
    assert words_for("en").phrase(CPK) == "Cpk 1.50 (95%)"
    assert words_for("de").phrase(CPK) == "Cpk 1,50 (95\N{NO-BREAK SPACE}%)"


def test_a_verdict_without_clauses_is_its_sentence() -> None:
    assert words_for("en").verdict(Verdict(level="info", sentence="Probed.")) == "Probed."


def test_a_moment_is_shown_in_the_zone_of_the_reader() -> None:
    at = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    assert "Mar 2, 2026" in words_for("en", zone="Asia/Kuala_Lumpur").instant(at)
    assert "Mar 1, 2026" in words_for("en", zone="No/Where").instant(at)


def test_a_percentage_has_the_decimals_that_it_asks_for() -> None:
    share = Number(value=0.028077874447949625, percent=True, decimals=1)
    phrase = Phrase.of("{share} less", share=share)
    assert words_for("en", "", None).phrase(phrase) == "2.8% less"
    assert words_for("de", "", None).phrase(phrase).startswith("2,8")
    plain = Phrase.of("{share}", share=Number(value=1 / 3, percent=True))
    assert words_for("en", "", None).phrase(plain) == "33.3333%"


def test_no_number_is_rounded_to_nothing_nor_written_with_twenty_zeros() -> None:
    english, german = words_for("en"), words_for("de")
    assert english.number(0.0000123, 4) == "0.000012"
    assert german.number(0.0000123, 4) == "0,000012"
    assert english.number(2.5e-9, 4) == "2.5E-9"
    assert english.number(0.0, 4) == english.number(1e-17, 4) == "0.0000"  # what rounding leaves
    assert english.number(0.3, 0) == "0.3"
    assert english.number(0.6, 0) == "1"
    assert english.number(3e20, 2) == "3E20"
    assert english.number(1.5e300) == "1.5E300"
    assert english.percent(0.00001234, 1) == "0.0012%"
    assert english.percent(1e-70) == "0%"
    assert str(Number(value=0.00001234, decimals=3)) == "1.2e-05"
    assert str(Number(value=0.0, decimals=3)) == "0.000"


def test_a_tiny_p_value_is_below_a_bound_and_not_nothing() -> None:
    german = words_for("de")
    assert german.labelled("p of its own", 0.0, 4) == "< 1E-12"
    assert german.labelled("p", 0.000012, 4) == "0,000012"
    assert german.labelled("Shift", 1e-15, 2) == "0,00"
    phrase = Phrase.of("no trend, p = {p}", p=Number(value=1e-30, decimals=4))
    assert phrase.english() == "no trend, p < 1e-12"
    assert words_for("en").phrase(phrase) == "no trend, p < 1E-12"


def test_a_unit_is_written_as_readers_do() -> None:
    words = words_for("en")
    assert [words.unit(u) for u in ("um", "um/d", "degC", "1", "gf", "drum")] == [
        "µm",
        "µm/d",
        "°C",
        "",
        "gf",
        "drum",
    ]
    phrase = Phrase.of("off by {bias} {unit}", bias=Number(value=2.0), unit="um")
    assert words.phrase(phrase) == "off by 2 µm"
