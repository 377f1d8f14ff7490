"""Why a language model gave no answer that can be used."""

import json

from ops.advise.answer import Fallback
from ops.errors import OpsError

LONGEST_DETAIL = 300
_TOO_LONG = ("exceed_context_size", "context_length_exceeded", "context length", "context size",
             "context window")  # fmt: skip


class ProviderFailed(OpsError):
    """A server gave no answer: the reason as answers say it, and a detail without secrets.

    Parameters
    ----------
    reason
        What the answer of the rules says about it.
    detail
        One sentence for the audit, cut at 300 characters.
    retry_after
        Seconds after which the server would be asked again, if it said so.
    """

    def __init__(self, reason: Fallback, detail: str, retry_after: float | None = None) -> None:
        self.reason: Fallback = reason
        detail = detail.replace("\0", "\ufffd")  # no database keeps it
        self.detail = detail if len(detail) <= LONGEST_DETAIL else f"{detail[:LONGEST_DETAIL]}..."
        self.retry_after = retry_after
        super().__init__(f"{reason}: {self.detail}")


class PromptTooLong(ProviderFailed):
    """The server refuses a prompt because it does not fit; a shorter one may."""

    def __init__(self, detail: str) -> None:
        super().__init__("too-long", detail)


def without_secret(text: str, secret: str) -> str:
    """Strike a key out of what a server says, as it stands or as JSON writes it."""
    for spelling in (secret, json.dumps(secret)[1:-1]) if secret else ():
        text = text.replace(spelling, "***")
    return text


def is_too_long(told: str) -> bool:
    """Whether an error says that the prompt does not fit, as servers word it.

    Examples
    --------
    >>> is_too_long("the prompt is longer than the context length of the model")
    True
    """
    return any(word in told.lower() for word in _TOO_LONG)
