"""What stands in one cell of a table, and how it is read back."""

import re
from datetime import date, datetime
from typing import Any

from solvers.scenario.table_schema import TableColumn

Cell = str | float | int | bool | date | None
EMPTY_TEXT = '""'  # a text of no letters, where an empty cell means something else
BETWEEN = "/"  # no code holds it
_TRUE, _FALSE = ("true", "yes", "1"), ("false", "no", "0")
_AMOUNT = re.compile(r"\s*[-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?\s*\S.*")


def cell_of(value: Any, column: TableColumn) -> Cell:
    """Cell that shows a value."""
    if column.kind == "list":
        return BETWEEN.join(value) or None
    if value == "" and column.default != "":
        return EMPTY_TEXT
    return None if value == "" else value


def value_of(cell: Cell, column: TableColumn) -> Any:
    """Value that a cell stands for; of an empty one `...` if the part's default holds.

    Raises
    ------
    ValueError
        If the cell cannot be of its column; the message says how to mend it.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return () if column.kind == "list" else None if column.nullable else ...
    if column.kind == "text":
        return _text(cell, column)
    if column.kind == "list":
        return tuple(c.strip() for c in _plain(cell).split(BETWEEN) if c.strip())
    if column.kind == "boolean":
        return _boolean(cell)
    if column.kind == "date":
        return _date(cell)
    return _number(cell, column)


def _text(cell: Cell, column: TableColumn) -> str:
    text = "" if cell == EMPTY_TEXT else _plain(cell)
    if column.choices and text not in column.choices:
        raise ValueError(f"write one of {', '.join(column.choices)}")
    return text


def _plain(cell: Cell) -> str:
    """Text of a cell; a spreadsheet makes the code 7 a number."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _boolean(cell: Cell) -> bool:
    word = _plain(cell).strip().lower()
    if word not in _TRUE + _FALSE:
        raise ValueError("write true or false")
    return word in _TRUE


def _date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(_plain(cell).strip())
    except ValueError as error:
        raise ValueError("write a date as 2026-01-31") from error


def _number(cell: Cell, column: TableColumn) -> float | int | str:
    if isinstance(cell, bool | date):
        raise ValueError("write a number")
    try:
        number = float(_plain(cell))
    except ValueError as error:
        if column.kind == "amount" and _AMOUNT.fullmatch(_plain(cell)):
            return _plain(cell)
        with_unit = ", or one with its unit, as 420 t" if column.kind == "amount" else ""
        raise ValueError(f"write a number{with_unit}") from error
    if number != number or number in (float("inf"), float("-inf")):
        raise ValueError("write a finite number, or leave it empty")
    if column.kind == "integer":
        if not number.is_integer():
            raise ValueError("write a whole number")
        return int(number)
    return number
