"""What has to be said of somebody else's model, so that it is served and judged as ours are."""

from dataclasses import dataclass
from typing import Any, Literal

from ops.classify.classifier import Classifier
from ops.classify.document import DatasetDocument
from ops.classify.facts import facts_of
from ops.classify.features.fit import fit_features
from ops.classify.profile import profile_of
from ops.classify.spec import FeatureSpec
from ops.classify.table import DataTable
from ops.values import FloatArray


@dataclass(frozen=True, slots=True)
class _Named:
    """A model that is known by its kind and classes alone: facts are taken of it, no answers."""

    kind: str
    classes: tuple[str, ...]

    def probability(self, x: FloatArray) -> FloatArray:
        """Refuse: its file or its address is not open here.

        Raises
        ------
        TypeError
            Always; `ops.work.open_model` opens models that answer.
        """
        del x
        raise TypeError(f"a model known by its kind {self.kind!r} alone cannot answer")


def external_facts(
    table: DataTable,
    spec: FeatureSpec,
    document: DatasetDocument,
    *,
    kind: Literal["onnx", "endpoint"],
    classes: tuple[str, ...],
) -> dict[str, Any]:
    """Facts of somebody else's model, for the registry to keep as ``spec["facts"]``.

    The feature spec says what its matrix is made of; with the scale "none" it gets the numbers as
    they are. What stands in for missing values, and which levels there are, is learned from rows.

    Parameters
    ----------
    table
        Rows that the model is for.
    classes
        Labels in the order in which the model answers.
    """
    features = fit_features(table, spec, document)
    profile = profile_of(features.matrix(table))
    positive = document.positive if document.positive in classes else None
    return facts_of(
        Classifier(features, _Named(kind, classes), classes, profile, positive=positive)
    )
