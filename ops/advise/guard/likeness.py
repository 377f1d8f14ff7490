"""Numbers that are easily taken for each other: of two costs, of two actions."""

import re
from collections.abc import Iterator

from ops.advise.evidence import Evidence
from ops.advise.guard.direction_words import NEGATION
from ops.advise.guard.quantity_words import CONTRARY, CONTRARY_LABELS, TERMS
from ops.advise.guard.reading import Look, Place

_WORD = re.compile(r"[a-zà-ÿ]{3,}")
_JOINT = r"\s*(?:is|are|was|of|at|:)?\s*"
_ALIKE = frozenset(["cost", "share", "life", "level", "saving", "chance"])
_OF_CHANCE = frozenset(
    """the and its this for with only about just now that there has have was are been will chance
    probability likely risk""".split()  # noqa: SIM905  (a word list is read more easily)
)
_ACTIONS = ("recalibr", "clean", "replac", "refurb", "overhaul", "retrain", "replan")


def likenesses(look: Look) -> Iterator[str]:
    """Find places whose words say the label of another number that is like it."""
    for place in look.reading.places:
        one = look.context.evidence.get(place.id)
        if one is None or one.kind not in ("number", "time") or _says_itself(look, place):
            continue
        words = _near(look, place)
        contrary = CONTRARY.get(one.quantity)
        if (contrary and contrary.search(words)) or _is_of_the_contrary(look, one, place):
            yield f"{place.id} is {one.label!r}, and the words say the contrary"
        elif other := _of_another_chance(look, one, place):
            yield f"{place.id} is {one.label!r}, and no chance of what {other!r} says"
        elif _is_of_another_action(words, one.label.lower()):
            yield f"{place.id} is {one.label!r}, and the words name another action"
        elif other := _label_before(look, one, place):
            yield f"{place.id} is {one.label!r}, the words say {other!r}"
        else:
            yield from _taken_for(look, one, place, words)


def _says_itself(look: Look, place: Place) -> bool:
    """Whether the label of its evidence stands at a place too."""
    return any(p.id == place.id and p.part == "label" for p in look.reading.places)


def _label_before(look: Look, one: Evidence, place: Place) -> str:
    """Label of another number, where it stands right before the place; empty if none does."""
    before = look.reading.open[: place.start]
    if _is_right_before(before, one.label) or place.part == "reference":
        return ""
    known = (e for e in look.context.evidence.values() if e.label != one.label and not e.quoted)
    alike = (
        e.label
        for e in known
        if len(e.label) > 3 and (e.case == one.case or not _holds(one.label, e.label))
    )
    return next((label for label in alike if _is_right_before(before, label)), "")


def _is_right_before(text: str, label: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(label.lower())}{_JOINT}$", text) is not None


def _holds(label: str, other: str) -> bool:
    return f" {other.lower()} " in f" {label.lower()} "


def _near(look: Look, place: Place) -> str:
    """Words since the place before it: those of its clause, or, without any, all of them."""
    last = max((p.end for p in look.reading.places if p.end <= place.start), default=0)
    since = max(last, look.reading.clause_at(place.start).start)
    words = look.reading.open[since : place.start]
    return words if words.strip() else look.reading.open[last : place.start]


def _taken_for(look: Look, one: Evidence, place: Place, words: str) -> Iterator[str]:
    said = {word[:6] for word in _WORD.findall(words)}
    for other in look.context.evidence.values():
        if other.case == one.case and other.id != one.id and _are_alike(one, other):
            mine, its = _stems(one.label), _stems(other.label)
            if said & (its - mine) and not said & (mine - its):
                yield f"{place.id} is {one.label!r}, the words say {other.label!r}"
                return


def _are_alike(one: Evidence, other: Evidence) -> bool:
    if one.unit != other.unit:
        return False
    shared = set(TERMS.get(one.quantity, ())) & set(TERMS.get(other.quantity, ()))
    named = {w for w in _stems(one.label) & _stems(other.label) if w in _ALIKE}
    return one.quantity == other.quantity or bool(shared or named)


def _stems(label: str) -> set[str]:
    return {word[:6] for word in _WORD.findall(label.lower()) if word not in ("the", "and", "for")}


def _is_of_the_contrary(look: Look, one: Evidence, place: Place) -> bool:
    """Whether its clause says the contrary of a word of its label: the share inside."""
    label = one.label.lower()
    clause = look.reading.words(look.reading.clause_at(place.start))
    return any(
        re.search(own, label) and not re.search(other, label) and re.search(other, clause)
        for own, other in CONTRARY_LABELS
    )


def _of_another_chance(look: Look, one: Evidence, place: Place) -> str:
    """Word beside a probability that its label does not hold; empty if all of them do."""
    if not one.label.startswith("probability that"):
        return ""
    known = {word[:4] for word in _WORD.findall(one.label.lower())}
    words = look.reading.words(look.reading.clause_at(place.start))
    denied = NEGATION.search(words)
    if denied and not NEGATION.search(one.label):
        return denied[0]
    if one.label.lower() in look.reading.open:
        return ""
    said = [word for word in _WORD.findall(words) if word not in _OF_CHANCE]
    own = [word for word in _WORD.findall(one.label.lower()) if word not in _OF_CHANCE]
    few = said[:1] if len(own) > 1 and len(said) == 1 else []
    return next((word for word in said if word[:4] not in known), "".join(few))


def _is_of_another_action(words: str, label: str) -> bool:
    said = {stem for stem in _ACTIONS if stem in words}
    own = {stem for stem in _ACTIONS if stem in label}
    return bool(said and own and not said & own)
