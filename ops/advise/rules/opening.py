"""The opening of an answer: what is asked beside the findings, said before them."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Role, Slot
from ops.advise.question import Intent, Wish
from ops.advise.rules import opening_words as words
from ops.advise.rules.comparing import compared
from ops.advise.rules.happened import happened
from ops.advise.rules.judge import seen
from ops.advise.rules.rivals import rivals
from ops.advise.rules.rules_broken import rules_broken
from ops.advise.rules.saying import ground, said
from ops.advise.rules.seeking import SOUGHT, seeking
from ops.advise.rules.view import View

COUNTED = "alerts/open"  # case that counts alerts
COUNTS = frozenset({COUNTED, SOUGHT})  # cases that only count
_POSITIONS = frozenset({"position", "wire"})
_COSTS = ("saving", "cost-keeping", "cost-acting", "cost-week", "total-cost", "cost-per-unit")


def opening(
    intent: Intent, main: Case, cases: Sequence[Case], beside: Sequence[Case], *, now_us: int
) -> tuple[Claim, ...]:
    """Sentences that answer what the findings by themselves do not.

    Parameters
    ----------
    main
        What is told first.
    cases, beside
        As for `advise`.
    """
    return (
        *_not_told(intent),
        *seeking(cases),
        *_missing(intent, cases),
        *_counted(intent, cases),
        *rules_broken(intent, (*cases, *beside)),
        *rivals(intent, (*cases, *beside)),
        *_limited(intent),
        *compared(intent, cases),
        *happened(intent, (*cases, *beside), now_us=now_us),
        *_wished(intent, seen(main, (*cases, *beside))),
    )


def _not_told(intent: Intent) -> Iterator[Claim]:
    told: Mapping[Wish, str] = {
        "order": words.ORDER, "person": words.PERSON, "meaning": words.MEANING,
    }  # fmt: skip
    for wish, template in told.items():
        if wish in intent.wishes:
            yield Claim(role="note", template=template)


def _missing(intent: Intent, cases: Sequence[Case]) -> Iterator[Claim]:
    """Say which of the quantities that are asked for no case has, and what has no analysis."""
    for asked in intent.quantities:
        named = words.MISSED.get(asked)
        if named is not None and not any(_tells(case, asked) for case in cases):
            slot = Slot(name=named.english(), phrases=(named,))
            yield Claim(role="note", template=words.MISSING, slots={"name": slot})
    if intent.asks == ("cost",) and not any(case.get(one) for case in cases for one in _COSTS):
        yield Claim(role="note", template=words.NO_COST)
    place = "of-place" in intent.quantities or _is_of_site(intent)
    if place and "plan" in intent.topics and "status" in intent.asks and cases:
        yield Claim(role="note", template=words.OF_PLACE)
    tools = [one.code for one in intent.named if one.kind == "tool"]
    if tools and intent.asks == ("status",) and all(c.id.startswith("events/") for c in cases):
        slots = {"name": Slot(name=", ".join(tools)[:300])}
        yield Claim(role="note", template=words.UNSTUDIED, slots=slots)


def _tells(case: Case, asked: str) -> bool:
    """Whether a case has what is asked for; of positions, whether one stands out."""
    by = case.facts.get("stratum-factor", "")
    return case.stand_in(asked) is not None or (asked == "position" and by in _POSITIONS)


def _is_of_site(intent: Intent) -> bool:
    """Whether a figure of one site is asked for, that the plan as a whole has as well."""
    of_site = any(one.kind == "site" for one in intent.named)
    return of_site and not {"bottleneck", "service-level"}.isdisjoint(intent.quantities)


def _limited(intent: Intent) -> Iterator[Claim]:
    """Say where findings cannot be limited to the time that is asked about."""
    begun = intent.sought is not None and intent.sought.stance == "drifts"
    limited = begun or intent.topics == ("alert",) or "happened" in intent.quantities
    others = not {"status", "history"} & set(intent.asks) or "digest" in intent.asks
    if (intent.days is not None or intent.older is not None) and not limited and not others:
        yield Claim(role="note", template=words.NOT_LIMITED)


def _counted(intent: Intent, cases: Sequence[Case]) -> Iterator[Claim]:
    if _things(intent) and "count" not in intent.wishes:
        return
    for case in cases:
        claim = said("finding", words.COUNTED, View(case)) if case.id == COUNTED else None
        if claim is not None:
            yield claim


def _wished(intent: Intent, view: View) -> Iterator[Claim]:
    wishes = set(intent.wishes)
    if "nothing" in wishes:
        yield from _one(said("finding", words.NOTHING, view))
    elif "sure" in wishes:
        yield said("finding", words.SURE, view) or _range(view)
    elif wishes & {"first", "worst"} and not intent.quantities and not _things(intent):
        yield _of(view, "finding", words.GRAVEST, {"what": view.case.named()})


def _one(claim: Claim | None) -> Iterator[Claim]:
    if claim is not None:
        yield claim


def _range(view: View) -> Claim:
    """Say the first interval of a case, whatever it is of."""
    known = (e for e in view.case.evidence if e.lower is not None and e.upper is not None)
    one = next(known, None)
    if one is None:
        return Claim(role="note", template=words.UNSURE)
    slots = {
        "what": view.case.named(),
        "label": Slot(evidence=one.id, part="label"),
        "interval": Slot(evidence=one.id, part="interval"),
    }
    return Claim(
        role="finding", template=words.RANGE, slots=slots, evidence=(one.id,), case=view.case.id
    )


def _of(view: View, role: Role, template: str, slots: dict[str, Slot]) -> Claim:
    return Claim(
        role=role, template=template, slots=slots, evidence=tuple(ground(view)), case=view.case.id
    )


def _things(intent: Intent) -> bool:
    return any(one.kind not in ("site", "analysis", "run") for one in intent.named)
