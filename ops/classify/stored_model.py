"""A model of ours whose estimator stays packed until it is needed: a fast path may never be it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ops.classify.estimator_file import loaded
from ops.classify.models.fitted import FittedClassifier, FittedNumber
from ops.classify.models.settings import ModelSettings, NumberSettings
from ops.values import FloatArray


class StoredClassifier:
    """A `ProbabilityModel` of facts and a file.

    Parameters
    ----------
    facts
        ``{"settings", "n_features", "notes"}`` of the fitted model.
    data
        Its estimator, as `ops.classify.estimator_file.dumped` gave it; looked through already.
    """

    def __init__(self, facts: Mapping[str, Any], classes: tuple[str, ...], data: bytes) -> None:
        self.facts = facts
        self.classes = classes
        self.data = data

    @property
    def kind(self) -> str:
        """Its kind, as in its settings."""
        return str(self.facts["settings"]["kind"])

    @property
    def n_features(self) -> int:
        """Features of a row."""
        return int(self.facts["n_features"])

    @cached_property
    def fitted(self) -> FittedClassifier:
        """The fitted model, unpacked."""
        from pydantic import TypeAdapter  # noqa: PLC0415  (beside its one use)

        adapter: TypeAdapter[ModelSettings] = TypeAdapter(ModelSettings)
        settings = adapter.validate_python(self.facts["settings"])
        notes = tuple(self.facts["notes"])
        return FittedClassifier(loaded(self.data), self.classes, settings, self.n_features, notes)

    @property
    def estimator(self) -> Any:
        """What its library fitted."""
        return self.fitted.estimator

    def probability(self, x: FloatArray) -> FloatArray:
        """Probability of each class, shape (n, classes)."""
        return self.fitted.probability(x)


class StoredNumber:
    """A `NumberModel` of facts and a file, as `StoredClassifier`."""

    def __init__(self, facts: Mapping[str, Any], data: bytes) -> None:
        self.facts = facts
        self.data = data

    @property
    def kind(self) -> str:
        """Its kind, as in its settings."""
        return str(self.facts["settings"]["kind"])

    @cached_property
    def fitted(self) -> FittedNumber:
        """The fitted model, unpacked."""
        from pydantic import TypeAdapter  # noqa: PLC0415  (beside its one use)

        adapter: TypeAdapter[NumberSettings] = TypeAdapter(NumberSettings)
        settings = adapter.validate_python(self.facts["settings"])
        estimators, notes = tuple(loaded(self.data)), tuple(self.facts["notes"])
        return FittedNumber(estimators, settings, int(self.facts["n_features"]), notes)

    @property
    def levels(self) -> tuple[float, ...]:
        """Probabilities of its quantiles; empty for a model of the mean."""
        return tuple(self.facts["settings"].get("levels", ()))

    def value(self, x: FloatArray) -> FloatArray:
        """Predicted number of each row, shape (n,)."""
        return self.fitted.value(x)

    def quantiles(self, x: FloatArray) -> FloatArray:
        """Quantiles of each row, shape (n, levels)."""
        return self.fitted.quantiles(x)
