"""Reports and figures: the same values as the web page, literal text, equal bytes."""

import io
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.font_manager import FontManager
from pypdf import PdfReader

from api.render.figure import FAMILIES, draw
from api.render.report import Origin, report
from api.render.words import words_for
from ops.analyses.example import example_page
from ops.analyses.registry import find
from ops.page import Figure, Page, Section, Text, Verdict
from ops.page_chart import Axis, Chart, Layer
from ops.page_table import Column, Table

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ENGLISH = words_for("en")
ORIGIN = Origin("PEN1 · January", (("Fingerprint of the data", "0123abcd" * 8),), AT)


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Text without blanks and places to break a line: how it is set does not matter."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\u00ad\ufeff")


def one_section(**values: object) -> Page:
    section = Section(title="Part", blocks=())
    page = Page(title="Title", verdicts=(), sections=(section,))
    return page.model_copy(update=values)


def test_a_report_says_what_the_page_says() -> None:
    page = example_page(find("capability"))
    pdf = report(page, ORIGIN, ENGLISH)
    said = squeezed(text_of(pdf))
    for verdict in page.verdicts:
        assert squeezed(ENGLISH.verdict(verdict)) in said
    for section in page.sections:
        assert squeezed(section.title) in said
        for block in section.blocks:
            if isinstance(block, Table):
                assert squeezed(ENGLISH.number(block.rows[0][4], block.columns[4].decimals)) in said
    assert "0123abcd" * 8 in said
    assert f"1/{len(PdfReader(io.BytesIO(pdf)).pages)}" in said


def test_a_report_is_an_archive_file_with_the_date_of_its_run() -> None:
    reader = PdfReader(io.BytesIO(report(example_page(find("capability")), ORIGIN, ENGLISH)))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    assert reader.metadata is not None
    assert reader.metadata.creation_date == AT


def test_equal_runs_give_equal_bytes() -> None:
    page = example_page(find("capability"))
    assert report(page, ORIGIN, ENGLISH) == report(page, ORIGIN, ENGLISH)
    chart = next(b for s in page.sections for b in s.blocks if isinstance(b, Chart))
    for file_format in ("svg", "png"):
        assert draw(chart, ENGLISH, file_format) == draw(chart, ENGLISH, file_format)


_LETTERS = st.characters(codec="utf-8", max_codepoint=0x24F, exclude_categories=["C", "Z", "M"])


@given(st.text(_LETTERS, min_size=1, max_size=30))
@example('#panic("x")')
@example("$x^2$ *bold* _it_ `raw` @ref <label> \\u{41}")
@example("= heading // comment /* c */ ~ --- 'q' \"q\"")
@example("https://example.org/#let(x)[y]{z}")
@settings(max_examples=15)
def test_text_of_a_user_is_never_markup(text: str) -> None:
    table = Table(title=text, columns=(Column(label=text),), rows=((text,),))
    page = one_section(
        title=text,
        verdicts=(Verdict(level="warn", sentence=text),),
        sections=(
            Section(title=text, blocks=(table, Text(text=text), Figure(label=text, value=1.0))),
        ),
    )
    said = squeezed(text_of(report(page, Origin(text, ((text, text),), AT), ENGLISH)))
    assert said.count(squeezed(text)[:12]) >= 8


def test_a_long_word_does_not_run_out_of_the_page() -> None:
    name = "LOOP-" + "X" * 300
    page = one_section(sections=(Section(title=name, blocks=(Text(text=name),)),))
    assert text_of(report(page, ORIGIN, ENGLISH)).count("X") >= 600


def test_a_page_of_nothing_is_a_report_too() -> None:
    empty = Table(title="None", columns=(Column(label="A"), Column(label="B")), rows=())
    page = one_section(sections=(Section(title="Part", blocks=(empty,)),))
    assert "None" in text_of(report(page, ORIGIN, ENGLISH))


def test_numbers_are_written_as_the_language_does() -> None:
    table = Table(title="T", columns=(Column(label="Mean", decimals=2),), rows=((1234.5,), (None,)))
    page = one_section(sections=(Section(title="Part", blocks=(table,)),))
    assert "1.234,50" in text_of(report(page, ORIGIN, words_for("de")))


def test_chinese_is_set_where_the_system_has_a_font_for_it() -> None:
    known = {font.name for font in FontManager().ttflist}
    if not known & set(FAMILIES[1:]):
        pytest.skip(f"no font with Chinese: install one of {', '.join(FAMILIES[1:])}")
    page = one_section(verdicts=(Verdict(level="good", sentence="线弧高度合格"),))
    assert "线弧高度合格" in squeezed(text_of(report(page, ORIGIN, words_for("zh-Hans"))))


@pytest.mark.parametrize("mark", ["line", "points", "bars", "band", "rule"])
@pytest.mark.parametrize("scale", ["linear", "log", "time", "category"])
def test_every_mark_is_drawn_on_every_scale(mark: str, scale: str) -> None:
    x = ("a", "b", None) if scale == "category" else (1e15, 1e15 + 9e9, None)
    layer = Layer(mark=mark, label="L & <M>", x=x, y=(1.0, None, 3.0), y2=(2.0, 3.0, None))
    rules = layer.model_copy(update={"x": (), "y": (2.0,)}) if mark == "rule" else layer
    chart = Chart(
        title="T", x=Axis(label="X", scale=scale), y=Axis(label="Y", unit="µm"), layers=(rules,)
    )
    svg = draw(chart, ENGLISH).decode()
    assert ET.fromstring(svg).tag.endswith("svg")
    assert "Y (µm)" in svg
