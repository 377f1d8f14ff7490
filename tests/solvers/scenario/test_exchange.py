import io
import zipfile

import pytest
from hypothesis import Phase, given, settings
from openpyxl import load_workbook

from solvers.errors import ScenarioError
from solvers.scenario.diff import diff
from solvers.scenario.document import Scenario
from solvers.scenario.exchange import (
    EXCHANGE_FORMATS,
    ExchangeFormat,
    export_scenario,
    import_scenario,
)
from solvers.scenario.packed import refuse_bomb
from solvers.scenario.spreadsheet import template
from tests.solvers.scenarios import scenarios

RISKY = [
    "=1+1",
    "+49",
    "-",
    "@SUM(A1)",
    "'=quoted",
    "\tx",
    "007",
    "TRUE",
    "1e5",
    "_x0041_",
    "a\x01b",
]


@pytest.mark.parametrize("file_format", EXCHANGE_FORMATS)
def test_a_scenario_survives_every_format(file_format: ExchangeFormat) -> None:
    @settings(max_examples=6 if file_format == "xlsx" else 15, phases=[Phase.generate])
    @given(scenario=scenarios(max_customers=2))
    def survives(scenario: Scenario) -> None:
        back = import_scenario(export_scenario(scenario, file_format), file_format)
        assert diff(scenario, back) == ()

    survives()


@pytest.mark.parametrize("file_format", EXCHANGE_FORMATS)
def test_texts_come_back_letter_by_letter(file_format: ExchangeFormat) -> None:
    sites = [{"code": f"S{i}", "kind": "dc", "title": text} for i, text in enumerate(RISKY)]
    given = Scenario.model_validate({"sites": sites})
    assert import_scenario(export_scenario(given, file_format), file_format) == given


def test_no_text_becomes_a_formula() -> None:
    sites = [{"code": f"S{i}", "kind": "dc", "title": text, "group": text}
             for i, text in enumerate(RISKY)]  # fmt: skip
    given = Scenario.model_validate({"sites": sites, "supplies": [
        {"site": "S0", "commodity": "=x", "unit_cost": "-1+cmd|' /C calc'!A0"}]})  # fmt: skip
    book = load_workbook(io.BytesIO(export_scenario(given, "xlsx")))
    assert {c.data_type for s in book for row in s.iter_rows() for c in row} <= {"s", "n", "b"}
    with zipfile.ZipFile(io.BytesIO(export_scenario(given, "csv"))) as archive:
        for name in ("sites.csv", "supplies.csv"):
            for cell in archive.read(name).decode("utf-8-sig").replace('"', "").split(","):
                assert not cell.startswith(("=", "+", "-", "@", "\t")), cell


def test_the_template_explains_itself() -> None:
    book = load_workbook(io.BytesIO(template()))
    sheet = book["lanes"]
    heads = [c.value for c in sheet[1]]
    place = heads.index("lead_time") + 1
    assert sheet.cell(2, place).value == "day"
    assert "Mean" in str(sheet.cell(3, place).value)
    offered = {v.formula1 for v in sheet.data_validations.dataValidation}
    assert '"quantity,weight,volume"' in offered
    assert import_scenario(template(), "xlsx") == Scenario()


def test_a_wrong_cell_of_a_workbook_is_named_as_the_reader_sees_it() -> None:
    book = load_workbook(io.BytesIO(template()))
    book["lanes"].cell(4, 1, "A")
    book["lanes"].cell(5, 1, "A")
    book["lanes"].cell(5, 2, "B")
    book["lanes"].cell(5, 3, "road")
    book["lanes"].cell(5, 5, "wieght")
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(ScenarioError) as caught:
        import_scenario(written.getvalue(), "xlsx")
    assert {f.pointer for f in caught.value.flaws} == {
        "/lanes/4/destination",
        "/lanes/5/basis",
    }


@pytest.mark.parametrize("file_format", EXCHANGE_FORMATS)
@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04broken"])
def test_what_is_no_such_file_is_refused(file_format: ExchangeFormat, content: bytes) -> None:
    with pytest.raises(ScenarioError):
        import_scenario(content, file_format)


def test_equal_scenarios_make_equal_archives() -> None:
    assert export_scenario(Scenario(), "csv") == export_scenario(Scenario(), "csv")


def test_an_archive_that_would_fill_the_memory_is_refused() -> None:
    content = export_scenario(Scenario(), "xlsx")
    refuse_bomb(content)
    with pytest.raises(ScenarioError, match="unpacks to"):
        refuse_bomb(content, most=100)


def _with_sheet(rows: str, dimension: str) -> bytes:
    """Build a template whose first sheet has these rows, and says this of its size."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    part = "xl/worksheets/sheet1.xml"
    sheet = f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>'
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template())) as book,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in book.namelist():
            content = f'<worksheet xmlns="{space}">{sheet}</worksheet>'.encode()
            out.writestr(name, content if name == part else book.read(name))
    return written.getvalue()


def test_a_sheet_with_a_row_far_down_is_refused_and_not_counted_up_to() -> None:
    with pytest.raises(ScenarioError, match="goes on below row 1048576: delete what is there"):
        import_scenario(_with_sheet('<row r="2000000000"/>', "A1"), "xlsx")


def test_what_a_sheet_says_of_its_size_counts_for_nothing() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
        for n, text in ((1, "nonsense"), (2, "x"))
    )
    for dimension in ("A1", "A1:XFD1048576"):
        with pytest.raises(ScenarioError, match="nonsense"):
            import_scenario(_with_sheet(rows, dimension), "xlsx")


def test_a_sheet_that_is_broken_is_told_as_no_workbook() -> None:
    with pytest.raises(ScenarioError, match="this is no XLSX workbook"):
        import_scenario(_with_sheet("<row", "A1"), "xlsx")
