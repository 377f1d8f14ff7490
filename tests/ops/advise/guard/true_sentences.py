"""True sentences about evidence, worded in many ways, and what makes each of them false."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from ops.advise.case import Case
from ops.advise.claim import Comparison
from ops.advise.comparison import holds
from ops.advise.evidence import Evidence, by_id
from ops.advise.guard.context import GuardContext
from ops.advise.guard.said import SaidClaim
from tests.llm.good_words import ACTIONS, CAUSES

ALONE = (
    "{label} is {full}.", "{label} is {value}.", "The {label} is {full}.", "{label}: {full}.",
    "For {title}, the {label} is {full}.", "The {label} of {title} is {full}.",
    "{title} has a {label} of {full}.", "On {title}: {label} {full}.",
    "It was found that the {label} is {full}.", "The evidence shows a {label} of {value}.",
)  # fmt: skip
HELD = (
    "{label} is {full}, {word} the reference of {reference}.",
    "The {label} is {word} its reference.", "The {label} of {title} is {word} {reference}.",
    "{label} is {value} and thus {word} the reference {reference}.",
    "With {full}, the {label} is {word} the reference.",
    "The {label} lies {word} the reference of {reference}.",
)  # fmt: skip
BOUNDED = (
    "{label} lies between {lower} and {upper}.", "{label} is {value} ({interval}).",
    "The {label} is at least {lower} and at most {upper}.",
    "The interval of the {label} is {interval}.",
)  # fmt: skip
WHY = ("{text}", "It seems that {low}", "From the evidence, {low}", "Most likely: {low}")
DO = ("{text}", "I recommend: {low}", "Please {low}", "Recommended: {low}")
WORDS = {"above": ("above", "higher than", "greater than"), "below": ("below", "lower than")}


def true_claims(context: GuardContext, chance: Random) -> Iterator[SaidClaim]:
    """Truths about each case: of each of its numbers, of its cause, of its action."""
    for alias, case in context.cases.items():
        pairs = context.allowed.get(alias, ())
        known = {a: e for a, e in context.evidence.items() if e.case == case.id}
        numbers = {a: e for a, e in known.items() if e.kind == "number" and e.value is not None}
        for at, one in numbers.items():
            yield _of_number(alias, case, at, one, chance)
        grounds = [a for a, e in known.items() if e.value is not None and not e.quoted]
        if pairs and grounds:
            cause, action = pairs[0]
            for role, text, ways in (
                ("cause", CAUSES[cause], WHY),
                ("action", ACTIONS[action], DO),
            ):
                low = text[0].lower() + text[1:]
                said = chance.choice(ways).format(text=text, low=low)
                yield _claim(alias, role, said, {}, cites=grounds[:1])


def _of_number(alias: str, case: Case, at: str, one: Evidence, chance: Random) -> SaidClaim:
    relation = _relation(one)
    ways = [*ALONE]
    ways += [*HELD, *HELD] if relation else []
    ways += BOUNDED if one.lower is not None and one.upper is not None else ()
    way = chance.choice(ways)
    word = chance.choice(WORDS[relation]) if relation else ""
    parts = ("full", "value", "lower", "upper", "interval", "reference")
    places = {part: f"{{{at}}}" if part == "value" else f"{{{at}.{part}}}" for part in parts}
    text = way.format(label=one.label, title=case.title, word=word, **places)
    held = [{"left": at, "relation": relation, "right": "reference"}] if way in HELD else []
    return _claim(alias, "finding", text, {at: one}, comparisons=held, cites=[at])


def _relation(one: Evidence) -> str:
    known = by_id([one])
    for relation in ("above", "below"):
        if holds(Comparison(left=one.id, relation=relation), known):  # type: ignore[arg-type]
            return relation
    return ""


def _claim(
    case: str, role: str, text: str, placed: Mapping[str, Evidence], **more: Any
) -> SaidClaim:
    places = [{"id": a, "label": e.label, "unit": e.unit} for a, e in placed.items()]
    return SaidClaim.model_validate(
        {"case": case, "role": role, "text": text[0].upper() + text[1:], "places": places, **more}
    )


Mutation = Callable[[SaidClaim, GuardContext, Random], SaidClaim | None]


def _worded(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    words = one.text.split(" ")
    spot = chance.randrange(len(words))
    word = chance.choice(["three", "twice", "several", "42", "half", "hundreds", "Monday", "٣"])
    return one.model_copy(update={"text": " ".join([*words[:spot], word, *words[spot:]])})


def _other_id(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    if not one.places:
        return None
    at = one.places[0].id
    mine = context.evidence[at]
    numbers = {a: e for a, e in context.evidence.items() if e.kind == "number"}
    others = [
        a for a, e in numbers.items() if e.label != mine.label and e.quantity != mine.quantity
    ]
    if not others:
        return None
    other = chance.choice(others)
    known = context.evidence[other]
    places = [{"id": other, "label": known.label, "unit": known.unit}]
    text = one.text.replace("{" + at, "{" + other)
    if text == one.text:
        return None
    fields = {**one.model_dump(), "text": text, "places": places, "cites": [other]}
    return SaidClaim.model_validate(fields)


def _unit(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    if not one.places:
        return None
    place = one.places[0].model_copy(update={"unit": one.places[0].unit + "/h"})
    return one.model_copy(update={"places": [place]})


def _label(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    if not one.places:
        return None
    place = one.places[0].model_copy(update={"label": "number of operators"})
    return one.model_copy(update={"places": [place]})


def _flipped(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    if not one.comparisons:
        return None
    turn = {"above": "below", "below": "above", "higher": "lower", "lower": "higher",
            "greater": "smaller", "smaller": "greater"}  # fmt: skip
    text = " ".join(turn.get(word, word) for word in one.text.split(" "))
    return None if text == one.text else one.model_copy(update={"text": text})


def _unbacked(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    return one.model_copy(update={"comparisons": []}) if one.comparisons else None


def _denied(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    text = one.text.replace(" is ", " is not ", 1)
    return None if text == one.text else one.model_copy(update={"text": text})


def _action(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    allowed = {action for _, action in context.allowed.get(one.case, ())}
    others = [text for action, text in sorted(ACTIONS.items()) if action not in allowed]
    more = chance.choice([*others, "Scrap the lot.", "Stop the line.", "Ship the lot."])
    return one.model_copy(update={"text": f"{one.text} {more}"})


def _cause(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    allowed = {cause for cause, _ in context.allowed.get(one.case, ())}
    alike = {"creep", "hidden-creep", "wear-out", "capillary-wear"}
    if allowed & alike:
        allowed |= alike  # a tool that creeps wears
    others = [
        text for cause, text in sorted(CAUSES.items())
        if cause not in allowed and cause not in ("none", "unknown")
    ]  # fmt: skip
    text = chance.choice(others)
    return one.model_copy(update={"text": f"{one.text} {text}"})


def _judging(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    more = chance.choice(["It is stable.", "It gets worse.", "This is safe.", "It is capable.",
                          "It rises.", "It is the worst of them.", "It surely fails."])  # fmt: skip
    return one.model_copy(update={"text": f"{one.text} {more}"})


def _ungrounded(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    return one.model_copy(update={"cites": [f"E{len(context.evidence) + 7}"]})


def _another_thing(one: SaidClaim, context: GuardContext, chance: Random) -> SaidClaim | None:
    name = chance.choice(["ZZ-99", "XK-12", "the Siemens line", "Bob"])
    return one.model_copy(update={"text": f"{one.text.rstrip('.')} on {name}."})


MUTATIONS: Mapping[str, Mutation] = {
    "number": _worded, "id": _other_id, "unit": _unit, "label": _label, "flipped": _flipped,
    "unbacked": _unbacked, "denied": _denied, "action": _action, "cause": _cause,
    "judged": _judging, "citation": _ungrounded, "name": _another_thing,
}  # fmt: skip
