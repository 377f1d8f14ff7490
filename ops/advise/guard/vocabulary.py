"""A closed vocabulary: what no rule could judge is not said."""

import re
from collections.abc import Iterator

from ops.advise.guard.plain_words import ENGLISH, GERMAN, HAN
from ops.advise.guard.quantity_words import TERMS
from ops.advise.guard.reading import Look

_WORD = re.compile(r"[a-zà-ÿœšž]+")
_COMPOUND = re.compile(
    r"\bburn[- ]in\b|\bset-up\b|\binfant mortality\b|\b(?:each|every) week\b"
)  # no words apart
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "er", "est", "al", "n", "en", "e")
_KNOWN = frozenset(
    word for words in TERMS.values() for term in words for word in _WORD.findall(term)
) | ENGLISH | GERMAN  # fmt: skip
_KNOWN_HAN = HAN | {s for words in TERMS.values() for term in words for s in term}


def vocabulary(look: Look) -> Iterator[str]:
    """Find words that are none of the plain ones, nor of the labels of the evidence."""
    own = _of_labels(look)
    for found in _WORD.finditer(_COMPOUND.sub(" ", look.reading.shadow)):
        if not _is_known(found[0], own):
            yield f"{found[0]!r} is no word that can be judged"
            return
    for sign in look.reading.shadow:
        if "\u3400" <= sign <= "\u9fff" and sign not in _KNOWN_HAN and sign not in own:
            yield f"{sign!r} is no word that can be judged"
            return


def _of_labels(look: Look) -> set[str]:
    texts = [e.label for e in look.context.evidence.values() if not e.quoted]
    texts += [e.reference_label for e in look.context.evidence.values() if not e.quoted]
    texts += [case.title for case in look.context.cases.values()]
    return {one for text in texts for one in re.findall(r"[a-zà-ÿ]+|[\u4e00-\u9fff]", text.lower())}


def _is_known(word: str, own: set[str]) -> bool:
    if word in _KNOWN or word in own:
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            bases = (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem)
            if any(one in _KNOWN for one in bases):
                return True
    return word.endswith("ies") and word[:-3] + "y" in _KNOWN
