"""What is asked for comes first: the number that a question names, the cost, the action."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from ops.advise.case import Case
from ops.advise.claim import Claim, Role, Slot
from ops.advise.evidence import Evidence
from ops.advise.question import Asks, Intent

_ROLES: Mapping[Asks, tuple[Role, ...]] = {"cost": ("cost",), "action": ("action",)}
_SAID = "{what}: {label} is {value}."
_WORDS = ("label", "name")
_WORD = re.compile(r"[^\W_]+")
_DAYS = {  # of stretches that are foretold
    "month": "30", "quarter": "90", "year": "365", "monat": "30", "quartal": "90", "jahr": "365",
}  # fmt: skip
_SMALLEST = 1e-9  # of a p-value that is shown as another number than nothing
MOST = 3  # things that a number is told of, where it is not said of which
_NO_NUMBERS = frozenset({
    "bottleneck", "violated-rule", "champion-version", "action-day", "rules-broken", "family",
    "of-place", "infant", "position",
})  # fmt: skip


def asked_first(
    intent: Intent, claims: Sequence[Claim], cases: Sequence[Case], told: Case, *, text: str = ""
) -> tuple[Claim, ...]:
    """Order the claims of the first story so that the first one answers the question.

    Parameters
    ----------
    cases
        All that answer the question, the first of them first: where no claim holds a number that
        is asked for, one of these is added that says it.
    told
        Case of the first story.
    text
        The question: of several numbers of one quantity that is told whose label has most of it.
    """
    numbers = frozenset(intent.quantities) - _NO_NUMBERS
    if numbers:
        tools = frozenset(one.code for one in intent.named if one.kind == "tool")
        words = _WORD.findall(text.casefold())
        said = frozenset((*words, *(_DAYS[word] for word in words if word in _DAYS)))
        ordered = _number_first(numbers, claims, cases, told, (tools, said))
        return _with_cost(ordered) if "cost" in intent.asks else ordered
    roles = {role for one in intent.asks for role in _ROLES.get(one, ())}
    named = [one for one in intent.named if one.kind != "site"]
    if not roles or not named:
        return tuple(claims)
    if len(intent.asks) > 1:
        return _with_cost(claims, after=0) if "cost" in intent.asks[:1] else tuple(claims)
    ahead = [one for one in claims if one.role in roles]
    return (*ahead, *(one for one in claims if one.role not in roles))


def _with_cost(claims: Sequence[Claim], after: int = 1) -> tuple[Claim, ...]:
    """Claims with the cost right behind the first ones, if both were asked for."""
    costs = [one for one in claims[after:] if one.role == "cost"]
    return (*claims[:after], *costs, *(one for one in claims[after:] if one.role != "cost"))


def _number_first(
    numbers: frozenset[str],
    claims: Sequence[Claim],
    cases: Sequence[Case],
    told: Case,
    by: tuple[frozenset[str], frozenset[str]],
) -> tuple[Claim, ...]:
    named, said = by
    known = {one.id: one for case in cases for one in case.evidence}
    exact = any(e.quantity in numbers for case in cases for e in case.evidence)
    meant = numbers if exact else _instead(numbers, (told, *cases))
    first = next((one for one in claims if _places(one, meant, known)), None)
    if named and first is not None and first.role != "cost":
        first = None if _of_named(cases, numbers, named) else first
    found = _found(meant, chain(reversed(cases), (told,)), said)
    if (
        first is not None
        and told.id in found
        and _tells_more(found[told.id][1], first, said, known)
    ):
        first = None
    if first is not None and (first.role == "cost" or "what" in first.slots):
        return (first, *(one for one in claims if one is not first))
    own = _of_named(cases, numbers, named)
    found |= own
    order = dict.fromkeys((*own, told.id, *(case.id for case in cases)))
    added = [_said(*found[one]) for one in order if one in found]
    return (*added[:MOST], *claims)


def _found(
    numbers: frozenset[str], cases: Iterable[Case], said: frozenset[str]
) -> dict[str, tuple[Case, Evidence]]:
    """Evidence of a number by case, that whose label is likest to what is said."""
    found: dict[str, tuple[Case, Evidence]] = {}
    for case in cases:
        those = [e for e in case.evidence if e.quantity in numbers and _is_number(e)]
        if those:
            found[case.id] = case, max(those, key=lambda one: _like(one, said))
    return found


def _like(one: Evidence, said: frozenset[str]) -> int:
    """How many words of a question the label of a number has, the numbers of days among them."""
    return len(said & frozenset(_WORD.findall(one.label.casefold())))


def _tells_more(
    one: Evidence, claim: Claim, said: frozenset[str], known: Mapping[str, Evidence]
) -> bool:
    """Whether the label of a number is liker to the question than all that a claim tells."""
    ids = {slot.evidence for slot in claim.slots.values()}
    same = [e for name, e in known.items() if name in ids and e.quantity == one.quantity]
    return bool(same) and _like(one, said) > max(_like(other, said) for other in same)


def _instead(numbers: frozenset[str], cases: Iterable[Case]) -> frozenset[str]:
    """Quantities that are told in the place of those that no case has."""
    found = (case.stand_in(name) for case in cases for name in sorted(numbers))
    return frozenset(one.quantity for one in found if one is not None) or numbers


def _is_number(one: Evidence) -> bool:
    """Whether it is a number that says something: no p-value that is nothing by rounding."""
    rounded = one.quantity == "p-value" and abs(one.number or 0.0) < _SMALLEST
    return one.kind in ("number", "time") and one.value is not None and not rounded


def _of_named(
    cases: Sequence[Case], numbers: frozenset[str], named: frozenset[str]
) -> dict[str, tuple[Case, Evidence]]:
    """Evidence whose label names what is asked about, in a case of several: bias of gauge OPT-2."""
    meant = numbers | ({"gauge-bias"} if "bias" in numbers else set())
    return {
        case.id: (case, one)
        for case in cases
        for one in case.evidence
        if one.quantity in meant and _is_number(one) and named & set(one.label.split())
    }


def _places(claim: Claim, numbers: frozenset[str], known: Mapping[str, Evidence]) -> bool:
    slots = (s for s in claim.slots.values() if s.part not in _WORDS and s.evidence in known)
    return any(known[s.evidence].quantity in numbers for s in slots if s.evidence is not None)


def _said(case: Case, one: Evidence) -> Claim:
    slots = {
        "what": case.named(),
        "label": Slot(evidence=one.id, part="label"),
        "value": Slot(evidence=one.id, part="full"),
    }
    return Claim(role="finding", template=_SAID, slots=slots, evidence=(one.id,), case=case.id)
