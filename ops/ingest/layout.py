"""How one file is laid out: the mapping, met with the columns that the file really has."""

from collections.abc import Sequence
from dataclasses import dataclass

from ops.errors import BadData, Problem
from ops.ingest.mapping import NAMES, ColumnMapping, Constant, FromColumn

Origin = FromColumn | Constant


@dataclass(frozen=True, slots=True)
class Measure:
    """One value column, and where its characteristic, unit and position come from."""

    column: str
    characteristic: Origin
    unit: Origin | None
    position: str | None = None
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What each column of a file is.

    Parameters
    ----------
    keys
        Role (unit_id, position, subgroup, replicate, seq, n) to its column; absent ones left out.
    factors
        Factor name to its column.
    """

    mapping: ColumnMapping
    measures: tuple[Measure, ...]
    keys: dict[str, str]
    factors: dict[str, str]

    @property
    def used(self) -> frozenset[str]:
        """Every column that is read."""
        named = {*_needed(self.mapping, self.measures), *self.keys.values()}
        return frozenset(named | set(self.factors.values()))


def lay_out(mapping: ColumnMapping, columns: Sequence[str]) -> Layout:
    """Find the columns of a mapping in a file.

    Raises
    ------
    BadData
        If the file lacks a column that the mapping needs, or has a name twice.
    """
    twice = sorted({c for c in columns if columns.count(c) > 1})
    if twice:
        raise BadData(f"the file has the column {twice[0]!r} more than once; rename one")
    measures = _measures(mapping)
    wanted = {role: getattr(mapping, role) for role in NAMES}
    keys = {r: c for r, c in wanted.items() if c in columns or c != NAMES[r]}
    needed = [*_needed(mapping, measures), *keys.values(), *(mapping.factors or {}).values()]
    missing = tuple(dict.fromkeys(c for c in needed if c not in columns))
    if missing:
        has = ", ".join(repr(c) for c in columns[:30]) or "no column"
        text = "name its column in the mapping, or add it to the file"
        problems = tuple(
            Problem(f"/mapping/{_field(mapping, c)}", f"{c!r}: {text}") for c in missing
        )
        lacks = ", ".join(repr(c) for c in missing)
        raise BadData(f"the file lacks {lacks}; it has {has}: {text}", problems)
    factors = mapping.factors
    if factors is None:
        other = {*needed, *mapping.ignore}
        factors = {c: c for c in columns if c and c not in other}
    return Layout(mapping, measures, keys, factors)


def _measures(mapping: ColumnMapping) -> tuple[Measure, ...]:
    if not mapping.wide:
        return (Measure(mapping.value, mapping.characteristic, mapping.unit),)
    return tuple(
        Measure(
            w.column,
            Constant(constant=w.characteristic),
            None if w.unit is None else Constant(constant=w.unit),
            w.position,
            may_be_empty=True,
        )
        for w in mapping.wide
    )


def _needed(mapping: ColumnMapping, measures: tuple[Measure, ...]) -> list[str]:
    origins = [o for m in measures for o in (m.characteristic, m.unit)]
    clock = [] if mapping.time.clock is None else [mapping.time.clock]
    columns = [o.column for o in origins if isinstance(o, FromColumn)]
    return [mapping.time.column, *clock, *(m.column for m in measures), *columns]


def _field(mapping: ColumnMapping, column: str) -> str:
    if column in (mapping.time.column, mapping.time.clock):
        return "time"
    fields = {name: getattr(mapping, name) for name in ("value", *NAMES)}
    for name, origin in (("characteristic", mapping.characteristic), ("unit", mapping.unit)):
        fields[name] = origin.column if isinstance(origin, FromColumn) else None
    return next((name for name, value in fields.items() if value == column), "wide")
