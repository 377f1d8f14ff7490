"""What a version of a model asks for, told without opening the model."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from ops.classify import packet_file
from ops.classify.document import DatasetDocument
from ops.classify.features.part import InputColumn
from ops.db import model_versions
from ops.db.models.classify import ModelVersion
from ops.errors import BadData, NotFound

_INPUTS = TypeAdapter(tuple[InputColumn, ...])


def inputs_of(session: Session, version: ModelVersion) -> tuple[InputColumn, ...]:
    """Columns that a caller sends: as its spec or its file says, else the features of its data.

    A file that is gone or damaged names none: who asks the model is told why.
    """
    told = _named(version.spec)
    if told is None and version.origin == "own":
        try:
            parts = packet_file.read(model_versions.artefact(session, version), version.sha256)
            told = _named(packet_file.facts_of(parts).get("features"))
        except (BadData, NotFound):
            told = None
    return _of_document(version.spec.get("document")) if told is None else told


def _named(told: Any) -> tuple[InputColumn, ...] | None:
    inputs = told.get("inputs") if isinstance(told, Mapping) else None
    if not inputs:
        return None
    try:
        return _INPUTS.validate_python(inputs)
    except ValidationError:
        return None


def _of_document(told: Any) -> tuple[InputColumn, ...]:
    if not isinstance(told, Mapping):
        return ()
    try:
        document = DatasetDocument.model_validate(told)
    except ValidationError:
        return ()
    return tuple(
        InputColumn(column.name, "number" if column.type == "number" else "category", column.unit)
        for column in document.of_role("feature")
        if column.type in ("number", "category")
    )
