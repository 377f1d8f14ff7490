"""What else than a recorded comparison warrants words that compare."""

import re

from ops.advise.claim import Comparison, Relation
from ops.advise.comparison import holds
from ops.advise.guard.direction_words import Direction
from ops.advise.guard.reading import Clause, Look
from ops.advise.guard.said import SaidComparison

_KEEPS = re.compile(
    r"\b(?:keeping|going on|to go on|waiting|to wait|to keep|warten|abwarten)\b|等待|保持"
)
_AHEAD = re.compile(r"\bbefore (?:the |its )?(upper |lower )?limit is (?:reached|met|crossed)\b")
_HAZARD = re.compile(r"\b(?:falling|rising) hazard\b|\bhazard (?:falls|rises)\b")


def is_true(one: SaidComparison, look: Look) -> bool:
    """Whether a comparison holds of the evidence."""
    evidence = {e.id: e for e in look.context.evidence.values()}
    right = None
    if one.right != "reference":
        if one.right not in look.context.evidence:
            return False
        right = look.context.evidence[one.right].id
    left = look.context.evidence[one.left].id
    return holds(Comparison(left=left, relation=one.relation, right=right), evidence) is True


def has_crossing(look: Look) -> bool:
    """Whether a claim rests on a crossing, or tells to act before the one that its case has."""
    ids = {*look.claim.cites, *(p.id for p in look.reading.places)} & set(look.context.evidence)
    found = [look.context.evidence[one] for one in ids]
    if look.claim.role == "action" and (ahead := _AHEAD.search(look.reading.shadow)):
        case = look.context.cases.get(look.claim.case)
        every = () if case is None else case.evidence
        found += [e for e in every if not ahead[1] or ahead[1].strip() in e.label]
    return any(e.quantity.startswith("crossing") and e.value is not None for e in found)


def is_of_hazard(family: Direction, clause: Clause, look: Look) -> bool:
    """Whether words say of a hazard what a shape tells that is surely off one."""
    if not _HAZARD.search(look.reading.words(clause)):
        return False
    surely: Relation = "surely-below" if family.name == "falls" else "surely-above"
    shapes = (c for c in look.claim.comparisons if c.left in look.context.evidence)
    return any(
        look.context.evidence[one.left].quantity == "shape" and one.right == "reference"
        and look.context.evidence[one.left].reference == 1.0 and one.relation == surely
        and is_true(one, look)
        for one in shapes
    )  # fmt: skip


def is_of_keeping(look: Look, before: str) -> bool:
    """Whether words say of going on what a comparison of the cost of acting says."""
    lefts = {look.context.evidence[c.left].quantity for c in look.claim.comparisons
             if c.left in look.context.evidence}  # fmt: skip
    return lefts == {"cost-acting"} and _KEEPS.search(before) is not None
