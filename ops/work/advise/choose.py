"""A model chooses what is looked up, before anything that somebody else wrote is read."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ops.advise.provider.ask import ask
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget, ChatReply, ChatRequest, ToolCall
from ops.advise.provider.decoding import Decoding, decoding_of
from ops.advise.provider.failure import ProviderFailed
from ops.advise.question import Intent
from ops.advise.tools.ask import ToolPrompt, tool_prompt
from ops.advise.tools.choose import calls_of, chosen
from ops.advise.tools.spec import calls_schema, tool_specs
from ops.work.advise.draft import Draft
from ops.work.advise.language_model import LanguageModel

MOST_TOKENS = 512  # of an answer that lists calls
SHARE = 0.4  # of the time that is left: the rest is for the wording


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the model wants looked up; without an intent the rules' one stands.

    Parameters
    ----------
    trail
        Prompt, settings, raw answer, and why it was not followed.
    """

    intent: Intent | None
    trail: Mapping[str, Any]


def choose(
    model: LanguageModel,
    capabilities: Capabilities,
    draft: Draft,
    *,
    people: Sequence[str],
    ends: float,
) -> Chosen:
    """Let a model choose among the tools, all of which only read.

    Of a draft nothing is told but the question and the names that it mentions.

    Parameters
    ----------
    people
        Names that must not leave the host.
    ends
        Until when the whole answer has to be there, on the monotonic clock.
    """
    prompt = tool_prompt(
        draft.question, draft.intent.named, names=people, has_tools=capabilities.tools
    )
    decoding = _decoding(model, capabilities)
    trail: dict[str, Any] = {
        "prompt": [{"role": m.role, "content": m.content} for m in prompt.messages],
        "settings": dict(decoding.fields),
        "refused": "",
    }
    left = max(ends - time.monotonic(), 0.0) * SHARE
    budget = Budget(left, min(left, model.budget.first_token_s), model.budget.most_bytes)
    request = ChatRequest(prompt.messages, decoding.fields, stream=False, budget=budget)
    try:
        reply = ask(model.server, capabilities, request, clock=time.monotonic)
    except ProviderFailed as failed:
        return Chosen(None, trail | {"refused": str(failed), "fallback": failed.reason})
    return _followed(reply, prompt, draft, trail)


def _decoding(model: LanguageModel, capabilities: Capabilities) -> Decoding:
    controls = replace(
        model.controls,
        max_tokens=min(model.controls.max_tokens, MOST_TOKENS),
        bias={},
        labels={},
        schema=None if capabilities.tools else calls_schema(),
    )
    found = decoding_of(controls, capabilities)
    if not capabilities.tools:
        return found
    fields = {**found.fields, "tools": tool_specs(), "tool_choice": "required"}
    return replace(found, fields=fields)


def _followed(reply: ChatReply, prompt: ToolPrompt, draft: Draft, trail: dict[str, Any]) -> Chosen:
    calls = [
        ToolCall(call.name, prompt.people.put_back(call.arguments))
        for call in reply.tool_calls or calls_of(reply.text)
    ]
    choice = chosen(calls, draft.names, draft.question)
    trail |= {
        "raw": reply.text,
        "calls": [{"name": call.name, "arguments": call.arguments} for call in calls],
        "refused": choice.refused,
        "total_s": reply.total_s,
    }
    if choice.intent is not None:
        trail["intent"] = choice.intent.model_dump(mode="json")
    return Chosen(choice.intent, trail)
