"""The languages that are understood, all at once: a question may mix them."""

from functools import cache

from ops.advise.understand.chinese import CHINESE
from ops.advise.understand.english import ENGLISH
from ops.advise.understand.german import GERMAN
from ops.advise.understand.vocabulary import Vocabulary

LANGUAGES: tuple[Vocabulary, ...] = (ENGLISH, GERMAN, CHINESE)
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "do",
        "does",
        "for",
        "from",
        "if",
        "in",
        "is",
        "it",
        "next",
        "last",
        "no",
        "not",
        "of",
        "on",
        "or",
        "that",
        "the",
        "this",
        "to",
        "was",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "about",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "hour",
        "hours",
        "year",
        "years",
        "simulated",
        "am",
        "an",
        "auf",
        "aus",
        "bei",
        "das",
        "dem",
        "den",
        "der",
        "des",
        "die",
        "ein",
        "eine",
        "im",
        "ist",
        "mit",
        "nicht",
        "oder",
        "und",
        "vom",
        "von",
        "was",
        "welche",
        "wie",
        "zu",
        "zum",
        "zur",
        "tag",
        "tage",
        "woche",
        "wochen",
    ]
)


@cache
def common_words() -> frozenset[str]:
    """Single words of all vocabularies: a code that is one of them must be written as it is."""
    said = (
        term.strip("*")
        for language in LANGUAGES
        for table in (language.topics, language.asks, language.quantities, language.factors)
        for terms in table.values()
        for term in terms
    )
    others = (term.strip("*") for language in LANGUAGES for term in language.general)
    kinds = (t for language in LANGUAGES for terms in language.kinds.values() for t in terms)
    return frozenset(term for term in (*said, *others, *kinds) if " " not in term) | STOP
