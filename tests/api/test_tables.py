"""A page as text for a terminal."""

from api.tables import lines_of
from ops.page import Page, Section
from ops.page_table import Column, Table

COLUMNS = (Column(label="What"), Column(label="Told"), Column(label="p", decimals=4))


def _table(*rows: tuple[str, str, float]) -> list[str]:
    section = Section(title="Record", blocks=(Table(title="Remarks", columns=COLUMNS, rows=rows),))
    return list(lines_of(Page(title="Drift", verdicts=(), sections=(section,))))


def test_a_long_sentence_goes_on_below_and_nothing_of_it_is_cut() -> None:
    sentence = "the first stretch of the record stands for the baseline"
    lines = _table((sentence, "324 values", 0.25))[-3:]
    assert " ".join(line[:24].strip() for line in lines) == sentence
    assert lines[0].endswith("324 values  0.2500")


def test_a_small_probability_is_not_told_as_zero() -> None:
    assert _table(("trend", "drift", 0.0000123))[-1].endswith("1.2e-05")
    assert _table(("trend", "drift", 3e-40))[-1].endswith("  < 1e-12")
    assert _table(("trend", "drift", 0.0))[-1].endswith("  < 1e-12")
