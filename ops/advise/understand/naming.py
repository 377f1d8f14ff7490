"""What a text names: known things, things it leaves out, levels of factors, unknown codes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from ops.advise.question import Named
from ops.advise.understand.languages import LANGUAGES, common_words
from ops.advise.understand.name_match import Mention, mentions
from ops.advise.understand.vocabulary import alternatives
from ops.advise.understand.wording import Word, key, parted, tidy, without_zeros, words_of

_COMPOUND = re.compile("[0-9A-Za-z\u00c0-\u024f\u0370-\u04ff]+(?:[-_][0-9A-Za-z\u0370-\u04ff]+)*")
_AMOUNT = re.compile(r"[\d.,]+(?:-?[^\W\d_]{1,12})*", re.IGNORECASE)  # 30-day, 25um, 3x
_NOTATION = re.compile(
    r"(?:b|p|q|kw|cw|w|h|fy|r|f|x|t)\d{1,4}|co2|h2o|\d-?d|[23]d|p-?\d+|r2|utf-?8|iso-?\d+|\d+k"
    r"|\d{4}-\d{2}-\d{2}t\d+"
)
_AND = re.compile(r"[\s,;/&、]*(?:and|or|nor|und|oder|sowie|和|与|及|或|、)?[\s,;/&、]*")
_CODE = r"[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*"
_LEAST = 2  # segments of a code of capitals alone
_MOST_UNKNOWN = 20


@dataclass(frozen=True, slots=True)
class Naming:
    """Names of a text; `rest` is the text without them, `families` are named all at once."""

    named: tuple[Named, ...] = ()
    families: tuple[tuple[Named, ...], ...] = ()
    excluded: tuple[Named, ...] = ()
    unknown: tuple[str, ...] = ()
    factors: dict[str, str] = field(default_factory=dict[str, str])
    rest: str = ""


def naming(tidied: str, names: Sequence[Named]) -> Naming:
    """Names in a tidied text; what looks like a code and is none is unknown, never guessed."""
    words = words_of(tidied)
    found = mentions(tidied, words, names)
    left_out = _excluded(tidied, words, found)
    said = tuple(m for m in found if m not in left_out)
    but = frozenset((n.kind, n.code) for m in left_out for n in m.named)
    found = tuple(m if m in left_out else _narrowed(m, said, but) for m in found)
    spans = [(words[m.first].start, words[m.last - 1].end) for m in found]
    factors, factor_spans = _factors(tidied, spans)
    unknown, unknown_spans = _unknown(tidied, [*spans, *factor_spans], names)
    kept = dict.fromkeys(n for m in found if m not in left_out for n in m.named)
    out = dict.fromkeys(n for m in left_out for n in m.named if n not in kept)
    return Naming(
        named=tuple(kept),
        families=tuple(m.named for m in found if m.family and m not in left_out),
        excluded=tuple(out),
        unknown=unknown,
        factors=factors,
        rest=_blanked(tidied, [*_written_as_codes(words, found), *unknown_spans]),
    )


def _narrowed(
    mention: Mention, found: Sequence[Mention], but: frozenset[tuple[str, str]]
) -> Mention:
    """Mention of what it shares with the families: ball shear of QFN32-CU20 is one thing.

    A family is without what is left out: ball shear except QFN32-CU20.
    """
    meant = mention.named
    if mention.family:
        meant = tuple(name for name in meant if (name.kind, name.code) not in but) or meant
    for other in found:
        if other is not mention and (other.family or mention.family):
            shared = tuple(name for name in meant if name in other.named)
            meant = shared or meant
    return replace(mention, named=meant)


def _excluded(tidied: str, words: Sequence[Word], found: Sequence[Mention]) -> list[Mention]:
    """Mentions right after a word such as "except", and those that such a list goes on with."""
    out: list[Mention] = []
    end, before_was_out = 0, False
    for mention in found:
        between = tidied[end : words[mention.first].start].casefold()
        goes_on = before_was_out and _AND.fullmatch(between) is not None
        before_was_out = goes_on or _excluding().search(parted(between)) is not None
        if before_was_out:
            out.append(mention)
        end = words[mention.last - 1].end
    return out


@cache
def _excluding() -> re.Pattern[str]:
    said = "|".join(alternatives(x.excluding, x.spaced) for x in LANGUAGES)
    kinds = "|".join(alternatives(terms, x.spaced) for x in LANGUAGES for terms in x.kinds.values())
    article = r"(?:(?:the|for|von|der|die|dem|das)\s+)*"
    return re.compile(rf"(?:{said})\s*{article}(?:{kinds})?\s*$")


def _factors(
    tidied: str, taken: Sequence[tuple[int, int]]
) -> tuple[dict[str, str], list[tuple[int, int]]]:
    """Levels that stand after the word for their factor, if they are nothing that is known."""
    found: dict[str, str] = {}
    spans: list[tuple[int, int]] = []
    for factor, pattern in _factor_patterns():
        for hit in pattern.finditer(tidied):
            span = hit.span("level")
            if factor not in found and not _overlaps(span, [*taken, *spans]):
                found[factor] = hit["level"]
                spans.append(span)
    return found, spans


@cache
def _factor_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Patterns by factor, the longest words first: a capillary lot is no lot."""
    said = [
        (factor, term, language.spaced)
        for language in LANGUAGES
        for factor, terms in language.factors.items()
        for term in terms
    ]
    ordered = sorted(said, key=lambda entry: (-len(entry[1]), entry[1]))
    level = rf"(?P<level>(?=[^\s]*\d){_CODE})(?![^\W_]*%)"
    mark = r"\s*(?:no\.?|nr\.?|number|号)?\s*[:#=]?\s*[\"'„“]?"
    return tuple(
        (factor, re.compile(alternatives((term,), spaced) + mark + level, re.IGNORECASE))
        for factor, term, spaced in ordered
    )


