"""Numbers that a question asks for by the words of their labels, as no vocabulary has them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from ops.advise.case import Case
from ops.advise.question import Intent
from ops.advise.understand.languages import STOP, common_words

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3  # letters of a word that is a label by itself: mae, ece
_NOT_ALONE = frozenset({"mean", "means", "units", "rows", "begin", "verdict", "gain", "share"})


def labelled(intent: Intent, text: str, cases: Sequence[Case]) -> Intent:
    """Intent with the quantities whose labels stand in a text, if it asks for none otherwise.

    Of several those with the most words: "roc auc" before "auc".

    Parameters
    ----------
    text
        The question.
    cases
        What was looked up, whose labels are compared.
    """
    if intent.quantities or "what-if" in intent.asks or not (intent.topics or intent.named):
        return intent
    said = frozenset(_WORD.findall(text.casefold()))
    found: dict[str, int] = {}
    for case in cases:
        for one in case.evidence:
            words = _words(one.label) if one.kind == "number" else frozenset[str]()
            if words and words <= said:
                found[one.quantity] = max(len(words), found.get(one.quantity, 0))
    most = max(found.values(), default=0)
    quantities = tuple(sorted(name for name, count in found.items() if count == most))
    return intent.model_copy(update={"quantities": quantities}) if quantities else intent


@lru_cache(maxsize=20_000)
def _words(label: str) -> frozenset[str]:
    """Words of a label that tell it; none where these are everyday words."""
    words = frozenset(_WORD.findall(label.casefold())) - STOP
    if len(words) > 1:
        return words if any(not word.isdigit() for word in words) else frozenset()
    known = words & (common_words() | _NOT_ALONE)
    return frozenset(w for w in words - known if len(w) >= _SHORTEST and not w.isdigit())
