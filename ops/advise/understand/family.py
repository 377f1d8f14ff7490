"""Families of characteristics: what several measure alike, by the words that their titles share."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from ops.advise.question import Named
from ops.advise.understand.family_words import OTHERWISE
from ops.advise.understand.languages import STOP, common_words
from ops.advise.understand.wording import Word, key, tidy, words_of

MOST_TOOLS = 8  # of one title: gauges, not all bonders
MOST = 40  # codes of a family; one of more narrows nothing
_SHORTEST = 4  # letters of a word that stands for a family by itself
_LIKE = 0.86  # of letters written wrong
_LEAST_LETTERS = 7  # of words that may be written wrong
_LONGEST = 6  # words that a family is named by

Places = list[tuple[tuple[int, int], tuple[Named, ...]]]
_Families = dict[str, dict[Named, None]]
_Whole = dict[tuple[str, int], str]
_Begun = dict[tuple[str, int], list[tuple[str, str]]]


def family_places(words: Sequence[Word], names: Sequence[Named]) -> Places:
    """Where words name a family: as titles begin, by its last word, otherwise, or nearly so.

    Words of one characteristic alone are no family: they are its name.
    """
    begun, alone = _families(names)
    tools = _tools(names)
    found: Places = [(at, tuple(tools[k])) for at, k in _runs(words) if k in tools]
    for place, looked_up in _runs(words):
        those = begun.get(looked_up) or begun.get(looked_up.removesuffix("s"))
        if place[1] - place[0] == 1:
            those = those or alone.get(looked_up) or alone.get(looked_up.removesuffix("s"))
        if those:
            found.append((place, tuple(those)))
    found += _said_otherwise(words, names)
    return found or _nearly(words, begun)


def _families(names: Sequence[Named]) -> tuple[_Families, _Families]:
    """Families by the words that titles begin with, and by the last of these where it tells."""
    begun: _Families = {}
    ends: dict[str, set[str]] = {}
    for name in names:
        if name.kind == "characteristic":
            keys, last = _begins(name.title)
            for looked_up in keys:
                begun.setdefault(looked_up, {})[name] = None
            if last:
                ends.setdefault(last, set()).add(keys[-1])
    begun = {looked_up: those for looked_up, those in begun.items() if _is_family(those)}
    alone = {
        last: begun[whole]
        for last, wholes in ends.items()
        for whole in [min(wholes)]
        if len(wholes) == 1 and whole in begun
    }
    return begun, alone


def _tools(names: Sequence[Named]) -> _Families:
    """Tools by the words that their titles begin with, where these are of few: gauges."""
    found: _Families = {}
    for name in names:
        if name.kind == "tool":
            for looked_up in _begins(name.title)[0]:
                found.setdefault(looked_up, {})[name] = None
    return {looked_up: those for looked_up, those in found.items() if len(those) <= MOST_TOOLS}


def _is_family(those: Mapping[Named, None]) -> bool:
    return 1 < len({name.code for name in those}) <= MOST


@lru_cache(maxsize=50_000)
def _begins(title: str) -> tuple[tuple[str, ...], str]:
    """Keys of the words before the first number of a title, and the last of just two of them.

    >>> _begins("Ball shear QFN32 CU20")
    (('ballshear',), 'shear')
    """
    lead: list[Word] = []
    for word in words_of(tidy(title)):
        if word.numbered:
            break
        lead.append(word)
    lead = lead[:_LONGEST]
    if len(lead) == 1:
        return ((key(lead),) if _tells(lead[0]) else ()), ""
    runs = (lead[:end] for end in range(2, len(lead) + 1))
    keys = tuple(key(run) for run in runs if not {run[0].folded, run[-1].folded} & STOP)
    last = lead[-1].folded if len(lead) == 2 and _tells(lead[-1]) else ""
    return keys, last if keys else ""


def _tells(word: Word) -> bool:
    return len(word.folded) >= _SHORTEST and word.folded not in common_words()


def _runs(words: Sequence[Word], most: int = _LONGEST) -> Iterator[tuple[tuple[int, int], str]]:
    for first in range(len(words)):
        for last in range(first + 1, min(first + most, len(words)) + 1):
            yield (first, last), key(words[first:last])


def _said_otherwise(words: Sequence[Word], names: Sequence[Named]) -> Places:
    """Places of other words for what is measured, as in German, if titles begin with it."""
    whole, begun = _terms()
    found: Places = []
    for place, looked_up in _runs(words):
        count = place[1] - place[0]
        begin = whole.get((looked_up, count)) or next(
            (b for bare, b in begun.get(_head(looked_up, count), ()) if looked_up.startswith(bare)),
            None,
        )
        if begin is not None:
            those = tuple(n for n in names if _begins_with(n, begin))
            if those and len({name.code for name in those}) <= MOST:
                found.append((place, those))
    return found


def _head(looked_up: str, count: int) -> tuple[str, int]:
    return looked_up[:_SHORTEST], count


def _begins_with(name: Named, begin: str) -> bool:
    return name.kind in ("characteristic", "tool") and begin in _begins(name.title)[0]


@cache
def _terms() -> tuple[_Whole, _Begun]:
    """Terms by key and number of words; those with any ending by how they begin."""
    whole: _Whole = {}
    begun: _Begun = {}
    for begin, terms in OTHERWISE.items():
        for term in terms:
            run = words_of(tidy(term.strip("*")))
            bare = key(run)
            if term.endswith("*"):
                begun.setdefault(_head(bare, len(run)), []).append((bare, begin))
            else:
                whole[bare, len(run)] = begin
    return whole, begun


def _nearly(words: Sequence[Word], begun: _Families) -> Places:
    """Places where a family is named with a letter or two wrong; only the likest of each."""
    found: Places = []
    known = [looked_up for looked_up in begun if len(looked_up) >= _LEAST_LETTERS]
    for place, looked_up in _runs(words, 2):
        run = words[place[0] : place[1]]
        if len(run) < 2 or any(w.numbered or w.folded in STOP for w in run):
            continue
        near = [k for k in known if k[0] == looked_up[0] and abs(len(k) - len(looked_up)) <= 2]
        like = difflib.get_close_matches(looked_up, near, 1, _LIKE)
        if like:
            found.append((place, tuple(begun[like[0]])))
    return found
