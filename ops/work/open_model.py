"""A version of the registry as something that answers: ours, an ONNX file, or an endpoint."""

import hashlib
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ops.classifier_query import ModelPacket
from ops.errors import BadData, Problem
from ops.settings import Settings

if TYPE_CHECKING:
    from ops.classify.classifier import Classifier
    from ops.classify.features.fitted import FittedFeatures
    from ops.classify.regressor import Regressor
    from ops.work.endpoint_model import EndpointModel
    from ops.work.scoring_child import ScoringChild

MIB = 2**20


def open_model(packet: ModelPacket, settings: Settings) -> "Classifier | Regressor":
    """Open a version; strangers' models are asked in a child process, or over the network.

    Of those, ``packet.spec["facts"]`` is what `external_facts` says; of an endpoint,
    ``packet.spec["endpoint"]`` is an `EndpointSpec`.

    Raises
    ------
    BadData
        If its artefact is not what the registry has kept, or cannot be what it is said to be.
    """
    from ops.classify.facts import classifier_of  # noqa: PLC0415  (loads the kernels)
    from ops.classify.packet import opened_any  # noqa: PLC0415  (loads the kernels)

    if packet.origin == "own":
        return opened_any(packet.artefact, packet.sha256)
    facts = packet.spec.get("facts")
    if not isinstance(facts, dict):
        told = f"nothing is said of the features and classes of {packet.model!r}; register it again"
        raise BadData(told, (Problem("/spec/facts", told),))
    classes = tuple(str(c) for c in facts.get("classes", ()))
    features = _features(packet)
    if packet.origin == "onnx":
        return classifier_of(facts, onnx_child(packet, len(features.names), classes, settings))
    return classifier_of(facts, _endpoint(packet, features, classes, settings))


def _features(packet: ModelPacket) -> "FittedFeatures":
    from ops.classify.features.stored import features_from  # noqa: PLC0415  (loads the kernels)

    try:
        return features_from(packet.spec["facts"]["features"])
    except (KeyError, TypeError, ValueError) as error:
        raise BadData(f"the features of {packet.model!r} cannot be read: {error}") from error


def onnx_child(
    packet: ModelPacket, features: int, classes: tuple[str, ...], settings: Settings
) -> "ScoringChild":
    """Child process of an ONNX file; it starts at the first question."""
    found = hashlib.sha256(packet.artefact).hexdigest()
    if found != packet.sha256:
        raise BadData(f"the model's file has the hash {found}, the registry says {packet.sha256}")
    return scoring_child(packet.artefact, features, classes, settings)


def scoring_child(
    data: bytes, features: int, classes: tuple[str, ...], settings: Settings
) -> "ScoringChild":
    """Child process of an ONNX file, within the limits of the settings.

    To register a file, ask it to `check` itself, then `close` it.
    """
    from ops.work.scoring_child import ScoringChild  # noqa: PLC0415  (beside its use)
    from ops.work.scoring_childmain import StrangerTask  # noqa: PLC0415  (beside its use)

    largest, memory = settings.max_onnx_mb * MIB, settings.onnx_memory_mb * MIB
    task = StrangerTask(data, features, classes, largest, memory)
    return ScoringChild(task, time_s=settings.onnx_time_s)


def _endpoint(
    packet: ModelPacket,
    features: "FittedFeatures",
    classes: tuple[str, ...],
    settings: Settings,
) -> "EndpointModel":
    from ops.classify.external.endpoint import EndpointSpec  # noqa: PLC0415  (beside its use)
    from ops.work.endpoint_model import EndpointModel  # noqa: PLC0415  (loads httpx)

    try:
        spec = EndpointSpec.model_validate(packet.spec.get("endpoint"))
    except ValidationError as error:
        raise BadData(f"the endpoint of {packet.model!r} cannot be read: {error}") from error
    return EndpointModel(spec, features, classes, settings.model_hosts)
