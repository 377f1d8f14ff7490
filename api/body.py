"""Bases and field types of what goes over the wire."""

from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from fastapi import Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from api.form_words import CODE
from ops.db.types import dumps
from ops.timing.instant import within_years

T = TypeVar("T")
MAX_ID = 2**63 - 1
EVER = datetime(1900, 1, 1, tzinfo=UTC)
_MAX_JSON = 16_384


class Body(BaseModel):
    """What a caller sends: unknown fields, NaN and infinity are refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    def given(self, *without: str) -> dict[str, Any]:
        """Return the fields that the caller sent."""
        return self.model_dump(exclude_unset=True, exclude=set(without))


class View(BaseModel):
    """What a caller gets."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


def _utc(instant: datetime) -> datetime:
    return within_years(instant).astimezone(UTC)


def is_small_json(value: T) -> T:
    """Refuse what is larger than 16 KiB as JSON, or holds what no database keeps."""
    text = dumps(value)
    if len(text) > _MAX_JSON:
        raise ValueError(f"larger than {_MAX_JSON} characters")
    if r"\u0000" in text:
        raise ValueError("the character U+0000 cannot be kept")
    return value


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


Id = Annotated[int, Path(ge=1, le=MAX_ID, description="Id of the resource.")]
Instant = Annotated[AwareDatetime, AfterValidator(_utc)]
Code = Annotated[str, Field(pattern=CODE)]
Title = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Note = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Optional = Field(json_schema_extra=_no_default)  # of a change: absent means "as it was"
