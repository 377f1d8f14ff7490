"""Table and document of a dataset from its rows, columns and labels."""

from collections.abc import Iterator

import numpy as np

from ops.classify.build.column import BuiltColumn
from ops.classify.build.label import Labels
from ops.classify.build.levels import used
from ops.classify.build.rows import Rows
from ops.classify.document import ColumnRole, DatasetColumn, DatasetDocument
from ops.classify.recipe import DatasetRecipe
from ops.classify.table import DataTable
from ops.errors import BadData, Problem
from ops.values import Factor, factor_of

ROW, MOMENT, KNOWN, EVENT, ENDS = (
    "row", "moment", "label known", "label event", "label window end",
)  # fmt: skip
OWN = "row"  # factor that stands for the unit, lot or tool of a row
_TIMES: tuple[tuple[str, ColumnRole, str], ...] = (
    (MOMENT, "time", "when the prediction would have been made"),
    (KNOWN, "known_time", "when the label was known"),
    (EVENT, "ignore", "when the event happened"),
    (ENDS, "ignore", "end of the window of the label"),
)


def table_of(
    recipe: DatasetRecipe,
    rows: Rows,
    columns: tuple[BuiltColumn, ...],
    labels: Labels,
    unit: str = "",
) -> DataTable:
    """Rows as a table; `unit` is that of a label that is a number."""
    numbers = {c.name: c.values for c in columns if not isinstance(c.values, Factor)}
    categories = {c.name: used(c.values) for c in columns if isinstance(c.values, Factor)}
    units = {c.name: c.unit for c in columns if c.unit}
    categories[ROW] = factor_of(list(rows.name))
    for _, name, factor in _told_apart(recipe, rows, columns):
        categories[name] = factor
    label = recipe.names.column
    if labels.number is None:
        categories[label] = _label(recipe, labels)
    else:
        numbers[label] = labels.number
        units |= {label: unit} if unit else {}
    times = dict(
        zip(
            (t[0] for t in _TIMES),
            (rows.moment, labels.known, labels.event, labels.ends),
            strict=True,
        )
    )
    _refuse_twice(recipe, columns, {ROW, label, *times})
    return DataTable(numbers, categories, times, units=units)


def document_of(
    recipe: DatasetRecipe,
    rows: Rows,
    columns: tuple[BuiltColumn, ...],
    *,
    number: str | None,
    source: str,
    cautions: tuple[str, ...],
) -> DatasetDocument:
    """Write what is said of the table.

    Parameters
    ----------
    number
        Unit of the label if it is a number; None: it has classes.
    """
    of_features = (
        DatasetColumn(
            name=c.name, type="category" if isinstance(c.values, Factor) else "number",
            unit=c.unit, description=c.description,
        )
        for c in columns
    )  # fmt: skip
    told = (
        DatasetColumn(name=name, type="category", role=role)
        for role, name, _ in _told_apart(recipe, rows, columns)
    )
    times = (
        DatasetColumn(name=name, type="time", role=role, description=said)
        for name, role, said in _TIMES
    )
    label = DatasetColumn(
        name=recipe.names.column, type="category" if number is None else "number", role="label",
        unit=number or "", description=_label_said(recipe),
    )  # fmt: skip
    unit = DatasetColumn(name=ROW, type="category", role="unit")
    return DatasetDocument(
        subject=recipe.subject,
        columns=(unit, *times, label, *told, *of_features),
        positive=recipe.names.positive if number is None else None,
        source=source,
        cautions=cautions[:40],
    )


def _told_apart(
    recipe: DatasetRecipe, rows: Rows, columns: tuple[BuiltColumn, ...]
) -> Iterator[tuple[ColumnRole, str, Factor]]:
    """Group and strata, under a name of their own where a feature has theirs."""
    taken = {c.name for c in columns} | {ROW}
    wanted: list[tuple[ColumnRole, str, str]] = []
    if recipe.group is not None:
        wanted.append(("group", recipe.group, "/group"))
    for i, stratum in enumerate(recipe.strata):
        wanted.append(("stratum", stratum, f"/strata/{i}"))
    for role, name, pointer in wanted:
        factor = rows.key if name == OWN else rows.context.get(name)
        if factor is None:
            known = ", ".join([OWN, *sorted(rows.context)])
            detail = f"the rows have no factor {name!r}; they have {known}"
            raise BadData(detail, (Problem(pointer, detail),))
        column = f"{name} ({role})" if name in taken else name
        taken.add(column)
        yield role, column, used(factor)


def _label(recipe: DatasetRecipe, labels: Labels) -> Factor:
    names = (recipe.names.negative, recipe.names.positive)
    levels = tuple(sorted(names))
    there = np.array([*(levels.index(name) for name in names), -1], dtype=np.int64)
    return Factor(there[labels.code], levels)


def _refuse_twice(
    recipe: DatasetRecipe,
    columns: tuple[BuiltColumn, ...],
    own: set[str],
) -> None:
    for column in columns:
        if column.name in own:
            detail = f"the column {column.name!r} is one of the rows themselves; give it a `name`"
            raise BadData(detail, (Problem(f"/features/{column.rule}/name", detail),))
    label = recipe.names.column
    if label in {ROW, MOMENT, KNOWN, EVENT, ENDS}:
        detail = f"the column {label!r} is one of the rows themselves; call the label otherwise"
        raise BadData(detail, (Problem("/names/column", detail),))


def _label_said(recipe: DatasetRecipe) -> str:
    rule = recipe.label
    if rule.kind == "outcome":
        return "what the alert was closed as"
    if rule.kind == "life":
        return f"failed in {rule.life_test} before {rule.before:g}"
    what = {
        "value": "a value beyond limits",
        "number": "the value",
        "event": "an event",
        "finding": "an alert",
    }[rule.kind]
    of = rule.events if rule.kind == "event" else rule.characteristics
    named = f" of {', '.join(of[:3])}{' ...' if len(of) > 3 else ''}" if of else ""
    begin = f"{rule.from_hours:g} h to " if rule.from_hours else ""
    within = f"{begin}{rule.from_hours + rule.horizon_hours:g} h"
    return f"{what}{named} within {within} after the moment"[:400]
