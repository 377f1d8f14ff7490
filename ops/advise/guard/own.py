"""Sentences of the rules: proven when they were made, so that they may be said word for word."""

from ops.advise.claim import Claim
from ops.advise.guard.reading import Look
from ops.advise.guard.said import LONGEST_TEXT, PLACE, SaidClaim

_WITH_CAUSE = ("cause", "note", "memory")  # they hold whatever is done about it
_ALWAYS = ("finding",)


def own_claim(look: Look) -> Claim | None:
    """Claim of the rules that a model repeats, for the same case and role; None if it does not.

    What it says of a cause needs the cause that the rules chose; what it says of an action, of
    costs or of alternatives needs their action too. Comparisons and ids beyond those of the rules
    make it another claim, and so does any other word or sign.
    """
    same = (claim for said, claim in look.context.own
            if _is_same(look.claim, said) and _is_chosen(look, said))  # fmt: skip
    return next(same, None)


def _is_same(said: SaidClaim, own: SaidClaim) -> bool:
    if (said.case, said.role, said.text) != (own.case, own.role, own.text):
        return False
    if len(own.text) > LONGEST_TEXT or {"{", "}"} & set(PLACE.sub("", own.text)):
        return False
    extra = {*said.cites} - {*own.cites, *(alias for alias, _ in own.placed)}
    return not extra and all(one in own.comparisons for one in said.comparisons)


def _is_chosen(look: Look, own: SaidClaim) -> bool:
    pair = look.context.own_pairs.get(own.case)
    if own.role in _ALWAYS or not own.case:
        return True
    if pair is None:
        return False
    if own.role in _WITH_CAUSE:
        return pair[0] in {cause for cause, _ in look.chosen}
    return pair in look.chosen
