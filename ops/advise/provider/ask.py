"""A question to a model over HTTP: `stream` gives pieces, `ask` the whole reply."""

import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import ChatReply, ChatRequest, Delta
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.reply import Assembly, is_same_model
from ops.advise.provider.server import Server
from ops.advise.provider.sse import data_of
from ops.advise.provider.wire import Bounds, Received, exchanged, loaded

MOST_TRIES = 3
FIRST_PAUSE_S = 0.5  # before another try, if the server does not say how long

Clock = Callable[[], float]


def stream(
    server: Server,
    capabilities: Capabilities,
    request: ChatRequest,
    *,
    clock: Clock,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Delta]:
    """Ask, and give the answer as it comes; the last delta carries the whole reply.

    Parameters
    ----------
    capabilities
        As probed. Where no stream was seen, the answer comes as one piece.
    clock
        Seconds that only grow, such as `time.monotonic`.

    Raises
    ------
    ProviderFailed
        On any failure, also after some pieces: they are then not to be used. A server that
        asks to wait (429, or 503 with ``Retry-After``) is asked again, if the wait ends within
        the budget.
    """
    server.refuse_unless_allowed()
    body = _body(server, capabilities, request)
    started = clock()
    ends = started + request.budget.total_s
    for attempt in range(1, MOST_TRIES + 1):
        try:
            yield from _answered(server, body, request, started, attempt, clock)
            return
        except ProviderFailed as failure:
            pause = _pause(failure, attempt)
            if pause is None or attempt == MOST_TRIES or clock() + pause >= ends:
                raise
        sleep(pause)


def ask(
    server: Server,
    capabilities: Capabilities,
    request: ChatRequest,
    *,
    clock: Clock,
    sleep: Callable[[float], None] = time.sleep,
) -> ChatReply:
    """Ask, and wait for the whole answer.

    Raises
    ------
    ProviderFailed
        As `stream`.
    """
    last = Delta()
    for delta in stream(server, capabilities, request, clock=clock, sleep=sleep):
        last = delta
    if last.reply is None:
        raise ProviderFailed("truncated", "the answer has no end")
    return last.reply


def _body(server: Server, capabilities: Capabilities, request: ChatRequest) -> dict[str, Any]:
    body: dict[str, Any] = {**request.fields}
    body["messages"] = [asdict(message) for message in request.messages]
    body["stream"] = request.stream and capabilities.stream
    if body["stream"] and capabilities.stream_usage:
        body["stream_options"] = {"include_usage": True}
    model = _model(server, capabilities)
    if model:
        body["model"] = model
    if capabilities.adapter_form == "llama.cpp":  # else it applies all that it has loaded
        every = enumerate(capabilities.adapters)
        body["lora"] = [{"id": i, "scale": float(name == server.adapter)} for i, name in every]
    return body


def _model(server: Server, capabilities: Capabilities) -> str:
    """Name that is asked for; an adapter that is not there would be another model."""
    if server.adapter and server.adapter not in capabilities.adapters:
        raise ProviderFailed("wrong-model", f"no request can choose {server.adapter!r} there")
    if server.adapter and capabilities.adapter_form == "vllm":
        return server.adapter
    wanted, listed = server.model or capabilities.model, capabilities.models
    if wanted and listed and not any(is_same_model(wanted, one) for one in listed):
        raise ProviderFailed("wrong-model", f"the server does not list {wanted!r}")
    return wanted or next(iter(listed), "")


def _answered(
    server: Server,
    body: dict[str, Any],
    request: ChatRequest,
    started: float,
    attempt: int,
    clock: Clock,
) -> Iterator[Delta]:
    budget = request.budget
    ends = started + budget.total_s
    first = clock() + budget.first_token_s if body["stream"] else ends
    bounds = Bounds(ends, min(first, ends), budget.most_bytes)
    asked, first_s = body.get("model", ""), 0.0
    assembly = Assembly(asked, may_be_cut=request.may_be_cut, secret=server.key)
    with exchanged(server, server.at("/chat/completions"), body, bounds, clock) as received:
        for delta in _pieces(received, assembly):
            if (delta.text or delta.reasoning) and not first_s:
                first_s = clock() - started
                received.begun()
            yield delta
        total_s = clock() - started
    if not first_s:
        first_s = total_s
    reply = assembly.reply(first_token_s=first_s, total_s=total_s, tries=attempt)
    yield Delta(reply=reply)


def _pieces(received: Received, assembly: Assembly) -> Iterator[Delta]:
    if received.content_type == "text/event-stream":
        yield from _events(received, assembly)
    elif received.content_type == "application/json":
        yield assembly.add(received.json())
    else:
        kind = received.content_type[:60] or "nothing"
        raise ProviderFailed("garbage", f"the answer says that it is {kind}, not JSON")


def _events(received: Received, assembly: Assembly) -> Iterator[Delta]:
    """Pieces of a stream; it is whole if it says why it ended, or that it is done."""
    done = False
    for data in data_of(received.pieces):
        done = data.strip() == "[DONE]"
        if done:
            break
        delta = assembly.add(loaded(data))
        if delta.text or delta.reasoning:
            yield delta
    if not done and not assembly.finish:
        raise ProviderFailed("truncated", "the stream ended before the answer did")


def _pause(failure: ProviderFailed, attempt: int) -> float | None:
    """Seconds until another try; None: there is none."""
    if failure.retry_after is not None:
        return failure.retry_after
    return FIRST_PAUSE_S * 2 ** (attempt - 1) if failure.reason == "rate-limited" else None
