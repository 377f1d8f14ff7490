"""What the guard holds against a claim: which rule, where, and why."""

from typing import Literal

from pydantic import Field

from ops.page_value import PageValue

GuardRule = Literal[
    "form", "citation", "number", "binding", "subject", "comparison", "advice", "cause",
    "refusal", "name", "plain", "quoted", "memory", "word",
]  # fmt: skip


class GuardVerdict(PageValue):
    """A breach of a rule; an answer without any is released as it stands."""

    rule: GuardRule = Field(description="The rule that is broken.")
    place: str = Field(description="Pointer into what the model returned, as /claims/0/text.")
    reason: str = Field(description="What is wrong, with the word or id that is wrong.")
    fatal: bool = Field(default=True, description="Whether the whole answer falls by it.")
