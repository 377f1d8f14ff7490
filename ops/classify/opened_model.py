"""A version of the registry opened within a process that may be killed: the child of a run."""

import hashlib
from collections.abc import Mapping
from typing import Any

from ops.classify.classifier import Classifier
from ops.classify.draft import ModelOrigin
from ops.classify.external.fetched import FetchedAnswers
from ops.classify.external.fetched_model import FetchedModel
from ops.classify.external.onnx_model import OnnxModel
from ops.classify.facts import classifier_of
from ops.classify.features.stored import features_from
from ops.classify.packet import opened_any
from ops.classify.regressor import Regressor
from ops.errors import BadData

LARGEST = 2**30  # bytes of an ONNX file; the registry has looked at a smaller limit before


def opened_model(
    origin: ModelOrigin,
    artefact: bytes,
    sha256: str,
    spec: Mapping[str, Any],
    answers: FetchedAnswers | None = None,
) -> Classifier | Regressor:
    """Open a version in this process: for analyses, which run in a limited child.

    Parameters
    ----------
    origin, artefact, sha256, spec, answers
        As a `ModelPacket` has them.

    Raises
    ------
    BadData
        If the artefact is not what the registry has kept, or the model is behind an address that
        nobody has asked, or that has not answered.
    """
    if origin == "own":
        return opened_any(artefact, sha256)
    if origin == "endpoint":
        return _fetched(spec, answers)
    found = hashlib.sha256(artefact).hexdigest()
    if found != sha256:
        raise BadData(f"the model's file has the hash {found}, the registry says {sha256}")
    facts, width, classes = _told(spec)
    return classifier_of(facts, OnnxModel(artefact, width, classes, largest=LARGEST))


def _fetched(spec: Mapping[str, Any], answers: FetchedAnswers | None) -> Classifier:
    if answers is None:
        raise BadData("the model is behind an address, and nobody has asked it for these rows")
    if answers.reason:
        raise BadData(answers.reason)
    facts, _, classes = _told(spec)
    return classifier_of(facts, FetchedModel(answers, classes))


def _told(spec: Mapping[str, Any]) -> tuple[Mapping[str, Any], int, tuple[str, ...]]:
    """Read what is said of a stranger's model: all of it, its width, its classes."""
    try:
        facts = spec["facts"]
        width = len(features_from(facts["features"]).names)
        return facts, width, tuple(str(c) for c in facts["classes"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadData(f"what is said of the model cannot be read: {error}") from error
