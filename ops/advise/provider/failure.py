"""Why a language model gave no answer that can be used."""

import json

from ops.advise.answer import Fallback
from ops.errors import OpsError

LONGEST_DETAIL = 300


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


def without_secret(text: str, secret: str) -> str:
    """Strike a key out of what a server says, as it stands or as JSON writes it."""
    for spelling in (secret, json.dumps(secret)[1:-1]) if secret else ():
        text = text.replace(spelling, "***")
    return text
