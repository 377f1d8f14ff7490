"""Rows of a table read back to parts; every wrong cell is noted, none ends the reading."""

import difflib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.identity import KEYS
from solvers.scenario.part import Part
from solvers.scenario.table_cell import Cell, value_of
from solvers.scenario.table_schema import NTH, TableSchema, table_schemas

MOST_FLAWS = 1000
_SHOWN = 5
_MOST_TEXT = 60


@dataclass(slots=True)
class ReadRow:
    """A row as read: number, fields by path, names of its part (or of the part above), part."""

    number: int
    cells: Mapping[str, Cell]
    values: dict[str, Any]
    bad: set[str]
    key: tuple[str, ...] = ()
    part: Part | None = None


class FlawLog:
    """Wrong cells of an import."""

    def __init__(self, first_row: Callable[[str], int]) -> None:
        self.first_row = first_row
        self._flaws: list[Flaw] = []

    def close(self) -> None:
        """Raise with all that was noted, if anything was."""
        if not self._flaws:
            return
        flaws = self._flaws[:MOST_FLAWS]
        more = f" ... and {len(self._flaws) - _SHOWN} more" if len(self._flaws) > _SHOWN else ""
        said = "; ".join(f.detail for f in flaws[:_SHOWN])
        raise ScenarioError(f"{len(self._flaws)} wrong cells: {said}{more}", tuple(flaws))

    def note(self, table: str, row: int, column: str, value: Cell, mend: str) -> None:
        """Note a wrong cell."""
        shown = "it is empty" if value is None or value == "" else f"{_short(value)!r} is wrong"
        where = f"sheet {table}, row {row}, column {column}"
        self._flaws.append(Flaw(f"/{table}/{row}/{column}", f"{where}: {shown}: {mend}"))

    def unknown_tables(self, names: Collection[str]) -> None:
        """Note tables that a scenario does not have."""
        for name in names:
            if name not in table_schemas():
                near = difflib.get_close_matches(name, table_schemas(), 1)
                mend = f"rename it to {near[0]}" if near else "take it out, or begin its name by #"
                detail = f"sheet {name!r} is not one of a scenario: {mend}"
                self._flaws.append(Flaw(f"/{name}", detail))

    def unknown_columns(self, schema: TableSchema, names: Collection[str]) -> None:
        """Note headings that the table does not have."""
        known = [c.name for c in schema.headings]
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                mend = f"rename it to {near[0]}" if near else f"take it out; {', '.join(known)}"
                detail = f"sheet {schema.name}: it has no column {name!r}: {mend}"
                self._flaws.append(Flaw(f"/{schema.name}/{name}", detail))

    def orphans(self, schema: TableSchema, rows: Sequence[ReadRow]) -> None:
        """Note rows whose part above is not there."""
        for row in rows:
            column = schema.keys[0][0].name
            if not {key.name for key, _ in schema.keys} & row.bad:
                said = " ".join(row.key[:-1])
                mend = f"table {schema.parent} has no row {said!r} (number {row.key[-1]}): add it"
                self.note(schema.name, row.number, column, row.cells.get(column), mend)

    def made(self, schema: TableSchema, row: ReadRow) -> Part | None:
        """Part of a row, or None where something is wrong with it."""
        try:
            return schema.model.model_validate(row.values)
        except ValidationError as error:
            columns = {".".join(c.path): c for c in schema.columns}
            for wrong in error.errors():
                steps = [str(s) for s in wrong["loc"]]
                paths = (".".join(steps[:n]) for n in (3, 2, 1))
                column = next((columns[p] for p in paths if p in columns), None)
                name = column.name if column is not None else ".".join(steps) or "any"
                if name in row.bad:
                    continue
                about = "" if column is None else f" ({column.description.rstrip('.')})"
                mend = f"{_said(wrong['msg'])}{about}"
                self.note(schema.name, row.number, name, row.cells.get(name), mend)
            return None


def read_rows(
    rows: Sequence[Mapping[str, Cell]], schema: TableSchema, log: FlawLog
) -> list[ReadRow]:
    """Read the rows of a table; those of lists inside of parts are made at once."""
    log.unknown_columns(schema, dict.fromkeys(name for row in rows for name in row))
    found: list[ReadRow] = []
    for number, cells in enumerate(rows, start=log.first_row(schema.name)):
        if all(cell is None or cell == "" for cell in cells.values()):
            continue
        row = _read(number, cells, schema, log)
        if schema.parent:
            row.part = log.made(schema, row)
        found.append(row)
    if schema.single and len(found) > 1:
        log.note(schema.name, found[1].number, schema.columns[0].name, None, "keep one row only")
    return found


def _read(number: int, cells: Mapping[str, Cell], schema: TableSchema, log: FlawLog) -> ReadRow:
    row = ReadRow(number, cells, {}, set())
    values: dict[str, Any] = {}
    for column in schema.headings:
        try:
            value = value_of(cells.get(column.name), column)
        except ValueError as error:
            log.note(schema.name, number, column.name, cells.get(column.name), str(error))
            row.bad.add(column.name)
            continue
        values[column.name] = column.default if value is ... else value
        if column.path and value is not ...:
            _place(row.values, column.path, value)
    _drop_absent(row.values)
    if schema.parent:
        row.key = tuple(_key(values.get(key.name)) for key, _ in schema.keys[:-1])
        row.key = (*row.key, str(values.get(NTH) or 1))
    else:
        by_path = {c.path: c.name for c in schema.columns}
        keys = KEYS.get(schema.name, ())
        row.key = tuple(_key(values.get(by_path[(key,)])) for key in keys)
    return row


def _place(values: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        values = values.setdefault(step, {})
    values[path[-1]] = value


def _drop_absent(values: dict[str, Any]) -> None:
    """Take a nested part without any value for no part at all."""
    for name, value in list(values.items()):
        if isinstance(value, dict) and all(v is None for v in value.values()):
            del values[name]


def _key(value: Any) -> str:
    return "" if value is None or value is ... else str(value)


def _said(message: str) -> str:
    return message.removeprefix("Value error, ")


def _short(value: Cell) -> Cell:
    return (
        f"{value[:_MOST_TEXT]}..." if isinstance(value, str) and len(value) > _MOST_TEXT else value
    )
