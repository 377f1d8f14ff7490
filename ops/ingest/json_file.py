"""JSON: an array of objects, or one object on each line; read piece by piece."""

import codecs
import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO

import numpy as np

from ops.errors import BadData
from ops.ingest.chunk import RawChunk, Rejected, rejected
from ops.ingest.mapping import ColumnMapping
from ops.ingest.rows import Rows, refuse_wide
from ops.ingest.table import Cell, columns_of

_PIECE = 1 << 16
_LONGEST = 1 << 20  # characters of one object
_BATCH = 5_000
_BLANK = " \t\r\n"
_SHOWN = 40  # characters of what is no object
_DECODER = json.JSONDecoder()

Found = tuple[Any, str]  # an object, or None and its text
Chunk = tuple[list[int], list[dict[str, Any]], list[Rejected]]  # numbers, rows, refused


def read_json(stream: BinaryIO, mapping: ColumnMapping) -> Rows:
    """Open a JSON file; its columns are the names of its first 5,000 rows, at most 5,000.

    A later row with another name is refused: it would be stored without what it says. Names that
    mean nothing, by `ignore` or because `factors` are named, may come at any time.
    """
    pieces = _pieces(stream, mapping.encoding)
    start = ""
    for piece in pieces:
        start += piece
        if start.strip(_BLANK):
            break
    start = start.lstrip(_BLANK + "\ufeff")
    whole = chain((start,), pieces)
    objects = _of_array(whole) if start.startswith("[") else _of_lines(whole)
    chunks = _chunks(objects)
    first = next(chunks, None)
    if first is None:
        raise BadData("the file is empty: it has no rows")
    if not first[1]:
        broken = (first[2][0].value or "")[:_SHOWN]
        raise BadData(
            f"the file holds no JSON object but begins with {broken!r}: send an array of objects,"
            " or one object on each line"
        )
    names = tuple(dict.fromkeys(name for row in first[1] for name in row))
    refuse_wide(len(names))
    free = frozenset({*names, *mapping.ignore})
    expected = free if mapping.factors is None else None
    return Rows(
        names,
        (
            _raw(names, *_known(expected, *chunk), mapping.decimal)
            for chunk in chain((first,), chunks)
        ),
    )


def _pieces(stream: BinaryIO, encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    while octets := stream.read(_PIECE):
        yield decoder.decode(octets)
    yield decoder.decode(b"", final=True)


def _of_lines(pieces: Iterator[str]) -> Iterator[Found]:
    held = ""
    for piece in pieces:
        *lines, held = (held + piece).split("\n")
        if len(held) > _LONGEST:
            raise BadData(f"a line is longer than {_LONGEST} characters; one row on each line")
        yield from (_parsed(line) for line in lines if line.strip(_BLANK))
    if held.strip(_BLANK):
        yield _parsed(held)


def _parsed(line: str) -> Found:
    try:
        return json.loads(line), line
    except (ValueError, RecursionError):
        return None, line


def _of_array(pieces: Iterator[str]) -> Iterator[Found]:
    """Objects of an array; what follows a broken one cannot be read."""
    held, at, ended = next(pieces, "")[1:], 0, False
    row = 0
    while True:
        while at < len(held) and held[at] in _BLANK + ",":
            at += 1
        if at < len(held) and held[at] == "]":
            return
        try:
            value, at = _DECODER.raw_decode(held, at)
        except (ValueError, RecursionError) as error:
            piece = next(pieces, None)
            ended = piece is None
            held, at = held[at:] + (piece or ""), 0
            if ended or len(held) > _LONGEST:
                raise BadData(f"the JSON array is broken after row {row}: {error}") from error
            continue
        row += 1
        yield value, ""


def _chunks(objects: Iterator[Found]) -> Iterator[Chunk]:
    numbers: list[int] = []
    rows: list[dict[str, Any]] = []
    refused: list[Rejected] = []
    for number, (value, text) in enumerate(objects, 1):
        if isinstance(value, dict):
            numbers.append(number)
            rows.append(value)
        else:
            refused.append(rejected(number, "", text or value, "is not a JSON object"))
        if len(rows) + len(refused) >= _BATCH:
            yield numbers, rows, refused
            numbers, rows, refused = [], [], []
    if rows or refused:
        yield numbers, rows, refused


def _known(
    expected: frozenset[str] | None,
    numbers: list[int],
    rows: list[dict[str, Any]],
    refused: list[Rejected],
) -> Chunk:
    """Refuse the rows that have a name which nobody expects."""
    if expected is None or all(row.keys() <= expected for row in rows):
        return numbers, rows, refused
    late = (
        f"is a name that the first {_BATCH} rows lack; give it in the first row too, or ignore it"
    )
    strange = [next(iter(row.keys() - expected), None) for row in rows]
    refused = refused + [
        rejected(number, name, row[name], late)
        for number, row, name in zip(numbers, rows, strange, strict=True)
        if name is not None
    ]
    kept = [i for i, name in enumerate(strange) if name is None]
    return [numbers[i] for i in kept], [rows[i] for i in kept], refused


def _raw(
    names: tuple[str, ...],
    numbers: list[int],
    rows: list[dict[str, Any]],
    refused: list[Rejected],
    decimal: str,
) -> RawChunk:
    cells = {name: [_cell(row.get(name)) for row in rows] for name in names}
    return RawChunk(np.array(numbers, np.int64), columns_of(cells, decimal), tuple(refused))


def _cell(value: Any) -> Cell:
    return json.dumps(value) if isinstance(value, dict | list) else value
