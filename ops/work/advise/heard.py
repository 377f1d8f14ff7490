"""Ask a model and listen: once more with less if it was too much, and not at all to half of it."""

import time
from collections.abc import Callable, Sequence
from typing import Any

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import ChatReply
from ops.advise.provider.failure import PromptTooLong, ProviderFailed
from ops.advise.provider.rates import likely_tokens
from ops.work.advise.draft import Draft
from ops.work.advise.language_model import LanguageModel
from ops.work.advise.request import Asking, asking

LESS = 0.75  # of a prompt that was too long, for the second try
LEAST = 0.75  # of the tokens that are likely, which a server read if it read all


def heard(
    model: LanguageModel,
    capabilities: Capabilities,
    draft: Draft,
    *,
    people: Sequence[str],
    now_us: int,
    ends: float,
    trail: dict[str, Any],
    hear: Callable[[Asking], ChatReply],
) -> tuple[Asking, ChatReply]:
    """Make a request and hear what a model says to it; the trail has what was asked.

    A server that says at once that the prompt is too long is asked a second time, with three
    quarters of it, in the time that is left.

    Parameters
    ----------
    people, now_us, ends
        As `ops.work.advise.word.word` has them.
    hear
        Sends a request and listens; it leaves what was said so far as ``raw`` in the trail.

    Raises
    ------
    ContextTooSmall
        If what must be in the prompt does not fit.
    ProviderFailed
        On any failure; ``no-context``, if the second prompt was too long as well, or if the
        server's count says that it did not read all of it.
    """
    most: int | None = None
    while True:
        began = time.monotonic()
        asked = asking(
            model, capabilities, draft, people=people, now_us=now_us, ends=ends, most=most
        )
        trail |= asked.told(capabilities, model) | {"prompt_s": time.monotonic() - began}
        try:
            reply = hear(asked)
        except PromptTooLong as failed:
            if trail["raw"]:
                raise
            if most is not None:
                raise ProviderFailed("no-context", f"twice too long: {failed.detail}") from failed
            trail["too_long"] = {"used": asked.prompt.retention.used, "detail": failed.detail}
            most = int(LESS * asked.prompt.retention.used)
            continue
        flaw = unread(asked, reply, capabilities)
        if flaw:
            trail |= {"prompt_tokens": reply.prompt_tokens, "answer_tokens": reply.answer_tokens}
            raise ProviderFailed("no-context", flaw)
        return asked, reply


def unread(asked: Asking, reply: ChatReply, capabilities: Capabilities) -> str:
    """Why an answer is to a part of the prompt; empty: nothing says so.

    Some servers cut a prompt that is too long, or drop a part of it while they answer, without a
    word. Their count of tokens tells: it is far below what was sent, or more than the context
    has, together with the answer. Looked at only where a probe found the counts to be true.
    """
    rates = capabilities.token_rates
    if rates is None:
        return ""
    told = reply.prompt_tokens or 0
    if told <= 0:
        is_sure = asked.prompt.retention.counted_by != "estimate"
        return "" if is_sure else "the server does not say how many tokens it read"
    likely = sum(likely_tokens(m.content, rates) for m in asked.request.messages)
    if told < LEAST * likely:
        return f"the server read {told} tokens of a prompt of about {likely:.0f}"
    whole = capabilities.context_length
    used = told + (reply.answer_tokens or 0)
    if whole is not None and used > whole:
        return f"prompt and answer have {used} tokens, the context has {whole}"
    return ""
