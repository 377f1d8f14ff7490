"""Events of the plant as cases: one for each tool of a site, the newest event first.

Quantities: event-title, event-at, comment, event-count. Who noted an event is left out.
"""

from collections.abc import Iterable

from ops.advise.case import Case
from ops.advise.evidence import Evidence, EvidenceKind
from ops.advise.read.dossier import Label, english_label, phrase_of
from ops.advise.sources import EventRecord
from ops.page import Subject
from ops.page_value import Phrase

MOST = 20  # events of a tool that are told


def event_cases(events: Iterable[EventRecord]) -> tuple[Case, ...]:
    """Cases of events, by site and tool; those of no tool are those of the site."""
    groups: dict[tuple[str, str], list[EventRecord]] = {}
    for event in events:
        groups.setdefault((event.site, event.tool or ""), []).append(event)
    return tuple(_case(*key, groups[key]) for key in sorted(groups))


def _case(site: str, tool: str, events: list[EventRecord]) -> Case:
    newest = sorted(events, key=lambda one: (-one.at, -one.id))
    case = f"events/{site}/{tool}".rstrip("/")
    subject = Subject(site=site, factors={"tool": tool} if tool else {})
    told: list[Evidence] = []

    def add(
        event: EventRecord, kind: EvidenceKind, quantity: str, label: Label, value: float | str
    ) -> None:
        count = sum(one.quantity == quantity for one in told) + 1
        place = f"{case}.{quantity}" if count == 1 else f"{case}.{quantity}.{count}"
        told.append(
            Evidence(
                id=place, case=case, topic="alert", kind=kind, quantity=quantity,
                label=english_label(label), label_phrase=phrase_of(label),
                value=value, link=f"/v1/events/{event.id}", subject=subject, at=event.at,
                quoted=kind == "text",
            )
        )  # fmt: skip

    for event in newest[:MOST]:
        add(event, "text", "event-title", Phrase.of("event: {kind}", kind=event.kind), event.title)
        add(event, "time", "event-at", Phrase.of("when that {kind} was", kind=event.kind), event.at)
        if event.note:
            noted = Phrase.of("what was noted of that {kind}", kind=event.kind)
            add(event, "text", "comment", noted, event.note)
    add(newest[0], "number", "event-count", "events", len(newest))
    facts = {
        "site": site, "tool": tool, "event-kind": newest[0].kind,
        "event-kinds": " ".join(one.kind for one in newest[:MOST]),
        "event-ats": " ".join(str(one.at) for one in newest[:MOST]),
    }  # fmt: skip
    title = Phrase.of("Events of {thing}", thing=tool or site)
    return Case(
        case, "alert", "", title.english(), "info", newest[0].at,
        f"/v1/events/{newest[0].id}", tuple(told), None, subject,
        {name: fact for name, fact in facts.items() if fact}, (title,),
    )  # fmt: skip
