"""Words that say that something stands still, or that it does not."""

import re

from ops.advise.catalogue import CauseId
from ops.advise.evidence import Evidence
from ops.advise.guard.reading import Look
from ops.advise.guard.steady import MOVES, counts_as_nothing, is_quiet, is_steady

STANDS = ("steady", "quiet", "unsteady")
_UNSTEADY = ("drift", "capability", "alert")  # topics of what moves or stands
_SIGN = re.compile(
    r"\b(?:signs?|evidence|indications?|found|detected|seen|shows?|showed|shown|identified|zeig\w*"
    r"|gefunden)\b"
)


def stands(look: Look, words: str, kind: str, negated: bool) -> bool | None:
    """Whether words of a clause say truly that the case stands still, or that it does not.

    None: a comparison decides. That no sign of a movement was found says less than that there is
    none: it needs no proof that it stands still.
    """
    case = look.context.cases.get(look.claim.case)
    causes: set[CauseId] = {cause for cause, _ in look.chosen}
    if (kind == "unsteady") != negated:
        return (case is None or case.topic in _UNSTEADY) and causes == {"unstable"}
    if kind == "quiet" and _SIGN.search(words):
        return is_quiet(case, causes) or None
    return is_steady(case, causes) or None


def is_still(one: Evidence, kind: str) -> bool:
    """Whether a number is a movement that counts as nothing, or, to say less, holds none."""
    less = kind == "quiet" and not one.reference
    return one.quantity in MOVES and (counts_as_nothing(one) or less)
