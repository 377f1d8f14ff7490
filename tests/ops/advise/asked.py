"""What a model is asked of cases, and what the guard knows of them, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass

from ops.advise.answer import Answer
from ops.advise.case import Case
from ops.advise.guard.context import GuardContext, guard_context
from ops.advise.guard.retold import with_own
from ops.advise.memory import Remembered
from ops.advise.prompt.prompt import Prompt, Terms, prompt_of
from ops.advise.question import Intent, Question
from ops.advise.rules.advise import advise
from ops.advise.rules.allowed import allowed
from tests.ops.advise.case_samples import NOW

QUESTION = Question(text="What is wrong, and what is to be done?")
INTENT = Intent(topics=())


@dataclass(frozen=True)
class Situation:
    """A prompt, the rules' answer and the guard of the same cases."""

    prompt: Prompt
    answer: Answer
    context: GuardContext

    @property
    def text(self) -> str:
        return "\n".join(m.content for m in self.prompt.messages)


def asked_of(cases: Sequence[Case], memories: Sequence[Remembered] = ()) -> Situation:
    """Ask about cases as the service does."""
    pairs = {one.id: allowed(one, cases) for one in cases}
    answer = advise(QUESTION, INTENT, cases, memories, now_us=NOW)
    prompt = prompt_of(QUESTION, INTENT, cases, memories, pairs, Terms(10**6))
    context = guard_context(
        prompt.cases, pairs, names=[one.title for one in cases], memories=prompt.memories,
        now_us=NOW, aliases=prompt.evidence,
    )  # fmt: skip
    return Situation(prompt, answer, with_own(context, answer))
