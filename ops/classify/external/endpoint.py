"""A model behind an address: what is sent to it, and how its answer is read."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal, Self
from urllib.parse import urlsplit

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ops.classify.external.onnx_model import told_probabilities
from ops.classify.features.part import InputColumn
from ops.classify.features.unit import turning
from ops.classify.table import DataTable
from ops.errors import BadData, Problem
from ops.values import FloatArray


class EndpointSpec(BaseModel):
    """Where a model is asked, and in which words."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    url: str = Field(max_length=500, description="Address; its host must be allowed by a setting.")
    method: Literal["POST", "PUT"] = Field(default="POST", description="Method of the call.")
    rows: str = Field(
        default="rows", min_length=1, max_length=100, description="Field that holds the rows."
    )
    fields: dict[str, str] = Field(
        default_factory=dict[str, str],
        description="Field of each feature or column, where it is not its name.",
    )
    send: Literal["features", "columns"] = Field(
        default="features",
        description="What a row is: numbers of the feature spec, scaled and coded as it says; or"
        " the columns that it is made of, as they are, null where there is no value.",
    )
    answer: str = Field(
        default="probabilities", min_length=1, max_length=100,
        description="Field of the answer: a list for each row, by class or in the order of classes",
    )  # fmt: skip
    timeout_s: float = Field(default=5.0, gt=0, le=60, description="Longest wait for an answer.")

    @model_validator(mode="after")
    def _is_plain(self) -> Self:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("write an address such as https://models.example.org/lifted-wires")
        if parts.username or parts.password:
            raise ValueError("an address with a name or password in it would be seen by readers")
        return self

    @property
    def host(self) -> str:
        """Host, with its port if it is named."""
        return urlsplit(self.url).netloc.lower()

    def refuse_unless_allowed(self, hosts: tuple[str, ...]) -> None:
        """Refuse a host that no setting allows.

        Raises
        ------
        BadData
            If it is not among `hosts`, with its port or without.
        """
        allowed = {h.lower() for h in hosts}
        if not {self.host, urlsplit(self.url).hostname} & allowed:
            told = f"the host {self.host} is not in LONGRUN_MODEL_HOSTS"
            raise BadData(told, (Problem("/url", told),))

    def request(self, x: FloatArray, names: tuple[str, ...]) -> dict[str, Any]:
        """Body of a call: an object of features for each row."""
        fields = [self.fields.get(name, name) for name in names]
        return {self.rows: [dict(zip(fields, row, strict=True)) for row in x.tolist()]}

    def columns(self, table: DataTable, inputs: tuple[InputColumn, ...]) -> dict[str, Any]:
        """Body of a call: an object of columns for each row, numbers in the units of `inputs`.

        Raises
        ------
        BadData
            If a column is missing, or its unit cannot be converted.
        """
        values: dict[str, list[Any]] = {}
        for column in inputs:
            field = self.fields.get(column.name, column.name)
            values[field] = _sent(table, column)
        rows = zip(*values.values(), strict=True)
        return {self.rows: [dict(zip(values, row, strict=True)) for row in rows]}

    def read(self, answer: Any, rows: int, classes: tuple[str, ...]) -> FloatArray:
        """Probabilities of an answer, shape (rows, classes).

        Raises
        ------
        BadData
            If it is not of the agreed form.
        """
        found = answer.get(self.answer) if isinstance(answer, Mapping) else answer
        if not isinstance(found, list) or len(found) != rows:
            raise BadData(f"the endpoint's answer has no {self.answer!r} with {rows} entries")
        try:
            values = [[r[c] for c in classes] if isinstance(r, Mapping) else r for r in found]
            raw = np.array(values, dtype=np.float64)
        except (KeyError, TypeError, ValueError) as error:
            told = f"{type(error).__name__}: {error}"
            raise BadData(f"the endpoint's probabilities cannot be read: {told}") from error
        return told_probabilities(raw, rows, len(classes))


def _sent(table: DataTable, column: InputColumn) -> list[Any]:
    """Values of a column as JSON has them."""
    if column.type == "category":
        texts = table.category(column.name)
        levels = (*texts.levels, None)  # the code -1 is the last
        return [levels[code] for code in texts.codes.tolist()]
    raw = table.number(column.name)
    factor, offset = turning(table.units.get(column.name, ""), column.unit, column.name)
    turned = raw if (factor, offset) == (1.0, 0.0) else factor * raw + offset
    return [v if isfinite(v) else None for v in turned.tolist()]
