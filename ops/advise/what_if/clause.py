"""One clause of a what-if: its words, with a sign in the place of each name, and its periods."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ops.advise.understand.wording import tidy
from ops.advise.what_if.change import changes
from ops.advise.what_if.period import periods_of
from ops.advise.what_if.scenario_names import Thing, ThingKind, Things, things
from ops.advise.what_if.what_if_words import means, words_for
from solvers.scenario.document import Scenario

_SIGN = 0xE000  # private use: the sign of thing i is chr(_SIGN + i)
_STRONG = re.compile(r"[;\n?!。、\uff1b\uff1f\uff01]+|\.(?=\s|$)|[,\uff0c](?!\d)")
_WEAK = re.compile(r"\s+(?:and|und|then|dann|as well as|sowie|plus)\s+|并且|而且|同时|以及")
_ASKS = re.compile(
    r"\s*(?:how|what|which|is|are|would|will|does|do|can|could|wie|was|welche\w*|ist|lohnt|kannst)\b",
    re.IGNORECASE,
)
_VERBS = ("close", "open", "remove", "fail")
_ARTICLE = r"(?:(?:the|our|a|dem|der|die|das|den|unser\w*|supplier|plant|werk|lager|in)\s+)*"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause.

    Parameters
    ----------
    text
        As written.
    said
        Folded, names replaced by signs, periods taken out.
    """

    text: str
    said: str
    things: Things
    periods: tuple[str, ...]

    def of(self, kind: ThingKind) -> tuple[Thing, ...]:
        """Things of a kind that it names."""
        return self.things.of(kind)

    def after(self, meaning: str) -> str | None:
        """Code of the first site right after a word of a meaning: from, to."""
        for place, thing in enumerate(self.things.found):
            sign = chr(_SIGN + place)
            if thing.kind == "site" and re.search(
                rf"{words_for(meaning)}\s*{_ARTICLE}{sign}", self.said
            ):
                return thing.code
        return None

    def pair(self) -> tuple[str, str] | None:
        """Codes of two sites with nothing but a dash, an arrow or "to" between them."""
        signs = "".join(chr(_SIGN + i) for i, t in enumerate(self.things.found) if t.kind == "site")
        if len(signs) < 2:
            return None
        between = rf"\s*(?:->|=>|\u2192|>|-|{words_for('into')})\s*{_ARTICLE}"
        found = re.search(rf"([{signs}]){between}([{signs}])", self.said)
        if found is None:
            return None
        first, second = (self.things.found[ord(found[i]) - _SIGN].code for i in (1, 2))
        return first, second

    def means(self, meaning: str) -> bool:
        """Whether it holds a word of a meaning."""
        return means(self.said, meaning)


def clause_of(text: str, scenario: Scenario) -> Clause:
    """Clause of a text.

    Raises
    ------
    Unclear
        If it names a period that is not there.
    """
    tidied = tidy(text)
    named = things(tidied, scenario)
    masked = tidied
    for place in range(len(named.found) - 1, -1, -1):
        thing = named.found[place]
        masked = f"{masked[: thing.start]}{chr(_SIGN + place)}{masked[thing.end :]}"
    periods = periods_of(masked.casefold(), scenario)
    return Clause(tidied, periods.rest, named, periods.codes)


def clauses(text: str) -> Iterator[str]:
    """Clauses of a text: cut at signs, and at "and" where a further change follows.

    Examples
    --------
    >>> list(clauses("Close A and B, and raise demand by 10 %"))
    ['Close A and B', 'raise demand by 10 %']
    """
    kept = ""
    for bare in pieces(text):
        if kept and acts(kept) and _ASKS.match(bare) and not acts(bare):
            continue  # what one wants to hear is no part of the change
        if kept and not acts(bare):
            kept = f"{kept} and {bare}"
        elif kept and not acts(kept):
            kept = f"{kept} {bare}"
        else:
            if kept:
                yield kept
            kept = bare
    if kept:
        yield kept


def pieces(text: str) -> Iterator[str]:
    """Pieces of a text between signs, and between words such as "and"."""
    for strong in _STRONG.split(text):
        for part in _WEAK.split(strong):
            bare = re.sub(r"^\s*(?:and|und|then|dann)\s+", "", part).strip()
            if bare:
                yield bare


def acts(text: str) -> bool:
    """Whether a text says that something is changed."""
    folded = tidy(text).casefold()
    return any(means(folded, verb) for verb in _VERBS) or changes(folded)
