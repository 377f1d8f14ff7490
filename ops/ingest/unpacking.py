"""How much of a packed file is unpacked: a small file must not fill the memory or the disk."""

import io
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from ops.errors import BadData, Problem

MIB = 1 << 20
_OF_TEXTS = 8  # texts and formats stay in memory, at up to 18 times their size
_FORMATS = 4 * MIB  # usual books have 0.1 MiB; each MiB costs 120 MB of memory and 2 s
_TEXTS = "xl/sharedStrings.xml"
_STYLES = "xl/styles.xml"
_ENTRIES = 10_000


@dataclass(frozen=True, slots=True)
class Unpacking:
    """Most MiB that a spreadsheet, and a gzipped text may unpack to; the setting of the latter."""

    sheet_mb: int = 512
    text_mb: int = 16_384
    setting: str = "LONGRUN_MAX_UNPACKED_MB"


UNPACKING = Unpacking()


class Bounded(io.RawIOBase):
    """A stream that is being unpacked, up to a limit of what really comes out of it."""

    def __init__(self, stream: Any, unpacking: Unpacking) -> None:
        self._stream = stream
        self._unpacking = unpacking
        self._left = unpacking.text_mb * MIB

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer.

        Raises
        ------
        BadData
            If more comes out than may.
        """
        found: bytes = self._stream.read(len(buffer))
        self._left -= len(found)
        if self._left < 0:
            told = f"the gzipped file unpacks to more than {self._unpacking.text_mb} MiB"
            raise _too_much(told, f"split it, or raise {self._unpacking.setting}")
        buffer[: len(found)] = found
        return len(found)


def weigh_sheets(stream: BinaryIO, unpacking: Unpacking) -> None:
    """Refuse a spreadsheet that would swell; no entry is read beyond the size that it claims.

    Raises
    ------
    BadData
        If it, its texts or its formats unpack to more than they may.
    """
    with zipfile.ZipFile(stream) as archive:
        entries = archive.infolist()
    stream.seek(0)
    size = sum(entry.file_size for entry in entries)
    most = unpacking.sheet_mb * MIB
    mend = "send it as CSV or Parquet, or raise LONGRUN_MAX_SHEET_MB"
    if size > most:
        told = f"the spreadsheet unpacks to {_mib(size)} MiB, at most {unpacking.sheet_mb} are read"
        raise _too_much(told, mend)
    texts = sum(entry.file_size for entry in entries if entry.filename == _TEXTS)
    if texts > most // _OF_TEXTS:
        told = f"the texts of the spreadsheet take {_mib(texts)} MiB, at most"
        raise _too_much(f"{told} {_mib(most // _OF_TEXTS)} are read", mend)
    formats = sum(entry.file_size for entry in entries if entry.filename == _STYLES)
    if formats > _FORMATS or len(entries) > _ENTRIES:
        told = f"the spreadsheet has {len(entries)} parts and {_mib(formats)} MiB of formats"
        raise _too_much(told, "copy the values alone into a new one, or send it as CSV")


def _too_much(told: str, mend: str) -> BadData:
    return BadData(f"{told}: {mend}", (Problem("/file", mend),))


def _mib(size: int) -> int:
    return -(-size // MIB)
