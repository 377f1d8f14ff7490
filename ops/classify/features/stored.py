"""Fitted features from their JSON."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from ops.classify.features.fitted import FittedFeatures
from ops.classify.features.part import CategoryPart, InputColumn, NumberPart, Part
from ops.classify.spec import DerivedFeature


def features_from(document: Mapping[str, Any]) -> FittedFeatures:
    """Features that `FittedFeatures.to_document` wrote, equal to them in every digit.

    Raises
    ------
    pydantic.ValidationError
        If it is not what `to_document` writes.
    """
    return FittedFeatures(
        tuple(_part(said) for said in document["parts"]),
        tuple(_reader(DerivedFeature).validate_python(said) for said in document["derived"]),
        tuple(_reader(InputColumn).validate_python(said) for said in document["inputs"]),
        tuple(_reader(InputColumn).validate_python(said) for said in document["past"]),
        document["time"],
    )


def _part(said: Mapping[str, Any]) -> Part:
    kind: Any = NumberPart if said["kind"] == "number" else CategoryPart
    fields = {name: value for name, value in said.items() if name != "kind"}
    part: Part = _reader(kind).validate_python(fields)
    return part


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
