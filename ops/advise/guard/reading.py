"""A text as the rules see it: its places, known names and quantities, and its clauses."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ops.advise.claim import Part
from ops.advise.guard.context import GuardContext, Pairs
from ops.advise.guard.known import names_of
from ops.advise.guard.quantity_words import REFERENCE_WORDS, TERMS
from ops.advise.guard.said import PLACE, SaidClaim

MASK, HOLE = "\ue000", "\ue001"  # for a known name and for a place: signs of no script
REFERENCE = "@reference"
PREPOSITIONS = ("since", "within", "over", "side", "value", "number", "verdict")
_BREAK = re.compile(
    r"[;:!?,()\u2013\u2014\u2026\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]|[.](?=\s|$)|\s-\s"
    r"|\b(?:while|whereas|but|although|though|because|während|aber|obwohl|weil|sondern)\b"
    r"|但是|但|因为|而"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the text."""

    start: int
    end: int
    id: str
    part: Part


@dataclass(frozen=True, slots=True)
class Term:
    """Words that name a quantity; `REFERENCE` among them if they may name a reference."""

    start: int
    end: int
    text: str
    quantities: frozenset[str]


def is_part_of(term: Term, label: str) -> bool:
    """Whether a term is among the words of a label."""
    return f" {term.text} " in f" {label.lower()} "


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the text that says one thing."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text and what was found in it.

    Parameters
    ----------
    text
        As the model wrote it.
    shadow
        In lower case, of the same length, with `MASK` for known names and `HOLE` for places.
    bare
        As `text`, masked alike.
    open
        As `shadow`, but with the names left in.
    names
        Known names: start to name.
    """

    text: str
    shadow: str
    bare: str
    open: str
    clauses: tuple[Clause, ...]
    places: tuple[Place, ...]
    names: tuple[tuple[int, str], ...]
    terms: tuple[Term, ...]

    def words(self, clause: Clause) -> str:
        """Words of a clause, masked."""
        return self.shadow[clause.start : clause.end]

    def clause_at(self, position: int) -> Clause:
        """Clause that a position lies in."""
        return next(c for c in reversed(self.clauses) if c.start <= position)


@dataclass(frozen=True, slots=True)
class Look:
    """What a rule looks at.

    Parameters
    ----------
    chosen
        Pairs of cause and action that the claim may speak of: the one that the model chose for
        its case, or, while that is not known yet, all that are allowed.
    """

    claim: SaidClaim
    reading: Reading
    context: GuardContext
    chosen: Pairs


def read(claim: SaidClaim, context: GuardContext) -> Reading:
    """Find places, names, quantities and clauses of the text of a claim."""
    text = claim.text
    places = tuple(
        Place(m.start(), m.end(), one, part)
        for m, (one, part) in zip(PLACE.finditer(text), claim.placed, strict=True)
    )
    spans = [(p.start, p.end) for p in places]
    holed = _covered(text, spans, HOLE)
    names = tuple(_names(holed, names_of(context, claim.placed)))
    bare = _covered(holed, [(at, at + len(name)) for at, name in names], MASK)
    shadow = _lower(bare)
    return Reading(
        text=text, shadow=shadow, bare=bare, open=_lower(holed),
        clauses=_clauses(shadow), places=places,
        names=names, terms=tuple(_terms(_lower(_without_titles(holed, names, context)), context)),
    )  # fmt: skip


def _without_titles(text: str, names: Iterable[tuple[int, str]], context: GuardContext) -> str:
    """Cover titles of cases: their words name a thing, and no quantity."""
    labels = {e.label for e in context.evidence.values()}
    titles = {case.title for case in context.cases.values() if " " in case.title} - labels
    return _covered(text, [(at, at + len(n)) for at, n in names if n in titles], MASK)


def _covered(text: str, spans: Iterable[tuple[int, int]], sign: str) -> str:
    for start, end in spans:
        text = text[:start] + sign * (end - start) + text[end:]
    return text


def _lower(text: str) -> str:
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _clauses(shadow: str) -> tuple[Clause, ...]:
    ends = [(m.start(), m.end()) for m in _BREAK.finditer(shadow)]
    starts = [0, *(end for _, end in ends)]
    return tuple(
        Clause(start, stop)
        for start, stop in zip(starts, [*(s for s, _ in ends), len(shadow)], strict=True)
    )


def _names(text: str, names: tuple[str, ...]) -> Iterable[tuple[int, str]]:
    for found in _pattern(names).finditer(text) if names else ():
        yield found.start(), found[0]


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...], plural: bool = False) -> re.Pattern[str]:
    longest = sorted(names, key=lambda name: (-len(name), name))
    words = "|".join(_bounded(re.escape(name), name, plural) for name in longest)
    return re.compile(words)


def _bounded(pattern: str, name: str, plural: bool) -> str:
    ending = "s?" if plural and name.isascii() and not name.endswith("s") else ""
    if not name[0].isascii() and not name[0].isalpha():
        return pattern
    if any("\u4e00" <= sign <= "\u9fff" for sign in name):
        return pattern
    before = r"(?<![A-Za-zÀ-ÿ0-9_])(?<![A-Za-z0-9][-./])"
    return rf"{before}{pattern}{ending}(?![A-Za-zÀ-ÿ0-9_]|[-.:/,][A-Za-z0-9])"


def _terms(text: str, context: GuardContext) -> Iterable[Term]:
    """Words of the language and labels of the evidence; where they overlap the longer stands."""
    own = _own(tuple((e.label, e.reference_label, e.quantity) for e in context.evidence.values()))
    found: dict[tuple[int, int], frozenset[str]] = {}
    for lexicon in (_LEXICON, own):
        for match in _pattern(tuple(lexicon), plural=True).finditer(text) if lexicon else ():
            word = match[0] if match[0] in lexicon else match[0].removesuffix("s")
            found[match.span()] = found.get(match.span(), frozenset()) | lexicon[word]
    last = 0
    for (start, end), named in sorted(found.items(), key=lambda one: (one[0][0], -one[0][1])):
        if start >= last:
            yield Term(start, end, text[start:end], named)
            last = end


def _language() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quantity, words in TERMS.items():
        for word in words:
            found.setdefault(word.lower(), set()).add(quantity)
    for word in REFERENCE_WORDS:
        found.setdefault(word, set()).add(REFERENCE)
    return {word: frozenset(named) for word, named in found.items()}


_LEXICON = _language()


@lru_cache(maxsize=64)
def _own(labels: tuple[tuple[str, str, str], ...]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for label, reference, quantity in labels:
        for word in (_lower(label), quantity.replace("-", " "), quantity):
            if word.strip() and word not in PREPOSITIONS:
                found.setdefault(word, set()).add(quantity)
        if reference.strip():
            found.setdefault(_lower(reference), set()).add(REFERENCE)
    return {word: frozenset(named) for word, named in found.items()}
