"""Where a text names known things: by code, by title, or by an unambiguous part of either."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ops.advise.question import AboutKind, Named
from ops.advise.understand.family import MOST_TOOLS, family_places
from ops.advise.understand.languages import LANGUAGES, STOP, common_words
from ops.advise.understand.vocabulary import alternatives
from ops.advise.understand.wording import Word, key, parted, tidy, without_zeros, words_of

LONGEST = 14  # words of a name
MOST_ALIKE = 80  # things that one part of a code may name
_CODE, _TITLE, _BARE, _PART, _FAMILY = range(5)  # how sure it is; bare: leading zeros apart
_SHORTEST_PART = 4  # letters and digits
_NEAR = 24  # characters around a name in which the word for its kind stands

Spans = dict[str, list[tuple[int, int]]]
Hits = dict[tuple[int, int], dict[int, dict[Named, None]]]  # things by place, and by how sure
_WORDY: frozenset[AboutKind] = frozenset({"model", "scenario", "dataset", "life-test"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `first` to `last` (not included) of a text, and what they name, or a family."""

    first: int
    last: int
    named: tuple[Named, ...]
    family: bool = False


def mentions(tidied: str, words: Sequence[Word], names: Sequence[Named]) -> tuple[Mention, ...]:
    """Where a text names what is known, without overlaps: the longest first, then the surest."""
    hits = _hits(words, _spans(tidied, words), names)
    for place, those in family_places(words, names):
        hits.setdefault(place, {}).setdefault(_FAMILY, {}).update(dict.fromkeys(those))
    return _without_overlaps(tidied, words, hits)


def _hits(words: Sequence[Word], spans: Spans, names: Sequence[Named]) -> Hits:
    bare: Spans = {}
    for looked_up, places in spans.items():
        bare.setdefault(without_zeros(looked_up), []).extend(places)
    said = {word.folded for word in words}
    hits: Hits = {}
    parts: dict[str, dict[Named, None]] = {}
    for name in names:
        for rank, places in _whole(name, spans, bare):
            for place in places:
                hits.setdefault(place, {}).setdefault(rank, {})[name] = None
        for part in _parts_said(name, said, spans, bare):
            parts.setdefault(part, {})[name] = None
    for part, those in parts.items():
        told = dict.fromkeys(_told(part, those))
        for place in bare.get(part, ()) if told else ():
            hits.setdefault(place, {}).setdefault(_PART, {}).update(told)
    return hits


def _without_overlaps(tidied: str, words: Sequence[Word], hits: Hits) -> tuple[Mention, ...]:
    found: list[Mention] = []
    taken: set[int] = set()
    for place in sorted(hits, key=lambda at: (at[0] - at[1], min(hits[at]), at[0])):
        for rank in sorted(hits[place]):
            names = _meant(tidied, words, place, rank, tuple(hits[place][rank]))
            if names and taken.isdisjoint(range(*place)):
                taken.update(range(*place))
                found.append(Mention(*place, names, rank == _FAMILY))
    return tuple(sorted(found, key=lambda m: m.first))


def _spans(tidied: str, words: Sequence[Word]) -> Spans:
    """Places of all runs of words by key, those within a longer code left out."""
    spans: Spans = {}
    for first in range(len(words)):
        if _hangs(tidied, words, first, first - 1):
            continue
        for last in range(first + 1, min(first + LONGEST, len(words)) + 1):
            if not _hangs(tidied, words, last - 1, last):
                spans.setdefault(key(words[first:last]), []).append((first, last))
    return spans


def _hangs(tidied: str, words: Sequence[Word], edge: int, beside: int) -> bool:
    """Whether the word beside an edge is of the same code: ``-X`` is, ``-drift`` is not."""
    if not 0 <= beside < len(words):
        return False
    one, two = sorted((words[edge], words[beside]), key=lambda word: word.start)
    between = tidied[one.end : two.start]
    if between not in ("-", "_", "."):
        return False
    word = words[beside].text
    plain = len(word) >= 3 and word.isalpha() and word != word.upper()
    return not plain


@lru_cache(maxsize=50_000)
def _cut(text: str) -> tuple[str, tuple[str, ...]]:
    """Key of a code or title, and its words."""
    words = words_of(tidy(text))
    return key(words), tuple(word.folded for word in words)


@lru_cache(maxsize=50_000)
def _runs(text: str) -> frozenset[str]:
    """Keys, bare of zeros, of the runs of words of a code or title that may stand for it."""
    words = words_of(tidy(text))[:LONGEST]
    runs = (
        words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1)
    )  # fmt: skip
    return frozenset(without_zeros(key(run)) for run in runs if _tellable(run))


