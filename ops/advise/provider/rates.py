"""How many tokens a text is likely to be for a server that counts answers, but cuts no text."""

import re
from collections.abc import Mapping
from math import ceil

from pydantic import Field

from ops.page_value import PageValue

MARGIN = 1.15  # of an estimate above what the rates say
_KINDS = re.compile(
    r"(?P<number> ?[0-9]+(?:[.:-][0-9]+)*)|(?P<capital> ?[A-Z]+(?![a-z]))|(?P<word> ?[A-Za-z]+)"
    r"|(?P<ideograph>[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+)|(?P<mark>[\x00-\x7f])|(?P<other>.)",
    re.DOTALL,
)


class TokenRates(PageValue):
    """Tokens per byte of UTF-8, by kind of text, as a server was seen to count them.

    What is of none of these kinds (umlauts, µ) has a token for each byte, which none exceeds.
    """

    number: float = Field(gt=0, description="Of digits, with points and hyphens between them.")
    capital: float = Field(gt=0, description="Of words in capital letters.")
    word: float = Field(gt=0, description="Of words in other letters of ASCII.")
    mark: float = Field(gt=0, description="Of other ASCII: punctuation, quotes, ends of lines.")
    ideograph: float = Field(gt=0, description="Of Chinese characters and their punctuation.")
    template: int = Field(ge=0, description="Tokens that the server adds to one message.")


def bytes_by_kind(text: str) -> dict[str, int]:
    """Bytes of UTF-8 by kind of text.

    Examples
    --------
    >>> bytes_by_kind("WB-05 is 3.5 µm")
    {'capital': 2, 'mark': 2, 'number': 6, 'word': 4, 'other': 2}
    """
    found: dict[str, int] = {}
    for match in _KINDS.finditer(text):
        kind = match.lastgroup or ""
        found[kind] = found.get(kind, 0) + len(match[0].encode("utf-8", "surrogatepass"))
    return found


def likely_tokens(text: str, rates: Mapping[str, float] | TokenRates) -> float:
    """Tokens of a text by the rates alone; a kind without a rate has a token for each byte."""
    by_kind = rates.model_dump() if isinstance(rates, TokenRates) else rates
    return sum(size * by_kind.get(kind, 1.0) for kind, size in bytes_by_kind(text).items())


def estimated_tokens(text: str, rates: TokenRates) -> int:
    """Tokens that a text is hardly beyond: 15 % and one more than the rates say.

    Examples
    --------
    >>> rates = TokenRates(number=1, capital=0.4, word=0.25, mark=0.5, ideograph=0.4, template=9)
    >>> estimated_tokens("The slope is 0.5.", rates)
    10
    """
    return ceil(MARGIN * likely_tokens(text, rates)) + 1
