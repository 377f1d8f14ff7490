"""Titles of alerts: what they are about is named once."""

import pytest

from api.render.alert_title import heading
from api.render.words import Words
from ops.page_value import Phrase

SAID = Phrase.of("{tool} stands 2.65 µm above the fleet", tool="WB-20")


def _title(title: str, *phrases: Phrase) -> str:
    stored = {"title_phrases": [phrase.model_dump() for phrase in phrases]}
    return heading(Words(), title, "LOOP", stored, name="Loop height")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("LOOP: LOOP: WB-20 stands apart.", "LOOP: WB-20 stands apart."),
        ("LOOP: Loop height WB-20: it drifts.", "Loop height WB-20: it drifts."),
        ("LOOP: WB-20 stands apart.", "LOOP: WB-20 stands apart."),
        ("LOOP: LOOPED wires.", "LOOP: LOOPED wires."),
    ],
)
def test_what_an_alert_is_about_is_named_once(stored: str, shown: str) -> None:
    assert _title(stored) == shown


def test_clauses_keep_the_code_where_they_name_nothing() -> None:
    stored = "LOOP: WB-20 stands 2.65 µm above the fleet."
    assert _title(stored, SAID) == stored


def test_clauses_that_begin_with_the_name_lose_the_code() -> None:
    named = Phrase.of("{name}: Ppk is {ppk}", name="Loop height", ppk="1.13")
    assert _title("LOOP: Loop height: Ppk is 1.13.", named) == "Loop height: Ppk is 1.13."
