"""An answer: claims, a cause, an action, and how it came about."""

from typing import Any, Literal

from pydantic import Field

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Claim
from ops.advise.evidence import Evidence
from ops.page_value import Level, PageValue, Phrase, is_empty

State = Literal["waiting", "answered", "refused"]
Fallback = Literal[
    "", "no-model", "not-allowed", "unreachable", "timeout", "rate-limited", "server-error",
    "truncated", "garbage", "wrong-model", "guard", "busy", "too-long", "no-context", "refused",
]  # fmt: skip


class Judged(PageValue):
    """What is recommended for one case."""

    case: str = Field(description="Id of the case.")
    title: str = Field(description="What it is about.")
    title_phrases: tuple[Phrase, ...] = Field(
        default=(),
        exclude_if=is_empty,
        description="Parts of the title, for other languages; empty: only the title.",
    )
    level: Level = Field(description="How bad it is.")
    cause: CauseId = Field(description="What is behind it.")
    action: ActionId = Field(description="What to do.")
    action_title: str = Field(default="", description="As the plant calls it; empty: not said.")
    alternatives: tuple[ActionId, ...] = Field(default=(), description="What else may be done.")
    also: tuple[CauseId, ...] = Field(
        default=(), description="Other causes that the evidence does not rule out."
    )


class WhatIf(PageValue):
    """A plan that is asked about: edits of a scenario, and the run that solves them."""

    scenario: str = Field(description="Code of the scenario.")
    site: str | None = Field(default=None, description="Code of its site.")
    edits: tuple[dict[str, Any], ...] = Field(description="What is changed.")
    run_id: str | None = Field(default=None, description="Run that solves it; null: none yet.")
    base_run: str | None = Field(default=None, description="Run that it is held against.")


class Answer(PageValue):
    """What is said to a question; everything that it rests on is part of it."""

    state: State = Field(description="Waiting for a run, answered, or refused for want of it.")
    level: Level = Field(default="info", description="How bad what it says is.")
    claims: tuple[Claim, ...] = Field(description="Sentences, in reading order.")
    judged: tuple[Judged, ...] = Field(default=(), description="Cases, the gravest first.")
    evidence: tuple[Evidence, ...] = Field(default=(), description="All that is cited, and more.")
    memories: tuple[int, ...] = Field(default=(), description="Memories that were used.")
    what_if: WhatIf | None = Field(default=None, description="The plan that is asked about.")
    source: Literal["rules", "model"] = Field(default="rules", description="Who worded it.")
    fallback: Fallback = Field(
        default="", description="Why the rules answer although a model is set up."
    )
    filled: tuple[int, ...] = Field(
        default=(),
        description="Places in `claims` of sentences of the rules among those of a model: they"
        " stand where one of its own did not pass, or was missing.",
    )
    downgrades: tuple[str, ...] = Field(
        default=(), description="Controls that the server does not have, so that none was used."
    )

    @property
    def cause(self) -> CauseId | None:
        """Cause of the gravest case."""
        return self.judged[0].cause if self.judged else None

    @property
    def action(self) -> ActionId | None:
        """Action for the gravest case."""
        return self.judged[0].action if self.judged else None
