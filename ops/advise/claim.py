"""Claims: sentences whose numbers are evidence, put in by the server and by nobody else."""

from typing import Literal

from pydantic import Field, model_validator

from ops.page_value import PageValue, Phrase, is_empty

Role = Literal[
    "finding", "cause", "action", "cost", "alternative", "tipping", "memory", "what-if", "refusal",
    "note",
]  # fmt: skip
Part = Literal["value", "lower", "upper", "interval", "full", "reference", "label", "name"]
Relation = Literal[
    "above", "below", "surely-above", "surely-below", "equals", "rises", "falls", "within",
    "outside", "before", "after",
]  # fmt: skip


class Slot(PageValue):
    """What stands at a place of a template: a part of a piece of evidence, or a known name.

    `full` is value, unit and interval; `interval` its bounds with their confidence; `reference`
    what it is held against. A name is a word of the question or of the plant, never a number.
    """

    evidence: str | None = Field(default=None, description="Id of the evidence.")
    part: Part = Field(default="value", description="Which part of it.")
    name: str | None = Field(default=None, max_length=300, description="A name instead.")
    phrases: tuple[Phrase, ...] = Field(
        default=(),
        exclude_if=is_empty,
        description="Parts of the name, for other languages; empty: only the name.",
    )
    listed: bool = Field(
        default=False,
        exclude_if=is_empty,
        description="Whether the parts name several things, one after another.",
    )

    @model_validator(mode="after")
    def _is_one_of_both(self) -> "Slot":
        if (self.evidence is None) == (self.name is None):
            raise ValueError("a slot is a piece of evidence or a name, one of both")
        return self


class Comparison(PageValue):
    """Something held against something else, to be computed anew by whoever checks.

    `left` alone is held against its own reference; `rises` and `falls` look at the sign of `left`.
    """

    left: str = Field(description="Id of evidence.")
    relation: Relation = Field(description="What is claimed.")
    right: str | None = Field(default=None, description="Id of evidence; null: its reference.")


class Claim(PageValue):
    """A sentence: a template in English with {places}, and what stands there."""

    role: Role = Field(description="What it does in the answer.")
    template: str = Field(max_length=1000, description="English, with {names} for the slots.")
    slots: dict[str, Slot] = Field(default_factory=dict[str, Slot], description="By name.")
    evidence: tuple[str, ...] = Field(
        default=(), description="Ids of all that it rests on, also without a place in it."
    )
    comparisons: tuple[Comparison, ...] = Field(
        default=(), description="What it compares, in words of the template."
    )
    case: str | None = Field(default=None, description="Id of the case that it is about.")
