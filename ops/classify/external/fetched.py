"""Answers of an endpoint for the rows of one table, asked before a run computes without network."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from ops.classify.table import DataTable
from ops.values import FloatArray

_KEY = 16  # bytes of a row's key


@dataclass(frozen=True, slots=True)
class FetchedAnswers:
    """What an endpoint said of rows, found again by what is in a row.

    Parameters
    ----------
    columns
        Columns of the table that a key is made of.
    keys : length m
        Of each row that was asked; equal rows are asked once.
    probability : shape (m, classes)
        Before calibration, in the order of the model's classes.
    reason
        Why there are none; "": there are.
    """

    columns: tuple[str, ...] = ()
    keys: tuple[bytes, ...] = ()
    probability: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))
    reason: str = ""

    def fingerprint(self) -> str:
        """SHA-256 of the answers: equal answers for equal rows, equal fingerprint."""
        digest = hashlib.sha256(repr((self.columns, self.reason)).encode())
        digest.update(b"".join(self.keys))
        digest.update(np.ascontiguousarray(self.probability).tobytes())
        return digest.hexdigest()


def row_keys(table: DataTable, columns: tuple[str, ...]) -> tuple[bytes, ...]:
    """Key of each row: equal where these columns hold the same values.

    Raises
    ------
    BadData
        If a column is missing.
    """
    parts = tuple(_bits(table, columns))
    if not parts:
        return (b"",) * len(table)
    rows = np.column_stack(parts)
    return tuple(hashlib.blake2b(row.tobytes(), digest_size=_KEY).digest() for row in rows)


def key_columns(table: DataTable) -> tuple[str, ...]:
    """Columns of a table that keys can be made of: all but traces."""
    return tuple(sorted(table.names - table.traces.keys()))


def _bits(table: DataTable, columns: tuple[str, ...]) -> Iterator[np.ndarray]:
    """Each column as 64 bits of a row; texts by what they say, as codes differ among tables."""
    for name in columns:
        if name in table.categories:
            factor = table.categories[name]
            said = [_of_text(level) for level in factor.levels]
            yield np.array([*said, 0], dtype=np.uint64)[factor.codes]
        elif name in table.times:
            yield table.times[name].astype(np.int64).view(np.uint64)
        else:
            plain = table.number(name) + 0.0  # -0.0 becomes 0.0
            yield np.where(np.isnan(plain), np.nan, plain).view(np.uint64)


def _of_text(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
