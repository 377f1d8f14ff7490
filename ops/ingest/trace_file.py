"""Files of traces: UCR-style text, a row for each point, or a list in each row."""

import json
from collections.abc import Sequence
from typing import Any, BinaryIO, cast

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk, Rejected
from ops.ingest.dataset_column import as_label, typed
from ops.ingest.dataset_file import MOST_CELLS, decodable, read_raw
from ops.ingest.dataset_mapping import AS_WRITTEN, DatasetMapping
from ops.ingest.dataset_typed import DatasetFile, Traces, read_typed, refuse_absent
from ops.ingest.file_format import FileFormat
from ops.ingest.number import is_text
from ops.ingest.refusal import Refusals
from ops.ingest.rows import Spliced, Transcoded
from ops.ingest.trace_long import folded, is_long
from ops.ingest.unpacking import UNPACKING, Unpacking
from ops.values import FloatArray

TRACE = "trace"
_LABEL = "label"


def read_trace_file(
    stream: BinaryIO,
    file_format: FileFormat,
    document: DatasetDocument,
    mapping: DatasetMapping = AS_WRITTEN,
    unpacking: Unpacking = UNPACKING,
) -> DatasetFile:
    """Read a file of traces.

    Raises
    ------
    BadData
        If it cannot be read, or holds no traces.
    """
    if file_format == "csv":
        stream = decodable(stream, mapping)
        head = stream.read(1 << 16)
        stream = cast("BinaryIO", Spliced(head, stream))
        if _has_no_header(head.decode(mapping.encoding, "ignore"), mapping):
            return _read_ucr(Transcoded(stream, mapping.encoding), head, document, mapping)
    if file_format in ("parquet", "arrow"):
        raw, headers = _with_lists(stream, file_format)
    else:
        raw, headers = read_raw(stream, file_format, mapping, unpacking)
    if is_long(headers, mapping):
        return folded(raw, headers, document, mapping)
    return _listed(raw, headers, document, mapping)


def _has_no_header(head: str, mapping: DatasetMapping) -> bool:
    """Whether the first line holds numbers alone, after at most one label."""
    line = head.split("\n", 1)[0].strip("\r\ufeff")
    cells = line.split(_delimiter(line, mapping))
    return len(cells) > 2 and all(_is_number(cell, mapping) for cell in cells[1:])


def _delimiter(line: str, mapping: DatasetMapping) -> str:
    return mapping.delimiter or max(("\t", ",", ";"), key=line.count)


def _is_number(text: str, mapping: DatasetMapping) -> bool:
    text = text.strip()
    if not text or text in mapping.missing:
        return True
    try:
        float(text)
    except ValueError:
        return False
    return True


def _read_ucr(
    text: Transcoded, head: bytes, document: DatasetDocument, mapping: DatasetMapping
) -> DatasetFile:
    """Read a row for each trace: its label, then its points; shorter ones end with nothing."""
    line = head.decode(mapping.encoding, "ignore").split("\n", 1)[0]
    delimiter = _delimiter(line, mapping)
    unfit: list[Any] = []

    def skip(row: Any) -> str:
        unfit.append(row)
        return "skip"

    try:
        arrow = pa_csv.read_csv(
            pa.PythonFile(text, mode="r"),
            pa_csv.ReadOptions(autogenerate_column_names=True, use_threads=False),
            pa_csv.ParseOptions(delimiter=delimiter, invalid_row_handler=skip),
            pa_csv.ConvertOptions(
                column_types={f"f{i}": pa.string() for i in range(line.count(delimiter) + 1)},
                strings_can_be_null=False,
            ),
        ).combine_chunks()
    except pa.ArrowException as error:
        raise BadData(f"the file cannot be read as text: {error}") from error
    wrong = {row.number for row in unfit}
    numbers = [n for n in range(1, arrow.num_rows + len(wrong) + 1) if n not in wrong]
    rows = np.array(numbers, np.int64)
    refusals = Refusals(rows)
    columns = [_one(arrow.column(i)) for i in range(arrow.num_columns)]
    label = as_label(typed(columns[0], _LABEL, None, mapping))
    points = [
        typed(column, f"point {i}", "number", mapping) for i, column in enumerate(columns[1:], 1)
    ]
    for i, point in enumerate(points, 1):
        refusals.refuse(f"point {i}", columns[i], point.faults)
    trace = np.stack([cast("FloatArray", p.values) for p in points], axis=1)[:, None, :]
    told = _document(document, mapping, {_LABEL: label.type})
    standing = refusals.standing
    table = DataTable(
        categories={_LABEL: cast("Any", label.values).take(standing)},
        traces={TRACE: trace[standing]},
    )
    said = tuple(
        Rejected(row.number, "", row.text[:200], f"has {row.actual_columns} values, the first row"
                 f" has {row.expected_columns}; fill shorter traces with NaN")
        for row in unfit
    )  # fmt: skip
    rejected = sorted((*said, *refusals.noted), key=lambda r: r.row)
    return DatasetFile(table, told, tuple(rejected), len(rows) + len(wrong))


