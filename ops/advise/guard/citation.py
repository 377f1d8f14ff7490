"""Every id exists, and whoever claims something cites what it rests on."""

from collections.abc import Iterator

from ops.advise.guard.reading import Look
from ops.advise.guard.said import SaidClaim

GROUNDED = ("finding", "cause", "cost", "action", "tipping")


def citations(look: Look) -> Iterator[str]:
    """Find ids that do not exist, and claims that cite nothing."""
    claim, context = look.claim, look.context
    known = {*context.evidence, *context.memories}
    placed = [place.id for place in look.reading.places]
    compared = _compared(claim)
    echoed = [place.id for place in claim.places]
    yield from (f"{i} does not exist" for i in (*claim.cites, *placed, *echoed) if i not in known)
    yield from (f"{i} is no evidence" for i in compared if i not in context.evidence)
    if claim.case and claim.case not in context.cases:
        yield f"the case {claim.case} does not exist"
    if claim.role in ("cause", "action", "alternative") and not claim.case:
        yield f"a claim of role {claim.role} names no case"
    if claim.role in GROUNDED and not {*claim.cites, *placed} & set(context.evidence):
        yield f"a claim of role {claim.role} cites no evidence"
    if claim.role == "memory" and not set(claim.cites) & set(context.memories):
        yield "a claim of role memory cites no memory"


def _compared(claim: SaidClaim) -> list[str]:
    rights = [c.right for c in claim.comparisons if c.right != "reference"]
    return [c.left for c in claim.comparisons] + rights


def stale_memories(look: Look) -> Iterator[str]:
    """Find memories that no longer hold, as a ground for a cause or an action."""
    if look.claim.role in (*GROUNDED, "alternative"):
        for one in look.claim.cites:
            if one in look.context.stale:
                yield f"{one} no longer holds: no ground for a claim of role {look.claim.role}"
