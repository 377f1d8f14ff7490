"""The champion's recipe beside a new one: its features and settings, fitted on the same splits."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ops.classify.document import DatasetDocument
from ops.classify.models.settings import ModelSettings
from ops.classify.seen import spec_from
from ops.classify.training.candidate import Candidate, out_of_fold_by
from ops.classify.training.folds import fold_matrices
from ops.classify.training.plan import TrainingPlan
from ops.classify.training.train import Training
from ops.errors import OpsError

_SETTINGS: TypeAdapter[ModelSettings] = TypeAdapter(ModelSettings)


def champion_again(
    training: Training, document: DatasetDocument, plan: TrainingPlan, spec: Mapping[str, Any]
) -> Candidate | None:
    """Fit the champion's features and settings on the splits of a training.

    A champion as it stands has learned from rows that are tested here, so that its own answers
    would flatter it; what can be compared fairly is how it was made.

    Parameters
    ----------
    spec
        Spec of its version in the registry: ``features`` and ``settings``.

    Returns
    -------
    Candidate or None
        None if it cannot be made of these rows: a column is gone, or it is not one of ours.
    """
    try:
        features = spec_from(spec["features"])
        settings = _SETTINGS.validate_python(spec["settings"])
        folds = fold_matrices(training.rows, features, document, training.splits.splits)
        return out_of_fold_by(training.rows, folds, settings, plan)
    except (KeyError, ValidationError, OpsError):
        return None