def _one(chunked: Any) -> Any:
    return pa.concat_arrays(chunked.chunks) if chunked.num_chunks else pa.array([], chunked.type)


def _document(
    document: DatasetDocument, mapping: DatasetMapping, types: dict[str, Any]
) -> DatasetDocument:
    said = {c.name: c for c in document.columns}
    refuse_absent(document, [_LABEL, TRACE])
    label = said.get(_LABEL, DatasetColumn(name=_LABEL))
    trace = said.get(TRACE, DatasetColumn(name=TRACE))
    return document.model_copy(
        update={
            "columns": (
                label.model_copy(update={"role": "label", "type": types[_LABEL]}),
                trace.model_copy(update={"type": "trace"}),
            ),
            "positive": mapping.positive or document.positive,
        }
    )


def _with_lists(stream: BinaryIO, file_format: FileFormat) -> tuple[RawChunk, tuple[str, ...]]:
    """All columns of a columnar file, lists too."""
    try:
        if file_format == "parquet":
            arrow = pq.read_table(stream, use_threads=False)
        else:
            data = stream.read()
            ours = data.startswith(b"ARROW1")
            arrow = (pa.ipc.open_file if ours else pa.ipc.open_stream)(data).read_all()
            arrow.validate(full=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadData(f"the file cannot be read as {file_format}: {error}") from error
    columns = {name: _one(arrow.column(i)) for i, name in enumerate(arrow.column_names)}
    rows = np.arange(1, arrow.num_rows + 1, dtype=np.int64)
    return RawChunk(rows, columns), tuple(arrow.column_names)


def _listed(
    raw: RawChunk, headers: Sequence[str], document: DatasetDocument, mapping: DatasetMapping
) -> DatasetFile:
    """Rows of which some columns are lists; a list of lists has a list for each channel."""
    refusals = Refusals(raw.rows)
    traces: dict[str, FloatArray] = {}
    for header in headers:
        lists = _lists(raw.columns[header]) if header else None
        if lists is not None:
            traces[header] = _stack(header, lists, refusals)
    if not traces:
        has = ", ".join(repr(h) for h in headers[:20])
        mend = (
            "send UCR-style text (label, then the points of each trace), a row for each point with"
            " the columns unit, step and value, or a column of lists"
        )
        raise BadData(f"no traces are found; it has {has}; {mend}", (Problem("/file", mend),))
    rest = [h for h in headers if h not in traces]
    return read_typed(raw, rest, document, mapping, refusals=refusals, traces=Traces(traces))


def _lists(column: Any) -> list[Any] | None:
    """Read the lists of a column, None where one is missing; None if it holds no lists."""
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind) or pa.types.is_fixed_size_list(kind):
        return cast("list[Any]", column.to_pylist())
    if not is_text(column):
        return None
    first = next((t for t in column.slice(0, 100).to_pylist() if t), "")
    if not first.lstrip().startswith("["):
        return None
    return [_parsed(text) for text in column.to_pylist()]


def _parsed(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return None


def _stack(header: str, lists: list[Any], refusals: Refusals) -> FloatArray:
    """Traces of equal shape; a shorter one ends with NaN, a missing one is refused."""
    found = [_trace(values) for values in lists]
    wrong = np.array([f is None for f in found], bool)
    channels = max((f.shape[0] for f in found if f is not None), default=1)
    few = np.array([f is not None and f.shape[0] != channels for f in found], bool)
    said = [
        (wrong, "is not a list of numbers"),
        (few, f"has another number of channels than {channels}"),
    ]
    shown = pa.array([None if v is None else str(v)[:200] for v in lists], pa.string())
    refusals.refuse(header, shown, said)
    points = max((f.shape[1] for f in found if f is not None), default=0)
    if len(found) * channels * points > MOST_CELLS:
        detail = f"{header!r} has more than {MOST_CELLS} points; send fewer or shorter traces"
        raise BadData(detail, (Problem("/file", detail),))
    stacked = np.full((len(found), channels, points), np.nan)
    for i, trace in enumerate(found):
        if trace is not None and trace.shape[0] == channels:
            stacked[i, :, : trace.shape[1]] = trace
    return stacked


def _trace(values: Any) -> FloatArray | None:
    """Channels by points of a list, or of a list of lists."""
    if not isinstance(values, list) or not values:
        return None
    rows: list[Any] = values if isinstance(values[0], list) else [values]
    if not all(isinstance(row, list) for row in rows):
        return None
    trace = np.full((len(rows), max(len(row) for row in rows)), np.nan)
    try:
        for i, row in enumerate(rows):
            trace[i, : len(row)] = [np.nan if v is None else v for v in row]
    except (TypeError, ValueError):
        return None
    return None if np.isinf(trace).any() or trace.shape[1] == 0 else trace
