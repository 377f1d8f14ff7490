"""What a recipe needs to be read: characteristics, kinds of events, how far back."""

from ops.classify.recipe import DatasetRecipe
from ops.classify.recipe_features import (
    EventCountFeature,
    MeasuredFeature,
    PartAgeFeature,
    SinceEventFeature,
)
from ops.classify.recipe_labels import EventLabel, FindingLabel, NumberLabel, ValueLabel
from ops.classify.recipe_rows import FindingRows, SlotRows, UnitRows


def needed_characteristics(recipe: DatasetRecipe) -> tuple[str, ...]:
    """Codes of the characteristics whose measurements are read, sorted."""
    codes = set[str]()
    if not isinstance(recipe.rows, FindingRows):
        codes |= set(recipe.rows.characteristics)
    if isinstance(recipe.label, ValueLabel | NumberLabel):
        codes |= set(recipe.label.characteristics)
    for rule in recipe.features:
        if isinstance(rule, MeasuredFeature):
            codes |= set(rule.characteristics)
        elif isinstance(rule, PartAgeFeature) and rule.counter is not None:
            codes.add(rule.counter)
    return tuple(sorted(codes))


def needed_events(recipe: DatasetRecipe) -> tuple[str, ...]:
    """Kinds of the events that are read, sorted."""
    kinds = set(recipe.label.events) if isinstance(recipe.label, EventLabel) else set[str]()
    for rule in recipe.features:
        if isinstance(rule, SinceEventFeature | EventCountFeature | PartAgeFeature):
            kinds |= set(rule.events)
    return tuple(sorted(kinds))


def needs_alerts(recipe: DatasetRecipe) -> bool:
    """Whether alerts are read."""
    return isinstance(recipe.rows, FindingRows) or isinstance(recipe.label, FindingLabel)


def earliest_hours(recipe: DatasetRecipe) -> float | None:
    """How far before the first moment measurements are needed; None: there is no bound."""
    if isinstance(recipe.rows, UnitRows):
        return None  # the first run of measurements of a unit may lie anywhere before
    back = [0.0]
    if isinstance(recipe.rows, SlotRows):
        back.append(recipe.rows.hours + recipe.rows.wait_hours)
    for rule in recipe.features:
        if isinstance(rule, PartAgeFeature) and rule.counter is not None:
            return None
        if isinstance(rule, MeasuredFeature):
            if rule.hours is None and rule.match == "tool":
                return None
            back.append(rule.hours or 0.0)
    if isinstance(recipe.label, ValueLabel | NumberLabel):
        back.append(-recipe.label.from_hours)
    return max(back)
