"""Rows of a history from one file: CSV, Parquet or the first sheet of a workbook."""

import csv
import io
from typing import Any, Literal

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.packed import refuse_bomb

PastFormat = Literal["csv", "parquet", "xlsx"]
_SEPARATORS = ",;\t"


def rows_of(content: bytes, file_format: PastFormat, table: str) -> list[dict[str, Any]]:
    """Read a table with one row of headings; `past_rows` says what the cells are.

    Raises
    ------
    ScenarioError
        If the bytes are not of the format.
    """
    readers = {"csv": _csv, "parquet": _parquet, "xlsx": _xlsx}
    try:
        return readers[file_format](content)
    except Exception as error:  # the readers of three libraries raise whatever they like
        detail = f"table {table} is no {file_format} file that can be read: {error}"
        raise ScenarioError(detail, (Flaw(f"/{table}", detail),)) from error


def _csv(content: bytes) -> list[dict[str, Any]]:
    text = content.decode("utf-8-sig")
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    lines = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [{k: v for k, v in line.items() if k is not None} for line in lines]


def _parquet(content: bytes) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq  # noqa: PLC0415  (0.1 s that only Parquet needs)

    rows: list[dict[str, Any]] = pq.read_table(io.BytesIO(content)).to_pylist()
    return rows


def _xlsx(content: bytes) -> list[dict[str, Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415  (0.2 s that only spreadsheets need)

    refuse_bomb(content)
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    lines = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    heads = [str(h) if h is not None else "" for h in lines[0]] if lines else []
    filled = (line for line in lines[1:] if any(v is not None for v in line))
    return [{h: v for h, v in zip(heads, line, strict=False) if h} for line in filled]
