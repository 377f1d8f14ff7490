"""What is asked for comes first: the number that a question names, the cost, the action."""

from collections.abc import Mapping, Sequence
from itertools import chain

from ops.advise.case import Case
from ops.advise.claim import Claim, Role, Slot
from ops.advise.evidence import Evidence
from ops.advise.question import Asks, Intent

_ROLES: Mapping[Asks, tuple[Role, ...]] = {"cost": ("cost",), "action": ("action",)}
_SAID = "{what}: {label} is {value}."
_WORDS = ("label", "name")
MOST = 3  # things that a number is told of, where it is not said of which
_NO_NUMBERS = frozenset({"bottleneck", "violated-rule", "champion-version", "action-day"})


def asked_first(
    intent: Intent, claims: Sequence[Claim], cases: Sequence[Case], told: Case
) -> tuple[Claim, ...]:
    """Order the claims of the first story so that the first one answers the question.

    Parameters
    ----------
    cases
        All that answer the question, the first of them first: where no claim holds a number that
        is asked for, one of these is added that says it.
    told
        Case of the first story.
    """
    numbers = frozenset(intent.quantities) - _NO_NUMBERS
    if numbers:
        return _number_first(numbers, claims, cases, told)
    roles = {role for one in intent.asks for role in _ROLES.get(one, ())}
    if not roles or not intent.named or len(intent.asks) > 1:
        return tuple(claims)
    ahead = [one for one in claims if one.role in roles]
    return (*ahead, *(one for one in claims if one.role not in roles))


def _number_first(
    numbers: frozenset[str], claims: Sequence[Claim], cases: Sequence[Case], told: Case
) -> tuple[Claim, ...]:
    known = {one.id: one for case in cases for one in case.evidence}
    first = next((one for one in claims if _places(one, numbers, known)), None)
    if first is not None and first.role == "finding" and "what" in first.slots:
        return (first, *(one for one in claims if one is not first))
    found = {
        case.id: (case, one)
        for case in chain(reversed(cases), (told,))
        for one in reversed(case.evidence)
        if one.quantity in numbers and one.kind == "number" and one.value is not None
    }
    order = dict.fromkeys((told.id, *(case.id for case in cases)))
    added = [_said(*found[one]) for one in order if one in found]
    return (*added[:MOST], *claims)


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
