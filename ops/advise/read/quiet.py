"""A tool of which a screen of all tools found no drift, as a case: quiet is an answer, too."""

from collections.abc import Sequence

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence
from ops.advise.question import Intent
from ops.page import Subject

_ASKED: frozenset[Topic] = frozenset({"drift", "gauge"})  # a master tells how a gauge stands
_TOLD = ("found", "tested", "tools", "streams")


def quiet_cases(intent: Intent, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Cases of tools that a question names, and that a screen lists nothing of.

    Only where the newest screen of the tool's site was read and no analysis has a case of its
    movement, so that it never speaks against a finding.
    """
    how = not intent.topics and intent.asks == ("status",)  # how it is, and not what happened
    if _ASKED.isdisjoint(intent.topics) and not how:
        return ()
    screens = [one for one in cases if one.analysis == "drift-screen" and _whole(one)]
    moved = {_tool(one) for one in cases if one.topic == "drift" and one.level != "info"}
    tools = [one for one in intent.named if one.kind == "tool" and one.code not in moved]
    found: list[Case] = []
    for tool in tools:
        of_site = [one for one in screens if tool.site in (None, _site(one))]
        found += [_quiet(one, tool.code) for one in of_site[:1]]
    return tuple(found)


def _quiet(screen: Case, tool: str) -> Case:
    case = f"{screen.id.partition('/')[0]}/quiet/{tool}"
    subject = Subject(site=_site(screen) or None, factors={"tool": tool})

    def moved(one: Evidence) -> Evidence:
        changed = {"id": f"{case}.{one.quantity}", "case": case, "subject": subject}
        return one.model_copy(update=changed | {"level": "good"})

    told = {one.quantity: moved(one) for one in screen.evidence if one.quantity in _TOLD}
    looked = Evidence(
        id=f"{case}.screened-at", case=case, topic="drift", kind="time", quantity="screened-at",
        label="when the screen looked", value=screen.found, analysis=screen.analysis,
        run_id=screen.run_id, link=screen.link, subject=subject, at=screen.found,
    )  # fmt: skip
    facts = {"tool": tool, "site": _site(screen), "status": "shown-absent", "quiet": "yes"}
    return Case(
        case, "drift", screen.analysis, tool, "good", screen.found, screen.link,
        (looked, *told.values()), screen.run_id, subject,
        {name: fact for name, fact in facts.items() if fact},
    )  # fmt: skip


def _whole(case: Case) -> bool:
    return case.facts.get("scope") == "fleet"


def _site(case: Case) -> str:
    return (case.subject.site or "") if case.subject is not None else ""


def _tool(case: Case) -> str:
    subject = case.subject.factors.get("tool", "") if case.subject is not None else ""
    return case.facts.get("tool", "") or subject
