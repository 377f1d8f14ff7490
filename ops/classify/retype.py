"""Rows as another document says them to be: numbers as names, names as numbers."""

import numpy as np

from ops.classify.document import DatasetColumn, DatasetDocument
from ops.classify.table import DataTable
from ops.errors import BadData, Problem
from ops.values import Factor, FloatArray, factor_of


def retyped(table: DataTable, document: DatasetDocument) -> tuple[DataTable, DatasetDocument]:
    """Rows by the types of a document, and the document with every column of them in it.

    Raises
    ------
    BadData
        If the document names a column that is not there, a type that cannot be made of the values,
        or another unit than the values are in.
    """
    problems: list[Problem] = []
    numbers, categories = dict(table.numbers), dict(table.categories)
    units = dict(table.units)
    columns = tuple(_told(table, column) for column in document.columns)
    for column in columns:
        kind = kind_of(table, column.name)
        said = _wrong(table, column, kind)
        if said is not None:
            problems.append(Problem(f"/document/columns/{column.name}", said))
        elif kind == "number" and column.type == "category":
            categories[column.name] = _named(numbers.pop(column.name))
            units.pop(column.name, None)
        elif kind == "category" and column.type == "number":
            numbers[column.name] = _measured(categories.pop(column.name))
        if column.unit and column.name in numbers:
            units[column.name] = column.unit
    if problems:
        raise BadData(problems[0].detail, tuple(problems))
    whole = DataTable(numbers, categories, table.times, table.traces, units)
    return whole, _whole(whole, document.model_copy(update={"columns": columns}))


def _told(table: DataTable, column: DatasetColumn) -> DatasetColumn:
    """Column with the type of its values, where nobody has said another."""
    kind = kind_of(table, column.name)
    if kind is None or "type" in column.model_fields_set:
        return column
    return column.model_copy(update={"type": kind})


def kind_of(table: DataTable, name: str) -> str | None:
    """Type of a column; None if it is not there."""
    kinds = (
        ("number", table.numbers), ("category", table.categories), ("time", table.times),
        ("trace", table.traces),
    )  # fmt: skip
    return next((kind for kind, columns in kinds if name in columns), None)


def _wrong(table: DataTable, column: DatasetColumn, kind: str | None) -> str | None:
    name = column.name
    if kind is None:
        return f"the rows have no column {name!r}; they have {', '.join(sorted(table.names)[:20])}"
    stored = table.units.get(name, "")
    if stored and column.unit and stored != column.unit:
        return f"the values of {name!r} are in {stored}, not {column.unit}; send rows in {stored}"
    if kind == column.type or (kind, column.type) == ("number", "category"):
        return None
    if (kind, column.type) == ("category", "number"):
        bad = _not_numbers(table.categories[name])
        return None if bad is None else f"{name!r} cannot be numbers: {bad!r} is not one"
    return f"{name!r} holds a {kind}, which cannot be read as a {column.type}; send the rows again"


def _not_numbers(factor: Factor) -> str | None:
    for level in factor.levels:
        try:
            well = np.isfinite(float(level))
        except ValueError:
            well = False
        if not well:
            return level
    return None


def _named(values: FloatArray) -> Factor:
    texts = [str(int(v)) if v == np.rint(v) else repr(v) for v in np.nan_to_num(values).tolist()]
    gone = np.isnan(values)
    return factor_of([None if g else text for g, text in zip(gone, texts, strict=True)])


def _measured(factor: Factor) -> FloatArray:
    sizes = np.array([*(float(level) for level in factor.levels), np.nan])
    return sizes[factor.codes]


def _whole(table: DataTable, document: DatasetDocument) -> DatasetDocument:
    said = {column.name for column in document.columns}
    rest = [
        DatasetColumn.model_validate(
            {"name": name, "type": kind_of(table, name), "unit": table.units.get(name, "")}
        )
        for name in sorted(table.names - said)
    ]
    told = [
        c.model_copy(update={"unit": c.unit or table.units.get(c.name, "")})
        for c in document.columns
    ]
    return document.model_copy(update={"columns": (*told, *rest)})
