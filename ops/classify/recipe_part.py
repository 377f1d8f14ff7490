"""What every part of a recipe has: it is frozen, takes no unknown field and no infinite number."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(min_length=1, max_length=120)]
Codes = Annotated[tuple[Code, ...], Field(min_length=1, max_length=200)]
MOST_HOURS = 24.0 * 366 * 20


class RecipePart(BaseModel):
    """A part of a recipe, as a document."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)
