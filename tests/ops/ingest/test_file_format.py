import gzip
import io
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.errors import BadData
from ops.ingest.file_format import FORMATS, FileFormat, format_of
from ops.ingest.mapping import ColumnMapping, TimeColumn
from tests.ops.ingest.reading import records, typed

T = datetime(2025, 3, 1, 10, tzinfo=UTC)
ROWS: list[dict[str, Any]] = [
    {
        "time": f"2025-03-01T10:{i // 60:02}:{i % 60:02}Z",
        "characteristic": "loop_height" if i % 2 else "no_such",
        "value": 150 + i / 8,
        "unit_id": 1000 + i // 4,
        "position": f"W{i % 4}",
        "n": 1 + i % 3,
        "tool": "Wärmetisch, 1",
    }
    for i in range(50)
]
MAPPING = ColumnMapping(time=TimeColumn(zone="UTC"))


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    quoted = ['"' + '","'.join(str(v) for v in row.values()) + '"' for row in rows]
    return ("\n".join([",".join(rows[0]), *quoted])).encode()


def as_arrow(rows: list[dict[str, Any]], *, stream: bool = True) -> bytes:
    table = pa.Table.from_pylist(rows)
    at = table.column("time").cast(pa.timestamp("us", "UTC"))
    table = table.set_column(0, "time", at)
    sink = io.BytesIO()
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with new(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=7)
    return sink.getvalue()


def as_parquet(rows: list[dict[str, Any]]) -> bytes:
    sink = io.BytesIO()
    table = pa.Table.from_pylist(rows)
    pq.write_table(table.set_column(6, "tool", table["tool"].dictionary_encode()), sink)
    return sink.getvalue()


