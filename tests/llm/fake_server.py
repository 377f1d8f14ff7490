"""A server of language models for tests: a real HTTP server that behaves, or misbehaves, as told.

::

    with FakeServer(answer=lambda asked: asked.prompt.upper()) as server:
        httpx.post(f"{server.url}/chat/completions", json=...)
        server.requests[-1].body["temperature"]

`script` is a fault of `tests.llm.faults` for every chat request, or a list that is used up one by
one (None: answer well; when it is used up: answer well).
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from tests.llm.faults import Fault
from tests.llm.paths import other_path
from tests.llm.personality import (
    LLAMA_CPP,
    Personality,
    Words,
    controlled,
    failing,
    instance,
    token_count,
)


@dataclass(frozen=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def prompt(self) -> str:
        """All messages, one after another."""
        return "\n".join(str(m.get("content") or "") for m in self.body.get("messages", ()))

    @property
    def is_chat(self) -> bool:
        return self.path.endswith("/chat/completions")


Answer = str | Callable[[Asked], str]


class FakeServer:
    """See the module; `url` is its OpenAI-compatible root, `requests` all that came in."""

    def __init__(
        self,
        script: Fault | Sequence[Fault | None] = (),
        *,
        answer: Answer = "Hello.",
        personality: Personality = LLAMA_CPP,
        model: str = "tiny",
        models: Sequence[str] | None = None,
        key: str = "",
    ) -> None:
        self.answer, self.personality, self.key = answer, personality, key
        self.model, self.models = model, [model] if models is None else list(models)
        self.requests: list[Asked] = []
        self.words = Words()
        self.read = ""  # what it has in its cache
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._always = script if callable(script) else None
        self._script = [] if callable(script) else list(script)
        self._http = _Http(("127.0.0.1", 0), partial(_Handler, self))
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        return f"{self.root}/v1"

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def chats(self) -> list[Asked]:
        """The requests that were questions to the model."""
        return [asked for asked in self.requests if asked.is_chat]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def note(self, asked: Asked) -> Fault | None:
        """Keep a request; the fault that it meets."""
        with self._lock:
            self.requests.append(asked)
            if not asked.is_chat:
                return None
            return self._always or (self._script.pop(0) if self._script else None)


class Exchange:
    """One request and the means to answer it."""

    def __init__(self, server: FakeServer, handler: "_Handler", asked: Asked) -> None:
        self.server, self.asked, self._handler = server, asked, handler

    def wait(self, seconds: float) -> bool:
        """Wait; True if the server is stopped meanwhile."""
        return self.server.stopping.wait(seconds)

    def send(
        self, data: bytes, content_type: str, code: int = 200, headers: Mapping[str, str] = {}
    ) -> None:
        """Send a whole answer."""
        self._head(
            code, {"Content-Type": content_type, "Content-Length": str(len(data)), **headers}
        )
        self._handler.wfile.write(data)

    def send_json(self, value: Any, code: int = 200, headers: Mapping[str, str] = {}) -> None:
        self.send(json.dumps(value).encode(), "application/json", code, headers)

    def start_stream(self) -> None:
        self._head(200, {"Content-Type": "text/event-stream", "Transfer-Encoding": "chunked"})

    def send_piece(self, data: bytes) -> None:
        if data:
            self._handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self._handler.wfile.flush()

    def send_event(self, event: Any) -> None:
        self.send_piece(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n")

    def end_stream(self) -> None:
        self._handler.wfile.write(b"0\r\n\r\n")

    def send_answer(self, text: str, **said: Any) -> None:
        """Answer well in the form that was asked for; `said` as in `events`."""
        if not self.asked.body.get("stream"):
            return self.send_json(self.whole(text, **said))
        self.start_stream()
        for event in self.events(text, **said):
            self.send_event(event)
        if self.asked.body.get("stream_options") and self.server.personality.name != "bare":
            self.send_event({"choices": [], "usage": self._usage()})
        self.send_piece(b"data: [DONE]\n\n")
        return self.end_stream()

    def events(
        self,
        text: str,
        *,
        model: str | None = None,
        finish: str = "stop",
        reasoning: str = "",
        tools: Sequence[tuple[str, str]] = (),
    ) -> list[dict[str, Any]]:
        """The events of a stream, without the last ``[DONE]``."""
        deltas: list[dict[str, Any]] = [{"role": "assistant", "content": None}]
        deltas += [{"reasoning_content": reasoning}] if reasoning else []
        deltas += [{"content": text[i : i + 4]} for i in range(0, len(text), 4)]
        for i, (name, arguments) in enumerate(tools):
            deltas.append({"tool_calls": [_call(name, "") | {"index": i}]})
            deltas.append({"tool_calls": [{"index": i, "function": {"arguments": arguments}}]})
        ends: list[str | None] = [None] * len(deltas) + [finish]
        return [
            {
                "object": "chat.completion.chunk",
                "model": self._model() if model is None else model,
                "choices": [{"index": 0, "delta": delta, "finish_reason": end}],
            }
            for delta, end in zip([*deltas, {}], ends, strict=True)
        ]

    def whole(
        self,
        text: str,
        *,
        model: str | None = None,
        finish: str = "stop",
        reasoning: str = "",
        tools: Sequence[tuple[str, str]] = (),
    ) -> dict[str, Any]:
        """The answer in one piece."""
        message: dict[str, Any] = {"role": "assistant", "content": text or None}
        if reasoning:
            message["reasoning_content"] = reasoning
        if tools:
            message["tool_calls"] = [_call(*tool) for tool in tools]
        choice: dict[str, Any] = {"index": 0, "message": message, "finish_reason": finish}
        if self.asked.body.get("logprobs") and self.server.personality.logprobs == "keeps":
            top = [{"token": text[:4], "logprob": -0.5}]
            choice["logprobs"] = {
                "content": [{"token": text[:4], "logprob": -0.5, "top_logprobs": top}]
            }
        return {
            "object": "chat.completion",
            "model": self._model() if model is None else model,
            "choices": [choice],
            "usage": self._usage(),
        }

    def behave(self) -> None:
        """Answer as a good server of this kind does."""
        who, body = self.server.personality, self.asked.body
        if who.overflow == "refuses" and self.sent > (who.context_length or 0):
            told = "the request exceeds the available context size, try increasing it"
            return self.send_json(
                {"error": {"message": told, "type": "exceed_context_size_error"}}, 400
            )
        control = failing(who, body)
        if control:
            return self.send_json({"error": {"message": f"{control} broke"}}, 500)
        if body.get("tools") and who.tools == "keeps" and body.get("tool_choice") == "required":
            function = body["tools"][0]["function"]
            call = (function["name"], json.dumps(instance(function["parameters"])))
            return self.send_answer("", finish="tool_calls", tools=(call,))
        reasoning = "Let me think." if who.effort and body.get("reasoning_effort") == "high" else ""
        return self.send_answer(self.text(), reasoning=reasoning)

    def text(self) -> str:
        """The answer of a good server, controls kept as its kind keeps them."""
        answer = self.server.answer
        text = answer if isinstance(answer, str) else answer(self.asked)
        return controlled(self.server.personality, self.asked.body, text, self.server.words)

    @property
    def sent(self) -> int:
        """Tokens of the prompt, the template's included."""
        messages = self.asked.body.get("messages", ())
        return sum(9 + token_count(str(m.get("content") or "")) for m in messages)

    def _usage(self) -> dict[str, int]:
        count = self._counted()
        return {"completion_tokens": 4} | ({} if count is None else {"prompt_tokens": count})

    def _counted(self) -> int | None:
        who, prompt = self.server.personality, self.asked.prompt
        whole = who.context_length or 0
        match who.usage:
            case "tokens" if self.sent > whole > 0 and who.overflow:
                return whole // 2 + 2 if who.overflow == "cuts" else whole
            case "tokens":
                return self.sent
            case "characters":
                return len(prompt) // 4 + 1
            case "constant":
                return 17
            case "uncached":
                pairs = enumerate(zip(self.server.read, prompt, strict=False))
                known = next((i for i, (a, b) in pairs if a != b), len(self.server.read))
                self.server.read = prompt
                return token_count(prompt[known:])
            case "none":
                return None

    def _model(self) -> str:
        asked = self.asked.body.get("model")
        if asked and (self.server.personality.echoes_model or asked in self.server.models):
            return str(asked)
        return self.server.model

    def _head(self, code: int, headers: Mapping[str, str]) -> None:
        self._handler.send_response(code)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.end_headers()


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # when it is closed they end, and their sockets are closed

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients hang up on servers that misbehave."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, server: FakeServer, *args: Any) -> None:
        self._fake = server
        super().__init__(*args)

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        self._answer(json.loads(self.rfile.read(size) or b"{}"))

    def _answer(self, body: Mapping[str, Any]) -> None:
        self.close_connection = True
        asked = Asked(self.command, self.path, dict(self.headers), body)
        fault = self._fake.note(asked)
        exchange = Exchange(self._fake, self, asked)
        if self._fake.key and self.headers.get("Authorization") != f"Bearer {self._fake.key}":
            told = f"Incorrect API key: {self.headers.get('Authorization')}"
            exchange.send_json({"error": {"message": told}}, 401)
        elif fault is not None:
            fault(exchange, exchange.text())
        elif asked.is_chat:
            exchange.behave()
        else:
            code, value = other_path(self._fake, asked)
            exchange.send_json(value, code)

    def version_string(self) -> str:
        return {"llama.cpp": "llama.cpp", "vllm": "uvicorn"}.get(self._fake.personality.name, "")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _call(name: str, arguments: str) -> dict[str, Any]:
    return {
        "id": "1",
        "type": "function",
        "function": {"name": name, "arguments": arguments},
    }
