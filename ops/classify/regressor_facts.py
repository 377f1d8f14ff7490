"""Everything of a regression but its models, as JSON, and back."""

from collections.abc import Mapping
from typing import Any

from ops.classify.evaluation.conformal_number import number_conformal_from
from ops.classify.features.stored import features_from
from ops.classify.metrology.similarity import similarity_from
from ops.classify.profile import profile_from
from ops.classify.regressor import QuantileModel, Regressor
from ops.errors import BadData


def regressor_facts(regressor: Regressor) -> dict[str, Any]:
    """Everything of a regressor but its models, as JSON."""
    r = regressor
    return {
        "format": 1,
        "task": "regress",
        "features": r.features.to_document(),
        "profile": r.profile.to_document(),
        "label": r.label,
        "unit": r.unit,
        "interval": None if r.interval is None else r.interval.to_document(),
        "spread": r.spread,
        "least": r.least,
        "similarity": None if r.similarity is None else r.similarity.to_document(),
        "allowed": r.allowed,
        "path": r.path,
        "notes": list(r.notes),
    }


def regressor_of(
    facts: Mapping[str, Any], model: QuantileModel, reference: QuantileModel | None
) -> Regressor:
    """Regressor of what `regressor_facts` gave, and its models.

    Raises
    ------
    BadData
        If the facts lack something.
    """
    try:
        interval, similarity = facts.get("interval"), facts.get("similarity")
        return Regressor(
            features=features_from(facts["features"]),
            model=model,
            profile=profile_from(facts["profile"]),
            label=facts["label"],
            unit=facts.get("unit", ""),
            interval=None if interval is None else number_conformal_from(interval),
            reference=reference,
            spread=facts.get("spread"),
            least=float(facts.get("least", 0.5)),
            path=facts.get("path", ""),
            notes=tuple(facts.get("notes", ())),
            similarity=None if similarity is None else similarity_from(similarity),
            allowed=facts.get("allowed"),
        )
    except (KeyError, TypeError, ValueError) as error:
        told = f"{type(error).__name__}: {error}"
        raise BadData(f"what is said of the model cannot be read: {told}") from error
