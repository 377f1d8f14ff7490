"""A file of a run opens in a spreadsheet and computes nothing there."""

import csv
import io

from openpyxl import load_workbook

from ops.page import Page, Section, Verdict
from ops.page_table import Column, Table
from ops.work.export import export

EVIL = '=HYPERLINK("http://evil.example")'
TABLE = Table(title=EVIL, columns=(Column(label=EVIL, unit="um"),), rows=((EVIL,), (-1.5,)))
PAGE = Page(
    title="Capability",
    verdicts=(Verdict(level="good", sentence=f"{EVIL}: Cpk is 1.5"),),
    sections=(Section(title=EVIL, blocks=(TABLE,)),),
)


def test_no_cell_of_a_csv_file_begins_a_formula() -> None:
    lines = csv.reader(io.StringIO(export("csv", PAGE, None).decode("utf-8-sig")))
    cells = [cell for line in lines for cell in line]
    assert [cell for cell in cells if cell.startswith("=")] == []
    assert "-1.5" in cells, "a number stays one"


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    book = load_workbook(io.BytesIO(export("xlsx", PAGE, None)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
