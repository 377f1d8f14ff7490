"""A scenario document as flat tables, one for each list of the document, and back."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any

from pydantic import ValidationError

from solvers.errors import Flaw, ScenarioError
from solvers.scenario.document import Scenario
from solvers.scenario.identity import KEYS, name_of
from solvers.scenario.part import Part
from solvers.scenario.table_cell import Cell, cell_of
from solvers.scenario.table_row import FlawLog, ReadRow, read_rows
from solvers.scenario.table_schema import NTH, TableSchema, table_schemas

Row = dict[str, Cell]
Tables = Mapping[str, Sequence[Mapping[str, Cell]]]
FirstRow = Callable[[str], int]


def to_tables(scenario: Scenario) -> dict[str, list[Row]]:
    """Rows of every table of a scenario; `table_schemas` says what their columns mean.

    A list inside of a part is a table of its own: its rows repeat the codes that name the part,
    and `nth` tells parts of one name apart.

    Raises
    ------
    ScenarioError
        If it holds a measured matrix of ways, which fits in no table.
    """
    if scenario.routing.matrix is not None:
        detail = "a measured matrix fits in no table: export the scenario as JSON"
        raise ScenarioError(detail, (Flaw("/routing/matrix", detail),))
    tables: dict[str, list[Row]] = {}
    for schema in table_schemas().values():
        if schema.parent:
            tables[schema.name] = _inner_rows(scenario, schema)
        else:
            tables[schema.name] = [_row(part, schema) for part in _parts(scenario, schema)]
    return tables


def from_tables(tables: Tables, *, first_row: FirstRow | None = None) -> Scenario:
    """Scenario of tables; absent tables are empty, absent columns hold their defaults.

    Parameters
    ----------
    tables
        Rows by the names of `to_tables`; rows without a value are skipped.
    first_row
        Number of the first row of a table where the reader finds it; 1 unless given.

    Raises
    ------
    ScenarioError
        With every wrong cell: table, row, column, value and mend.
    """
    log = FlawLog(first_row or (lambda _: 1))
    log.unknown_tables(tables)
    read = {
        name: read_rows(tables.get(name, ()), schema, log)
        for name, schema in table_schemas().items()
    }
    found: dict[str, Any] = {}
    for name, schema in table_schemas().items():
        if schema.parent:
            continue
        parts = _joined(name, read, log)
        if schema.single:
            _set(found, schema.path, _given(parts[:1]), merge=True)
        elif parts:
            _set(found, schema.path, tuple(parts))
    log.close()
    try:
        return Scenario.model_validate(found)
    except ValidationError as error:
        flaws = tuple(
            Flaw("/" + "/".join(str(s) for s in e["loc"]), e["msg"]) for e in error.errors()
        )
        raise ScenarioError("; ".join(f.detail for f in flaws), flaws) from error


def _parts(scenario: Scenario, schema: TableSchema) -> Sequence[Part]:
    found: Any = reduce(getattr, schema.path, scenario)
    return (found,) if schema.single else found


def _row(part: Part, schema: TableSchema) -> Row:
    row: Row = {}
    for column in schema.columns:
        value: Any = part
        for step in column.path:
            value = None if value is None else getattr(value, step)
        row[column.name] = None if value is None else cell_of(value, column)
    return row


def _inner_rows(scenario: Scenario, schema: TableSchema) -> list[Row]:
    above = table_schemas()[schema.parent]
    seen: Counter[str] = Counter()
    rows: list[Row] = []
    for part in _parts(scenario, above):
        name = name_of(part, KEYS[schema.parent])
        seen[name] += 1
        inner: Any = part
        for step in schema.path:
            inner = () if inner is None else getattr(inner, step, ())
        if inner:
            own = _row(part, above)
            named = {key.name: own[column] for key, column in schema.keys if column != NTH}
            named[NTH] = seen[name] if seen[name] > 1 else None
            rows += [named | _row(member, schema) for member in inner]
    return rows


def _joined(name: str, read: Mapping[str, list[ReadRow]], log: FlawLog) -> list[Part]:
    """Parts of a table with the lists that other tables hold for them."""
    schemas = table_schemas()
    below = [s for s in schemas.values() if s.parent == name]
    inner = {s.name: defaultdict[tuple[str, ...], list[ReadRow]](list) for s in below}
    for schema in below:
        for row in read[schema.name]:
            inner[schema.name][row.key].append(row)
    parts: list[Part] = []
    seen: Counter[tuple[str, ...]] = Counter()
    for row in read[name]:
        seen[row.key] += 1
        key = (*row.key, str(seen[row.key]))
        for schema in below:
            members = tuple(r.part for r in inner[schema.name].pop(key, ()) if r.part is not None)
            if members:
                _set(row.values, schema.path, members)
        made = log.made(schemas[name], row)
        parts += [made] if made is not None else []
    for schema in below:
        for rows in inner[schema.name].values():
            log.orphans(schema, rows)
    return parts


def _given(parts: Sequence[Part]) -> dict[str, Any]:
    """Fields that a row fills; the lists of the part come from tables of their own."""
    return {field: getattr(part, field) for part in parts for field in part.model_fields_set}


def _set(tree: dict[str, Any], path: tuple[str, ...], value: Any, *, merge: bool = False) -> None:
    for step in path[:-1]:
        tree = tree.setdefault(step, {})
    if not path:
        tree |= value
    elif merge:
        tree[path[-1]] = tree.get(path[-1], {}) | value
    else:
        tree[path[-1]] = value
