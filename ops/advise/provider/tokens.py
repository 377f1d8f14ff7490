"""A server's own tokenizer, in the forms that servers have."""

from collections.abc import Callable
from math import inf
from typing import Any

from ops.advise.provider.capabilities import Capabilities, Tokenizer
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.server import Server
from ops.advise.provider.wire import Bounds, exchanged

LONGEST_S = 5.0
MOST_BYTES = 16 * 2**20


def tokenizer_of(
    server: Server,
    capabilities: Capabilities,
    *,
    clock: Callable[[], float],
    ends: float = inf,
) -> Callable[[str], tuple[int, ...]] | None:
    """Tokens of a text, as the server cuts it; None if it has no tokenizer.

    Each call is a request of at most 5 s, and none lasts beyond `ends` of the clock.

    Raises
    ------
    ProviderFailed
        By the function, if the server does not answer.
    """
    form = capabilities.tokenize
    if not form:
        return None

    def tokens(text: str) -> tuple[int, ...]:
        until = min(clock() + LONGEST_S, ends)
        body = tokenizing(form, server.model or capabilities.model, text)
        bounds = Bounds(until, until, MOST_BYTES)
        with exchanged(server, server.root + "/tokenize", body, bounds, clock) as received:
            return read_tokens(received.json())

    return tokens


def tokenizing(form: Tokenizer, model: str, text: str) -> dict[str, Any]:
    """Body of a request to ``/tokenize``."""
    if form == "llama.cpp":
        return {"content": text, "add_special": False}
    return {"model": model, "prompt": text, "add_special_tokens": False}


def read_tokens(answer: Any) -> tuple[int, ...]:
    """Ids in an answer of ``/tokenize``.

    Raises
    ------
    ProviderFailed
        ``garbage``, if there are none.
    """
    found = answer.get("tokens") if isinstance(answer, dict) else None
    if not isinstance(found, list):
        raise ProviderFailed("garbage", "the tokenizer gives no list")
    ids: list[Any] = found
    if not all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in ids):
        raise ProviderFailed("garbage", "the tokenizer gives what is no token")
    return tuple(ids)
