"""How real servers of language models misbehave, one fault at a time.

A fault takes the exchange (`tests.llm.fake_server.Exchange`) and the answer that a good server
would give, and answers in its own way.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.llm.fake_server import Exchange

Fault = Callable[["Exchange", str], None]


def status(code: int, message: str = "no", retry_after: str | None = None) -> Fault:
    """Answer with a status and an error as OpenAI words it."""

    def fault(exchange: "Exchange", answer: str) -> None:
        headers = {} if retry_after is None else {"Retry-After": retry_after}
        exchange.send_json({"error": {"message": message, "code": code}}, code, headers)

    return fault


def too_many(retry_after: str | None = "0.05") -> Fault:
    """Answer 429; `retry_after` in seconds or as a date."""
    return status(429, "slow down", retry_after)


def redirect(to: str) -> Fault:
    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.send(b"", "text/plain", 307, {"Location": to})

    return fault


def body(data: bytes, content_type: str = "application/json") -> Fault:
    """Answer 200 with any bytes: garbage, a page of HTML, JSON of another shape."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.send(data, content_type)

    return fault


html = body(b"<html><body>Bad gateway</body></html>", "text/html")
garbage = body(b"\x00\x01{{{ not JSON")
wrong_shape = body(b'{"choices": "none", "model": 7}')
no_choices = body(b'{"choices": [], "model": "tiny"}')


def raw_stream(*pieces: bytes, ends: bool = True, pause_s: float = 0.0) -> Fault:
    """Send bytes as an event stream, piece by piece; `ends`: whether its end is sent, too."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.start_stream()
        for piece in pieces:
            exchange.send_piece(piece)
            exchange.wait(pause_s)
        if ends:
            exchange.end_stream()

    return fault


invalid_utf8 = raw_stream(b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n')


def truncated(after: int = 2, clean: bool = False) -> Fault:
    """Stream some pieces, then hang up; `clean`: the stream ends, but the answer does not."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.start_stream()
        for event in exchange.events(answer)[:after]:
            exchange.send_event(event)
        if clean:
            exchange.end_stream()

    return fault


def without_done(exchange: "Exchange", answer: str) -> None:
    """Stream the whole answer, but not ``[DONE]``."""
    exchange.start_stream()
    for event in exchange.events(answer):
        exchange.send_event(event)
    exchange.end_stream()


def slow(first_token_s: float, between_s: float = 0.0) -> Fault:
    """Wait before the first token, and between tokens."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.start_stream()
        exchange.wait(first_token_s)
        for event in exchange.events(answer):
            exchange.send_event(event)
            exchange.wait(between_s)
        exchange.send_piece(b"data: [DONE]\n\n")
        exchange.end_stream()

    return fault


def drip(pause_s: float = 0.02, piece: bytes = b": keep-alive\n\n") -> Fault:
    """Send a little for ever, so that no single read takes long."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.start_stream()
        while not exchange.wait(pause_s):
            exchange.send_piece(piece)

    return fault


def silent(seconds: float = 60.0) -> Fault:
    """Take the question and say nothing, not even a status."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.wait(seconds)

    return fault


def huge(size: int) -> Fault:
    """Answer with more than anybody wants to read."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.start_stream()
        for _ in range(size // 65536 + 1):
            exchange.send_piece(b"data: " + b"x" * 65536)
        exchange.end_stream()

    return fault


def answering(text: str) -> Fault:
    """Answer well, but this text."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.send_answer(text)

    return fault


def other_model(name: str) -> Fault:
    """Answer by another model than was asked for, without a word about it but the name."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.send_answer(answer, model=name)

    return fault


def reasoning_only(exchange: "Exchange", answer: str) -> None:
    """Put everything into the field of the reasoning, nothing into the answer."""
    exchange.send_answer("", reasoning=answer)


def too_long(exchange: "Exchange", answer: str) -> None:
    """End in the middle, as the longest answer is reached."""
    exchange.send_answer(answer[: len(answer) // 2], finish="length")


def filtered(exchange: "Exchange", answer: str) -> None:
    """Refuse for the content."""
    exchange.send_answer("", finish="content_filter")


def tool_call(name: str, arguments: object) -> Fault:
    """Call a tool instead of an answer."""

    def fault(exchange: "Exchange", answer: str) -> None:
        exchange.send_answer("", finish="tool_calls", tools=((name, json.dumps(arguments)),))

    return fault


def error_in_stream(exchange: "Exchange", answer: str) -> None:
    """Begin well, then send an error as an event, as llama.cpp and vLLM do."""
    exchange.start_stream()
    exchange.send_event(exchange.events(answer)[0])
    exchange.send_event({"error": {"code": 500, "message": "out of memory"}})
    exchange.end_stream()
