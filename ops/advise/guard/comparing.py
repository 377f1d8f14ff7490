"""Every comparison computed anew, and every word that compares backed by one that agrees."""

import re
from collections.abc import Iterator

from ops.advise.claim import Relation
from ops.advise.evidence import Evidence
from ops.advise.guard.direction_words import (
    DIRECTIONS,
    FLIPPED,
    NEGATION,
    OPPOSITE,
    Direction,
)
from ops.advise.guard.quantity_words import BETTER_HIGH, BETTER_LOW, MAY_BE_SAID_OF
from ops.advise.guard.reading import HOLE, MASK, REFERENCE, Clause, Look, Term, is_part_of
from ops.advise.guard.said import SaidComparison
from ops.advise.guard.standing import STANDS, is_still, stands
from ops.advise.guard.warrant import has_crossing, is_of_hazard, is_of_keeping, is_true

_SURE: dict[Relation, Relation] = {"above": "surely-above", "below": "surely-below"}
_ADVERB = re.compile(r"\w+ly|sure|certain|sicher|definitiv|bewiesen|proven|一定|必然|肯定")
_LIES = re.compile(r"\b(?:is|are|was|were|lies?|stands?)\s+$")
_NEAR = 24  # characters behind it
_BEFORE_OTHER = ("above", "below", "beneath", "beyond", "exceeds", "exceeding", "surpasses")
_NEXT = re.compile(
    rf"\W*(?:(?:the|its|a|an|der|die|das|den|dem|upper|lower|allowed|both|this|that|their)\W+)*"
    rf"(?:[{HOLE}{MASK}]|limits?|spec|specification|tolerance|requirement|target|threshold|control"
    rf"|reference|grenze\w*|toleranz|anforderung|规格|限|公差)"
)


def comparisons(look: Look) -> Iterator[str]:
    """Find comparisons that are not true, and words that compare without one that agrees."""
    yield from recorded(look)
    true = [one for one in look.claim.comparisons if _is_known(one, look)]
    for clause in look.reading.clauses:
        taken: list[tuple[int, int]] = []
        for family in DIRECTIONS:
            for found in family.words.finditer(look.reading.words(clause)):
                start, end = clause.start + found.start(), clause.start + found.end()
                if any(start < e and s < end for s, e in taken):
                    continue
                taken.append((start, end))
                if not _is_backed(family, start, end, clause, look, true):
                    yield f"{found[0]!r} compares, and no recorded comparison says so"


def recorded(look: Look) -> Iterator[str]:
    """Find recorded comparisons that are not true."""
    for one in look.claim.comparisons:
        if not _is_known(one, look):
            yield f"{one.left} {one.relation} {one.right} is not what the evidence says"


def _is_known(one: SaidComparison, look: Look) -> bool:
    return one.left in look.context.evidence and is_true(one, look)


def _is_backed(
    family: Direction, start: int, end: int, clause: Clause, look: Look, true: list[SaidComparison]
) -> bool:
    if family.extra == "reference-next":
        behind = look.reading.shadow[end : clause.end]
        lies = _LIES.search(look.reading.shadow[clause.start : start])
        if not _NEXT.match(behind) or (_is_time_next(look, end) and not lies):
            return True  # a preposition of time or place: it compares nothing
    if family.name == "outside" and _is_of_label(clause, look):
        return True  # the share outside is a quantity
    if family.extra == "bound" and _is_bound_next(look, end):
        return not _is_negated(look, clause, start)
    negated = _is_negated(look, clause, start)
    settled = _is_settled(family, negated, start, end, clause, look)
    if settled is not None:
        return settled
    relations = OPPOSITE.get(family.relations, frozenset()) if negated else family.relations
    if family.extra in ("good", "bad", "sure"):
        relations = family.relations
    return any(
        _agrees(one, relations, start, end, clause, look) and _is_extra(one, family, negated, look)
        for one in true
    )


def _is_settled(
    family: Direction, negated: bool, start: int, end: int, clause: Clause, look: Look
) -> bool | None:  # fmt: skip
    """Whether the words stand or fall whatever is compared; None: a comparison decides."""
    if family.extra in STANDS:
        return stands(look, look.reading.words(clause), family.extra, negated)
    if family.extra == "crossing" and not negated and has_crossing(look):
        return True
    if family.name in ("rises", "falls") and not negated and is_of_hazard(family, clause, look):
        return True
    if family.extra == "cost" and is_of_keeping(look, look.reading.shadow[clause.start : start]):
        return False
    if family.extra == "sure" and not _says_of_what(look, start, end, clause):
        return False
    return None


def _says_of_what(look: Look, start: int, end: int, clause: Clause) -> bool:
    """Whether a word of certainty that stands for a verb, as surely, has a comparison behind it."""
    if not _ADVERB.fullmatch(look.reading.shadow[start:end]):
        return True
    near = look.reading.shadow[end : min(clause.end, end + _NEAR)]
    others = (one for one in DIRECTIONS if one.extra not in ("sure", *STANDS))
    return any(one.words.search(near) for one in others)


def _is_bound_next(look: Look, end: int) -> bool:
    near = [p for p in look.reading.places if end <= p.start <= end + 8]
    return bool(near) and near[0].part in ("lower", "upper")


def _is_of_label(clause: Clause, look: Look) -> bool:
    evidence = look.context.evidence
    return any(
        "outside" in evidence[p.id].label for p in look.reading.places
        if clause.start <= p.start < clause.end and p.id in evidence
    )  # fmt: skip


