"""The columns of a life test's file as numbers, dates and texts; wrong rows are refused."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa

from ops.errors import BadData, Problem
from ops.ingest.arrow import pc
from ops.ingest.chunk import RawChunk
from ops.ingest.instant import parse_instants
from ops.ingest.life_header import Found, LifeLayout
from ops.ingest.life_mapping import LifeMapping
from ops.ingest.number import Fault, is_text, mask_of, parse_numbers
from ops.ingest.refusal import Refusals
from ops.ingest.text import as_text, keys, unfit_keys
from ops.ingest.units import conversion
from ops.lifetime.document import LifeTestDocument
from ops.lifetime.rows import RowsKind, TextArray
from ops.values import BoolArray, FloatArray

_DAY_US = 86_400_000_000
_ENDLESS = r"(?i)^\s*\+?(?:inf|infinity|∞)\s*$"


class LifeColumns:
    """The file while it is read: which column is what, and which rows still stand.

    Parameters
    ----------
    raw
        All rows of the file.
    """

    def __init__(
        self,
        raw: RawChunk,
        kind: RowsKind,
        layout: LifeLayout,
        mapping: LifeMapping,
        document: LifeTestDocument,
    ) -> None:
        self.kind = kind
        self.layout = layout
        self.mapping = mapping
        self.document = document
        self.refusals = Refusals(raw.rows)
        self._raw = raw

    @property
    def n(self) -> int:
        """How many rows the file has."""
        return len(self._raw.rows)

    def arrow(self, column: str) -> Any:
        """Column as it was read, bytes as text."""
        return as_text(self._raw.columns.get(column, pa.nulls(self.n, pa.string())))

    def need(self, *roles: str) -> None:
        """Refuse a file without a column for each of the roles.

        Raises
        ------
        BadData
            With a pointer into the mapping for each.
        """
        lacking = [role for role in roles if role not in self.layout.roles]
        if lacking:
            has = ", ".join(repr(c) for c in self._raw.columns) or "no column"
            mend = f"name it in the mapping; the file has {has}"
            told = tuple(Problem(f"/mapping/columns/{r}", f"{r!r}: {mend}") for r in lacking)
            raise BadData(f"no column is recognised as {', '.join(lacking)}: {mend}", told)

    def refuse(self, role: str, faults: Iterable[Fault]) -> None:
        """Refuse the rows of each fault that still stand; the column of a role is at fault."""
        found = self.layout.roles.get(role)
        column = "" if found is None else found.column
        values = pa.nulls(self.n, pa.string()) if found is None else self.arrow(column)
        self.refusals.refuse(column, values, faults)

    def time(self, role: str) -> FloatArray:
        """Read times of a role in the document's unit; NaN where none is given or it is endless."""
        return self._converted(role, self.document.time_unit)

    def number(self, role: str, absent: float = np.nan) -> FloatArray:
        """Numbers of a role; `absent` where none is given."""
        found = self.layout.roles.get(role)
        if found is None:
            return np.full(self.n, absent)
        values = self._numbers(found)
        return np.where(np.isnan(values), absent, values)

    def value(self) -> tuple[FloatArray, str]:
        """Read what a degradation test measured, and its unit."""
        found = self.layout.roles["value"]
        declared = self.document.measure.unit if self.document.measure is not None else None
        if declared is None:
            return self._numbers(found), found.unit or ""
        return self._in_unit(found, declared), declared

    def stresses(self) -> tuple[dict[str, FloatArray], dict[str, str]]:
        """Levels and unit of each stress; a row without a level is refused."""
        levels: dict[str, FloatArray] = {}
        units: dict[str, str] = {}
        for name, found in self.layout.stresses.items():
            units[name] = self.document.unit_of(name) or found.unit or ""
            levels[name] = self._in_unit(found, units[name])
            empty = np.isnan(levels[name])
            said = f"the level of {name} is missing"
            self.refusals.refuse(found.column, self.arrow(found.column), [(empty, said)])
        return levels, units

    def day(self, role: str) -> FloatArray:
        """Days since 1970-01-01 of a role; NaN where none is given."""
        found = self.layout.roles.get(role)
        if found is None:
            return np.full(self.n, np.nan)
        column = self.arrow(found.column)
        parsed = parse_instants(column, self.mapping.dates(found.column))
        empty, faults = parsed.faults[0][0], parsed.faults[1:]
        self.refusals.refuse(found.column, column, [(wrong & ~empty, why) for wrong, why in faults])
        days: FloatArray = np.where(empty, np.nan, parsed.micros / _DAY_US)
        return days

    def text(self, role: str) -> TextArray:
        """Texts of a role; None where nothing is said."""
        found = self.layout.roles.get(role)
        if found is None:
            return np.full(self.n, None, dtype=object)
        strings = keys(self.arrow(found.column))
        self.refusals.refuse(found.column, strings, unfit_keys(strings))
        return np.array([*strings.to_pylist()], dtype=object)

    def _converted(self, role: str, unit: str) -> FloatArray:
        found = self.layout.roles.get(role)
        return np.full(self.n, np.nan) if found is None else self._in_unit(found, unit)

    def _in_unit(self, found: Found, unit: str) -> FloatArray:
        values = self._numbers(found)
        if found.unit is None or found.unit == unit or not unit:
            return values
        way = conversion(found.unit, unit)
        if way is None:
            detail = (
                f"the column {found.column!r} is in {found.unit}, the life test in {unit}, and"
                " there is no way from one to the other; convert it, or rename the header"
            )
            raise BadData(detail, (Problem("/file", detail),))
        converted: FloatArray = values * way.factor + way.offset
        return converted

    def _numbers(self, found: Found) -> FloatArray:
        column = self._bounded(self.arrow(found.column))
        mapping = self.mapping
        parsed = parse_numbers(column, decimal=mapping.decimal, thousands=mapping.thousands)
        self.refusals.refuse(found.column, column, parsed.faults)
        return np.where(parsed.empty, np.nan, parsed.values)

    def _bounded(self, column: Any) -> Any:
        """Column with nothing where it says infinity, or where a program wrote NaN."""
        endless: BoolArray
        if is_text(column):
            endless = mask_of(pc.match_substring_regex(column, _ENDLESS))
        elif pa.types.is_floating(column.type):
            endless = mask_of(pc.or_(pc.is_nan(column), pc.equal(column, np.inf)))
        else:
            return column
        return pc.if_else(pa.array(endless), pa.scalar(None, column.type), column)
