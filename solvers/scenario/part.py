"""What every part of a scenario document shares: frozen values, codes, amounts with their unit."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\s/\x00][^/\x00]*$")]
Tags = Annotated[
    tuple[Code, ...], Field(description="Business tags; soft constraints and edits name them.")
]
# a bare number is in the unit that `Scenario.units` names; a text carries its own: "420 t"
Amount = (
    float
    | Annotated[str, Field(pattern=r"^\s*[-+]?[0-9.]+([eE][-+]?[0-9]+)?\s*\S.*$", max_length=60)]
)


class Part(BaseModel):
    """Base of all parts: frozen, no unknown fields, no NaN or infinity; null is "no limit"."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        populate_by_name=True,
        serialize_by_alias=True,  # `yield` is a word of Python, and the word of the field
    )


class ByPeriod(Part):
    """An amount for one period, where it differs from the rest."""

    period: Code = Field(description="Code of the period.")
    amount: Amount = Field(description="The amount in that period.")
