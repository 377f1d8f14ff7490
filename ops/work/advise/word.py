"""A model words an answer: request, stream, guard. On any failure the rules' answer stands."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ops.advise.answer import Answer, Fallback, Judged
from ops.advise.claim import Claim
from ops.advise.context.fit import ContextTooSmall
from ops.advise.evidence import by_id
from ops.advise.guard.check import Checked, check_claim, checked
from ops.advise.guard.leaning import leans_back
from ops.advise.guard.parse import NotAnAnswer, parsed
from ops.advise.guard.stream import ClaimStream
from ops.advise.provider.ask import stream
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import ChatReply
from ops.advise.provider.failure import ProviderFailed
from ops.advise.rendering import sentence
from ops.advise.rules.passed_over import passed_over
from ops.work.advise.draft import Draft
from ops.work.advise.heard import heard
from ops.work.advise.language_model import LanguageModel
from ops.work.advise.request import Asking

Tell = Callable[[Mapping[str, str]], object]
MOST_RAW = 200_000  # characters of what a model said that are kept


@dataclass(frozen=True, slots=True)
class Worded:
    """An answer, and the trail of how it came about."""

    answer: Answer
    trail: Mapping[str, Any]
    draft: Draft | None = None  # what it rests on, if a model chose that


def fallen_back(
    draft: Draft, reason: Fallback, detail: str, trail: Mapping[str, Any] | None = None
) -> Worded:
    """Keep the rules' answer, and say why it is theirs."""
    answer = draft.answer.model_copy(update={"fallback": reason})
    return Worded(answer, {**(trail or {}), "fallback": reason, "detail": detail})


def word(
    model: LanguageModel,
    capabilities: Capabilities,
    draft: Draft,
    *,
    people: Sequence[str],
    now_us: int,
    ends: float,
    tell: Tell,
) -> Worded:
    """Let a model word an answer.

    What the model says is released only as far as the guard lets it: claims whose numbers,
    comparisons, causes and actions are those of the evidence. Where a claim is not let through,
    the rules say what it should have said, and the answer says so; anything worse, and any failure
    on the way, leaves the rules' answer, which says why. Without evidence no model is asked.

    Parameters
    ----------
    capabilities
        What the server was found to be able to do.
    people
        Names that must not leave the host.
    now_us
        Microseconds since 1970 UTC.
    ends
        Until when the whole answer has to be there, on the monotonic clock.
    tell
        Called with each claim of the model that has passed, as it comes.
    """
    trail: dict[str, Any] = {"model": model.server.model, "server": model.server.name}
    if not any(case.evidence for case in draft.cases):
        return Worded(draft.answer, {**trail, "detail": "no evidence: nothing to word"})
    try:
        model.server.refuse_unless_allowed()
        asked, reply = heard(
            model, capabilities, draft, people=people, now_us=now_us, ends=ends, trail=trail,
            hear=lambda asked: _listened(model, capabilities, asked, ends, tell, trail),
        )  # fmt: skip
        trail |= _replied(reply)
        said = parsed(reply.text)
    except ProviderFailed as failed:
        return fallen_back(draft, failed.reason, failed.detail, trail)
    except ContextTooSmall as small:
        return fallen_back(draft, "no-context", str(small), trail)
    except NotAnAnswer as unread:
        return fallen_back(draft, "garbage", str(unread), trail)
    began = time.monotonic()
    result = checked(said, asked.context)
    trail["guard_s"] = time.monotonic() - began
    trail["guard"] = [verdict.model_dump(mode="json") for verdict in result.verdicts]
    if not result.released or not result.claims:
        reason: Fallback = "refused" if said.refusal is not None and not said.claims else "guard"
        return fallen_back(draft, reason, "the guard did not release it", trail)
    return Worded(_answer(draft, asked, result), trail)


def _listened(
    model: LanguageModel,
    capabilities: Capabilities,
    asked: Asking,
    ends: float,
    tell: Tell,
    trail: dict[str, Any],
) -> ChatReply:
    """Ask, and tell each claim as soon as it has passed the guard; the trail has what came."""
    claims, reply, raw, dropped = ClaimStream(), ChatReply(""), list[str](), False
    budget = replace(asked.request.budget, total_s=max(ends - time.monotonic(), 0.0))
    request = replace(asked.request, budget=budget)
    try:
        for delta in stream(model.server, capabilities, request, clock=time.monotonic):
            raw.append(delta.text)
            for said in claims.feed(delta.text):
                claim, _ = check_claim(said, asked.context)
                dropped = dropped or claim is None
                if claim is not None and not (dropped and leans_back(said, asked.context)):
                    tell({"role": claim.role, "text": _sentence(claim, asked)})
            reply = delta.reply or reply
    finally:
        trail["raw"] = "".join(raw)[:MOST_RAW]
    return reply


def _replied(reply: ChatReply) -> dict[str, Any]:
    return {
        "raw": reply.text[:MOST_RAW],
        "reasoning": reply.reasoning[:MOST_RAW],
        "finish": reply.finish,
        "answered_by": reply.model,
        "prompt_tokens": reply.prompt_tokens,
        "answer_tokens": reply.answer_tokens,
        "first_token_s": reply.first_token_s,
        "total_s": reply.total_s,
        "tries": reply.tries,
    }


def _sentence(claim: Claim, asked: Asking) -> str:
    own = asked.prompt.draft.evidence if asked.prompt.draft is not None else ()
    evidence = by_id((*own, *asked.context.evidence.values()))
    return asked.prompt.people.put_back(sentence(claim, evidence))


def _answer(draft: Draft, asked: Asking, result: Checked) -> Answer:
    """Make the answer of what was released; names of people are put back."""
    back = asked.prompt.people.put_back
    claims = tuple(_named(claim, back) for claim in result.claims)
    own = [one for case in draft.cases for one in case.evidence]  # with the names of people
    used = set(result.memories) & {memory.id for memory in draft.memories}
    return draft.answer.model_copy(
        update={
            "claims": _opened(draft, claims),
            "judged": _judged(draft, result),
            "evidence": tuple(by_id((*draft.answer.evidence, *own)).values()),
            "memories": tuple(sorted(used)),
            "source": "model",
            "fallback": "",
            "filled": result.filled,
            "downgrades": asked.decoding.downgrades,
        }
    )


def _opened(draft: Draft, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims after what the rules say of the page that gave way, whether or not a model does."""
    first = passed_over(draft.intent)
    said = {sentence(claim, {}) for claim in first}
    return (*first, *(claim for claim in claims if claim.template not in said))


def _named(claim: Claim, back: Callable[[str], str]) -> Claim:
    """Put the names of people back into a claim."""
    slots = {
        place: slot if slot.name is None else slot.model_copy(update={"name": back(slot.name)})
        for place, slot in claim.slots.items()
    }
    return claim.model_copy(update={"template": back(claim.template), "slots": slots})


def _judged(draft: Draft, result: Checked) -> tuple[Judged, ...]:
    """Join what the model chose with what the rules know; the gravest stays first."""
    by_rules = {one.case: one for one in draft.answer.judged}

    def joined(one: Judged) -> Judged:
        known = by_rules.get(one.case)
        if known is None:
            return one
        kept: dict[str, Any] = {
            "alternatives": known.alternatives, "also": known.also, "title": known.title,
            "title_phrases": known.title_phrases,
        }  # fmt: skip
        if known.action == one.action:
            kept["action_title"] = known.action_title
        return one.model_copy(update=kept)

    chosen = {one.case: joined(one) for one in result.judged}
    return (
        *(chosen.pop(one.case, one) for one in draft.answer.judged),
        *chosen.values(),
    )
