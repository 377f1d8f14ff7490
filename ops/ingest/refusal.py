"""The rows of a chunk that are refused, each with its first reason."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from ops.ingest.chunk import Rejected, rejected
from ops.values import BoolArray, IntArray


class Refusals:
    """Which rows of a chunk still stand; the rest is noted with column, value and reason."""

    def __init__(self, rows: IntArray, standing: BoolArray | None = None) -> None:
        self.rows = rows
        self.standing = np.ones(len(rows), bool) if standing is None else standing.copy()
        self.noted: list[Rejected] = []

    def refuse(self, column: str, values: Any, faults: Iterable[tuple[BoolArray, str]]) -> None:
        """Refuse the rows of each fault that still stand; `values` is the Arrow column at fault."""
        for wrong, reason in faults:
            at = np.flatnonzero(wrong & self.standing)
            if at.size:
                self.standing[at] = False
                self.noted += [
                    rejected(int(self.rows[i]), column, values[int(i)].as_py(), reason) for i in at
                ]
