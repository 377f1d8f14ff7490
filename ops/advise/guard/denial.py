"""What is denied: a number, a cause or an action that was chosen, or something twice."""

import re
from collections.abc import Iterator

from ops.advise.guard.advice_words import NOTHING_TO_DO
from ops.advise.guard.direction_words import DIRECTIONS, NEGATION
from ops.advise.guard.reading import Clause, Look

_NEITHER = re.compile(r"\bneither\b(?=.*\bnor\b)|\bno longer\b|\bnot only\b")
_TAKEN_BACK = re.compile(
    r"\bnot so\b|\b(?:not|never) (?:really )?true\b|\buntrue\b|\bnot the case\b|\bor not\b"
    r"|\bthe (?:contrary|opposite|reverse)\b|\bnicht so\b|\bgegenteil\b"
)
_MAY_DENY = frozenset({"none", "unknown", "unstable", "too-few-failures"})
_REACH = 28  # characters behind a denial in which the word stands that it denies


def denials(look: Look) -> Iterator[str]:
    """Find denials that no comparison bears out."""
    role, causes = look.claim.role, {cause for cause, _ in look.chosen}
    back = _TAKEN_BACK.search(look.reading.shadow)
    if back:
        yield f"{back[0]!r} takes back what is said"
    keeps = {action for _, action in look.chosen} == {"keep"}
    for clause in look.reading.clauses:
        words = _NEITHER.sub(lambda m: "\ue000" * len(m[0]), look.reading.words(clause))
        found = [one for one in NEGATION.finditer(words) if one[0] != "longer"]
        if len(found) > 1:
            yield f"{found[0][0]!r} and {found[1][0]!r} deny twice"
        if not found:
            continue
        if role == "cause" and not causes & _MAY_DENY and not _is_compared(words, found[0].start()):
            yield f"{found[0][0]!r} denies a cause"
        if role == "action" and not (keeps and NOTHING_TO_DO.search(words)):
            yield f"{found[0][0]!r} denies an action"
        if _has_number(look, clause) and not all(_is_compared(words, m.start()) for m in found):
            yield f"{found[0][0]!r} denies a number, and compares nothing"


def _has_number(look: Look, clause: Clause) -> bool:
    return any(
        clause.start <= place.start < clause.end and place.part != "label"
        for place in look.reading.places
    )


def _is_compared(words: str, start: int) -> bool:
    """Whether what is denied is a comparison, which is judged with its denial."""
    near = words[start : start + _REACH + 12]
    return any(found.start() <= _REACH for one in DIRECTIONS for found in one.words.finditer(near))
