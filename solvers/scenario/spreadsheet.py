"""A scenario as an XLSX workbook: a sheet for each table, headed, explained, with choice lists.

Row 1 holds the headings, row 2 the unit of bare numbers, row 3 what the column means; rows 2 and 3
begin with ``# ``. Texts are stored as texts whatever they begin with, so that no cell becomes a
formula; formulas that a user writes are read by the value that the spreadsheet program stored.
"""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.packed import refuse_bomb
from solvers.scenario.policy import Units
from solvers.scenario.table_cell import Cell
from solvers.scenario.table_schema import TableSchema, table_schemas
from solvers.scenario.table_unit import unit_of
from solvers.scenario.tables import Row, from_tables, to_tables

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NOTE = "# "
_LAST_ROW = 1_048_576
MOST_ROWS = _LAST_ROW - 3
_MOST_COLUMNS = 1000  # headings are looked for in
_CHOICE_ROWS = 20_000  # to which the choice lists reach at least
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f]|_x[0-9A-Fa-f]{4}_")  # XML cannot hold them
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def write_xlsx(scenario: Scenario) -> bytes:
    """Write a scenario as a workbook; an empty one is the template.

    Raises
    ------
    ScenarioError
        If a table has more rows than a sheet can hold.
    """
    from openpyxl import Workbook  # noqa: PLC0415  (0.2 s that only spreadsheets need)

    book = Workbook()
    for name, rows in to_tables(scenario).items():
        if len(rows) > MOST_ROWS:
            detail = f"table {name} has {len(rows)} rows, a sheet holds {MOST_ROWS}: use Parquet"
            raise ScenarioError(detail, (Flaw(f"/{name}", detail),))
        sheet: Worksheet = book.create_sheet(name)
        _fill(sheet, table_schemas()[name], rows, scenario.units)
    book.remove(book.worksheets[0])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def read_xlsx(content: bytes) -> Scenario:
    """Read a scenario from a workbook; sheets whose names begin with ``#`` are left alone.

    Raises
    ------
    ScenarioError
        If it is no workbook, or with every wrong cell by sheet, row and column.
    """
    tables: dict[str, list[Row]] = {}
    first: dict[str, int] = {}
    for name, cells in _sheets(content):
        if name.startswith("#"):
            continue
        headings = [_read(c) for c in cells[0]] if cells else []
        notes = sum(_is_note(row) for row in cells[1:3])
        first[name] = 2 + notes
        tables[name] = [
            {str(h): _read(c) for h, c in zip(headings, row, strict=False) if h is not None}
            for row in cells[1 + notes :]
        ]
    return from_tables(tables, first_row=lambda name: first.get(name, 1))


def _fill(sheet: "Worksheet", schema: TableSchema, rows: list[Row], units: Units) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415  (see write_xlsx)

    columns = schema.headings
    notes = ([unit_of(schema.name, c, units) for c in columns], [c.description for c in columns])
    for place, column in enumerate(columns, start=1):
        head = sheet.cell(1, place, column.name)
        head.font = Font(bold=True)
        head.fill = PatternFill("solid", start_color="FFDDE6F0")
        for line, note in enumerate(notes, start=2):
            cell = sheet.cell(
                line, place, f"{NOTE}{note[place - 1]}" if place == 1 else note[place - 1]
            )
            cell.font = Font(italic=True, color="FF666666")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[head.column_letter].width = max(14, len(column.name) + 2)
        _offer(sheet, head.column_letter, column.choices, column.kind, len(rows))
    for line, row in enumerate(rows, start=4):
        for place, column in enumerate(columns, start=1):
            _write(sheet, line, place, row.get(column.name))
    sheet.freeze_panes = "A4"


def _offer(sheet: "Worksheet", letter: str, choices: tuple[str, ...], kind: str, rows: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  (see write_xlsx)

    words = choices or (("true", "false") if kind == "boolean" else ())
    if words:
        offer = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        offer.add(f"{letter}4:{letter}{max(_CHOICE_ROWS, rows + 3)}")
        sheet.add_data_validation(offer)


def _write(sheet: "Worksheet", line: int, place: int, value: Cell) -> None:
    if value is None:
        return
    if isinstance(value, float):
        number = sheet.cell(line, place, repr(value))  # openpyxl itself keeps 16 digits, not 17
        number.data_type = "n"
        return
    if not isinstance(value, str):
        sheet.cell(line, place, value)
        return
    cell = sheet.cell(line, place, _ILLEGAL.sub(_escape, value))
    cell.data_type = "s"  # never "f": a text is no formula
    if value[:1] in "=+-@":
        cell.quotePrefix = True  # it stays a text when somebody edits the cell


def _escape(found: re.Match[str]) -> str:
    text = found[0]
    return f"_x005F{text}" if len(text) > 1 else f"_x{ord(text):04X}_"


def _sheets(content: bytes) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    from openpyxl import load_workbook  # noqa: PLC0415  (0.2 s that only spreadsheets need)

    refuse_bomb(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = [(sheet.title, _grid(sheet)) for sheet in book.worksheets]
        book.close()
    except ScenarioError:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        detail = f"this is no XLSX workbook ({type(error).__name__}): save it as .xlsx"
        raise ScenarioError(detail, (Flaw("", detail),)) from error
    yield from found


def _grid(sheet: Any) -> list[tuple[Any, ...]]:
    """Rows of a sheet under its headings; what it says of its own size counts for nothing."""
    sheet.reset_dimensions()
    head = next(sheet.iter_rows(max_row=1, max_col=_MOST_COLUMNS, values_only=True), ())
    width = max((place for place, cell in enumerate(head, 1) if cell is not None), default=1)
    rows: list[tuple[Any, ...]] = []
    for row in sheet.iter_rows(max_col=width, values_only=True):
        if len(rows) >= _LAST_ROW:  # a row may carry any number: those before it count as empty
            detail = f"sheet {sheet.title} goes on below row {_LAST_ROW}: delete what is there"
            raise ScenarioError(detail, (Flaw(f"/{sheet.title}", detail),))
        rows.append(row)
    return rows


def _is_note(row: tuple[Any, ...]) -> bool:
    return bool(row) and isinstance(row[0], str) and row[0].startswith(NOTE)


def _read(value: Any) -> Any:
    if isinstance(value, str):
        return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), value)
    return value


def template() -> bytes:
    """Workbook with every sheet and no data."""
    return write_xlsx(Scenario())