def _unknown(
    tidied: str, taken: Sequence[tuple[int, int]], names: Sequence[Named]
) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """Words that look like codes, whose places come too, and "WB 99", "alert 9999"."""
    heads = _heads(names)
    found: dict[str, None] = {}
    spans: list[tuple[int, int]] = []
    apart = [h for h in _apart(heads).finditer(tidied) if not _overlaps(h.span(), taken)]
    found |= dict.fromkeys(hit[0] for hit in apart)
    taken = [*taken, *(hit.span() for hit in apart)]
    for hit in _COMPOUND.finditer(tidied):
        if _overlaps(hit.span(), taken) or not _looks_like_code(hit[0], heads):
            continue
        found[hit[0]] = None
        spans.append(hit.span())
    return tuple(found)[:_MOST_UNKNOWN], spans


@lru_cache(maxsize=100)
def _apart(heads: frozenset[str]) -> re.Pattern[str]:
    kinds = "|".join(
        alternatives(x.kinds.get(kind, ()), x.spaced)
        for x in LANGUAGES
        for kind in ("tool", "alert")
    )
    codes = alternatives(heads, spaced=True)
    units = r"(?!\s*(?:%|days?|weeks?|hours?|months?|times|tage|wochen|stunden|天|周|次|个))"
    number = rf"\s*(?:no\.?|nr\.?|number|号)?\s*#?\s*\d+(?![^\W_]|[-.]\w){units}"
    return re.compile(rf"(?:{kinds}|{codes}){number}", re.IGNORECASE)


def _heads(names: Sequence[Named]) -> frozenset[str]:
    """First words of the codes of tools: "wb" of WB-07."""
    firsts = (re.match(r"[^\W\d_]{2,}", name.code) for name in names if name.kind == "tool")
    return frozenset(first[0].casefold() for first in firsts if first)


def _looks_like_code(text: str, heads: frozenset[str]) -> bool:
    folded = text.casefold()
    if folded in common_words() or _AMOUNT.fullmatch(folded) or _NOTATION.fullmatch(folded):
        return False
    segments = re.split("[-_]", text)
    letters = [s for s in segments if any(sign.isalpha() for sign in s)]
    if not letters:
        return False
    shouted = text.isupper() and any(s.isdecimal() for s in segments)  # SHIFT-90 is a code
    if all(s.casefold() in common_words() for s in letters) and not shouted:
        return False
    if any(sign.isdecimal() for sign in text):
        head = re.match(r"[^\W\d_]+", folded)
        known_head = head is not None and head[0] in heads
        return known_head or len(segments) > 1 or any(sign.isupper() for sign in text)
    capitals = all(s.isupper() and len(s) > 1 for s in segments)
    return len(segments) >= _LEAST and capitals


def _written_as_codes(words: Sequence[Word], found: Sequence[Mention]) -> list[tuple[int, int]]:
    """Places of codes; titles stay in the text, for they say what a thing is: a gauge."""
    spans: list[tuple[int, int]] = []
    for mention in found:
        run = words[mention.first : mention.last]
        written = without_zeros(key(run))
        codes = {without_zeros(key(words_of(tidy(one.code)))) for one in mention.named}
        if written in codes and written not in common_words():
            spans.append((run[0].start, run[-1].end))
    return spans


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return " ".join(re.sub("\x00+", " ; ", text).split())


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
