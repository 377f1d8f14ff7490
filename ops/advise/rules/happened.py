"""What happened, if that is asked: the newest events, one to a line."""

from collections.abc import Iterator, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim, Slot
from ops.advise.evidence import Evidence
from ops.advise.question import Intent
from ops.advise.rules import opening_words as words

MOST = 5
_DAY_US = 86_400_000_000


def happened(intent: Intent, cases: Sequence[Case], *, now_us: int) -> Iterator[Claim]:
    """Tell the newest events of the tools that are named, or else of all, the newest first."""
    if "happened" not in intent.quantities:
        return
    tools = {one.code for one in intent.named if one.kind == "tool"}
    since = None if intent.days is None else now_us - intent.days * _DAY_US
    found = [
        (at, case, title)
        for case in cases
        if case.id.startswith("events/") and (not tools or case.facts.get("tool") in tools)
        for at, title in _events(case)
        if since is None or (at.number or 0.0) >= since
    ]
    if not found:
        yield Claim(role="note", template=words.NO_EVENTS)
    found.sort(key=lambda one: (-(one[0].number or 0.0), one[0].id))
    for at, case, title in found[:MOST]:
        slots = {
            "at": Slot(evidence=at.id), "event": Slot(evidence=title.id), "what": case.named(),
        }  # fmt: skip
        yield Claim(
            role="finding", template=words.HAPPENED, slots=slots, evidence=(at.id, title.id),
            case=case.id,
        )  # fmt: skip


def _events(case: Case) -> Iterator[tuple[Evidence, Evidence]]:
    of = {name: [e for e in case.evidence if e.quantity == name] for name in _QUANTITIES}
    return zip(*(of[name] for name in _QUANTITIES), strict=False)


_QUANTITIES = ("event-at", "event-title")
