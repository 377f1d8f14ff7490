"""A request to a model, and its reply, piece by piece or whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["system", "user", "assistant", "tool"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Budget:
    """What an answer may cost.

    Parameters
    ----------
    total_s
        Time from the question to the last token, waits and retries included.
    first_token_s
        Time to the first token of each try.
    most_bytes
        Size of the answer on the wire.
    """

    total_s: float = 30.0
    first_token_s: float = 15.0
    most_bytes: int = 4 * 2**20


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is asked.

    Parameters
    ----------
    messages
        In order.
    fields
        Further fields of the request, as `ops.advise.provider.decoding` makes them.
    stream
        Whether the answer is sent piece by piece.
    may_be_cut
        Whether an answer that ends at its longest length is one, too.
    """

    messages: tuple[Message, ...]
    fields: Mapping[str, Any] = field(default_factory=dict[str, Any])
    stream: bool = True
    budget: Budget = Budget()
    may_be_cut: bool = False


@dataclass(frozen=True, slots=True)
class ToolCall:
    """A tool that the model wants called; its arguments are text that nobody has checked."""

    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ChatReply:
    """A whole answer.

    Parameters
    ----------
    text
        What the model said; empty if it only calls tools.
    reasoning
        What it thought aloud, where the server tells it apart.
    finish
        Why it ended: ``stop``, ``tool_calls``, or empty if the server did not say.
    model
        Name that the server gave; empty: none.
    prompt_tokens, answer_tokens
        As the server counted; None: it did not say.
    first_token_s, total_s
        Seconds from the question, waits included.
    tries
        Requests that were sent.
    logprobs
        Of each token, as the server sent them.
    drafted
        Tokens that speculative decoding proposed; None: the server did not say.
    """

    text: str
    reasoning: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    finish: str = ""
    model: str = ""
    prompt_tokens: int | None = None
    answer_tokens: int | None = None
    first_token_s: float = 0.0
    total_s: float = 0.0
    tries: int = 1
    logprobs: tuple[dict[str, Any], ...] = ()
    drafted: int | None = None


@dataclass(frozen=True, slots=True)
class Delta:
    """A piece of an answer; the last one carries the whole reply."""

    text: str = ""
    reasoning: str = ""
    reply: ChatReply | None = None
