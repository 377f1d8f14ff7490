"""A column that a feature of a recipe gives."""

from dataclasses import dataclass

from ops.values import BoolArray, Factor, FloatArray


@dataclass(frozen=True, slots=True)
class BuiltColumn:
    """Values of a column for all rows, where it came from, and what was late.

    Parameters
    ----------
    rule
        Place of its feature in the recipe.
    seen : shape (rows,)
        Rows for which something was seen; None where that is not told.
    late : shape (rows,)
        Rows whose values had not arrived; None where that cannot be.
    late_hours : shape (rows,)
        How long after the moment the first of them was known; NaN elsewhere.
    """

    name: str
    rule: int
    values: FloatArray | Factor
    unit: str = ""
    description: str = ""
    seen: BoolArray | None = None
    late: BoolArray | None = None
    late_hours: FloatArray | None = None
