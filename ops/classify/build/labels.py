"""Labels of a recipe, whichever kind they are of."""

from ops.classify.build.columns import RecipeData
from ops.classify.build.event_label import event_label, finding_label, outcome_label
from ops.classify.build.label import Labels
from ops.classify.build.life_label import life_label
from ops.classify.build.rows import Rows
from ops.classify.build.value_label import number_label, value_label
from ops.classify.recipe_labels import (
    EventLabel,
    FindingLabel,
    LabelRule,
    LifeLabel,
    NumberLabel,
    ValueLabel,
)


def labels_of(rule: LabelRule, rows: Rows, data: RecipeData) -> Labels:
    """Labels of the rows, as known at the data's instant."""
    match rule:
        case ValueLabel():
            return value_label(rule, rows, data)
        case NumberLabel():
            return number_label(rule, rows, data)
        case EventLabel():
            return event_label(rule, rows, data)
        case FindingLabel():
            return finding_label(rule, rows, data)
        case LifeLabel():
            return life_label(rule, rows, data)
        case _:
            return outcome_label(rows, data)
