"""Columns of loose cells (JSON, spreadsheets) as Arrow columns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import pyarrow as pa

Cell = str | float | bool | datetime | date | time | None


def columns_of(cells: Mapping[str, Sequence[Cell]], decimal: str) -> dict[str, Any]:
    """Arrow columns: of numbers where all cells are numbers, else of text.

    Parameters
    ----------
    decimal
        Decimal mark in force for text: numbers among texts are written with it.
    """
    return {name: _column(values, decimal) for name, values in cells.items()}


def _column(values: Sequence[Any], decimal: str) -> Any:
    kinds = {type(value) for value in values} - {type(None)}
    try:
        if kinds == {int}:
            return pa.array(values, pa.int64())
        if kinds == {float} or kinds == {int, float}:
            return pa.array([None if v is None else float(v) for v in values], pa.float64())
    except (OverflowError, pa.ArrowInvalid):
        pass  # a whole number beyond int64: as text it is refused where a number is wanted
    return pa.array([_text(value, decimal) for value in values], pa.string())


def _text(value: Cell, decimal: str) -> str | None:
    match value:
        case None | str():
            return value if value is None else value.encode("utf-8", "replace").decode()
        case bool():
            return "true" if value else "false"
        case float():
            return repr(value).replace(".", decimal)
        case datetime():
            return _moment(value)
        case _:
            return str(value)


def _moment(value: datetime) -> str:
    """ISO text; midnight as the date alone, so that a time of day in another cell can follow."""
    if value.time() == time() and value.tzinfo is None:
        return value.date().isoformat()
    return value.isoformat()
