"""A vocabulary of one language, and what of it a text says."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from ops.advise.catalogue import Topic
from ops.advise.question import AboutKind, Asks

Terms = Mapping[str, tuple[str, ...]]
NOTHING: Terms = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of one language by what they mean; a `*` at an end stands for any letters.

    Parameters
    ----------
    spaced
        Whether words stand apart, so that a term is a whole word; otherwise it is a substring.
    topics, asks, quantities, factors, kinds
        By meaning: the terms that say it. Kinds are words before a name: model, life test, alert.
    general
        Words of the plant as a whole: with these a question without a topic asks for all of it.
    foreign
        Words of what no plant is asked for: with these words of the plant ask for nothing.
    deictic
        Words for what is in sight: this, here, it.
    pointing
        Those of them that mean it even beside a name.
    excluding
        Words right before a name that is not meant.
    spans
        Terms for stretches of days, by number of days.
    units
        Words for lengths of time, by number of days: as in "last 3 weeks".
    back
        Words before such a length: last, past.
    since
        Words before a weekday or a date.
    weekdays
        By number of the day, Monday 0.
    months
        By number of the month.
    """

    spaced: bool
    topics: Mapping[Topic, tuple[str, ...]]
    asks: Mapping[Asks, tuple[str, ...]]
    quantities: Terms
    factors: Terms
    kinds: Mapping[AboutKind, tuple[str, ...]]
    general: tuple[str, ...]
    deictic: tuple[str, ...]
    excluding: tuple[str, ...]
    spans: Mapping[float, tuple[str, ...]]
    units: Mapping[float, tuple[str, ...]]
    back: tuple[str, ...]
    since: tuple[str, ...]
    weekdays: Mapping[int, tuple[str, ...]]
    months: Mapping[int, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType[int, tuple[str, ...]]({})
    )
    foreign: tuple[str, ...] = ()
    pointing: tuple[str, ...] = ()


@cache
def pattern(terms: tuple[str, ...], spaced: bool) -> re.Pattern[str]:
    """Pattern that finds any of some terms in a folded text."""
    return re.compile(alternatives(terms, spaced))


def alternatives(terms: Iterable[str], spaced: bool) -> str:
    """Alternatives of terms, the longest first, as a group that captures nothing."""
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    if not spaced:
        return f"(?:{'|'.join(map(re.escape, ordered))})" if ordered else r"(?!)"
    return f"(?:{'|'.join(map(_whole, ordered))})" if ordered else r"(?!)"


def _whole(term: str) -> str:
    inner = r"[\s-]+".join(re.escape(part) for part in re.split(r"[\s-]+", term.strip("*")))
    before = r"[^\W\d_]*" if term.startswith("*") else ""
    after = r"[^\W\d_]*" if term.endswith("*") else ""
    return rf"(?<![^\W_]){before}{inner}{after}(?![^\W_])"


def says(text: str, terms: tuple[str, ...], *, spaced: bool) -> bool:
    """Whether a folded text holds any of some terms."""
    return pattern(terms, spaced).search(text) is not None
