"""What of a what-if is no change and no way of asking either: it is told, and never dropped."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ops.advise.understand.vocabulary import alternatives
from ops.advise.understand.wording import parted, tidy
from ops.advise.what_if.clause import Clause, acts, clause_of, pieces
from ops.advise.what_if.harmless_words import CHINESE, ENGLISH, GERMAN, REASONS
from ops.advise.what_if.period import stretch_in
from ops.advise.what_if.scenario_names import near_names
from ops.advise.what_if.unclear import Unclear, names_nothing
from ops.advise.what_if.what_if_words import CHINESE as SUBJECTS_CHINESE
from ops.advise.what_if.what_if_words import COUNTRIES, SPACED
from ops.page_value import Phrase
from solvers.scenario.document import Scenario

_NO_CHANGE = Unclear(
    "that is no change of a plan that is known: say what is altered, and by how much"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ASIDE = re.compile(
    r"\s+(?:while|whilst|whereas|but|although|though|besides|whereby|w\u00e4hrend|aber|obwohl"
    r"|wobei)\s+",
    re.IGNORECASE,
)
_HARMLESS = frozenset(ENGLISH) | frozenset(GERMAN)
_WHERE = re.compile(
    r"\b(?:in|at|for|of|by|bei|f\u00fcr|im)\s+(?:(?:the|a|an|our|all|der|die|das|dem|den)\s+)*"
    r"(?P<word>[^\W\d_]+)"
)
_SHORT = 1  # letters of a word that says nothing


def unheard(
    text: str, scenario: Scenario, names: Sequence[str] = ()
) -> tuple[tuple[Phrase, Phrase], ...]:
    """Clauses that change nothing and ask for nothing of a plan, and why they are not understood.

    Politeness, framing, reasons, questions about the outcome, names and periods are harmless; so
    is what continues the clause before it. Of a clause that changes something only words that say
    of what or where, and name nothing, are told here.

    Parameters
    ----------
    names
        Further names that may stand in it: of the scenario itself.

    Examples
    --------
    >>> unheard("What happens if demand rises by 10 %, please, and what would it cost?", Scenario())
    ()
    >>> [(part, why)] = unheard("demand +10 %, and we paint the hall", Scenario())
    >>> part.english(), why.english()[:25]
    ("'we paint the hall':", 'that is no change of a pl')
    """
    found = ((part, _why(part, scenario, names)) for part in _parts(text))
    return tuple(
        (Phrase.of("{clause}:", clause=repr(part)), why.phrase) for part, why in found if why
    )


def _parts(text: str) -> Iterator[str]:
    for piece in pieces(text):
        yield from (part.strip() for part in _ASIDE.split(f" {piece} ") if part.strip())


def _why(part: str, scenario: Scenario, names: Sequence[str]) -> Unclear | None:
    """Say what of a part is not understood; None if all of it is, or is told elsewhere."""
    if stretch_in(part.casefold()):
        return None
    bare = tidy(part)
    for name in sorted(filter(None, names), key=len, reverse=True):
        bare = re.sub(re.escape(tidy(name)), " ", bare, flags=re.IGNORECASE)
    try:
        clause = clause_of(bare, scenario)
    except Unclear:
        return None  # told as such where it is made an edit
    if clause.things.unknown or clause.things.twice:
        return None
    if acts(part):
        word = _misplaced(clause)
        return names_nothing(word, near_names(word, scenario)) if word else None
    return _NO_CHANGE if _says_more(clause.said) else None


def _says_more(said: str) -> bool:
    """Whether a text without a change holds words beside those that are known."""
    rest = _chinese().sub(" ", _spaced().sub(" ", parted(said)))
    words = [word for word in _WORD.findall(rest) if len(word) > _SHORT or not word.isascii()]
    if words and re.match(rf"\s*(?:{'|'.join(REASONS)})\b", said):
        return False
    return any(_is_unknown(word) for word in words)


def _misplaced(clause: Clause) -> str:
    """Word that says of what or where something is changed, and names nothing; "" if none is.

    A country is known to a tariff alone: sites are named by code or title.
    """
    known = _spaced() if clause.means("tariff") else _subjects()
    hits = (found["word"] for found in _WHERE.finditer(known.sub(" ", parted(clause.said))))
    return next((word for word in hits if len(word) > _SHORT and _is_unknown(word)), "")


def _is_unknown(word: str) -> bool:
    bare = word.split("'")[0]
    return bare not in _HARMLESS and not _is_sign(bare)


def _is_sign(word: str) -> bool:
    return all("\ue000" <= sign <= "\uf8ff" for sign in word)  # signs of names


@cache
def _subjects() -> re.Pattern[str]:
    return re.compile(alternatives({t for said in SPACED.values() for t in said}, spaced=True))


@cache
def _spaced() -> re.Pattern[str]:
    terms = {term for said in SPACED.values() for term in said}
    countries = {name for said in COUNTRIES.values() for name in said}
    return re.compile(alternatives(terms | countries, spaced=True))


@cache
def _chinese() -> re.Pattern[str]:
    terms = {term for said in SUBJECTS_CHINESE.values() for term in said} | set(CHINESE)
    countries = {name for said in COUNTRIES.values() for name in said}
    return re.compile(alternatives(terms | countries, spaced=False))
