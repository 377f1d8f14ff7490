"""Claims of the rules in the place of those that were dropped, so that no case is told in part."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Claim
from ops.advise.guard.context import GuardContext
from ops.advise.guard.said import SaidClaim

Pair = tuple[CauseId, ActionId]
FATAL_ROLES = ("finding", "cause", "action")
_ORDER = ("finding", "cause", "action", "cost", "alternative", "tipping", "memory", "note")
_FILLED = _ORDER[:6]  # a memory or a note that is dropped leaves no gap
_WHOLE = ("cause", "action")  # told by the model or by the rules, and not by turns


@dataclass(frozen=True, slots=True)
class Told:
    """A claim that may be released, by alias of its case.

    Parameters
    ----------
    claim
        None: it was dropped.
    by_rules
        Whether it was put in by us.
    """

    case: str
    role: str
    claim: Claim | None
    by_rules: bool = False


def fits(role: str, case: str, context: GuardContext, chosen: Mapping[str, Pair]) -> bool:
    """Whether what the rules say in this role holds for what a model chose for the case."""
    pair = context.own_pairs.get(case)
    mine = chosen.get(case, pair)
    if role == "finding":
        return True
    if pair is None or mine is None:
        return False
    return pair[0] == mine[0] if role == "cause" else pair == mine


def cases_of(claim: SaidClaim, context: GuardContext) -> tuple[str, ...]:
    """Cases that a claim is about: its own, or, where it names none, those of what it rests on."""
    if claim.case:
        return (claim.case,)
    ids = (*claim.cites, *(alias for alias, _ in claim.placed))
    found = (context.case_of(context.evidence[one]) for one in ids if one in context.evidence)
    return tuple(dict.fromkeys(one for one in found if one)) or tuple(context.own_pairs)[:1]


def closes(gap: SaidClaim, context: GuardContext, chosen: Mapping[str, Pair]) -> bool:
    """Whether the rules can say what a claim that was dropped should have said."""
    if gap.role not in FATAL_ROLES:
        return True
    known = {(said.case, said.role) for said, _ in context.own}
    cases = cases_of(gap, context)
    return bool(cases) and all(
        (case, gap.role) in known and fits(gap.role, case, context, chosen) for case in cases
    )


def closed(
    told: Sequence[Told], gaps: Iterable[SaidClaim], context: GuardContext,
    chosen: Mapping[str, Pair],
) -> tuple[Told, ...]:  # fmt: skip
    """Put the rules' claims where claims were dropped, and where the gravest case lacks one.

    Cause and action of a case are told by one of both: where a claim of them was dropped, the
    rules' claims stand for all. Findings and numbers of the rules are put in unless what is left
    places all that they place and compares all that they compare.

    Parameters
    ----------
    told
        Claims in the order of the answer, those that were dropped without their `claim`.
    """
    wanted: list[tuple[str, str]] = [
        (case, gap.role) for gap in gaps if gap.role in _FILLED
        for case in cases_of(gap, context) if fits(gap.role, case, context, chosen)
    ]  # fmt: skip
    left = [one for one in told if one.claim is not None]
    wanted += [key for key in _of_gravest(context, chosen) if not _is_told(key, left)]
    result = list(told)
    for case, role in dict.fromkeys(wanted):
        at = _place(result, case, role)
        if role in _WHOLE:
            result = [
                Told(x.case, x.role, None) if (x.case, x.role) == (case, role) else x
                for x in result
            ]
        kept = [x.claim for x in result if x.claim is not None and (x.case, x.role) == (case, role)]
        more = (c for said, c in context.own if (said.case, said.role) == (case, role))
        result[at:at] = [
            Told(case, role, one, by_rules=True) for one in more if not _is_said(one, kept)
        ]
    return tuple(one for one in result if one.claim is not None)


def _of_gravest(context: GuardContext, chosen: Mapping[str, Pair]) -> Iterator[tuple[str, str]]:
    for case in tuple(context.own_pairs)[:1]:
        yield from ((case, role) for role in FATAL_ROLES if fits(role, case, context, chosen))


def _is_told(key: tuple[str, str], left: Iterable[Told]) -> bool:
    return any((one.case, one.role) == key for one in left)


def _place(told: Sequence[Told], case: str, role: str) -> int:
    """Where claims of a role belong: at the first that was dropped, and behind earlier roles."""
    rank = _ORDER.index(role)
    own = [at for at, one in enumerate(told) if one.case == case]
    gaps = [at for at in own if told[at].role == role and told[at].claim is None]
    before = [at + 1 for at in own if told[at].claim and _ORDER.index(told[at].role) < rank]
    return max([*gaps[:1], *before[-1:]], default=own[0] if own else 0)


def _is_said(own: Claim, kept: Sequence[Claim]) -> bool:
    """Whether claims that are left say a claim of the rules, or all its numbers and comparisons."""
    if own in kept:
        return True
    placed = {slot.evidence for claim in kept for slot in claim.slots.values()}
    held = [one for claim in kept for one in claim.comparisons]
    used = {slot.evidence for slot in own.slots.values() if slot.evidence is not None}
    return bool(used) and used <= placed and all(one in held for one in own.comparisons)
