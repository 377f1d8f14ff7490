"""No number in a text: whatever counts, measures or dates stands at a place, or not at all."""

import re
import unicodedata
from collections.abc import Iterator

from ops.advise.guard.numeral_words import (
    A_WEEK,
    HAN,
    HAN_HARMLESS,
    ROMAN,
    SPELT,
    WAITS,
    WEEK,
    WHITELISTED,
    WORD,
)
from ops.advise.guard.reading import HOLE, Look

_MICROMETRES = re.compile(r"\ue001\s*um\b(?!\s*\ue001)")  # the German word stands before a place
_PAIR = 2
_SPLIT = re.compile(r"[-/'\u2019]")


def numbers(look: Look) -> Iterator[str]:
    """Find numbers of any script, number words, Roman numerals, dates, units and amounts."""
    for sign in look.reading.bare:
        if _counts(sign):
            yield f"{sign!r} is a digit or numeral; numbers stand at places alone"
            return
    words = WHITELISTED.sub(lambda m: "\ue000" * len(m[0]), _without_week(look))
    words = _without_both(look, words)
    compatible = unicodedata.normalize("NFKC", words)
    for text in (words, _SPLIT.sub(" ", words), compatible, _without_marks(compatible)):
        for found in WORD.finditer(text):
            yield f"{found[0]!r} says a number, an amount, a unit or a date"
            return
    for pattern, text in ((ROMAN, look.reading.bare), (SPELT, look.reading.shadow),
                          (_MICROMETRES, look.reading.shadow)):  # fmt: skip
        for found in pattern.finditer(text):
            yield f"{found[0].strip(HOLE)!r} reads as a number or a unit"
            return
    for found in HAN.finditer(HAN_HARMLESS.sub("", look.reading.shadow)):
        yield f"{found[0]!r} says a number, an amount, a unit or a date"
        return


def _without_week(look: Look) -> str:
    """Words without "each week" beside a place of the cost of a week of waiting."""
    words = look.reading.shadow
    for found in WEEK.finditer(words):
        behind = [place for place in look.reading.places if place.start >= found.end()]
        first = look.context.evidence.get(behind[0].id) if behind else None
        one_clause = behind and look.reading.clause_at(found.start()) == look.reading.clause_at(
            behind[0].start
        )
        if first is not None and first.quantity == "cost-week" and one_clause:
            words = words[: found.start()] + "\ue000" * len(found[0]) + words[found.end() :]
    for found in A_WEEK.finditer(words):
        before = next(one for one in look.reading.places if one.end == found.start())
        known = look.context.evidence.get(before.id)
        clause = look.reading.clause_at(before.start)
        waits = WAITS.search(look.reading.shadow[clause.start : before.start])
        if waits and known is not None and known.quantity == "cost-week":
            words = words[: found.start()] + "\ue000" * len(found[0]) + words[found.end() :]
    return words


def _without_both(look: Look, words: str) -> str:
    """Words without "both" of two numbers of which the same is compared, and "none" as a cause."""
    placed = {place.id for place in look.reading.places if place.part in ("value", "full")}
    held = {one.left: one.relation for one in look.claim.comparisons}
    if len(placed) == len(held) == _PAIR and placed == set(held) and len(set(held.values())) == 1:
        words = re.sub(r"\bboth\b", "\ue000" * 4, words)
    if look.claim.role == "cause" and {cause for cause, _ in look.chosen} == {"none"}:
        words = re.sub(r"(?<=cause: )none(?=\s*(?:[.,;]|$))", "\ue000" * 4, words)
    return words


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
