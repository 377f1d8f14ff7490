"""Whether a token that is banned is gone, and one that is favoured comes."""

from typing import Any

from ops.advise.provider.chat import ChatReply
from ops.advise.provider.probing import Found, Probing
from ops.advise.provider.tokens import read_tokens, tokenizing

_FAVOURED = ("yes", "no", "one", "x", "7")
STRONGEST = 100


def bias(probing: Probing, found: Found) -> Found:
    """Ban the first token of an answer and look; favour another one and look."""
    form = found.get("tokenize", "")
    if not form:
        probing.notes.append("logit bias: not tried, as the server has no tokenizer")
        return {}

    def tokens(text: str) -> tuple[int, ...]:
        body = tokenizing(form, probing.model, text)
        return read_tokens(probing.json(probing.server.root + "/tokenize", body))

    looks: dict[str, Any] = {"logprobs": True, "top_logprobs": 2} if found.get("logprobs") else {}
    before, again = (probing.said(**looks) for _ in range(2))
    if _first(before) != _first(again):
        probing.notes.append("logit bias: not tried, as the same question has two answers")
        return {}
    text = before.text.lstrip()
    banned = {tokens(variant)[0] for variant in (before.text, text, f" {text}")}
    after = probing.said(logit_bias={str(token): -STRONGEST for token in banned}, **looks)
    # without probabilities, a word that other tokens spell is taken for the banned one
    stays = _first(after) == _first(before) if looks else tokens(after.text)[0] in banned
    gone = not stays
    raised = gone and _rises(probing, text, {word: tokens(word) for word in _FAVOURED})
    if not gone:
        probing.notes.append("logit_bias: taken, but the banned token is still there")
    return {"logit_bias": gone, "logit_raise": raised}


def _first(reply: ChatReply) -> str:
    """First token, as the server tells it, else the first word."""
    if reply.logprobs:
        return str(reply.logprobs[0].get("token", ""))
    return reply.text.split(maxsplit=1)[0]


def _rises(probing: Probing, text: str, words: dict[str, tuple[int, ...]]) -> bool:
    for word, ids in words.items():
        if len(ids) == 1 and not text.lower().startswith(word):
            reply = probing.said(logit_bias={str(ids[0]): STRONGEST}, max_tokens=3)
            return reply.text.startswith(word)
    return False
