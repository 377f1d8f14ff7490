"""Places whose own words stretch what stands there: another side, another time, another thing."""

import re
from collections.abc import Iterator

from ops.advise.evidence import Evidence
from ops.advise.guard import overclaim_words as words
from ops.advise.guard.known import case_names
from ops.advise.guard.reading import MASK, Look, Place

_SIDES = re.compile(r"\b(?:upper|lower)\b")
_LIMITS = ("limit", "target", "requirement")
_KEEPING = re.compile(
    r"\b(?:keep\w*|go(?:ing)? on|wait\w*|nothing|warten\w*|weiter)\b|等待|保持|继续"
)
_ACTING = re.compile(r"\b(?:act|acts|acting|action|actions|handel\w*)\b|行动")
_NEW = re.compile(
    r"\b(?:new|old|former|previous|raised|lowered|changed|relaxed|neue[rns]?|alte[rns]?)\b"
)
_EXPECTED = re.compile(
    r"\b(?:expect\w*|promis\w*|forecast\w*|ahead|to come|erwart\w*)\b|预计|预期"
    rf"|\b(?:over|of|in|for|within) the (?:next|coming) (?:[\d.,{MASK}]+ )?"
    r"(?:h|hours?|shifts?|days?|weeks?|months?|quarters?|years?|periods?)\b"
)
_LIFE = re.compile(r"\b(?:median|mean|average|characteristic|shortest|longest|in use|in service)\b")
_COUNTED = re.compile(r"\b(?:counted|observed|measured|seen|gezählt)\b")
_AS_SUBJECT = re.compile(
    rf"{MASK}+\s+(?:drifts?|driftet|creeps?|jump\w*|stands?|mov\w+|rises|falls|increases|decreases"
    r"|shifts?|shifted|crosses|reaches)\b"
)
_SPREADS = frozenset({"spread", "cp", "pp", "cpk", "ppk", "sigma"})


def stretched(look: Look) -> Iterator[str]:
    """Find places whose clause says another thing than their evidence."""
    for place in look.reading.places:
        one = look.context.evidence.get(place.id)
        if one is None or place.part == "label":
            continue
        yield from _told(look, place, one)
    yield from _others(look)
    yield from _spread(look)


def _told(look: Look, place: Place, one: Evidence) -> Iterator[str]:
    clause = look.reading.words(look.reading.clause_at(place.start))
    label = (one.reference_label if place.part == "reference" else one.label).lower()
    for side, other in (("upper", "lower"), ("lower", "upper")):
        if side in label and re.search(rf"\b{other}\b", clause) and side not in clause:
            yield f"{place.id} is {label!r}, and not the {other} one"
    said = _SIDES.findall(look.reading.shadow[: place.start])[-1:]
    if place.part == "reference" and said and _SIDES.findall(label) not in ([], said):
        yield f"{place.id} is {label!r}, and not the {said[0]} one"
    if one.quantity in _LIMITS and _NEW.search(clause):
        yield f"{place.id} is {one.label!r}; nothing tells that it was another"
    if any(p.id == place.id and p.part == "label" for p in look.reading.places):
        return  # its own label says what it is
    if why := _unsaid(look.reading.open, one, label):
        yield f"{place.id} is {one.label!r}, {why}"
    if one.quantity == "recovered-share" and re.search(r"\b(?:will|would)\b", clause):
        yield f"{place.id} is of the past, and promises nothing"
    yield from _of_time(look, place, one, clause)


def _unsaid(text: str, one: Evidence, label: str) -> str:
    """Why the words say another thing than a number is; empty if they do not."""
    if one.quantity == "cost-keeping" and not _KEEPING.search(text):
        return "and no word says so"
    if one.quantity == "cost-acting" and not _acts(text, label):
        return "and no word says that something is done"
    is_said = " " in label and label in text
    if one.quantity.startswith("expected-") and not (is_said or _EXPECTED.search(text)):
        return "and no word says that it is to be expected"
    if one.quantity == "ppm" and _COUNTED.search(text) and "count" not in label:
        return "and was not counted"
    life = _LIFE.search(text) if one.quantity == "b10" else None
    if life and life[0].split()[-1] not in label:
        return f"and not {life[0]!r}"
    return ""


def _acts(text: str, label: str) -> bool:
    """Whether words speak of acting, or name the action that a cost is of."""
    verbs = {word[:6] for word in re.findall(r"[a-z]+ing\b", label)}
    return _ACTING.search(text) is not None or any(verb in text for verb in verbs)


def _of_time(look: Look, place: Place, one: Evidence, clause: str) -> Iterator[str]:
    if one.quantity == "recovered-share" and words.LOST.search(clause):
        yield f"{place.id} is what was recovered, and not lost"
    labelled = any(p.id == place.id and p.part == "label" for p in look.reading.places)
    if one.kind != "time" or one.number is None or labelled:
        return
    if one.number > one.at and look.claim.role == "finding" and words.PAST.search(clause):
        yield f"{place.id} is yet to come, and the words speak of the past"
    wrong = words.CHANGED.search(clause) or not words.BEGAN.search(look.reading.shadow)
    if one.quantity == "since" and wrong:
        yield f"{place.id} is {one.label!r}, and no time of anything else"


def _others(look: Look) -> Iterator[str]:
    """Find names that a movement is said of although the case is not about them."""
    case = look.context.cases.get(look.claim.case)
    own = set(case_names(case)) if case is not None else set[str]()
    names = dict(look.reading.names)
    for found in _AS_SUBJECT.finditer(look.reading.shadow):
        name = names.get(found.start(), "")
        if name and own and name not in own and not any(name in one for one in own):
            yield f"{name} is not what the case is about"


def _spread(look: Look) -> Iterator[str]:
    """Find a spread that is spoken of where no evidence tells it."""
    if any(cause == "spread" for cause, _ in look.chosen):
        return
    ids = {*look.claim.cites, *(p.id for p in look.reading.places)} & set(look.context.evidence)
    if {look.context.evidence[one].quantity for one in ids} & _SPREADS:
        return
    term = next((t for t in look.reading.terms if t.quantities == frozenset({"spread"})), None)
    if term is not None:
        yield f"{term.text!r} is spoken of, and no evidence of it is cited"
