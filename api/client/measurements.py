"""Measurements: out as an Arrow stream, in as a file, bytes or a table."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from api.client.transport import Content, Transport

ARROW = "application/vnd.apache.arrow.stream"
PATH = "/v1/measurements"
ArrowTable = Any  # a pyarrow.Table: pyarrow ships no types
_PIECE = 1 << 20
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".txt": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".arrow": ARROW,
    ".arrows": ARROW,
}


@dataclass(frozen=True, slots=True)
class Selection:
    """Measurements that were asked for; nothing is read until they are taken."""

    transport: Transport
    query: Mapping[str, Any]

    def batches(self) -> Iterator[Any]:
        """Yield pyarrow record batches while they come: memory stays flat."""
        with self.transport.stream(PATH, self.query, ARROW) as pieces, _opened(pieces) as reader:
            yield from reader

    def to_arrow(self) -> ArrowTable:
        """All of them as a table."""
        with self.transport.stream(PATH, self.query, ARROW) as pieces, _opened(pieces) as reader:
            return reader.read_all()

    def to_numpy(self) -> dict[str, NDArray[Any]]:
        """All of them as one array for each column; text columns hold Python strings."""
        table = self.to_arrow()
        return {name: np.asarray(table.column(name)) for name in table.column_names}


@dataclass(frozen=True, slots=True)
class Measurements:
    """The measurements of the service."""

    transport: Transport

    def __call__(
        self,
        characteristic: str | Sequence[str],
        *,
        site: str | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        **more: Any,
    ) -> Selection:
        """Choose measurements.

        Parameters
        ----------
        characteristic
            Code, or several.
        site
            Code; None means every site of the key.
        start, end
            Half-open window of measurement time; both aware.
        more
            Further parameters of ``GET /v1/measurements``.
        """
        for name, instant in (("start", start), ("end", end)):
            if instant is not None and instant.utcoffset() is None:
                raise ValueError(f"{name} {instant.isoformat()} has no time zone")
        query = {
            "characteristic": characteristic,
            "site": site,
            "start": start.isoformat() if start else None,
            "end": end.isoformat() if end else None,
            **more,
        }
        return Selection(self.transport, query)

    def send(
        self,
        data: Path | str | bytes | ArrowTable,
        *,
        site: str,
        media_type: str | None = None,
        source: str | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """Send measurements; sending the same again changes nothing.

        Parameters
        ----------
        data
            Path of a file, its bytes, or an Arrow table.
        site
            Code of the site they belong to.
        media_type
            What the bytes are; None: by the file's name, or Arrow for a table.
        source
            Name of a saved column mapping.

        Returns
        -------
        dict
            The report: counts of accepted, duplicate, conflicting and rejected rows, and where
            the rejected ones are listed.
        """
        content, kind = _content(data, media_type)
        query = {"site": site, "source": source, **more}
        report: dict[str, Any] = self.transport.upload(PATH, content, kind, query).json()
        return report


def _content(data: Path | str | bytes | ArrowTable, media_type: str | None) -> tuple[Content, str]:
    if isinstance(data, bytes):
        if media_type is None:
            raise ValueError("bytes need a media_type, e.g. text/csv")
        return lambda: data, media_type
    if not isinstance(data, Path | str):
        sink = io.BytesIO()
        with pa.ipc.new_stream(sink, data.schema) as writer:
            writer.write_table(data)
        return sink.getvalue, ARROW
    path = Path(data)
    kind = media_type or MEDIA_TYPES.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(sorted(MEDIA_TYPES))
        raise ValueError(f"{path.name} has none of the endings {known}; say its media_type")
    return lambda: _pieces(path), kind


def _opened(pieces: Iterator[bytes]) -> Any:
    whole = io.BufferedReader(_Reader(pieces), _PIECE)  # never a short read before the end
    return pa.ipc.open_stream(pa.PythonFile(whole, mode="r"))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


class _Reader(io.RawIOBase):
    """A file over pieces of bytes."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        view = memoryview(buffer).cast("B")
        size = min(len(view), len(self._rest))
        view[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size
