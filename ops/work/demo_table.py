"""A table that `longrun demo export` writes."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from ops.values import IntArray


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table: what a row is, and the unit or meaning of each column."""

    name: str
    row: str
    columns: Mapping[str, str]
    table: pa.Table


def exported_table(name: str, row: str, **columns: tuple[object, str]) -> ExportedTable:
    """Table of columns, each with its unit or meaning."""
    table = pa.table({key: values for key, (values, _) in columns.items()})
    return ExportedTable(name, row, {key: unit for key, (_, unit) in columns.items()}, table)


def taken(levels: tuple[str, ...], codes: IntArray) -> pa.Array:
    """Texts of codes, one for each row."""
    return pa.array(levels, pa.string()).take(pa.array(codes))
