"""Every number bound to what it is: its label, its unit, the words around it."""

import re
from collections.abc import Iterator

from ops.advise.claim import Part
from ops.advise.evidence import Evidence
from ops.advise.guard.dating import fits_time, is_too_late, last_of
from ops.advise.guard.echoing import echoes
from ops.advise.guard.quantity_words import MAY_BE_SAID_OF
from ops.advise.guard.reading import MASK, REFERENCE, Clause, Look, Place, Reading, Term, is_part_of

_LOW = re.compile(
    r"\b(?:at least|lower(?! limit)|lowest|from|between|low|mindestens|untere[rns]?(?! grenz)|von"
    r"|zwischen|no less than)\b"
    r"|至少|下界|下限|不低于"
)
_HIGH = re.compile(
    r"\b(?:at most|upper(?! limit)|up to|to|and|höchstens|obere[rns]?(?! grenz)|bis|und"
    r"|no more than)\b"
    r"|至多|上界|上限|不超过|最多"
)
_JOINED = re.compile(r"(?<!up )\b(?:to|and|bis|und)\s+(?:about |at most )?$")
_STANDS_AT = re.compile(rf"{MASK}\s+is (?:now |currently )?at $")
_THAN = re.compile(r"\b(?:than|above|below|over|under|exceeds?|beyond)\s+$")
_DATES = re.compile(
    r"(?:\b(?:start\w*|beg[aiu]n\w*|happened)\s+(?:around|about|at|in)"
    r"|\b(?:since|before|until|till|(?<!go )(?<!going )on|seit|vor)|自)\s*$"
)
_BY = re.compile(r"\bby\s*$")
_BEGAN = re.compile(r"\b(?:began|begun|started|happened|seen|begann)\b")
_NOT_AT = re.compile(  # a begin is not before or after itself
    r"\b(?:beg[au]n|begun|begins?|started|starts|begann|beginnt)\b"
    r"[^.;:,]*\b(?:after|before|until|nach|vor)\s+$"
)
_AIM = re.compile(r"\b(?:re-?cent\w+|mean)\b[^.;,:]*\btarget (?:value )?(?:of )?$")
_TIGHT = re.compile(
    r"\s*(?:of|is|was|equals|[:=]|von|ist|beträgt|为|是)\s*"
    r"|\s+(?:is|was|lies|stands|ranges)\s+(?:now\s+)?(?:at|between|from|about|around)\s+"
)
_DENIED = re.compile(
    r"(?:\b(?:not|no|never|without|nor|nicht|kein\w*|ohne|nie)"
    r"(?: (?:about|the|a|at|by|just|only))?\s+"
    r"|[不非无])[(\s]*$"
)
_OF = re.compile(r"\s+(?:of|von)\s+(?:the|a|an|its|this)?\s*|\s+de[rs]\s+")
_WORD = re.compile(r"[a-zà-ÿµ]{3,}|[\u4e00-\u9fff]")
_EMPTY = frozenset(
    """the and for its this that with from since until into onto over under time value number limit
    per last before after now one are was has have not day days week""".split()  # noqa: SIM905
)


def binding(look: Look) -> Iterator[str]:
    """Find places whose echo, part or neighbouring words do not fit their evidence."""
    yield from echoes(look)
    for place in look.reading.places:
        one = look.context.evidence.get(place.id)
        if one is None:
            continue
        missing = _missing(one, place.part)
        if place.part != "label" and _DENIED.search(look.reading.shadow[: place.start]):
            yield f"{place.id} is denied by the word before it"
        if missing:
            yield f"{place.id}: {missing}"
        elif place.part != "label" and one.kind in ("number", "time"):
            yield from _dated(look, place, one)
            if look.claim.role == "action" and is_too_late(look.reading, place, one):
                yield f"{place.id} is past, and no time to act"
            yield from _named(look, place, one)
            yield from _stray(look, place, one)
        elif place.part != "label" and one.quantity != "verdict":
            yield from _worded(look.reading, place, one)


def _missing(one: Evidence, part: Part) -> str:
    """Say what evidence does not have of what is asked; empty if all is there."""
    if part == "reference":
        return "" if one.reference is not None else "it has no reference"
    if part in ("lower", "upper"):
        return "" if getattr(one, part) is not None else f"it has no {part} bound"
    if part == "interval":
        return "" if (one.lower, one.upper) != (None, None) else "it has no interval"
    return "" if one.value is not None or part == "label" else "its value is unknown"


