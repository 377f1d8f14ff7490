"""Words of the vocabularies that are written with a letter or two wrong, set right."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ops.advise.understand.languages import LANGUAGES, common_words

_WORD = re.compile(r"[a-zäöüß]+")
_SHORTEST = 5  # letters of a word whose neighbours may have changed places
_ONE, _TWO = 7, 9  # letters of a word in which one letter may be wrong, or two


def spelled(folded: str) -> str:
    """Folded text with those words set right that are nearly one word of the vocabularies.

    A word of five letters may have two neighbours the wrong way round, one of seven a letter too
    many, too few or another, one of nine two of these; the first letter is never wrong. What is
    near several words, or is a word, stays.

    Examples
    --------
    >>> spelled("is the guage ok, or the cappilary"), spelled("the stage and the planet")
    ('is the gauge ok, or the capillary', 'the stage and the planet')
    """
    return _WORD.sub(lambda found: _right(found[0]), folded)


@lru_cache(maxsize=20_000)
def _right(word: str) -> str:
    if len(word) < _SHORTEST or _is_known(word):
        return word
    most = 0 if len(word) < _ONE else 1 if len(word) < _TWO else 2
    near: dict[str, int] = {}
    for known in _by_letter().get(word[0], ()):
        if abs(len(known) - len(word)) > most or known[:-1] == word[:-1]:
            continue  # another ending is another form of a word
        away = 1 if _swapped(word, known) else _distance(word, known, most + 1)
        if away <= most or _swapped(word, known):
            near[known] = away
    least = min(near.values(), default=0)
    likeliest = [known for known, away in near.items() if away == least]
    return likeliest[0] if len(likeliest) == 1 else word


def _is_known(word: str) -> bool:
    return word in _words() or word in common_words() or word.startswith(_stems())


@cache
def _by_letter() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in sorted(_words()):
        found.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in found.items()}


@cache
def _words() -> frozenset[str]:
    return frozenset(word for word, _ in _terms())


@cache
def _stems() -> tuple[str, ...]:
    return tuple(sorted({word for word, is_stem in _terms() if is_stem}))


def _terms() -> Iterator[tuple[str, bool]]:
    """Words of topics, asks, quantities and of the plant, and whether any ending may follow."""
    for language in (one for one in LANGUAGES if one.spaced):
        tables = (language.topics, language.asks, language.quantities, language.kinds)
        terms = [t for table in tables for said in table.values() for t in said]
        for term in (*terms, *language.general):
            for part in re.split(r"[\s-]+", term):
                bare = part.strip("*").casefold()
                if len(bare) >= _SHORTEST and bare.isalpha():
                    yield bare, part.endswith("*")


def _swapped(one: str, other: str) -> bool:
    """Whether two words differ by two neighbours that changed places."""
    if len(one) != len(other):
        return False
    apart = [n for n in range(len(one)) if one[n] != other[n]]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and _crossed(one, other, *apart)


def _crossed(one: str, other: str, first: int, second: int) -> bool:
    return one[first] == other[second] and one[second] == other[first]


def _distance(one: str, other: str, most: int) -> int:
    """Letters too many, too few or other between two words (Levenshtein); at most `most`."""
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, known in enumerate(other, 1):
            kept = row[m]
            row[m] = min(kept + 1, row[m - 1] + 1, before + (letter != known))
            before = kept
        if min(row) >= most:
            return most
    return row[-1]
