"""The means of a probe: short questions, each bounded in time, failures kept as notes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ops.advise.provider.ask import ask, stream
from ops.advise.provider.capabilities import Capabilities
from ops.advise.provider.chat import Budget, ChatReply, ChatRequest, Message
from ops.advise.provider.failure import ProviderFailed
from ops.advise.provider.server import Server
from ops.advise.provider.wire import Bounds, exchanged

LONGEST_TRY_S = 10.0
REASONING_TOKENS = 1024  # more, in twice the time, for a model that thinks before it answers
LONGEST_PATH_S = 3.0
MOST_BYTES = 2**20
GREETING = "Say hello."
GONE_WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)  # of another shape

Found = dict[str, Any]  # fields of Capabilities


class Probing:
    """A probe under way.

    Parameters
    ----------
    ends
        When it is over, on the clock.
    """

    def __init__(self, server: Server, clock: Callable[[], float], ends: float) -> None:
        self.server = server
        self.model = server.model
        self.reasons = False
        self.notes: list[str] = []
        self.clock = clock
        self.ends = ends

    def tried(self, what: str, trial: Callable[[], Found]) -> Found:
        """Make a trial; it finds nothing if it fails, with a note that says why."""
        try:
            return trial()
        except ProviderFailed as failure:
            self.notes.append(f"{what}: {failure}")
        except GONE_WRONG as error:
            self.notes.append(f"{what}: an answer of another shape ({type(error).__name__})")
        return {}

    def json(self, url: str, body: Mapping[str, Any] | None = None) -> Any:
        """JSON of a path beside the chat.

        Raises
        ------
        ProviderFailed
            If it has none.
        """
        ends = min(self.clock() + LONGEST_PATH_S, self.ends)
        bounds = Bounds(ends, ends, MOST_BYTES)
        with exchanged(self.server, url, body, bounds, self.clock) as received:
            return received.json()

    def there(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """JSON of a path at the server's root; an empty object if it is not there."""
        try:
            return self.json(self.server.root + path, body)
        except ProviderFailed:
            return {}

    def said(self, prompt: str = GREETING, *, model: str | None = None, **fields: Any) -> ChatReply:
        """Ask, and read the answer in one piece, cut if need be."""
        who, can = self._who(model)
        return ask(who, can, self._request(prompt, fields), clock=self.clock)

    def counted(self, prompt: str) -> int:
        """Tokens of a prompt by the server's word; 0: it says nothing. The answer is cut short."""
        who, can = self._who(None)
        request = self._request(prompt, {})
        request = replace(request, fields={**request.fields, "max_tokens": 8})
        return ask(who, can, request, clock=self.clock).prompt_tokens or 0

    def streamed(self, *, usage: bool) -> ChatReply:
        """Ask, and read the answer piece by piece; `usage`: ask for a count of tokens, too."""
        who, can = self._who(None)
        request = self._request(GREETING, {})
        can = can.model_copy(update={"stream": True, "stream_usage": usage})
        replies = [delta.reply for delta in stream(who, can, request, clock=self.clock)]
        return next(reply for reply in replies if reply is not None)

    def _who(self, model: str | None) -> tuple[Server, Capabilities]:
        name = self.model if model is None else model
        return Server(self.server.url, name, self.server.key, "", self.server.hosts), Capabilities()

    def _request(self, prompt: str, fields: Mapping[str, Any]) -> ChatRequest:
        longest = LONGEST_TRY_S * (2 if self.reasons else 1)
        seconds = max(min(longest, self.ends - self.clock()), 0.0)
        wishes: dict[str, Any] = {"temperature": 0.0, "seed": 1, "max_tokens": 16, **fields}
        if self.reasons:
            wishes["max_tokens"] += REASONING_TOKENS
        budget = Budget(seconds, seconds, MOST_BYTES)
        return ChatRequest((Message("user", prompt),), wishes, True, budget, may_be_cut=True)
