"""Everything of a classifier but its model, as JSON: packed with ours, registered with others'."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from ops.classify.classifier import Classifier
from ops.classify.evaluation.calibration import calibration_from
from ops.classify.evaluation.conformal import conformal_from
from ops.classify.evaluation.decision import decision_from
from ops.classify.model import ProbabilityModel
from ops.classify.profile import profile_from
from ops.classify.seen import seen_from
from ops.errors import BadData, Problem

FORMAT = 1


def facts_of(classifier: Classifier) -> dict[str, Any]:
    """Facts of a classifier, as JSON."""
    c = classifier
    return {
        "format": FORMAT,
        "task": "classify",
        "classes": list(c.classes),
        "positive": c.positive,
        "features": c.features.to_document(),
        "profile": c.profile.to_document(),
        "decision": None if c.decision is None else c.decision.to_document(),
        "calibration": None if c.calibration is None else c.calibration.to_document(),
        "conformal": None if c.conformal is None else c.conformal.to_document(),
        "path": c.path,
        "notes": list(c.notes),
    }


def classifier_of(facts: Mapping[str, Any], model: ProbabilityModel) -> Classifier:
    """Classifier of what `facts_of` gave, and its model.

    Raises
    ------
    BadData
        If the facts lack something, or the model knows other classes.
    """
    try:
        decision, calibration, conformal = (
            facts.get(name) for name in ("decision", "calibration", "conformal")
        )
        found = Classifier(
            features=seen_from(facts["features"]),
            model=model,
            classes=tuple(facts["classes"]),
            profile=profile_from(facts["profile"]),
            positive=facts.get("positive"),
            decision=None if decision is None else decision_from(decision),
            calibration=None if calibration is None else calibration_from(calibration),
            conformal=None if conformal is None else conformal_from(conformal),
            path=facts.get("path", ""),
            notes=tuple(facts.get("notes", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        told = f"{type(error).__name__}: {error}"
        raise BadData(f"what is said of the model cannot be read: {told}") from error
    if tuple(model.classes) != found.classes:
        told = f"the model answers for {model.classes}, the facts name {found.classes}"
        raise BadData(told, (Problem("/classes", told),))
    return found


def other_versions(libraries: Mapping[str, str]) -> tuple[str, ...]:
    """Sentence for each library whose version here differs by more than a patch.

    Raises
    ------
    BadData
        If its first number differs: the estimator may mean something else there.
    """
    told: list[str] = []
    for name, made in libraries.items():
        try:
            here = version(name)
        except PackageNotFoundError:
            told.append(f"the model was made with {name} {made}, which is not installed here")
            continue
        if made.split(".")[0] != here.split(".")[0]:
            raise BadData(f"the model was made with {name} {made}, here is {here}: train it again")
        if made.split(".")[:2] != here.split(".")[:2]:
            told.append(f"the model was made with {name} {made}, here is {here}")
    return tuple(told)