def as_xlsx(rows: list[dict[str, Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(rows[0]))
    for row in rows:
        at = datetime.fromisoformat(row["time"]).replace(tzinfo=None)
        sheet.append([at, *list(row.values())[1:]])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


CONTENT: dict[str, tuple[FileFormat, bytes]] = {
    "parquet": ("parquet", as_parquet(ROWS)),
    "arrow stream": ("arrow", as_arrow(ROWS)),
    "arrow file": ("arrow", as_arrow(ROWS, stream=False)),
    "json array": ("json", json.dumps(ROWS, indent=1).encode()),
    "json lines": ("json", "\n".join(json.dumps(row) for row in ROWS).encode()),
    "xlsx": ("xlsx", as_xlsx(ROWS)),
    "gzip": ("csv", gzip.compress(as_csv(ROWS))),
    "semicolons": ("csv", as_csv(ROWS).replace(b'","', b'";"').replace(b"c,", b"c;")),
    "marked utf-8": ("csv", "\ufeff".encode() + as_csv(ROWS)),
    "utf-16": ("csv", as_csv(ROWS).decode().encode("utf-16")),
    "windows": ("csv", as_csv(ROWS).replace(b"\n", b"\r\n")),
}
CONTENT["semicolons"] = ("csv", as_csv(ROWS).replace(b",", b";").replace(b"tisch;", b"tisch,"))


@pytest.mark.parametrize("name", CONTENT)
@pytest.mark.parametrize("most", [1, 7, 20_000])
def test_every_format_gives_the_same_rows(name: str, most: int) -> None:
    file_format, content = CONTENT[name]
    mapping = MAPPING.model_copy(update={"encoding": "utf-16"} if name == "utf-16" else {})
    rows, refused = records(typed(content, file_format, mapping, most))
    expected, expected_refused = records(typed(as_csv(ROWS), "csv", MAPPING))
    assert len(expected) == 25
    assert rows == expected
    assert [(r.row, r.column, r.reason) for r in refused] == [
        (r.row, r.column, r.reason) for r in expected_refused
    ]


def test_rows_that_do_not_fit_keep_their_numbers_over_many_blocks() -> None:
    lines = ["time,characteristic,value"]
    for i in range(1, 90_001):
        lines.append("2025-03-01T10:00:00Z,pull,1" + (",too much" if i % 1000 < 2 else ""))
    rows, refused = records(typed("\n".join(lines).encode()))
    assert [r.row for r in refused] == [i for i in range(1, 90_001) if i % 1000 < 2]
    assert [r["row"] for r in rows] == [i for i in range(1, 90_001) if i % 1000 >= 2]


def test_lines_before_the_header_can_be_skipped() -> None:
    content = b"exported by GaugePC\n\ntime,characteristic,value\n2025-03-01T10:00:00Z,pull,1\n"
    rows, _ = records(typed(content, mapping=ColumnMapping(skip_lines=2)))
    assert [(row["row"], row["value"]) for row in rows] == [(1, 1.0)]


def test_a_broken_line_of_json_is_refused_alone() -> None:
    good = json.dumps({"time": T.isoformat(), "characteristic": "pull", "value": 1})
    rows, refused = records(typed(f"{good}\n{{oops\n[1]\n\n{good}".encode(), "json"))
    assert [row["row"] for row in rows] == [1, 4]
    assert [(r.row, r.value, r.reason) for r in refused] == [
        (2, "{oops", "is not a JSON object"),
        (3, "[1]", "is not a JSON object"),
    ]


def test_a_name_that_comes_late_in_json_is_refused_not_dropped() -> None:
    plain = {"time": T.isoformat(), "characteristic": "pull", "value": 1}
    late = [json.dumps(plain)] * 5000 + [json.dumps(plain | {"capillary": "C1"}), json.dumps(plain)]
    rows, refused = records(typed("\n".join(late).encode(), "json"))
    assert len(rows) == 5001
    (one,) = refused
    assert (one.row, one.column, one.value) == (5001, "capillary", "C1")
    assert "give it in the first row too" in one.reason
    for mapping in (ColumnMapping(ignore=("capillary",)), ColumnMapping(factors={})):
        rows, refused = records(typed("\n".join(late).encode(), "json", mapping=mapping))
        assert (len(rows), list(refused)) == (5002, [])


def test_a_json_array_that_breaks_off_keeps_the_rows_before() -> None:
    good = json.dumps({"time": T.isoformat(), "characteristic": "pull", "value": 1})
    chunks = typed(f"[{','.join([good] * 6000)},{{".encode(), "json", most=5000)
    assert len(next(chunks).table) == 5000
    with pytest.raises(BadData, match="broken after row 6000"):
        list(chunks)


@pytest.mark.parametrize(
    ("content", "file_format", "reason"),
    [
        (b"", "csv", "it has no header line"),
        (b"\n\n", "csv", "it has no header line"),
        (b"", "json", "it has no rows"),
        (b"[]", "json", "it has no rows"),
        (b"", "parquet", "cannot be read as parquet"),
        (b"PAR1 and more PAR1", "parquet", "cannot be read as parquet"),
        (b"", "arrow", "cannot be read as arrow"),
        (b"", "xlsx", "cannot be read as xlsx"),
        (b"PK\x03\x04", "xlsx", "cannot be read as xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_says_so(
    content: bytes, file_format: FileFormat, reason: str
) -> None:
    with pytest.raises(BadData, match=reason) as refused:
        records(typed(content, file_format))
    assert [problem.pointer for problem in refused.value.problems] == ["/file"]


def test_the_name_tells_the_format() -> None:
    assert [format_of(n) for n in ("a.csv.gz", "b.TSV", "c.jsonl")] == ["csv", "csv", "json"]
    with pytest.raises(BadData, match=r"the format of 'a\.doc' is unknown; name it one of \.csv"):
        format_of("a.doc")


def survives(content: bytes, file_format: FileFormat) -> None:
    with suppress(BadData):  # the only error there may be
        records(typed(content, file_format, most=3))


@pytest.mark.parametrize("file_format", FORMATS)
@settings(max_examples=100)
@given(content=st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_bad_data(file_format: FileFormat, content: bytes) -> None:
    survives(content, file_format)
    survives(b"time,characteristic,value,n,seq,unit_id\n" + content, "csv")


@pytest.mark.parametrize("name", CONTENT)
@settings(max_examples=40)
@given(data=st.data())
def test_damaged_files_raise_nothing_but_bad_data(name: str, data: st.DataObject) -> None:
    file_format, content = CONTENT[name]
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    survives(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]), file_format)
