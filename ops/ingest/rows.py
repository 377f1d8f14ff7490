"""What every reader answers with: the columns of a file, and its rows in chunks."""

import codecs
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa

from ops.errors import BadData, Problem
from ops.ingest.chunk import RawChunk, Rejected

MOST_COLUMNS = 5000


@dataclass(frozen=True, slots=True)
class Rows:
    """A file that is being read.

    Parameters
    ----------
    columns
        Names in the order of the file.
    chunks
        Its rows; read once. Raises an error of Arrow, or ValueError, where the file is broken.
    """

    columns: tuple[str, ...]
    chunks: Iterator[RawChunk]


class Spliced(io.RawIOBase):
    """A stream with the bytes put back that were read to look at its start."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, fewer only at the end."""
        found = self._head.read(size)
        if size < 0 or len(found) < size:
            found += self._rest.read(size - len(found) if size >= 0 else -1)
        return found

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer."""
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)


class Transcoded:
    """A text stream in any encoding as UTF-8; what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        if encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
            encoding = "utf-8-sig"
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._held = b""
        self.closed = False

    def read(self, size: int) -> bytes:
        """At most `size` bytes, fewer only at the end."""
        while len(self._held) < size:
            octets = self._stream.read(max(size, 1))
            self._held += self._decoder.decode(octets, final=not octets).encode()
            if not octets:
                break
        found, self._held = self._held[:size], self._held[size:]
        return found

    def put_back(self, octets: bytes) -> None:
        """Let bytes be read once more."""
        self._held = octets + self._held

    def close(self) -> None:
        """Let go of the stream."""
        self.closed = True


def refuse_wide(columns: int) -> None:
    """Refuse a file of too many columns: a chunk of it would not fit the memory.

    Raises
    ------
    BadData
        If it has more than 5,000.
    """
    if columns > MOST_COLUMNS:
        detail = f"the header has {columns} columns, at most {MOST_COLUMNS} are read"
        raise BadData(f"{detail}; leave some out", (Problem("/file", detail),))


def numbered(tables: Iterable[Any]) -> Iterator[RawChunk]:
    """Record batches with row numbers counted from 1."""
    first = 1
    for batch in tables:
        rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
        first += batch.num_rows
        yield RawChunk(rows, dict(zip(batch.schema.names, batch.columns, strict=True)))


def rechunked(chunks: Iterable[RawChunk], most: int) -> Iterator[RawChunk]:
    """Chunks of `most` rows (the last one has fewer), whatever size they were read in."""
    held: list[RawChunk] = []
    refused: list[Rejected] = []
    count = 0
    for read in chunks:
        refused += read.rejected
        start = 0
        while count + len(read) - start >= most:
            held.append(read.slice(start, most - count))
            start += most - count
            yield _joined(held, refused)
            held, refused, count = [], [], 0
        if start < len(read):
            held.append(read.slice(start, len(read) - start))
            count += len(read) - start
        if len(refused) >= most:
            yield _joined(held, refused)
            held, refused, count = [], [], 0
    if held or refused:
        yield _joined(held, refused)


def _joined(held: Sequence[RawChunk], refused: Sequence[Rejected]) -> RawChunk:
    if not held:
        return RawChunk(np.empty(0, np.int64), {}, tuple(refused))
    if len(held) == 1:
        return RawChunk(held[0].rows, held[0].columns, tuple(refused))
    columns = {
        name: _concatenated([chunk.columns[name] for chunk in held]) for name in held[0].columns
    }
    return RawChunk(np.concatenate([c.rows for c in held]), columns, tuple(refused))


def _concatenated(arrays: list[Any]) -> Any:
    if len({array.type for array in arrays}) > 1:
        arrays = [array.cast(pa.string()) for array in arrays]
    if pa.types.is_dictionary(arrays[0].type):
        arrays = [array.dictionary_decode() for array in arrays]
    return pa.concat_arrays(arrays)
