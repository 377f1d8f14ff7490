"""A model as one file: facts as JSON, the estimator by skops, the fast path as arrays."""

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from ops.classify import packet_file
from ops.classify.classifier import Classifier
from ops.classify.estimator_file import dumped, refuse_strange
from ops.classify.facts import classifier_of, facts_of, other_versions
from ops.classify.fast.build import scorer_from
from ops.classify.fast.number import NumberScorer, number_scorer_from
from ops.classify.model import NumberModel, ProbabilityModel
from ops.classify.models.fitted import FittedClassifier, FittedNumber
from ops.classify.models.libraries import libraries_of
from ops.classify.packet_file import ARRAYS, ESTIMATOR, FACTS, FAST, REFERENCE, REFERENCE_FAST
from ops.classify.regressor import Regressor
from ops.classify.regressor_facts import regressor_facts, regressor_of
from ops.classify.stored_model import StoredClassifier, StoredNumber
from ops.errors import BadData


def packed(model: Classifier | Regressor) -> bytes:
    """Pack a classifier or a regressor of ours, with its fast path where it has one.

    Raises
    ------
    BadData
        If its model is not one of ours, or holds a type that could not be read back.
    """
    facts = facts_of(model) if isinstance(model, Classifier) else regressor_facts(model)
    facts["libraries"] = libraries_of(model.model.kind)
    facts["model"], data = _stored(model.model)
    parts = {ESTIMATOR: data}
    if model.scorer is not None:
        facts["fast"] = model.scorer.kind
        parts[FAST] = packet_file.of_arrays(model.scorer.arrays())
    if isinstance(model, Regressor) and model.reference is not None:
        facts["reference"], parts[REFERENCE] = _stored(model.reference)
        if model.reference_scorer is not None:
            facts["reference_fast"] = model.reference_scorer.kind
            parts[REFERENCE_FAST] = packet_file.of_arrays(model.reference_scorer.arrays())
    parts[FACTS] = json.dumps(facts, allow_nan=False).encode()
    return packet_file.written(parts)


def _stored(model: ProbabilityModel | NumberModel) -> tuple[dict[str, Any], bytes]:
    """Say what a fitted model is, and give its estimator as bytes."""
    if isinstance(model, StoredClassifier | StoredNumber):
        return dict(model.facts), model.data
    if not isinstance(model, FittedClassifier | FittedNumber):
        raise BadData(f"a model of the kind {model.kind!r} is kept as it was sent, not packed")
    told = {
        "settings": model.settings.model_dump(mode="json"),
        "n_features": model.n_features,
        "notes": list(model.notes),
    }
    if isinstance(model, FittedNumber):
        return told, dumped(list(model.estimators))
    return told, dumped(model.estimator)


def opened(data: bytes, sha256: str) -> Classifier:
    """Classifier of a file that `packed` made.

    The hash is compared before anything is read, the types of the estimator before it is loaded;
    it is loaded at its first use, which never comes where a fast path answers.

    Parameters
    ----------
    sha256
        What the registry says of the file.

    Raises
    ------
    BadData
        If the hash differs, the file holds what is none of ours, it was made with another
        generation of a library, or it is no classifier's.
    """
    found = opened_any(data, sha256)
    if not isinstance(found, Classifier):
        raise BadData("the model predicts a number, not classes")
    return found


def opened_any(data: bytes, sha256: str) -> Classifier | Regressor:
    """Classifier or regressor of a file that `packed` made; its task says which.

    Raises
    ------
    BadData
        As `opened`.
    """
    parts = packet_file.read(data, sha256)
    facts = packet_file.facts_of(parts)
    for name in {ESTIMATOR, *parts} - {FACTS, *ARRAYS}:
        refuse_strange(parts.get(name, b""))
    if not isinstance(facts.get("libraries"), dict):
        raise BadData("the facts of the model's file name no libraries")
    told = other_versions(facts["libraries"])
    if facts.get("task") == "classify":
        found = _classifier(facts, parts)
        return replace(found, notes=found.notes + told)
    if facts.get("task") == "regress":
        regressor = _regressor(facts, parts)
        return replace(regressor, notes=regressor.notes + told)
    raise BadData(f"the model's task is {facts.get('task')!r}, which this version does not know")


def _classifier(facts: Mapping[str, Any], parts: Mapping[str, bytes]) -> Classifier:
    try:
        model = StoredClassifier(facts["model"], tuple(facts["classes"]), parts[ESTIMATOR])
    except (KeyError, TypeError) as error:
        raise BadData(f"the facts of the model's file lack {error}") from error
    found = classifier_of(facts, model)
    if "fast" not in facts:
        return found
    with _reading_fast_path():
        scorer = scorer_from(facts["fast"], packet_file.arrays_of(parts.get(FAST, b"")))
    _refuse_wide(scorer.width, len(found.features.names))
    return replace(found, scorer=scorer)


@contextmanager
def _reading_fast_path() -> Generator[None]:
    try:
        yield
    except (ValueError, KeyError, IndexError) as error:
        raise BadData(f"the fast path of the model's file cannot be read: {error}") from error


def _refuse_wide(width: int, features: int) -> None:
    if width > features:
        raise BadData(f"the fast path reads {width} features, the model has fewer")


def _regressor(facts: Mapping[str, Any], parts: Mapping[str, bytes]) -> Regressor:
    if "model" not in facts or ("reference" in facts) != (REFERENCE in parts):
        raise BadData("the facts of the model's file and its parts do not fit")
    model = StoredNumber(facts["model"], parts[ESTIMATOR])
    second = StoredNumber(facts["reference"], parts[REFERENCE]) if "reference" in facts else None
    found = regressor_of(facts, model, second)
    width = len(found.features.names)
    own = _number_scorer(facts.get("fast"), parts.get(FAST, b""), model, width)
    if second is None:
        return replace(found, scorer=own)
    told, data = facts.get("reference_fast"), parts.get(REFERENCE_FAST, b"")
    return replace(found, scorer=own, reference_scorer=_number_scorer(told, data, second, width))


def _number_scorer(
    kind: str | None, data: bytes, model: StoredNumber, features: int
) -> NumberScorer | None:
    if kind is None:
        return None
    with _reading_fast_path():
        scorer = number_scorer_from(kind, packet_file.arrays_of(data))
        if scorer.outputs != max(1, len(model.levels)):
            raise ValueError(f"it gives {scorer.outputs} numbers, and the model other ones")
    _refuse_wide(scorer.width, features)
    return scorer
