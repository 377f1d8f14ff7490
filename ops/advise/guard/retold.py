"""An answer of ours as a model would return it: places by alias, label and unit echoed."""

import re
from collections.abc import Mapping
from dataclasses import replace

from ops.advise.answer import Answer
from ops.advise.claim import Claim, Part, Slot
from ops.advise.guard.context import GuardContext
from ops.advise.guard.said import (
    MOST_CITED,
    MOST_CLAIMS,
    ModelAnswer,
    SaidClaim,
    SaidComparison,
    SaidJudged,
    SaidPlace,
)

_PARTS: Mapping[Part, str] = {"value": "", "name": ".label"}
_PLACE = re.compile(r"\{(\w+)\}")
_MEMORY = ".memory."  # in the id of evidence that is the text of a memory


def with_own(context: GuardContext, answer: Answer) -> GuardContext:
    """Let a guard know what the rules answered to the same evidence.

    A model that says one of these sentences word for word says what is proven; it is released as
    the rules made it.

    Parameters
    ----------
    answer
        Of the rules, with the names that the model was shown.
    """
    found = [(retold_claim(claim, context), claim) for claim in answer.claims]
    own = tuple((said, claim) for said, claim in found if said is not None)
    aliases = {case.id: alias for alias, case in context.cases.items()}
    pairs = {aliases[j.case]: (j.cause, j.action) for j in answer.judged if j.case in aliases}
    return replace(context, own=own, own_pairs=pairs)


def retold(answer: Answer, context: GuardContext) -> ModelAnswer:
    """Say an answer of the rules in the form that a model returns.

    Claims whose evidence the context does not hold, and those that no model makes, are left out;
    of the others as many stay as a model may return. The text of a memory is not repeated.
    """
    by_case = {case.id: alias for alias, case in context.cases.items()}
    claims = [one for claim in answer.claims if (one := retold_claim(claim, context)) is not None]
    claims = claims[:MOST_CLAIMS]
    told = {one.case for one in claims}
    judged = [
        SaidJudged(case=by_case[one.case], cause=one.cause, action=one.action)
        for one in answer.judged if by_case.get(one.case) in told
    ]  # fmt: skip
    return ModelAnswer(claims=claims, judged=judged, refusal=None)


def retold_claim(claim: Claim, context: GuardContext) -> SaidClaim | None:
    """Say one claim as a model would; None if the context does not hold what it rests on."""
    known = {one.id: alias for alias, one in context.evidence.items()}
    cases = {case.id: alias for alias, case in context.cases.items()}
    memory = _memory(claim, context)
    slots = {n: s for n, s in claim.slots.items() if s.evidence is None or not _is_memory(s)}
    used = [s.evidence for s in slots.values() if s.evidence is not None]
    compared = [i for c in claim.comparisons for i in (c.left, c.right) if i is not None]
    if claim.role == "what-if" or claim.role == "refusal":  # no model has these two
        return None
    if not set(used + compared) <= set(known):
        return None
    if claim.case is not None and claim.case not in cases:
        return None
    if claim.role == "memory" and not memory:
        return None
    rests = [known[one] for one in claim.evidence if one in known]
    return SaidClaim(
        case=cases[claim.case] if claim.case else "",
        role=claim.role,
        text=_text(claim.template, slots, known),
        places=[
            SaidPlace(id=alias, label=context.evidence[alias].label,
                      unit=context.evidence[alias].unit)
            for alias in dict.fromkeys(known[one] for one in used)
        ],
        comparisons=[
            SaidComparison(left=known[c.left], relation=c.relation,
                           right="reference" if c.right is None else known[c.right])
            for c in claim.comparisons
        ],
        cites=[*dict.fromkeys(rests), *memory][:MOST_CITED],
    )  # fmt: skip


def _is_memory(slot: Slot) -> bool:
    return slot.evidence is not None and _MEMORY in slot.evidence


def _memory(claim: Claim, context: GuardContext) -> list[str]:
    """Aliases of memories whose text a claim quotes."""
    ids = {s.evidence.rsplit(_MEMORY, 1)[1] for s in claim.slots.values()
           if s.evidence is not None and _is_memory(s)}  # fmt: skip
    return [alias for alias, one in context.memories.items() if str(one.id) in ids]


def _text(template: str, slots: Mapping[str, Slot], known: Mapping[str, str]) -> str:
    def said(place: re.Match[str]) -> str:
        slot = slots[place[1]]
        if slot.evidence is None:
            return slot.name or ""
        return f"{{{known[slot.evidence]}{_PARTS.get(slot.part, f'.{slot.part}')}}}"

    ends = (rf"[:,]? *\{{{name}\}}$" for name in _PLACE.findall(template) if name not in slots)
    for end in ends:  # the text of a memory: the sentence ends before it
        template = re.sub(end, ".", template)
    return _PLACE.sub(said, template)
