"""No number in a text: whatever counts, measures or dates stands at a place, or not at all."""

import re
import unicodedata
from collections.abc import Iterator

from ops.advise.guard.numeral_words import (
    HAN,
    HAN_HARMLESS,
    ROMAN,
    SPELT,
    WHITELISTED,
    WORD,
)
from ops.advise.guard.reading import Look

_SPLIT = re.compile(r"[-/'\u2019]")


def numbers(look: Look) -> Iterator[str]:
    """Find numbers of any script, number words, Roman numerals, dates, units and amounts."""
    for sign in look.reading.bare:
        if _counts(sign):
            yield f"{sign!r} is a digit or numeral; numbers stand at places alone"
            return
    words = WHITELISTED.sub(lambda m: "\ue000" * len(m[0]), look.reading.shadow)
    compatible = unicodedata.normalize("NFKC", words)
    for text in (words, _SPLIT.sub(" ", words), compatible, _without_marks(compatible)):
        for found in WORD.finditer(text):
            yield f"{found[0]!r} says a number, an amount, a unit or a date"
            return
    for pattern, text in ((ROMAN, look.reading.bare), (SPELT, look.reading.shadow)):
        for found in pattern.finditer(text):
            yield f"{found[0]!r} reads as a number"
            return
    for found in HAN.finditer(HAN_HARMLESS.sub("", look.reading.shadow)):
        yield f"{found[0]!r} says a number, an amount, a unit or a date"
        return


def _counts(sign: str) -> bool:
    if "\u3400" <= sign <= "\u9fff" or sign == "\u3007":
        return False  # Han numerals are looked for as words
    if sign.isascii():
        return sign.isdigit()
    if unicodedata.category(sign)[0] == "N" or unicodedata.numeric(sign, None) is not None:
        return True
    return any(one.isdigit() for one in unicodedata.normalize("NFKC", sign))


def _without_marks(text: str) -> str:
    """Take accents away, so that a word with a strange one is still read."""
    split = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign))