def _named(look: Look, place: Place, one: Evidence) -> Iterator[str]:
    reading = look.reading
    clause = reading.clause_at(place.start)
    before = reading.shadow[clause.start : place.start]
    if one.kind == "time" and place.part in ("value", "full"):
        fits = fits_time(before, one)
        if fits is not None:
            if not fits:
                yield f"{place.id} is {one.label!r}, no time of the kind that the words say"
            return
    if place.part in ("lower", "upper"):
        bound = _LOW if place.part == "lower" else _HIGH
        other = _HIGH if place.part == "lower" else _LOW
        near = before[-24:]
        joined = place.part == "upper" and _JOINED.search(near) and not _has_lower(reading, place)
        if not bound.search(near) or last_of(other, near) > last_of(bound, near) or joined:
            yield f"{place.id}.{place.part} stands where no word says that it is a bound"
    yield from _quantity(look, clause, place, one)


def _has_lower(reading: Reading, place: Place) -> bool:
    """Whether the lower bound of the same number stands before: from here to there."""
    before = [p for p in reading.places if p.end <= place.start]
    return bool(before) and (before[-1].id, before[-1].part) == (place.id, "lower")


def _worded(reading: Reading, place: Place, one: Evidence) -> Iterator[str]:
    """Words at a place where the words before it name a number."""
    clause = reading.clause_at(place.start)
    own = [t for t in reading.terms if clause.start <= t.start and t.end <= place.start]
    before = reading.text[clause.start : place.start]
    opens = reading.text[: place.start].rstrip().endswith((":", "\uff1a"))
    if own and not _may_name(own[-1], one, place.part) and not is_part_of(own[-1], one.label):
        yield f"{place.id} is {one.label!r}, but the words name {own[-1].text!r}"
    elif not (opens or _label_is_placed(reading, place) or _label_is_said(before, place, one)):
        yield f"{place.id} is {one.label!r}, and no word before it says so"


def _dated(look: Look, place: Place, one: Evidence) -> Iterator[str]:
    """Find numbers where a date should stand, and dates where a number or another date should."""
    clause = look.reading.clause_at(place.start)
    before = look.reading.shadow[clause.start : place.start]
    is_action = look.claim.role == "action"
    if one.kind == "number":
        named = any(_may_name(t, one, place.part) for t in look.reading.terms
                    if clause.start <= t.start < clause.end)  # fmt: skip
        if _DATES.search(before) or (is_action and _BY.search(before) and not named):
            yield f"{place.id} is {one.label!r}, no date"
        return
    if look.reading.shadow[place.end :].startswith(" of "):
        yield f"{place.id} is {one.label!r}, no amount of something"
        return
    future = one.number is not None and one.number > one.at
    elsewhere = (_BY.search(before) and not is_action) or (future and _BEGAN.search(before))
    if elsewhere or (one.quantity == "since" and _NOT_AT.search(before)):
        yield f"{place.id} is {one.label!r}, and the words ask for something else"
    elif _TIGHT.fullmatch(before[-4:]) or before.endswith(" is "):
        label = set(_WORD.findall(one.label.lower())) - _EMPTY
        terms = {t.text for t in look.reading.terms if one.quantity not in t.quantities}
        if not label & set(_WORD.findall(before)) - terms:
            yield f"{place.id} is {one.label!r}, and no word before it says so"


def _quantity(look: Look, clause: Clause, place: Place, one: Evidence) -> Iterator[str]:
    reading = look.reading
    if _label_is_placed(reading, place) or _is_compared_with(reading, place):
        return
    if one.quantity == "level-now" and _STANDS_AT.search(reading.shadow[: place.start]):
        return  # a title stands at its level
    own, others = _nearest_first(reading, clause, place)
    for terms, words in ((own, reading.text[clause.start : clause.end]), (others, reading.text)):
        for term in terms:
            fits, why = _fits(look, term, place, one)
            if fits is None:
                continue
            if not fits:
                yield f"{place.id} is {one.label!r}, {why}"
            return
        if _label_is_said(words, place, one):
            return
    yield f"{place.id} is {one.label!r}, and no word of the text says so"


def _fits(look: Look, term: Term, place: Place, one: Evidence) -> tuple[bool | None, str]:
    """Whether a term names the number of a place, and why not; None: it says nothing of it."""
    if _is_told_before(look, term, place):
        return None, ""
    if _is_another(look, term, place, one):
        return False, f"and {term.text!r} is the label of another"
    if _may_name(term, one, place.part):
        head = _head(look.reading, term, place)
        if head and not (_may_name(head, one, place.part) or _is_said_of(head, one)):
            return False, f"but the words name {head.text!r}"
        return True, ""
    tight = _TIGHT.fullmatch(look.reading.shadow[term.end : place.start])
    if _may_stand_between(term, one) and (not tight or is_part_of(term, one.label)):
        return None, ""
    return False, f"but the words name {term.text!r}"


