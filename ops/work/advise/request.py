"""What a model is asked: the prompt, what the guard knows of it, how it is decoded."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ops.advise.answer import Answer
from ops.advise.case import Case
from ops.advise.context.retention import CountedBy
from ops.advise.context.tokens import most_tokens
from ops.advise.guard.context import GuardContext, guard_context
from ops.advise.guard.retold import with_own
from ops.advise.guard.schema import answer_schema
from ops.advise.memory import Remembered
from ops.advise.prompt.form import form_text
from ops.advise.prompt.prompt import Prompt, Terms, prompt_of
from ops.advise.provider.bias import Tokenize
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import ChatRequest
from ops.advise.provider.decoding import Decoding, decoding_of
from ops.advise.provider.rates import estimated_tokens
from ops.advise.provider.tokens import tokenizer_of
from ops.advise.rules.allowed import allowed
from ops.work.advise.draft import Draft
from ops.work.advise.gather import codes_of
from ops.work.advise.language_model import LanguageModel

LEAST_CONTEXT = 4096  # tokens that a server is trusted with when it does not say


@dataclass(frozen=True, slots=True)
class Asking:
    """A request, and what is needed to check its answer."""

    prompt: Prompt
    context: GuardContext
    decoding: Decoding
    request: ChatRequest

    def told(self, capabilities: Capabilities, model: LanguageModel) -> dict[str, Any]:
        """Return what is kept of it: the prompt, what fell out of it, and how it was asked."""
        return {
            "prompt": [{"role": m.role, "content": m.content} for m in self.request.messages],
            "aliases": dict(self.prompt.aliases),
            "context": self.prompt.retention.model_dump(mode="json"),
            "settings": dict(self.decoding.fields),
            "structure": self.decoding.structure,
            "downgrades": list(self.decoding.downgrades),
            "software": capabilities.software,
            "identity": capabilities.identity,
            "adapter": model.server.adapter,
            "probed_at": capabilities.probed_at,
        }


def asking(
    model: LanguageModel,
    capabilities: Capabilities,
    draft: Draft,
    *,
    people: Sequence[str],
    now_us: int,
    ends: float,
    most: int | None = None,
) -> Asking:
    """Make the request of a draft; the same draft and capabilities make the same bytes.

    Parameters
    ----------
    people
        Names that must not leave the host.
    now_us
        Microseconds since 1970 UTC.
    ends
        Until when it has to be made, on the monotonic clock: the server's tokenizer may be slow.
    most
        Tokens of the prompt, if it may have fewer than the server says.

    Raises
    ------
    ContextTooSmall
        If what must be in the prompt does not fit.
    ProviderFailed
        If the server's tokenizer does not answer, or not in time.
    """
    pairs = {case.id: allowed(case, (*draft.cases, *draft.beside)) for case in draft.cases}
    names = (*codes_of(draft.names), *_words(draft))

    def known(
        aliases: Mapping[str, str],
        cases: Sequence[Case],
        memories: Sequence[Remembered],
        pseudonyms: Sequence[str] = (),
    ) -> GuardContext:
        shown = {alias: one for alias, one in aliases.items() if alias.startswith("E")}
        return guard_context(
            cases,
            pairs,
            names=(*names, *pseudonyms),
            memories=memories,
            now_us=now_us,
            aliases=shown,
        )

    def schema_of(
        aliases: Mapping[str, str], cases: Sequence[Case], memories: Sequence[Remembered]
    ) -> str:
        return form_text(answer_schema(known(aliases, cases, memories)))

    tokenize = tokenizer_of(model.server, capabilities, clock=time.monotonic, ends=ends)
    terms = _terms(model, capabilities, draft, people=people, tokenize=tokenize, most=most)
    given = (draft.question, draft.intent, draft.cases, draft.memories, pairs)
    prompt = prompt_of(*given, terms)
    context = known(prompt.aliases, prompt.cases, prompt.memories, prompt.people.pseudonyms)
    controls = replace(model.controls, schema=answer_schema(context))
    decoding = decoding_of(controls, capabilities, tokenize)
    if decoding.structure in ("json_object", "prompt"):  # the server takes no schema
        prompt = prompt_of(*given, replace(terms, schema_of=schema_of))
        context = known(prompt.aliases, prompt.cases, prompt.memories, prompt.people.pseudonyms)
    if prompt.draft is not None:
        context = with_own(context, prompt.draft)
    request = ChatRequest(
        messages=prompt.messages,
        fields=decoding.fields,
        stream=_streams(capabilities, terms),
        budget=model.budget,
    )
    return Asking(prompt, context, decoding, request)


def _terms(
    model: LanguageModel,
    capabilities: Capabilities,
    draft: Draft,
    *,
    people: Sequence[str],
    tokenize: Tokenize | None,
    most: int | None,
) -> Terms:
    """Say what a prompt may have, and how its tokens are counted."""
    budget = _budget(model, capabilities)
    count, counted_by = _count(tokenize, capabilities)
    return Terms(
        budget=budget if most is None else min(budget, most),
        count=count,
        counted_by=counted_by,
        names=tuple(people),
        cited=_cited(draft.answer),
        draft=draft.answer,
    )


def _streams(capabilities: Capabilities, terms: Terms) -> bool:
    """Whether the answer comes in pieces: of a prompt that was estimated the reply needs a count.

    Not every stream has one.
    """
    checkable = terms.counted_by != "estimate" or capabilities.stream_usage
    return checkable and (capabilities.stream or not capabilities.probed_at)


def _words(draft: Draft) -> tuple[str, ...]:
    """Names of the question itself, and of what its cases are about."""
    named = [one.code for one in draft.intent.named]
    return tuple(dict.fromkeys((*named, *(case.title for case in draft.cases))))


def _count(
    tokenize: Tokenize | None, capabilities: Capabilities
) -> tuple[Callable[[str], int] | None, CountedBy]:
    """Tokens of a text: by the tokenizer, else estimated, else None: by a bound."""
    rates = capabilities.token_rates
    if tokenize is not None:
        return lambda text: len(tokenize(text)), "server"
    if rates is None:
        return None, "bound"
    return lambda text: min(estimated_tokens(text, rates), most_tokens(text)), "estimate"


def _cited(answer: Answer) -> tuple[str, ...]:
    """Ids of the evidence that the rules' answer rests on, in its order."""
    ids = [
        one
        for claim in answer.claims
        for one in (*(s.evidence for s in claim.slots.values() if s.evidence), *claim.evidence)
    ]
    return tuple(dict.fromkeys(ids))


def _budget(model: LanguageModel, capabilities: Capabilities) -> int:
    """Tokens that a prompt may have beside the answer; what an administrator says, counts."""
    whole = model.context or capabilities.context_length or LEAST_CONTEXT
    rates = capabilities.token_rates
    template = 0 if rates is None else rates.template
    room = whole - model.controls.max_tokens - template
    if model.context:
        return room
    return min(room, capabilities.effective_length or room)
