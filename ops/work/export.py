"""A page's tables and a result as files: JSON, CSV, XLSX, Parquet."""

import csv
import io
import json
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ops.page import Figure, Page, Section
from ops.page_table import Cell, Column, Matrix, Table

FORMATS = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(format: str, page: Page, result: dict[str, Any] | None) -> bytes:
    """Write a finished run in one of `FORMATS`.

    CSV and XLSX hold every table of the page, and its single figures, one after another (XLSX: a
    sheet each), Parquet holds all of them in long form: table, row, column, unit, number, text.
    """
    if format == "json":
        whole = {"result": result, "page": page.model_dump(mode="json")}
        return json.dumps(whole, allow_nan=False).encode()
    tables = _tables(page)
    if format == "csv":
        return _csv(page, tables)
    return _xlsx(page, tables) if format == "xlsx" else _parquet(tables)


def _tables(page: Page) -> list[Table]:
    return [table for section in page.sections for table in _of_section(section)]


def _of_section(section: Section) -> list[Table]:
    """Tables of a section; its single figures make one too, the first."""
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    tables = [b.table() if isinstance(b, Matrix) else b for b in section.blocks]
    kept = [table for table in tables if isinstance(table, Table)]
    return [_of_figures(section.title, figures), *kept] if figures else kept


def _of_figures(title: str, figures: list[Figure]) -> Table:
    names = ("Figure", "Value", "Unit", "Lower", "Upper")
    rows = tuple((f.label, f.value, f.unit, f.lower, f.upper) for f in figures)
    return Table(title=title, columns=tuple(Column(label=name) for name in names), rows=rows)


def _heads(table: Table) -> list[Cell]:
    names = [f"{c.label} [{c.unit}]" if c.unit else c.label for c in table.columns]
    return [harmless(name) for name in names]


def harmless(cell: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _csv(page: Page, tables: list[Table]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([harmless(page.title)])
    writer.writerows([v.level, harmless(v.sentence)] for v in page.verdicts)
    for table in tables:
        writer.writerow([])
        writer.writerow([harmless(table.title)])
        writer.writerow(_heads(table))
        writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(page: Page, tables: list[Table]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  (a quarter of a second to load)

    book = Workbook(write_only=True)
    first = book.create_sheet("Verdicts")
    first.append([harmless(page.title)])
    for verdict in page.verdicts:
        first.append([verdict.level, harmless(verdict.sentence)])
    for number, table in enumerate(tables, 1):
        name = "".join(c for c in table.title if c not in r"[]:*?/\\")[:25]
        sheet = book.create_sheet(f"{number} {name}".strip())
        sheet.append(_heads(table))
        for row in table.rows:
            sheet.append([harmless(cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _parquet(tables: list[Table]) -> bytes:
    rows = [
        {
            "table": table.title,
            "row": number,
            "column": column.label,
            "unit": column.unit,
            "number": float(cell) if isinstance(cell, int | float) else None,
            "text": cell if isinstance(cell, str) else None,
        }
        for table in tables
        for number, row in enumerate(table.rows)
        for column, cell in zip(table.columns, row, strict=True)
    ]
    schema = pa.schema(
        {
            "table": pa.string(),
            "row": pa.int64(),
            "column": pa.string(),
            "unit": pa.string(),
            "number": pa.float64(),
            "text": pa.string(),
        }
    )
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), stream, compression="zstd")
    return stream.getvalue()
