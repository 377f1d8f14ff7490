"""The case that counts and lists what a question seeks."""

from collections.abc import Mapping, Sequence

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence
from ops.advise.question import SoughtKind, Stance
from ops.page_value import Level, Phrase

CASE = "sought"
PAGES: Mapping[SoughtKind, str] = {
    "tool": "/", "gauge": "/", "characteristic": "/characteristics", "model": "/models",
}  # fmt: skip
TOPIC: Mapping[SoughtKind, Topic] = {
    "tool": "drift", "gauge": "gauge", "characteristic": "capability", "model": "classifier",
}  # fmt: skip
_LONGEST = 280  # characters of a list


def counted_case(
    kind: SoughtKind, stance: Stance, those: Sequence[str], of: int, cases: Sequence[Case],
    now_us: int,
) -> Case:  # fmt: skip
    """Case of how many of how many, and which."""
    link = PAGES[kind]
    counts = (
        ("count", Phrase.of("of what is sought"), len(those)),
        ("of", Phrase.of("of all that were looked at"), of),
    )
    told = [sought_evidence(q, label, now_us, link).model_copy(update={"value": float(number)})
            for q, label, number in counts]  # fmt: skip
    if those:
        told.append(members_told("members", those, now_us, link))
    levels = {case.level for case in cases}
    level: Level = "bad" if "bad" in levels else "warn" if "warn" in levels else "info"
    title = Phrase.of("what is sought")
    return Case(
        CASE, TOPIC[kind], "", title.english(), level, now_us, link, tuple(told), None, None,
        {"kind": kind, "stance": stance}, (title,),
    )  # fmt: skip


def replaced(case: Case, evidence: tuple[Evidence, ...], facts: Mapping[str, str]) -> Case:
    """Give a case other evidence and facts."""
    return Case(
        case.id, case.topic, case.analysis, case.title, case.level, case.found, case.link,
        evidence, None, None, facts, case.title_phrases,
    )  # fmt: skip


def members_told(quantity: str, names: Sequence[str], now_us: int, link: str) -> Evidence:
    """As many names as there is place for, and an ellipsis for the others."""
    listed = ""
    for one in names:
        longer = f"{listed}, {one}" if listed else one
        if len(longer) > _LONGEST:
            listed += ", …"
            break
        listed = longer
    told = sought_evidence(quantity, Phrase.of("which these are"), now_us, link)
    return told.model_copy(update={"kind": "name", "value": listed})


def sought_evidence(quantity: str, label: Phrase, now_us: int, link: str) -> Evidence:
    """Make a number of it, to be filled in."""
    return Evidence(
        id=f"{CASE}.{quantity}", case=CASE, topic="drift", kind="number", quantity=quantity,
        label=label.english(), label_phrase=label, value=0.0,
        link=link, at=now_us,
    )  # fmt: skip
