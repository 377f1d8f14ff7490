"""What a model returns: words with places, ids, and choices from closed lists; never a number."""

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Part, Relation

SaidRole = Literal["finding", "cause", "action", "cost", "alternative", "tipping", "memory", "note"]
RefusalReason = Literal["no-evidence", "not-understood", "not-about-the-plant"]
LONGEST_TEXT = 400
MOST_CLAIMS = 12
MOST_PLACES = 8
MOST_CITED = 16
PLACE = re.compile(r"\{(E[1-9][0-9]{0,3})(?:\.(lower|upper|interval|full|reference|label))?\}")
Alias = Annotated[str, Field(pattern=r"^[ECM][1-9][0-9]{0,3}$")]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SaidPlace(_Said):
    """What the model believes to stand at a place: it must say label and unit itself."""

    id: Alias = Field(description="Evidence whose number stands there.")
    label: str = Field(max_length=300, description="Its label, as the evidence says it.")
    unit: str = Field(max_length=60, description="Its unit, as the evidence says it; or empty.")


class SaidComparison(_Said):
    """Something that the words compare."""

    left: Alias = Field(description="Evidence.")
    relation: Relation = Field(description="What is claimed of it.")
    right: str = Field(
        default="reference", pattern=r"^(E[1-9][0-9]{0,3}|reference)$",
        description="Evidence, or the reference of the left one.",
    )  # fmt: skip


class SaidClaim(_Said):
    """A sentence of the model."""

    case: str = Field(default="", max_length=8, description="Case that it is about; or empty.")
    role: SaidRole = Field(description="What it does in the answer.")
    text: str = Field(min_length=1, max_length=4000, description="Words, with places like {E3}.")
    places: list[SaidPlace] = Field(default_factory=list[SaidPlace], max_length=64)
    comparisons: list[SaidComparison] = Field(default_factory=list[SaidComparison], max_length=64)
    cites: list[Alias] = Field(default_factory=list[Alias], max_length=64)

    @property
    def placed(self) -> tuple[tuple[str, Part], ...]:
        """Id and part of each place of the text, in order."""
        return tuple((m[1], _PARTS[m[2] or "value"]) for m in PLACE.finditer(self.text))


_PARTS: dict[str, Part] = {
    "value": "value", "lower": "lower", "upper": "upper", "interval": "interval", "full": "full",
    "reference": "reference", "label": "label",
}  # fmt: skip


class SaidJudged(_Said):
    """Cause and action of one case."""

    case: Alias = Field(description="The case.")
    cause: CauseId = Field(description="What is behind it.")
    action: ActionId = Field(description="What to do.")


class ModelAnswer(_Said):
    """All that a model returns."""

    claims: list[SaidClaim] = Field(default_factory=list[SaidClaim], max_length=64)
    judged: list[SaidJudged] = Field(default_factory=list[SaidJudged], max_length=32)
    refusal: RefusalReason | None = Field(default=None, description="Why it says nothing.")

    @field_validator("judged")
    @classmethod
    def _one_for_each_case(cls, judged: list[SaidJudged]) -> list[SaidJudged]:
        if len({one.case for one in judged}) != len(judged):
            raise ValueError("a case is judged more than once")
        return judged
