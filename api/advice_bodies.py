"""What is asked of the advisor and what it answers, as bodies."""

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from api.body import Body, Note, View
from ops.advise.answer import Fallback
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Comparison, Part, Role
from ops.advise.evidence import Evidence
from ops.advise.question import LONGEST, About, Question
from ops.page_value import Level

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def _readable(text: str) -> str:
    """Refuse what nobody types: control characters, but for tabs and ends of lines."""
    found = _CONTROL.search(text)
    if found is not None:
        raise ValueError(f"the control character U+{ord(found[0]):04X} stands in it; leave it out")
    return text


def _asking(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty; write a question")
    return text


def _coded(about: About) -> About:
    for name, text in (("code", about.code), ("site", about.site or "")):
        if _CONTROL.search(text) or "\n" in text:
            raise ValueError(f"the {name} holds a control character; write it as it is listed")
    return about


Code = Annotated[str, Field(max_length=100), AfterValidator(_readable)]
Text = Annotated[
    str, Field(min_length=1, max_length=LONGEST), AfterValidator(_readable), AfterValidator(_asking)
]


class AdviceQuestion(Body):
    """A question to the advisor."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "text": "Why does the loop height of WB-05 drift, and what should we do?",
                "site": "DEMO-PG",
                "about": [{"kind": "tool", "code": "WB-05", "site": "DEMO-PG"}],
            }
        }
    )
    text: Text = Field(description="The question, in words.")
    site: Code | None = Field(default=None, description="Only what is known of this site.")
    about: Annotated[list[Annotated[About, AfterValidator(_coded)]], Field(max_length=20)] = Field(
        default=[], description="What it is about, if it was asked on a page."
    )
    wording: Literal["auto", "rules"] = Field(
        default="auto", description="Whether a language model may word the answer, if there is one."
    )

    def question(self) -> Question:
        """Return it as the advisor takes it."""
        return Question(text=self.text, about=tuple(self.about), site=self.site)


class AdviceJudgement(Body):
    """Whether somebody accepts an advice; nothing is carried out by that."""

    model_config = ConfigDict(json_schema_extra={"example": {"verdict": "accepted", "said": ""}})
    verdict: Literal["accepted", "rejected"] = Field(description="Accepted or rejected.")
    said: Note = Field(default="", description="Why.")


class AdviceOutcome(Body):
    """What came of an advice that was accepted."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"outcome": "helped", "said": "Back on target by noon."}}
    )
    outcome: Literal["helped", "did-not-help", "unclear"] = Field(description="What came of it.")
    said: Note = Field(default="", description="What happened.")


class AdvicePiece(View):
    """A part of a sentence: words, or a number or name that is evidence."""

    text: str = Field(description="As it is read.")
    evidence: str | None = Field(default=None, description="Id of the evidence behind it.")
    part: Part | None = Field(default=None, description="Which part of the evidence it is.")


class AdviceSentence(View):
    """A claim, rendered: its numbers were put in by the server."""

    role: Role = Field(description="What it does in the answer.")
    text: str = Field(description="The sentence.")
    pieces: list[AdvicePiece] = Field(description="The same in parts, with the evidence of each.")
    evidence: list[str] = Field(description="Ids of all that it rests on.")
    comparisons: list[Comparison] = Field(description="What it compares; all were computed anew.")
    case: str | None = Field(description="Case that it is about.")


class AdviceJudged(View):
    """What is recommended for one case."""

    case: str = Field(description="Id of the case.")
    title: str = Field(description="What it is about.")
    level: Level = Field(description="How bad it is.")
    cause: CauseId = Field(description="What is behind it.")
    cause_title: str = Field(description="The cause in words.")
    action: ActionId = Field(description="What to do; a person decides and does it.")
    action_title: str = Field(description="The action in words, the plant's own if it has some.")
    alternatives: list[ActionId] = Field(description="What else may be done.")
    also: list[CauseId] = Field(description="Causes that the evidence does not rule out.")


class AdvicePlan(View):
    """A what-if: edits of a scenario, solved by a run."""

    scenario: str = Field(description="Code of the scenario.")
    edits: list[dict[str, object]] = Field(description="What is changed.")
    run: str | None = Field(description="Run that solves it; null: none was submitted.")
    base_run: str | None = Field(description="Run that it is held against.")


class AdviceSummary(View):
    """An advice in a list."""

    id: str = Field(description="UUID of the advice.")
    question: str = Field(description="What was asked.")
    site: str | None = Field(description="Code of the site that it was asked of.")
    state: Literal["waiting", "answered", "refused"] = Field(
        description="Whether it waits for a run, was answered, or refused for want of evidence."
    )
    source: Literal["rules", "model"] = Field(description="Who worded it.")
    level: Level = Field(description="How bad what it says is.")
    headline: str = Field(description="Its first sentence.")
    asked_by: str = Field(description="Who asked.")
    asked_at: datetime = Field(description="When.")
    verdict: Literal["accepted", "rejected"] | None = Field(description="What a person said of it.")
    outcome: Literal["helped", "did-not-help", "unclear"] | None = Field(
        description="What came of it."
    )
    links: dict[str, str] = Field(description="Where its parts are.")


class AdviceView(AdviceSummary):
    """An advice in full."""

    about: list[About] = Field(description="What it was asked about.")
    sentences: list[AdviceSentence] = Field(description="The answer, in reading order.")
    judged: list[AdviceJudged] = Field(description="Causes and actions, the gravest case first.")
    evidence: list[Evidence] = Field(description="All that it rests on.")
    memories: list[int] = Field(description="Memories that were used.")
    what_if: AdvicePlan | None = Field(description="The plan that was asked about.")
    being_worded: bool = Field(description="Whether a language model is wording it at this moment.")
    fallback: Fallback = Field(
        description="Why the rules answer although a model is set up; empty: it is none, or it did."
    )
    filled: list[int] = Field(
        description="Places in `sentences` of those of the rules, where a model's own did not pass."
    )
    downgrades: list[str] = Field(description="Controls that the server of the model lacks.")
    answered_at: datetime | None = Field(description="When; null while it waits.")
    said: str = Field(description="What a person said with the verdict or the outcome.")
    said_by: str | None = Field(description="Who.")
    said_at: datetime | None = Field(description="When.")


class AdviceTrail(View):
    """All that an answer was made of."""

    intent: dict[str, object] = Field(description="What was understood of the question.")
    by_rules: dict[str, object] | None = Field(description="The rules' answer, if a model's shows.")
    trail: dict[str, object] = Field(
        description="Prompt, context and what fell out of it, model, settings, raw output, what"
        " the guard said, timings."
    )
