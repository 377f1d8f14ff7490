"""A chunk of a file on its way in: as read, and as typed; and what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from ops.values import IntArray

SHOWN = 200  # characters of a refused value that are kept


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not stored.

    Parameters
    ----------
    row
        Its number in the file; 1 is the first data row, blank lines do not count.
    column, value
        The column at fault and what it held; an empty name is the row as a whole.
    reason
        What is wrong, and how to mend it.
    """

    row: int
    column: str
    value: str | None
    reason: str


def rejected(row: int, column: str, value: object, reason: str) -> Rejected:
    """Make a `Rejected` whose value is short enough to be kept and fit for any database."""
    text = None if value is None else str(value)[:SHOWN].replace("\x00", "\\0")
    return Rejected(row, column, text, reason)


@dataclass(frozen=True, slots=True)
class RawChunk:
    """Rows as a reader found them.

    Parameters
    ----------
    rows : shape (m,)
        Row number of each row in the file.
    columns
        Column name to an Arrow array of length m: text as bytes or string, or typed.
    rejected
        Rows that could not be read at all.
    """

    rows: IntArray
    columns: Mapping[str, Any]
    rejected: tuple[Rejected, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def slice(self, start: int, length: int) -> "RawChunk":
        """Rows `start` to `start + length`, without the rejected ones."""
        part = {name: array.slice(start, length) for name, array in self.columns.items()}
        return RawChunk(self.rows[start : start + length], part)


@dataclass(frozen=True, slots=True)
class Text:
    """A column of labels: `codes` index `levels`, -1 where there is none."""

    codes: IntArray
    levels: tuple[str, ...]

    def take(self, index: IntArray) -> "Text":
        """Rows `index`."""
        return Text(self.codes[index], self.levels)

    def array(self) -> Any:
        """As an Arrow column of strings, null where there is no label."""
        codes = pa.array(self.codes, mask=self.codes < 0)
        return pa.array(self.levels, pa.string()).take(codes)


@dataclass(frozen=True, slots=True)
class TypedChunk:
    """Measurements ready to be stored, in the order of the file, and the rows refused.

    Parameters
    ----------
    seen
        Rows of the file that this chunk stands for.
    table
        Arrow table of row, characteristic_id, ts, seq, value, subgroup, unit_id, position, n and
        status.
    factors
        Factor name to its labels, each as long as `table`.
    """

    seen: int
    table: Any
    factors: Mapping[str, Text]
    rejected: tuple[Rejected, ...] = ()
