"""A scenario as a ZIP of its tables, in CSV or in Parquet."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, Literal

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.packed import BROKEN, refuse_bomb
from solvers.scenario.table_cell import Cell
from solvers.scenario.table_schema import TableColumn, table_schemas
from solvers.scenario.tables import Row, from_tables, to_tables

_RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes such a text for a formula
_EPOCH = (1980, 1, 1, 0, 0, 0)  # no clock: equal scenarios, equal bytes


def write_csv(scenario: Scenario) -> bytes:
    """Write a ZIP with a CSV file for each table: UTF-8, comma, point, headings.

    A text that a spreadsheet would take for a formula is led by an apostrophe, which the reader
    takes off again.
    """
    files: dict[str, bytes] = {}
    for name, rows in to_tables(scenario).items():
        written = io.StringIO(newline="")
        columns = [c.name for c in table_schemas()[name].headings]
        writer = csv.writer(written, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([_plain(row.get(c)) for c in columns] for row in rows)
        files[f"{name}.csv"] = written.getvalue().encode("utf-8-sig")
    return _zipped(files)


def read_csv(content: bytes) -> Scenario:
    """Read a scenario from a ZIP of CSV files; a table without a file is empty.

    Raises
    ------
    ScenarioError
        If it is no such archive, or with every wrong cell by file, line and column.
    """
    tables: dict[str, list[Row]] = {}
    for name, data in _unzipped(content, "csv").items():
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            detail = f"{name}.csv is not UTF-8 (byte {error.start}): save it as CSV UTF-8"
            raise ScenarioError(detail, (Flaw(f"/{name}", detail),)) from error
        tables[name] = _rows(name, text)
    return from_tables(tables, first_row=lambda _: 2)


def write_parquet(scenario: Scenario) -> bytes:
    """Write a ZIP with a Parquet file for each table that has rows.

    A column of amounts is of numbers, or of texts as soon as one amount carries its unit.
    """
    import pyarrow as pa  # noqa: PLC0415  (0.1 s that only Parquet needs)
    import pyarrow.parquet as pq  # noqa: PLC0415  (as above)

    files: dict[str, bytes] = {}
    for name, rows in to_tables(scenario).items():
        if rows:
            headings = table_schemas()[name].headings
            arrays = {c.name: _array(pa, c, [row.get(c.name) for row in rows]) for c in headings}
            written = io.BytesIO()
            pq.write_table(pa.table(arrays), written)
            files[f"{name}.parquet"] = written.getvalue()
    return _zipped(files)


def read_parquet(content: bytes) -> Scenario:
    """Read a scenario from a ZIP of Parquet files; a table without a file is empty.

    Raises
    ------
    ScenarioError
        If it is no such archive, or with every wrong cell by file, row and column.
    """
    import pyarrow as pa  # noqa: PLC0415  (0.1 s that only Parquet needs)
    import pyarrow.parquet as pq  # noqa: PLC0415  (as above)

    tables: dict[str, list[Row]] = {}
    for name, data in _unzipped(content, "parquet").items():
        try:
            tables[name] = pq.read_table(io.BytesIO(data)).to_pylist()
        except (pa.ArrowException, OSError) as error:
            detail = f"{name}.parquet cannot be read: {error}"
            raise ScenarioError(detail, (Flaw(f"/{name}", detail),)) from error
    return from_tables(tables)


def _array(pa: Any, column: TableColumn, values: Sequence[Cell]) -> Any:
    kinds = {
        "text": pa.string(), "list": pa.string(), "number": pa.float64(), "date": pa.date32(),
        "integer": pa.int64(), "boolean": pa.bool_(), "amount": pa.float64(),
    }  # fmt: skip
    if column.kind == "amount" and any(isinstance(v, str) for v in values):
        return pa.array([None if v is None else _plain(v, guard=False) for v in values])
    return pa.array(values, kinds[column.kind])


def _plain(cell: Cell, *, guard: bool = True) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        led = guard and cell.startswith((*_RISKY, "'"))
        return f"'{cell}" if led else cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return repr(cell) if isinstance(cell, float | int) else cell.isoformat()


def _rows(name: str, text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = list(reader)
    except csv.Error as error:
        detail = f"{name}.csv, line {reader.line_num}: {error}: check its quotes"
        raise ScenarioError(detail, (Flaw(f"/{name}/{reader.line_num}", detail),)) from error
    headings = lines[0] if lines else []
    for number, line in enumerate(lines[1:], start=2):
        if line and len(line) != len(headings):
            detail = (
                f"{name}.csv, row {number} has {len(line)} cells under {len(headings)} headings:"
                " quote texts that hold a comma"
            )
            raise ScenarioError(detail, (Flaw(f"/{name}/{number}", detail),))
    return [dict(zip(headings, map(_bare, line), strict=False)) for line in lines[1:]]


def _bare(cell: str) -> str | None:
    if cell[:1] == "'" and cell[1:2] in (*_RISKY, "'"):
        return cell[1:]
    return cell or None


def _zipped(files: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _unzipped(content: bytes, ending: Literal["csv", "parquet"]) -> dict[str, bytes]:
    """Files of an archive by table, wherever they lie in it."""
    refuse_bomb(content)
    packed = io.BytesIO(content)
    try:
        with zipfile.ZipFile(packed) as archive:
            names = {PurePosixPath(n): n for n in archive.namelist() if n.endswith(f".{ending}")}
            found = {path.stem: archive.read(name) for path, name in names.items()}
    except BROKEN as error:
        raise ScenarioError(f"this is no ZIP archive that can be read: {error}") from error
    if not found:
        raise ScenarioError(f"the archive holds no .{ending} file: put in one for each table")
    return found
