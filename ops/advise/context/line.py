"""Cases, evidence and memories as lines of a prompt, without their aliases."""

from collections.abc import Sequence

from ops.advise.case import Case
from ops.advise.catalogue import ActionId, CauseId
from ops.advise.claim import Slot
from ops.advise.context.plain import name, plain, quoted
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.advise.rendering import day, english

_LONGEST_COMMENT = 600
_LONGEST_SENTENCE = 500


def case_line(case: Case, allowed: Sequence[tuple[CauseId, ActionId]]) -> str:
    """Write the heading of a case: topic, level, title, day, pairs that may be chosen."""
    actions: dict[str, list[str]] = {}
    for cause, action in allowed:
        actions.setdefault(cause, []).append(action)
    pairs = "; ".join(f"{cause}: {', '.join(those)}" for cause, those in actions.items())
    front = f"{case.topic} | {case.level} | {name(case.title)} | {day(case.found)}"
    return f"{front} | allowed {pairs or 'none'}"


def evidence_line(one: Evidence) -> str:
    """Write a piece of evidence: quantity, label, unit, value with interval, reference, level."""
    front = f"{one.quantity} | {name(one.label)} | {name(one.unit)}"
    if isinstance(one.value, str):
        if one.quoted:
            return f"{front} | quoted:\n{quoted(one.value, most=_LONGEST_COMMENT)}"
        return f"{front} | {name(one.value, most=_LONGEST_SENTENCE)} | {one.level}"
    said = plain(english(Slot(evidence=one.id, part="full"), one))
    held = ""
    if one.reference is not None:
        reference = plain(english(Slot(evidence=one.id, part="reference"), one))
        held = f" | reference {name(one.reference_label)} {reference}"
    return f"{front} | {said}{held} | {one.level}"


def memory_line(memory: Remembered, text: str, part: str = "", is_replaced: bool = False) -> str:
    """Write a memory or a part of it: kind, source, trust, validity, what it is about, text."""
    until = "" if memory.valid_to is None else f" | valid until {day(memory.valid_to)}"
    about = ", ".join(f"{name(k)} {name(v)}" for k, v in sorted(memory.tags.items()))
    learned = "".join(
        f" | {word} {said}"
        for word, said in (("cause", memory.cause), ("action", memory.action))
        if said is not None
    )
    helped = {None: "", True: " | it helped", False: " | it did not help"}[memory.helped]
    state = " | replaced by a newer one" if is_replaced else ""
    return (
        f"{memory.kind}{part}{state} | from {memory.provenance} | trust {memory.trust:.2f}"
        f" | since {day(memory.valid_from)}{until}{learned}{helped}"
        f"{f' | about {about}' if about else ''} | quoted:\n{quoted(text)}"
    )
