"""Sentences of the rules: proven when they were made, so that they may be said word for word."""

import re

from ops.advise.claim import Claim
from ops.advise.guard.reading import Look
from ops.advise.guard.said import LONGEST_TEXT, PLACE, SaidClaim

_WITH_CAUSE = ("cause", "note", "memory")  # they hold whatever is done about it
_ALWAYS = ("finding",)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z{])")
_TAKES_BACK = re.compile(
    r"(?:but|however|yet|still|though|although|unless|only|except|not|no)\b", re.IGNORECASE
)


def own_claim(look: Look) -> Claim | None:
    """Claim of the rules that a model repeats, for the same case and role; None if it does not.

    What it says of a cause needs the cause that the rules chose; what it says of an action, of
    costs or of alternatives needs their action too. Comparisons and ids beyond those of the rules
    make it another claim, and so does any other word or sign but a full stop or a space.
    """
    same = (claim for said, claim in look.context.own
            if _is_same(look.claim, said) and _is_chosen(look, said))  # fmt: skip
    return next(same, None)


def is_pieced(look: Look) -> bool:
    """Whether a claim is made of sentences of the rules, for the same case and role.

    Claims of the rules may be joined in their order, and the last may end early, with a whole
    sentence that what follows does not take back. The text of a memory is no such sentence.
    """
    if look.claim.role == "memory" or len(look.claim.text) > LONGEST_TEXT:
        return False
    known = [
        said for said, _ in look.context.own
        if (said.case, said.role) == (look.claim.case, look.claim.role)
        and _is_plain(said) and _is_chosen(look, said)
    ]  # fmt: skip
    used = _matched(_sentences(look.claim.text), known)
    return bool(used) and _rests_on(look.claim, used)


def _is_same(said: SaidClaim, own: SaidClaim) -> bool:
    same = (said.case, said.role, _plain(said.text)) == (own.case, own.role, _plain(own.text))
    return same and _is_plain(own) and _rests_on(said, [own])


def _is_plain(own: SaidClaim) -> bool:
    return len(own.text) <= LONGEST_TEXT and not {"{", "}"} & set(PLACE.sub("", own.text))


def _plain(text: str) -> str:
    return " ".join(text.split()).removesuffix(".")


def _rests_on(said: SaidClaim, used: list[SaidClaim]) -> bool:
    """Whether it cites and compares nothing beyond what these do."""
    cited = {one for own in used for one in (*own.cites, *(alias for alias, _ in own.placed))}
    held = [one for own in used for one in own.comparisons]
    return {*said.cites} <= cited and all(one in held for one in said.comparisons)


def _sentences(text: str) -> list[str]:
    return [_plain(one) for one in _SENTENCE.split(" ".join(text.split()))]


def _matched(said: list[str], known: list[SaidClaim]) -> list[SaidClaim]:
    """Claims of the rules, in their order, that make up these sentences; empty if none do."""
    for place, own in enumerate(known):
        parts = _sentences(own.text)
        if said == parts[: len(said)]:
            rest = parts[len(said) :]
            return [] if rest and _TAKES_BACK.match(rest[0]) else [own]
        if said[: len(parts)] == parts:
            more = _matched(said[len(parts) :], known[place + 1 :])
            if more:
                return [own, *more]
    return []


def _is_chosen(look: Look, own: SaidClaim) -> bool:
    pair = look.context.own_pairs.get(own.case)
    if own.role in _ALWAYS or not own.case:
        return True
    if pair is None:
        return False
    if own.role in _WITH_CAUSE:
        return pair[0] in {cause for cause, _ in look.chosen}
    return pair in look.chosen