def _is_time_next(look: Look, end: int) -> bool:
    """Whether a length of time or a share follows: within 9 days, over 3 weeks."""
    for place in look.reading.places:
        if end <= place.start <= end + 4 and place.id in look.context.evidence:
            one = look.context.evidence[place.id]
            return one.kind == "time" or one.unit in (
                "days",
                "d",
                "h",
                "weeks",
                "min",
                "s",
                "months",
            )
    return False


def _is_negated(look: Look, clause: Clause, start: int) -> bool:
    near = look.reading.shadow[max(clause.start, start - 28) : start]
    return len(NEGATION.findall(near)) % 2 == 1


def _agrees(
    one: SaidComparison, relations: frozenset[Relation], start: int, end: int, clause: Clause,
    look: Look,
) -> bool:  # fmt: skip
    """Whether a comparison says what the words say, of what the words say it."""
    side = _side(one, start, end, clause, look)
    if side == "":
        return False
    if one.relation in ("rises", "falls"):
        return side == "left" and one.relation in relations
    if _is_than_itself(one, side, start, end, look):
        return False
    relation = one.relation if side == "left" else FLIPPED.get(one.relation)
    return relation is not None and relation in relations


def _is_than_itself(one: SaidComparison, side: str, start: int, end: int, look: Look) -> bool:
    """Whether the place right behind the words is the very side that they are said of."""
    words = look.reading.shadow[start:end]
    if not (words in _BEFORE_OTHER or words.endswith("than")):
        return False
    for place in look.reading.places:
        if 0 <= place.start - end <= 6 and not look.reading.shadow[end : place.start].strip():
            return _of_place(one, place.id, place.part == "reference") == side
    return False


def _side(one: SaidComparison, start: int, end: int, clause: Clause, look: Look) -> str:
    """Which side of a comparison is the subject of the words; empty: it is about others."""
    marks = _marks(one, look)
    own = [m for m in marks if clause.start <= m[0] < clause.end and not start <= m[0] < end]
    before = [side for _, stop, side in own if stop <= start]
    behind = [side for at, _, side in own if at >= end]
    earlier = [side for _, stop, side in marks if stop <= clause.start]
    if before:
        return _checked(before[-1], behind)
    if earlier and not own:  # nothing but a pronoun: it stands for what was said, not for a limit
        return "left" if "left" in earlier else earlier[-1]
    if earlier:
        return _checked(earlier[-1], behind)
    if behind:
        swapped = behind[0] == "left" and "right" in behind
        return "left" if behind[0] and not swapped else ""
    ids = {*look.claim.cites, *(p.id for p in look.reading.places)}
    return "left" if one.left in ids else ""


def _marks(one: SaidComparison, look: Look) -> list[tuple[int, int, str]]:
    """Places and quantities of the text, each with the side that it is of; empty: of none."""
    places = [
        (p.start, p.end, _of_place(one, p.id, p.part == "reference")) for p in look.reading.places
    ]
    terms = [
        (t.start, t.end, _of_term(one, t, look))
        for t in look.reading.terms if not _is_neutral(one, t.quantities, look)
    ]  # fmt: skip
    return sorted(places + terms)


def _is_neutral(one: SaidComparison, named: frozenset[str], look: Look) -> bool:
    """Whether it names what a slope is the slope of: the level rises."""
    left = look.context.evidence[one.left].quantity
    of_demand = left == "service-level"  # so much of the demand
    moves = one.relation in ("rises", "falls") or of_demand
    between = MAY_BE_SAID_OF.get(left, ()) if moves else ()
    return left not in named and any(quantity in between for quantity in named)


def _checked(subject: str, behind: list[str]) -> str:
    """Take the subject, unless what follows is not the other side of the same comparison."""
    if subject == "" or not behind:
        return subject
    other = "right" if subject == "left" else "left"
    return subject if behind[0] in (other, subject) else ""


def _of_place(one: SaidComparison, alias: str, is_reference: bool) -> str:
    if alias == one.left:
        return "right" if is_reference else "left"
    return "right" if alias == one.right else ""


def _of_term(one: SaidComparison, term: Term, look: Look) -> str:
    left, named = look.context.evidence[one.left], term.quantities
    if _names(left, named) or (REFERENCE not in named and is_part_of(term, left.label)):
        return "left"
    if left.label.lower().endswith(f" of {term.text}"):
        return "left"  # a share of the tolerance
    if one.right == "reference":
        return "right" if REFERENCE in named else ""
    right = look.context.evidence[one.right]
    return "right" if _names(right, named) else ""


def _names(one: Evidence, named: frozenset[str]) -> bool:
    return one.quantity in named


def _is_extra(one: SaidComparison, family: Direction, negated: bool, look: Look) -> bool:
    left = look.context.evidence[one.left]
    if family.name in ("rises", "falls") and _straddles(left):
        return False
    if family.extra in STANDS:
        return is_still(left, family.extra)
    if family.extra == "sure":
        return not negated and _is_sure(one, left, look)
    if family.extra in ("good", "bad"):
        return _is_good(one, left) == ((family.extra == "good") != negated)
    return True


def _straddles(one: Evidence) -> bool:
    return one.lower is not None and one.upper is not None and one.lower <= 0 <= one.upper


def _is_sure(one: SaidComparison, left: Evidence, look: Look) -> bool:
    if one.relation in ("rises", "falls"):
        return left.lower is not None and left.upper is not None and not _straddles(left)
    surer = _SURE.get(one.relation)
    return surer is None or is_true(one.model_copy(update={"relation": surer}), look)


def _is_good(one: SaidComparison, left: Evidence) -> bool | None:
    if one.relation in ("within", "outside"):
        return one.relation == "within"
    if one.relation == "equals":
        return True
    high = left.quantity in BETTER_HIGH
    if not high and left.quantity not in BETTER_LOW:
        return None
    return (one.relation in ("above", "surely-above", "rises")) == high
