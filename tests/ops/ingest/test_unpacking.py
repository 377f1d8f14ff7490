"""A small file that is large once unpacked is refused, with the setting and the mend."""

import gzip
import io
import json
import zipfile
from collections.abc import Mapping

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl.utils import get_column_letter

from ops.errors import BadData
from ops.ingest.file_format import FileFormat, read_rows
from ops.ingest.mapping import STANDARD
from ops.ingest.unpacking import MIB, Unpacking

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SMALL = Unpacking(sheet_mb=8, text_mb=1)


def _read(content: bytes, file_format: FileFormat) -> tuple[tuple[str, ...], int]:
    opened = read_rows(io.BytesIO(content), file_format, STANDARD, most=1000, unpacking=SMALL)
    return opened.columns, sum(len(chunk) for chunk in opened.chunks)


def _book(parts: Mapping[str, bytes]) -> bytes:
    """Build an empty workbook with some of its parts replaced."""
    written, whole = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(written)
    with zipfile.ZipFile(written) as book, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as out:
        for name in dict.fromkeys((*book.namelist(), *parts)):
            out.writestr(name, parts[name] if name in parts else book.read(name))
    return whole.getvalue()


def _sheet(rows: str, dimension: str = "A1:B9") -> dict[str, bytes]:
    said = f'<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>'
    return {SHEET: f'<worksheet xmlns="{NAMESPACE}">{said}</worksheet>'.encode()}


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADER = f'<row r="1">{_cell("A1", "time")}{_cell("B1", "value")}</row>'


@pytest.mark.parametrize(
    ("part", "size", "told"),
    [
        ("xl/media/image1.png", 9, "unpacks to 10 MiB, at most 8 are read"),
        ("xl/sharedStrings.xml", 2, "the texts of the spreadsheet take 2 MiB, at most 1"),
    ],
)
def test_a_spreadsheet_that_swells_is_refused(part: str, size: int, told: str) -> None:
    content = _book({part: bytes(size * MIB)})
    assert len(content) < MIB
    with pytest.raises(BadData, match=told) as refused:
        _read(content, "xlsx")
    assert "LONGRUN_MAX_SHEET_MB" in refused.value.problems[0].detail


def test_formats_that_would_fill_the_memory_are_refused() -> None:
    with pytest.raises(BadData, match="5 MiB of formats: copy the values alone"):
        _read(_book({"xl/styles.xml": bytes(5 * MIB)}), "xlsx")


def test_a_part_that_lies_about_its_size_is_not_read_beyond_it() -> None:
    content = _book(_sheet(HEADER + f"<row r='2'>{_cell('A2', 'x' * 9 * MIB)}</row>"))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        size = book.getinfo(SHEET).file_size
    lie = content.replace(size.to_bytes(4, "little"), (4096).to_bytes(4, "little"))
    with pytest.raises(BadData, match="cannot be read as xlsx"):
        _read(lie, "xlsx")


def test_a_row_far_down_is_refused_and_not_counted_up_to() -> None:
    with pytest.raises(BadData, match="at most 1048576 rows"):
        _read(_book(_sheet(f'{HEADER}<row r="2000000000">{_cell("A2", "x")}</row>')), "xlsx")


@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576"])
def test_what_a_sheet_says_of_its_size_counts_for_nothing(dimension: str) -> None:
    row = f'<row r="3">{_cell("A3", "2026-01-05")}{_cell("B3", "1")}{_cell("XFD3", "?")}</row>'
    assert _read(_book(_sheet(HEADER + row, dimension)), "xlsx") == (("time", "value"), 1)


def test_a_gzipped_file_is_read_up_to_what_comes_out_of_it() -> None:
    whole = b"time,value\n" + b"2026-01-05,1\n" * 1000
    assert _read(gzip.compress(whole), "csv") == (("time", "value"), 1000)
    for end in (b"\n" * 2 * MIB, b"2026-01-05,1\n" * 100_000):
        with pytest.raises(BadData, match="more than 1 MiB: split it, or raise LONGRUN_MAX_UNP"):
            _read(gzip.compress(whole + end), "csv")
    with pytest.raises(BadData, match="LONGRUN_MAX_UNPACKED_MB"):
        _read(gzip.compress(b'{"value": 1}\n' * 100_000), "json")


def test_a_chunk_of_too_many_columns_is_never_built() -> None:
    wide = [f"c{i}" for i in range(5001)]
    file = io.BytesIO()
    pq.write_table(pa.table({name: [1] for name in wide}), file)
    header = "".join(
        f"<c t='inlineStr' r='{get_column_letter(i)}1'><is><t>{name}</t></is></c>"
        for i, name in enumerate(wide, 1)
    )
    files: dict[FileFormat, bytes] = {
        "csv": ",".join(wide).encode(),
        "json": json.dumps([dict.fromkeys(wide, 1)]).encode(),
        "parquet": file.getvalue(),
        "xlsx": _book(_sheet(f"<row r='1'>{header}</row>")),
    }
    for file_format, content in files.items():
        with pytest.raises(BadData, match="5000 are read") as refused:
            _read(content, file_format)
        assert "has 5001 columns" in str(refused.value), file_format


def test_a_header_alone_is_told_as_a_file_without_rows() -> None:
    assert _read(b"time,value\n", "csv") == (("time", "value"), 0)
    with pytest.raises(BadData, match="no rows: send it with its rows"):
        _read(b"time,value", "csv")


@pytest.mark.parametrize("text", ["x" * 2 * MIB, '"' + "x\n" * MIB], ids=["line", "quoted"])
def test_one_endless_value_of_a_csv_file_is_told_with_what_may_be_wrong(text: str) -> None:
    with pytest.raises(BadData, match="a row is longer than 1 MiB"):
        _read(f"time,value\n1,{text}\n".encode(), "csv")
