"""Claims out of a stream: each as soon as its closing brace has arrived."""

import re

from ops.advise.guard.parse import LONGEST_ANSWER, NotAnAnswer, parsed_claim
from ops.advise.guard.said import SaidClaim

_BEGIN = re.compile(r'(?<!\\)"claims"\s*:\s*\[')


class ClaimStream:
    """Feed pieces of an answer, get the claims that they complete.

    It only looks ahead: what counts is `parsed` on the whole text in the end, and the guard on
    each claim.

    Examples
    --------
    >>> stream = ClaimStream()
    >>> stream.feed('{"claims": [{"role": "note", "te')
    ()
    >>> [one.text for one in stream.feed('xt": "Nothing new."}, ')]
    ['Nothing new.']
    """

    def __init__(self) -> None:
        self._text = ""
        self._at: int | None = None  # where the next claim is looked for
        self._start = -1
        self._depth = 0
        self._inside = False
        self._escaped = False
        self._over = False

    def feed(self, piece: str) -> tuple[SaidClaim, ...]:
        """Take the next piece.

        Raises
        ------
        NotAnAnswer
            If a completed claim is not of its form, or the answer grows too long.
        """
        self._text += piece
        if len(self._text) > LONGEST_ANSWER:
            raise NotAnAnswer(f"more than {LONGEST_ANSWER} characters")
        if self._at is None:
            begun = _BEGIN.search(self._text)
            if begun is None:
                return ()
            self._at = begun.end()
        found: list[SaidClaim] = []
        while not self._over and self._at < len(self._text):
            if self._step(self._text[self._at]):
                found.append(parsed_claim(self._text[self._start : self._at + 1]))
            self._at += 1
        return tuple(found)

    def _step(self, sign: str) -> bool:
        """Take one character; whether it closes a claim."""
        if self._inside:
            self._inside = self._escaped or sign != '"'
            self._escaped = sign == "\\" and not self._escaped
            return False
        self._inside = sign == '"'
        if self._depth == 0:
            self._over = sign == "]"
        if sign in "{[" and not self._over:
            self._start = (self._at or 0) if self._depth == 0 else self._start
            self._depth += 1
        elif sign in "}]" and not self._over:
            self._depth -= 1
            return self._depth == 0
        return False
