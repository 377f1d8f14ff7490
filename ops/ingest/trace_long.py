"""A long file of traces, a row for each point, folded to a row for each trace."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from ops.classify.document import DatasetDocument
from ops.errors import BadData, Problem
from ops.ingest.arrow import pc
from ops.ingest.chunk import RawChunk
from ops.ingest.dataset_file import MOST_CELLS
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.dataset_typed import DatasetFile, Traces, read_typed
from ops.ingest.life_header import bracket_of, plain
from ops.ingest.number import is_text, parse_numbers
from ops.ingest.refusal import Refusals
from ops.ingest.text import as_text, labels
from ops.values import FloatArray, IntArray

TRACE = "trace"
_WORDS = {
    "unit": ("unit", "unit_id", "trace", "trace_id", "id", "serial", "case", "case_id", "bond"),
    "order": ("step", "point", "index", "sample", "t", "time", "offset", "seq"),
    "channel": ("channel", "sensor", "signal", "dimension", "dim"),
    "value": ("value", "reading", "amplitude"),
}


def is_long(headers: Sequence[str], mapping: DatasetMapping) -> bool:
    """Whether a file has a row for each point: columns of trace, order and value."""
    found = _columns(headers, mapping)
    return all(role in found for role in ("unit", "order", "value"))


def _columns(headers: Sequence[str], mapping: DatasetMapping) -> dict[str, str]:
    """Header of each part that is named or recognised."""
    found: dict[str, str] = {}
    for part, words in _WORDS.items():
        named = getattr(mapping.trace, part)
        if named is not None and named not in headers:
            has = ", ".join(repr(h) for h in headers[:20])
            detail = f"the file has no column {named!r}; it has {has}"
            raise BadData(detail, (Problem(f"/mapping/trace/{part}", detail),))
        known = (h for word in words for h in headers if h and plain(h) == word)
        header = named or next(known, None)
        if header is not None:
            found[part] = header
    return found


def folded(
    raw: RawChunk, headers: Sequence[str], document: DatasetDocument, mapping: DatasetMapping
) -> DatasetFile:
    """Fold points to traces; the other columns must say the same in every row of a trace.

    Raises
    ------
    BadData
        If a point stands twice, or a trace says two things in one of the other columns.
    """
    part = _columns(headers, mapping)
    refusals = Refusals(raw.rows)
    value = _numbers(raw, part["value"], mapping, refusals, empty=True)
    order = _numbers(raw, part["order"], mapping, refusals, empty=False)
    unit = labels(as_text(raw.columns[part["unit"]]))
    nameless = unit.codes < 0
    refusals.refuse(part["unit"], as_text(raw.columns[part["unit"]]), [(nameless, "is empty")])
    channel = labels(as_text(raw.columns[part["channel"]])) if "channel" in part else None
    stands = np.flatnonzero(refusals.standing)
    lane = np.zeros(len(raw), np.int64) if channel is None else np.maximum(channel.codes, 0)
    first, trace = _fold(unit.codes[stands], lane[stands], order[stands], value[stands])
    rows = stands[first]
    rest = [h for h in headers if h not in part.values()]
    of_unit = stands[np.argsort(unit.codes[stands], kind="stable")]
    for header in rest:
        _refuse_two(raw, header, unit.codes, of_unit)
    picked = {h: as_text(raw.columns[h]).take(pa.array(rows)) for h in [part["unit"], *rest]}
    chunk = RawChunk(raw.rows[rows], picked, raw.rejected)
    keys = (part["unit"],)
    traces = Traces({TRACE: trace}, bracket_of(part["value"]) or "", keys)
    read = read_typed(chunk, [*keys, *rest], document, mapping, traces=traces)
    wrong = tuple(sorted((*read.rejected, *refusals.noted), key=lambda r: r.row))
    seen = len(raw) + len(raw.rejected)
    read = DatasetFile(read.table, read.document, wrong, seen, read.dropped)
    return read if channel is None else _with_channels(read, channel.levels)


def _with_channels(read: DatasetFile, names: tuple[str, ...]) -> DatasetFile:
    said = f"Channels: {', '.join(names)}"[:400]
    columns = tuple(
        c.model_copy(update={"description": c.description or said}) if c.name == TRACE else c
        for c in read.document.columns
    )
    document = read.document.model_copy(update={"columns": columns})
    return DatasetFile(read.table, document, read.rejected, read.seen, read.dropped)


def _numbers(
    raw: RawChunk, header: str, mapping: DatasetMapping, refusals: Refusals, *, empty: bool
) -> FloatArray:
    column = as_text(raw.columns[header])
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        column = pc.cast(pc.cast(column, pa.timestamp("us")), pa.int64())
    if is_text(column) and empty:
        gone = pc.is_in(pc.utf8_trim_whitespace(column), pa.array(["", *mapping.missing]))
        column = pc.if_else(gone, pa.scalar(None, pa.string()), column)
    parsed = parse_numbers(column, decimal=mapping.decimal, thousands=mapping.thousands)
    faults = [(w & ~parsed.empty, reason) for w, reason in parsed.faults]
    if not empty:
        faults.append((parsed.empty, "is empty"))
    refusals.refuse(header, column, faults)
    return np.where(parsed.empty, np.nan, parsed.values)


def _fold(
    unit: IntArray, lane: IntArray, order: FloatArray, value: FloatArray
) -> tuple[IntArray, FloatArray]:
    """First row of each trace, by its first appearance, and the traces."""
    known, first, which = np.unique(unit, return_index=True, return_inverse=True)
    appearance = np.argsort(first, kind="stable")
    rank = np.empty_like(appearance)
    rank[appearance] = np.arange(len(known))
    place = rank[which]
    sorted_ = np.lexsort((order, lane, place))
    same = (np.diff(place[sorted_]) == 0) & (np.diff(lane[sorted_]) == 0)
    if np.any(same & (np.diff(order[sorted_]) == 0)):
        detail = "a point of a trace stands twice; name the column of its channel in the mapping"
        raise BadData(detail, (Problem("/mapping/trace/order", detail),))
    start = np.flatnonzero(np.concatenate(([True], ~same))) if len(sorted_) else np.empty(0, int)
    lengths = np.diff(np.append(start, len(sorted_)))
    at = np.arange(len(sorted_)) - np.repeat(start, lengths)
    channels, points = int(lane.max(initial=0)) + 1, int(lengths.max(initial=0))
    if len(known) * channels * points > MOST_CELLS:
        detail = f"more than {MOST_CELLS} points as traces of equal length; send fewer or shorter"
        raise BadData(f"the file has {detail}", (Problem("/file", detail),))
    trace = np.full((len(known), channels, points), np.nan)
    trace[place[sorted_], lane[sorted_], at] = value[sorted_]
    return first[appearance], trace


def _refuse_two(raw: RawChunk, header: str, unit: IntArray, rows: IntArray) -> None:
    """Refuse a column that says two things of one trace; `rows` are sorted by it."""
    text = labels(as_text(raw.columns[header])).codes[rows]
    differs = (np.diff(unit[rows]) == 0) & (np.diff(text) != 0)
    if differs.any():
        row = int(raw.rows[rows[int(np.flatnonzero(differs)[0]) + 1]])
        detail = f"row {row}, {header}: says another thing than an earlier row of the same trace"
        mend = "ignore" if header else "order"
        raise BadData(detail, (Problem(f"/mapping/{mend}", detail),))
