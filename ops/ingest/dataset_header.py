"""The columns of a dataset's file: name and unit by header, type and role as far as declared."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ops.classify.document import ColumnRole, ColumnType, DatasetColumn, DatasetDocument
from ops.errors import BadData, Problem
from ops.ingest.dataset_mapping import DatasetMapping
from ops.ingest.life_header import bracket_of

# what stands in round brackets is a unit only if it is one of these: often it is a remark
_ROUND = frozenset((
    "um", "mm", "cm", "m", "nm", "mil", "in", "K", "C", "degC", "°C", "F", "degF", "V", "mV",
    "A", "mA", "uA", "W", "mW", "kW", "N", "mN", "cN", "gf", "g", "kg", "mg", "Nm", "s", "ms",
    "us", "min", "h", "d", "rpm", "Hz", "kHz", "MHz", "GHz", "Pa", "kPa", "MPa", "bar", "mbar",
    "psi", "%", "ppm", "ohm", "mohm", "µm", "µs",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeaderColumn:
    """A column of a file.

    Parameters
    ----------
    header
        As the file has it.
    name, unit
        What it is called in the dataset, and the unit that the header names.
    declared
        What the document says of it; None if it does not name it.
    role
        By mapping or document; None if neither says one.
    type
        By mapping or document; None: that of its values.
    in_utc
        Whether the header says that its times are UTC, as those of our sheets do.
    """

    header: str
    name: str
    unit: str
    declared: DatasetColumn | None
    role: ColumnRole | None
    type: ColumnType | None
    in_utc: bool = False


def lay_out(
    headers: Sequence[str], document: DatasetDocument, mapping: DatasetMapping
) -> tuple[HeaderColumn, ...]:
    """Name the columns of a file, and find what is said of each.

    A header such as ``Torque [Nm]`` is the column ``Torque`` in Nm, unless the document or the
    mapping call it by the whole header, or two headers differ by their units alone.

    Raises
    ------
    BadData
        If a header stands twice, or the mapping names a column that the file lacks.
    """
    _refuse_twice(headers)
    said = {column.name: column for column in document.columns}
    roles: dict[str, ColumnRole] = {name: role for role, name in mapping.roles()}
    whole = said.keys() | roles.keys() | set(mapping.category)
    short = [_short(header) for header in headers]
    found: list[HeaderColumn] = []
    for header, name in zip(headers, short, strict=True):
        if not header:
            continue
        name = header if header in whole or short.count(name) > 1 else name
        declared = said.get(name)
        role = roles.get(name)
        if role is None and declared is not None:
            role = declared.role
        as_text = name in mapping.category or header in mapping.category
        found.append(
            HeaderColumn(
                header=header,
                name=name,
                unit=_unit(header),
                in_utc=header.rstrip().endswith("(UTC)"),
                declared=declared,
                role=role,
                type="category" if as_text else _type(declared, role),
            )
        )
    _refuse_lacking(found, [*roles, *mapping.category])
    return tuple(found)


def _type(declared: DatasetColumn | None, role: ColumnRole | None) -> ColumnType | None:
    """Type that the role wants, or that somebody has said: a default is nobody's word."""
    if role in ("time", "known_time"):
        return "time"
    told = declared is not None and "type" in declared.model_fields_set
    return declared.type if told and declared is not None else None


def _short(header: str) -> str:
    unit = bracket_of(header)
    if unit is None or not (_unit(header) or header.endswith("(UTC)")):
        return header
    return header[: header.rindex(unit) - 1].strip() or header


def _unit(header: str) -> str:
    """Find the unit in square brackets, or in round ones if it is known as one."""
    unit = bracket_of(header) or ""
    known = header.rstrip().endswith("]") or unit in _ROUND
    return unit if known else ""


def _refuse_twice(headers: Sequence[str]) -> None:
    given = [h for h in headers if h]
    twice = sorted(set(given) - {h for h, n in Counter(given).items() if n == 1})
    if twice:
        told = tuple(Problem(f"/columns/{h}", f"the header {h!r} stands twice") for h in twice)
        raise BadData(f"{told[0].detail}; give each column its own name", told)


def _refuse_lacking(found: Sequence[HeaderColumn], wanted: Sequence[str]) -> None:
    known = {column.name for column in found}
    lacking = [name for name in wanted if name not in known]
    if lacking:
        has = ", ".join(repr(column.name) for column in found[:20])
        told = tuple(
            Problem(f"/mapping/{name}", f"the file has no column {name!r}; it has {has}")
            for name in lacking
        )
        raise BadData(told[0].detail, told)
