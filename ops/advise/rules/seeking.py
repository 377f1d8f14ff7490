"""What is sought, counted and listed: the first sentence of an answer about a set of things."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Slot
from ops.advise.rules import seeking_words as words
from ops.advise.rules.saying import said
from ops.advise.rules.view import View
from ops.page_value import Phrase

SOUGHT = "sought"  # case that counts what is sought
_THINGS: Mapping[str, Phrase] = {
    "tool": Phrase.of("tools"), "gauge": Phrase.of("gauges"), "model": Phrase.of("models"),
    "characteristic": Phrase.of("characteristics"),
}  # fmt: skip


def seeking(cases: Sequence[Case]) -> Iterator[Claim]:
    """Say how many things there are of those that are sought, and which."""
    for case in cases:
        if case.id != SOUGHT:
            continue
        view = View(case)
        stance = view.fact("stance")
        if stance == "bound":
            stance = "above" if view.fact("above") == "yes" else "below"
        things = _THINGS[view.fact("kind")]
        names = {"things": Slot(name=things.english(), phrases=(things,))}
        for ladder in (words.LADDERS[stance], words.OPEN, words.BEGUN):
            claim = said("finding", ladder, view, names)
            if claim is not None:
                yield claim
