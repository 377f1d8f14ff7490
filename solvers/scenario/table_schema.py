"""The flat tables of a scenario document, derived from its models: their columns and keys."""

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from solvers.scenario.document import Scenario
from solvers.scenario.identity import KEYS
from solvers.scenario.part import Part

CellKind = Literal["text", "number", "integer", "boolean", "date", "amount", "list"]
NTH = "nth"
_KEY_NAMES = {("sites", "code"): "site", ("tool_groups", "code"): "tool_group"}
_GROUPS = ("routing", "history")  # their lists are tables by their own names


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: where its value stands in the part, and what a cell of it may hold.

    Parameters
    ----------
    name
        Heading; of a nested part ``spread.kind``.
    path
        Attributes that lead from the part to the value.
    choices
        Values of a closed choice; empty: any.
    nullable, default
        Whether an empty cell is null; else what it stands for (`...`: it must be filled).
    """

    name: str
    path: tuple[str, ...]
    kind: CellKind
    description: str
    choices: tuple[str, ...] = ()
    nullable: bool = False
    default: Any = ...


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A table: a row of it is one part.

    Parameters
    ----------
    name
        ``lanes``, or ``lanes.breaks`` for lists inside of lanes.
    path
        Attributes that lead from the document (or from the part above) to the list.
    parent
        Name of the table whose rows hold these; empty: the document does.
    keys
        Columns that name the row above, with the columns of the table above they repeat.
    single
        Whether it has one row, that stands for a part and not for a list.
    """

    name: str
    path: tuple[str, ...]
    model: type[Part]
    columns: tuple[TableColumn, ...]
    parent: str = ""
    keys: tuple[tuple[TableColumn, str], ...] = ()
    single: bool = False

    @property
    def headings(self) -> tuple[TableColumn, ...]:
        """All columns in order: keys of the row above first."""
        return (*(key for key, _ in self.keys), *self.columns)


@cache
def table_schemas() -> dict[str, TableSchema]:
    """Every table of a document by its name, those above before those inside."""
    return {table.name: table for table in _document()}


def _document() -> Iterator[TableSchema]:
    own = tuple(c for c in _columns(Scenario, ()) if len(c.path) == 1)
    yield TableSchema("scenario", (), Scenario, own, single=True)
    for field, info in Scenario.model_fields.items():
        member = _member(info.annotation)
        inner = _part(info.annotation)
        if member is not None:
            yield from _list(field, (field,), member)
        elif field in _GROUPS and inner is not None:
            for path, listed_part in _lists_inside(inner, (field,)):
                yield from _list(path[-1], path, listed_part)
        elif inner is not None:
            yield TableSchema(field, (field,), inner, tuple(_columns(inner, ())), single=True)
            for name, listed in inner.model_fields.items():
                rows = _member(listed.annotation)
                if rows is not None:
                    yield from _list(f"{field}.{name}", (field, name), rows)


def _list(name: str, path: tuple[str, ...], model: type[Part]) -> Iterator[TableSchema]:
    columns = tuple(_columns(model, ()))
    yield TableSchema(name, path, model, columns)
    keys = tuple(_keys(name, columns))
    for inner, member in _lists_inside(model, ()):
        below = tuple(_columns(member, ()))
        yield TableSchema(f"{name}.{inner[-1]}", inner, member, below, parent=name, keys=keys)


def _keys(name: str, columns: tuple[TableColumn, ...]) -> Iterator[tuple[TableColumn, str]]:
    by_path = {c.path: c for c in columns}
    for key in KEYS.get(name, ()):
        above = by_path[(key,)]
        said = _KEY_NAMES.get((name, key), above.name)
        text = f"As in table {name}: {above.description}"
        named = TableColumn(said, (), above.kind, text, (), above.nullable, above.default)
        yield named, above.name
    nth = "Which of the rows of these names, from 1; empty: the first."
    yield TableColumn(NTH, (), "integer", nth, (), True, None), NTH


def _lists_inside(
    model: type[Part], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], type[Part]]]:
    for field, info in model.model_fields.items():
        member, inner = _member(info.annotation), _part(info.annotation)
        if member is not None:
            yield (*path, field), member
        elif inner is not None:
            yield from _lists_inside(inner, (*path, field))


def _columns(model: type[Part], path: tuple[str, ...]) -> Iterator[TableColumn]:
    for field, info in model.model_fields.items():
        inner = _part(info.annotation)
        if _member(info.annotation) is not None:
            continue  # a table of its own
        if inner is not None:
            yield from _columns(inner, (*path, field))
        else:
            yield _column(info, (*path, field))


def _column(info: FieldInfo, path: tuple[str, ...]) -> TableColumn:
    name = ".".join((*path[:-1], info.alias or path[-1]))
    kind, choices = _kind(info.annotation)
    default = ... if info.is_required() else info.get_default(call_default_factory=True)
    text = info.description or "Business tags; soft constraints and edits name them."
    nullable = type(None) in get_args(info.annotation)
    return TableColumn(name, path, kind, text, choices, nullable, default)


def _kind(annotation: Any) -> tuple[CellKind, tuple[str, ...]]:
    plain = _stripped(annotation)
    members = get_args(plain) if get_origin(plain) in (Union, types.UnionType) else ()
    bases = {_stripped(m) for m in members} - {type(None)}
    if float in bases:
        return ("amount" if str in bases else "number"), ()
    if len(bases) == 1:
        return _kind(bases.pop())
    if get_origin(plain) is Literal:
        return "text", tuple(str(v) for v in get_args(plain))
    if get_origin(plain) is tuple:
        return "list", ()
    kinds: dict[Any, CellKind] = {
        bool: "boolean", int: "integer", float: "number", date: "date", str: "text"
    }  # fmt: skip
    return kinds[plain], ()


def _stripped(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _part(annotation: Any) -> type[Part] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and get_origin(one) is None and issubclass(one, Part):
            return one
    return None


def _member(annotation: Any) -> type[Part] | None:
    """Class of the members of a list of parts."""
    plain = _stripped(annotation)
    return _part(get_args(plain)[0]) if get_origin(plain) is tuple else None
