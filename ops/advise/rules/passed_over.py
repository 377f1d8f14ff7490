"""What a page is about and a question is not: the question wins, and the answer says so."""

from collections.abc import Iterable

from ops.advise.claim import Claim, Slot
from ops.advise.question import Intent
from ops.advise.rules.story_words import PASSED_OVER

MOST = 3  # things that are named


def passed_over(intent: Intent) -> tuple[Claim, ...]:
    """Sentence that says what of the page was passed over; none if nothing was."""
    kinds = {one.kind for one in intent.passed_over}
    named = [one.code for one in intent.named if one.kind in kinds] or [
        one.code for one in intent.named if one not in intent.passed_over
    ]
    if not intent.passed_over or not named:
        return ()
    slots = {
        "name": Slot(name=_listed(named)),
        "page": Slot(name=_listed(one.code for one in intent.passed_over)),
    }
    return (Claim(role="note", template=PASSED_OVER, slots=slots),)


def _listed(codes: Iterable[str]) -> str:
    known = list(dict.fromkeys(codes))
    return ", ".join((*known[:MOST], *(("...",) if len(known) > MOST else ())))[:300]