def _is_compared_with(reading: Reading, place: Place) -> bool:
    """Whether a reference follows a word that compares: below 1.33; the comparison is checked."""
    return place.part == "reference" and _THAN.search(reading.shadow[: place.start]) is not None


def _stray(look: Look, place: Place, one: Evidence) -> Iterator[str]:
    """Find a reference of something that the claim does not speak of."""
    if place.part != "reference":
        return
    valued = any(p.id == place.id and p.part != "reference" for p in look.reading.places)
    left = any(c.left == place.id for c in look.claim.comparisons)
    named = any(one.quantity in t.quantities for t in look.reading.terms)
    aimed = look.claim.role == "action" and one.reference_label == "target" and _AIM.search(
        look.reading.shadow[: place.start]
    )  # fmt: skip
    if not (valued or left or named or aimed):
        yield f"{place.id} is {one.label!r}, and nothing else is said of it"
    elif not left and _is_compared_with(look.reading, place):
        yield f"{place.id} is compared with in words, and no comparison says so"


def _nearest_first(reading: Reading, clause: Clause, place: Place) -> tuple[list[Term], list[Term]]:
    """Terms of its clause, those before the place first, and alike those of other clauses."""
    own = [t for t in reading.terms if clause.start <= t.start < clause.end]
    others = [t for t in reading.terms if t not in own]
    return _ordered(own, place), _ordered(others, place)


def _head(reading: Reading, term: Term, place: Place) -> Term | None:
    """Find what a term is said of: the cost of the drift, or so much of the cost."""
    for other in reading.terms:
        before = reading.shadow[other.end : term.start] if other.end <= term.start else ""
        behind = reading.shadow[place.end : other.start] if other.start >= place.end else ""
        if _OF.fullmatch(before) or _OF.fullmatch(behind):
            return other
    return None


def _ordered(terms: list[Term], place: Place) -> list[Term]:
    before = [t for t in terms if t.end <= place.start]
    return [*reversed(before), *(t for t in terms if t.start >= place.end)]


def _may_name(term: Term, one: Evidence, part: Part) -> bool:
    if part == "reference":
        return REFERENCE in term.quantities
    if one.label.startswith("probability that") and term.text in ("probability", "chance"):
        return True
    return one.quantity in term.quantities


def _may_stand_between(term: Term, one: Evidence) -> bool:
    return _is_between(term, one) or is_part_of(term, one.label)


def _is_between(term: Term, one: Evidence) -> bool:
    between = MAY_BE_SAID_OF.get(one.quantity, ())
    return any(quantity in between for quantity in term.quantities)


def _is_another(look: Look, term: Term, place: Place, one: Evidence) -> bool:
    """Whether a term is the whole label of other evidence of the case."""
    own = one.reference_label if place.part == "reference" else one.label
    if term.text == own.lower() or _is_between(term, one):
        return False
    return any(
        other.case == one.case and other.label.lower() == term.text
        for other in look.context.evidence.values() if other.kind in ("number", "time")
    )  # fmt: skip


def _is_told_before(look: Look, term: Term, place: Place) -> bool:
    """Whether a term is the whole label of a number between it and this one: 3 of 9 units."""
    between = [p for p in look.reading.places if place.end <= p.start and p.end <= term.start]
    known = look.context.evidence.get(between[-1].id) if between else None
    outside = look.reading.shadow[: term.start].endswith(("outside the ", "outside "))
    mine = look.context.evidence[place.id].label.lower()
    if outside and "outside" in mine and term.text in ("limit", "limits"):
        return True
    return known is not None and known.label.lower() == term.text


def _is_said_of(head: Term, one: Evidence) -> bool:
    return is_part_of(head, one.label) or _may_stand_between(head, one)


def _label_is_placed(reading: Reading, place: Place) -> bool:
    return any(p.id == place.id and p.part == "label" for p in reading.places)


def _label_is_said(words: str, place: Place, one: Evidence) -> bool:
    """Whether a word of the label stands there that says something."""
    label = one.reference_label if place.part == "reference" else one.label
    said = {word[:6] for word in _WORD.findall(words.lower()) if word not in _EMPTY}
    return any(word[:6] in said for word in _WORD.findall(label.lower()))
