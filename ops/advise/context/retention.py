"""The audit of a prompt: what is in it, what fell out, and why."""

from typing import Literal

from pydantic import Field

from ops.advise.context.concept import ConceptKind
from ops.page_value import PageValue

Why = Literal["no-room", "not-relevant", "no-value"]
Mode = Literal["full", "retrieved"]
CountedBy = Literal["server", "estimate", "bound"]


class Kept(PageValue):
    """A concept that is in the prompt."""

    id: str = Field(description="Id of the concept.")
    kind: ConceptKind = Field(description="What it is.")
    tokens: int = Field(description="Tokens of it alone.")
    alias: str = Field(default="", description="Name that the model knows it by.")


class Fallen(PageValue):
    """A concept that is not."""

    id: str = Field(description="Id of the concept.")
    kind: ConceptKind = Field(description="What it is.")
    why: Why = Field(description="No room for it, no word of the question in it, or no value.")
    tokens: int | None = Field(default=None, description="Tokens of it; null: not counted.")


class Retention(PageValue):
    """What a prompt holds of what there was."""

    mode: Mode = Field(description="Everything, or what is relevant and fits.")
    budget: int = Field(description="Tokens that the prompt may have.")
    used: int = Field(description="Tokens that it has, room for the roles of messages included.")
    counted_by: CountedBy = Field(
        description="The server's tokenizer, an estimate by the rates that it was seen to have, or"
        " a bound that no tokenizer exceeds."
    )
    kept: tuple[Kept, ...] = Field(description="In the order of the prompt.")
    fallen: tuple[Fallen, ...] = Field(default=(), description="By priority.")

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all that is in, in the order of the prompt."""
        return tuple(one.id for one in self.kept)
