"""Columns of all features of a recipe."""

from collections.abc import Iterator

from ops.classify.build.column import BuiltColumn
from ops.classify.build.columns import RecipeData
from ops.classify.build.happened import counted, hours_since, part_age
from ops.classify.build.measured import measured
from ops.classify.build.rows import Rows
from ops.classify.recipe import DatasetRecipe
from ops.classify.recipe_features import (
    ContextFeature,
    EventCountFeature,
    FeatureRule,
    MeasuredFeature,
    PartAgeFeature,
    SinceEventFeature,
)
from ops.errors import BadData, Problem


def columns_of(recipe: DatasetRecipe, rows: Rows, data: RecipeData) -> tuple[BuiltColumn, ...]:
    """Columns in the order of the recipe.

    Raises
    ------
    BadData
        If two have one name, or a context factor does not exist.
    """
    columns = tuple(
        column for place, rule in enumerate(recipe.features)
        for column in _columns(rule, place, rows, data)
    )  # fmt: skip
    seen = dict[str, int]()
    for column in columns:
        if column.name in seen:
            detail = f"gives the column {column.name!r}, as feature {seen[column.name]} does;"
            detail += " give it a `name`"
            pointer = f"/features/{column.rule}/name"
            raise BadData(f"feature {column.rule} {detail}", (Problem(pointer, detail),))
        seen[column.name] = column.rule
    return columns


def _columns(rule: FeatureRule, place: int, rows: Rows, data: RecipeData) -> Iterator[BuiltColumn]:
    kinds = "" if isinstance(rule, MeasuredFeature | ContextFeature) else ", ".join(rule.events)
    match rule:
        case MeasuredFeature():
            yield from measured(rule, place, rows, data)
        case ContextFeature():
            yield _context(rule, place, rows)
        case SinceEventFeature():
            name = rule.name or f"hours since {kinds}"
            values, said = hours_since(rule.events, rows, data), f"hours since {kinds} on the tool"
            yield BuiltColumn(name, place, values, "h", said)
        case EventCountFeature():
            name = rule.name or f"{kinds} in {rule.hours:g} h"
            said = f"{kinds} on the tool in the {rule.hours:g} h before the moment"
            yield BuiltColumn(name, place, counted(rule, rows, data), "", said)
        case PartAgeFeature():
            hours = rule.per_hour is None and rule.counter is None
            name = rule.name or f"age since {kinds}"
            said = f"{'hours' if hours else 'uses'} since {kinds} on the tool"
            yield BuiltColumn(name, place, part_age(rule, rows, data), "h" if hours else "", said)


def _context(rule: ContextFeature, place: int, rows: Rows) -> BuiltColumn:
    factor = rows.context.get(rule.factor)
    if factor is None:
        known = ", ".join(sorted(rows.context))
        detail = f"the rows have no factor {rule.factor!r}; they have {known}"
        raise BadData(detail, (Problem(f"/features/{place}/factor", detail),))
    return BuiltColumn(rule.factor, place, factor, description="context, as known at the moment")