def _tellable(run: Sequence[Word]) -> bool:
    content = [word for word in run if word.folded not in STOP and len(word.folded) > 1]
    if run[0].folded in STOP or run[-1].folded in STOP:
        return False
    coded = any(w.numbered and not w.text.isdecimal() for w in content)
    return len(content) > 1 or (coded and len(content[0].text) >= _SHORTEST_PART)


def _whole(name: Named, spans: Spans, bare: Spans) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    for rank, text in ((_CODE, name.code), (_TITLE, name.title)):
        looked_up, _ = _cut(text)
        if looked_up and looked_up in spans:
            yield rank, spans[looked_up]
    looked_up = without_zeros(_cut(name.code)[0])
    if any(sign.isdecimal() for sign in looked_up):
        if looked_up in bare:
            yield _BARE, bare[looked_up]
    elif name.kind in _WORDY:  # one and many: the lifted-ball model
        other = looked_up.removesuffix("s") if looked_up.endswith("s") else f"{looked_up}s"
        if len(other) >= _SHORTEST_PART and other in spans:
            yield _BARE, spans[other]


def _parts_said(name: Named, said: set[str], spans: Spans, bare: Spans) -> Iterator[str]:
    texts = [text for text in (name.code, name.title) if not said.isdisjoint(_cut(text)[1])]
    for text in texts:
        yield from (run for run in _runs(text) if run in bare)
    if name.kind == "site":
        yield from (
            word
            for word in _cut(name.title)[1]
            if word in spans and len(word) >= _SHORTEST_PART and word not in common_words()
        )


def _told(part: str, those: dict[Named, None]) -> tuple[Named, ...]:
    """Things that a part names: the one code that has it, or all that it is a numbered part of."""
    if len({name.code for name in those}) == 1 or _is_sort(part, tuple(those)):
        return tuple(those)
    coded = any(sign.isdecimal() for sign in part) and any(sign.isalpha() for sign in part)
    of_codes = tuple(name for name in those if part in _runs(name.code))
    few = len({name.code for name in of_codes}) <= MOST_ALIKE
    return of_codes if coded and few else ()


def _is_sort(part: str, those: tuple[Named, ...]) -> bool:
    """Whether a part ends the one title of some tools with a word of its own: shear tester."""
    titles = {_cut(name.title) for name in those}
    if {name.kind for name in those} != {"tool"} or len(titles) != 1 or len(those) > MOST_TOOLS:
        return False
    looked_up, words = titles.pop()
    return looked_up.endswith(part) and words[-1] not in common_words()


def _meant(
    tidied: str, words: Sequence[Word], place: tuple[int, int], rank: int, names: tuple[Named, ...]
) -> tuple[Named, ...]:
    """Those of the things that the words around a name and its writing allow."""
    first, last = words[place[0]], words[place[1] - 1]
    before, after = tidied[: first.start][-_NEAR:], tidied[last.end :][:_NEAR]
    said = _kinds_beside(before.casefold(), after.casefold())
    of_kind = tuple(name for name in names if name.kind in said)
    if of_kind:
        return of_kind
    written = tidied[first.start : last.end]
    return tuple(name for name in names if rank == _TITLE or _is_plain(name, written, rank))


def _is_plain(name: Named, written: str, rank: int) -> bool:
    """Whether what is written can only be a name, and not words that it happens to be made of."""
    if name.kind == "alert":
        return False  # a bare number is none: it needs its kind before it
    if any(sign.isdecimal() for sign in written):
        return any(sign.isalpha() for sign in written) or written == name.code
    if rank == _FAMILY:
        return True
    if rank == _PART:
        return name.kind not in ("model", "dataset")  # named after what the plant measures
    if "-" in name.code or "_" in name.code:
        return written.casefold().replace("_", "-") == name.code.casefold().replace("_", "-")
    return written.casefold() not in common_words() or written == name.code


def _kinds_beside(before: str, after: str) -> frozenset[AboutKind]:
    return frozenset(
        kind
        for kind in _kinds()
        if (_before(kind).search(parted(before)) or _after(kind).match(parted(after)))
    )


@cache
def _kinds() -> tuple[AboutKind, ...]:
    return tuple(dict.fromkeys(kind for language in LANGUAGES for kind in language.kinds))


def _terms(kind: AboutKind) -> str:
    said = (alternatives(x.kinds.get(kind, ()), x.spaced) for x in LANGUAGES)
    return f"(?:{'|'.join(said)})"


@cache
def _before(kind: AboutKind) -> re.Pattern[str]:
    return re.compile(rf"{_terms(kind)}\s*(?:number|no\.?|nr\.?|号)?\s*[#:\"'„“]?\s*$")


@cache
def _after(kind: AboutKind) -> re.Pattern[str]:
    return re.compile(rf"[\s\"'“-]*{_terms(kind)}")
