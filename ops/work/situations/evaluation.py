"""The advisor held against situations whose truth is known: by rules, by prompts, by a model."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from ops.advise.answer import Answer
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget
from ops.advise.provider.decoding import controls_of
from ops.advise.provider.server import Server
from ops.advise.score import Score, cited_by, scored
from ops.work.advise.draft import Draft
from ops.work.advise.language_model import LanguageModel
from ops.work.advise.request import Asking, asking
from ops.work.advise.word import Worded, word
from ops.work.situations.answer import draft_of
from ops.work.situations.situation import Situation

CONTEXT = 32_768  # tokens of a prompt that is only looked at
_NOWHERE = LanguageModel(
    Server("http://localhost:1/v1", "none"),
    controls_of(temperature=0.0, seed=0, max_tokens=1024, stop=(), effort="", bias=""),
    Budget(),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A model that answers, and what it can do."""

    model: LanguageModel
    capabilities: Capabilities


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of all situations.

    Parameters
    ----------
    rules, model
        Scores by situation; `model` is empty if none was asked.
    prompts
        SHA-256 of each prompt that was made.
    unsteady
        Situations whose prompt was another the second time.
    missing
        What had to be in a prompt and was not, by situation.
    fallbacks
        Why the rules answered for the model: reason to how often.
    """

    rules: tuple[Score, ...] = ()
    model: tuple[Score, ...] = ()
    prompts: tuple[str, ...] = ()
    unsteady: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    fallbacks: dict[str, int] = field(default_factory=dict[str, int])


def evaluated(
    every: Iterable[Situation],
    reached: Reached | None = None,
    heard: Callable[[Score], object] = lambda _: None,
) -> Evaluation:
    """Answer every situation, and hold the answers against the truth.

    Parameters
    ----------
    reached
        A model that is asked as well; None: the rules alone.
    heard
        Called with the score of each answer as it comes.
    """
    rules: list[Score] = []
    by_model: list[Score] = []
    prompts: list[str] = []
    unsteady: list[str] = []
    missing: list[str] = []
    fallbacks: dict[str, int] = {}
    for situation in every:
        draft = draft_of(situation)
        clean = None if situation.clean is None else draft_of(situation.clean)
        rules.append(_scored(situation, draft.answer, None if clean is None else clean.answer))
        heard(rules[-1])
        if any(case.evidence for case in draft.cases):
            asked = _asked(draft, situation)
            prompts.append(_hash(asked))
            if _hash(_asked(draft_of(situation), situation)) != prompts[-1]:
                unsteady.append(situation.id)
            missing += [f"{situation.id}: {what}" for what in _missing(asked, draft)]
        if reached is not None:
            score, reason = _by_model(situation, draft, clean, reached)
            by_model.append(score)
            fallbacks[reason] = fallbacks.get(reason, 0) + 1
            heard(score)
    return Evaluation(
        tuple(rules), tuple(by_model), tuple(prompts), tuple(unsteady), tuple(missing), fallbacks
    )


def _by_model(
    situation: Situation, draft: Draft, clean: Draft | None, reached: Reached
) -> tuple[Score, str]:
    said = _worded(draft, situation, reached)
    other = None if clean is None else _worded(clean, situation, reached).answer
    reason = said.answer.fallback or said.answer.source
    return _scored(situation, said.answer, other), reason


def _worded(draft: Draft, situation: Situation, reached: Reached) -> Worded:
    return word(
        reached.model, reached.capabilities, draft, people=(), now_us=situation.now_us,
        ends=time.monotonic() + reached.model.budget.total_s, tell=lambda _: None,
    )  # fmt: skip


def _scored(situation: Situation, answer: Answer, clean: Answer | None) -> Score:
    names = [word for one in situation.names for word in (one.code, one.title) if word]
    names += situation.question.text.replace("?", " ").replace(",", " ").split()
    return scored(situation.id, situation.kind, answer, situation.truth, names, clean)


def _asked(draft: Draft, situation: Situation) -> Asking:
    able = Capabilities(server="", model="", context_length=CONTEXT)
    ends = time.monotonic() + _NOWHERE.budget.total_s
    return asking(_NOWHERE, able, draft, people=(), now_us=situation.now_us, ends=ends)


def _hash(asked: Asking) -> str:
    told = "\0".join(f"{m.role}\0{m.content}" for m in asked.request.messages)
    return hashlib.sha256(told.encode()).hexdigest()


def _missing(asked: Asking, draft: Draft) -> Iterator[str]:
    """Question, constraints, and what the rules' answer cites of the cases: all must be in."""
    kept = asked.prompt.retention.kept
    kinds = {one.kind for one in kept}
    yield from (kind for kind in ("question", "constraints") if kind not in kinds)
    known = {e.id for case in draft.cases for e in case.evidence if e.value is not None}
    cited = {one for claim in draft.answer.claims for one in cited_by(claim)}
    yield from sorted((cited & known) - {one.id for one in kept})
