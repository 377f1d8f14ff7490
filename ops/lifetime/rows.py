"""Rows of a life test as they are kept: columns of one kind, and what their numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ops.values import BoolArray, FloatArray, IntArray

RowsKind = Literal["life", "field", "recurrent", "degradation"]
TextArray = NDArray[np.object_]  # str, or None where nothing is said
STRESS = "stress:"  # before the name of a stress, in the name of its column
NUMBERS: Mapping[RowsKind, tuple[str, ...]] = {
    "life": ("lower", "upper", "weight", "entry", "exit"),
    "field": ("shipped", "quantity", "failed_from", "failed_to", "reported"),
    "recurrent": ("time", "cost"),
    "degradation": ("time", "value"),
}
TEXTS: Mapping[RowsKind, tuple[str, ...]] = {
    "life": ("unit_id", "mode", "group"),
    "field": ("part", "cohort", "mode", "group"),  # part: shipped or returned
    "recurrent": ("what", "system", "mode", "group"),  # what: event, start or end
    "degradation": ("unit_id", "group"),
}


@dataclass(frozen=True, slots=True)
class LifeRows:
    """Rows of one kind.

    Parameters
    ----------
    numbers, texts
        The columns that `NUMBERS` and `TEXTS` name, and one of numbers for each stress (its name
        behind `STRESS`); all of one length. Of life rows the numbers are those of `LifeData`; of
        field rows days since 1970-01-01, NaN where a row has none.
    unit
        Of every time.
    stress_units
        Unit of each stress.
    value_unit
        Unit of what a degradation test reads.
    until
        Day up to which field returns are known; None for other kinds.
    """

    kind: RowsKind
    numbers: Mapping[str, FloatArray]
    texts: Mapping[str, TextArray]
    unit: str = "h"
    stress_units: Mapping[str, str] = field(default_factory=dict[str, str])
    value_unit: str = ""
    until: float | None = None

    def __len__(self) -> int:
        return len(next(iter(self.numbers.values())))

    def take(self, rows: IntArray | BoolArray) -> "LifeRows":
        """Only these rows, in this order."""
        return self.of_columns(
            {name: column[rows] for name, column in self.numbers.items()},
            {name: column[rows] for name, column in self.texts.items()},
        )

    def of_columns(
        self, numbers: Mapping[str, FloatArray], texts: Mapping[str, TextArray]
    ) -> "LifeRows":
        """Other columns with the same meaning."""
        return LifeRows(
            self.kind,
            numbers,
            texts,
            self.unit,
            self.stress_units,
            self.value_unit,
            self.until,
        )

    @property
    def stresses(self) -> dict[str, FloatArray]:
        """Levels of each stress by its name."""
        return {
            name.removeprefix(STRESS): column
            for name, column in self.numbers.items()
            if name.startswith(STRESS)
        }

    def facts(self) -> dict[str, Any]:
        """Collect what is said beside the columns, as JSON."""
        return {
            "kind": self.kind,
            "unit": self.unit,
            "stress_units": dict(self.stress_units),
            "value_unit": self.value_unit,
            "until": self.until,
        }


def texts_of(values: object, n: int) -> TextArray:
    """Column of texts: of a sequence, or one for all rows; an empty one is None."""
    column = np.empty(n, dtype=object)
    column[:] = values
    column[column == ""] = None
    return column


def coded(column: TextArray) -> tuple[IntArray, tuple[str, ...]]:
    """Index of each text among the sorted distinct ones, -1 for None; and those.

    Examples
    --------
    >>> coded(np.array(["b", None, "a"], dtype=object))
    (array([ 1, -1,  0]), ('a', 'b'))
    """
    levels = tuple(sorted({text for text in column if text is not None}))
    place: dict[str | None, int] = {text: i for i, text in enumerate(levels)}
    codes = np.fromiter((place.get(text, -1) for text in column), np.int64, len(column))
    return codes, levels
