"""The champion's recipe beside a new model of numbers, fitted on the same splits."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ops.classify.document import DatasetDocument
from ops.classify.evaluation.paired import Comparison
from ops.classify.metrology.comparison import compare_numbers
from ops.classify.metrology.folds import number_folds
from ops.classify.metrology.plan import NumberPlan
from ops.classify.metrology.train import NumberCandidate, NumberTraining, candidates_on
from ops.classify.models.settings import NumberSettings
from ops.classify.spec import FeatureSpec
from ops.errors import OpsError

_SETTINGS: TypeAdapter[NumberSettings] = TypeAdapter(NumberSettings)


def number_champion_again(
    training: NumberTraining, document: DatasetDocument, plan: NumberPlan, spec: Mapping[str, Any]
) -> NumberCandidate | None:
    """Fit the champion's features and settings on the splits of a training.

    As it stands it has learned from rows that are tested here, as in
    `ops.classify.training.champion.champion_again`.

    Parameters
    ----------
    spec
        Spec of its version in the registry: ``features``, ``settings``, ``label`` and ``unit``.

    Returns
    -------
    NumberCandidate or None
        None if it cannot be made of these rows: a column is gone, it foretells another label or
        another unit, or it is not one of ours.
    """
    rows = training.rows
    try:
        if (spec["label"], spec["unit"]) != (rows.label, rows.unit):
            return None
        features = FeatureSpec.model_validate(spec["features"])
        settings = _SETTINGS.validate_python(spec["settings"])
        folds = number_folds(rows, features, document, training.splits.splits)
        return candidates_on(rows, folds, plan, (settings,))[0]
    except (KeyError, ValidationError, OpsError):
        return None


def against_champion(
    training: NumberTraining, again: NumberCandidate | None, plan: NumberPlan
) -> tuple[Comparison, ...]:
    """Kept model less the champion's recipe on the same tested rows; () without a champion."""
    if again is None:
        return ()
    found, groups = training.judged.found, training.rows.groups
    return compare_numbers(
        found, again.found, groups=None if groups is None else groups[found.rows], seed=plan.seed
    )
