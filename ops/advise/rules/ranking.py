"""Which case comes first, and which cases are one story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.question import Intent
from ops.advise.rules.judge import seen, strength
from ops.advise.rules.signs import of_lot
from ops.advise.rules.view import View, akin, suspect_gauge
from ops.page_value import Level

_GRAVE: Mapping[Level, int] = {"bad": 0, "warn": 1, "info": 2, "good": 3}
# A gauge in doubt puts all else in doubt; a movement explains a bad index, and not the reverse.
_FIRST: tuple[Topic, ...] = (
    "gauge", "drift", "capability", "lifetime", "classifier", "plan", "forecast", "alert",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    """A case that is told, and others of the same thing that are told with it."""

    main: Case
    kin: tuple[Case, ...] = ()


def stories(intent: Intent, cases: Sequence[Case]) -> tuple[Story, ...]:
    """Cases as stories, the one to be told first first.

    Events are told within what they explain, and alone only where nothing else is known. First
    what the question names and asks about, then by gravity; a gauge in doubt is lifted
    before what it measured.
    """
    happened = [case for case in cases if case.id.startswith("events/")]
    findings = [case for case in cases if case not in happened] or happened
    order = sorted(findings, key=lambda case: _rank(intent, case))
    told: list[Story] = []
    used: set[str] = set()
    for case in _gauges_first(order):
        if case.id in used:
            continue
        kin = tuple(one for one in order if one.id not in used and _belongs(case, one))
        main = _richest(case, kin)
        used |= {case.id, *(one.id for one in kin)}
        told.append(Story(main, tuple(one for one in (case, *kin) if one.id != main.id)))
    return tuple(told)


def _richest(case: Case, kin: Sequence[Case]) -> Case:
    """Choose who tells of one thing: an analysis of it alone, which weighs costs, if one did.

    A screen finds a drift; the analysis of that stream says when it meets a limit and what to do.
    """
    if case.topic != "drift" or case.get("saving") is not None or case.level == "good":
        return case
    same = (one for one in kin if one.topic == "drift" and one.level == case.level)
    return next((one for one in same if one.get("saving") is not None), case)


def level_of(cases: Sequence[Case]) -> Level:
    """Tell the gravest level of cases; info of none."""
    levels: list[Level] = sorted((case.level for case in cases), key=_GRAVE.__getitem__)
    return levels[0] if levels else "info"


def _belongs(case: Case, other: Case) -> bool:
    """Whether another case is part of the story; a gauge is a story of its own."""
    return akin(case, other) and (case.topic == "gauge") == (other.topic == "gauge")


def _gauges_first(order: Sequence[Case]) -> list[Case]:
    lifted: list[Case] = []
    for case in order:
        gauge = suspect_gauge(seen(case, order)) if case.topic in ("drift", "capability") else None
        if gauge is not None and gauge not in lifted:
            lifted.append(gauge)
        if case not in lifted:
            lifted.append(case)
    return lifted


def _rank(intent: Intent, case: Case) -> tuple[int, ...]:
    return (
        -_names(intent, case),
        int(bool(intent.topics) and case.topic not in intent.topics),
        int(bool(intent.quantities) and not has_asked(intent, case)),
        int(is_overview(case)),  # after what it sums up
        _GRAVE[case.level],
        _FIRST.index(case.topic),
        int("input" not in case.facts.get("mechanism", "")),  # what moved explains what was lost
        -strength(case),
        int(case.get("saving") is None),  # the richer analysis of the same thing tells it
        -case.found,
    )


def has_asked(intent: Intent, case: Case) -> bool:
    """Whether a case has a number that is asked for, or the lot that stands apart."""
    return any(
        case.stand_in(asked) is not None and (asked != "stratum" or of_lot(View(case)))
        for asked in intent.quantities
    )


def is_overview(case: Case) -> bool:
    """Whether a case sums up others, so that it has no cause of its own."""
    parts = case.topic == "classifier" and "mechanism" not in case.facts
    whole = parts and "recommendation" in case.facts
    return whole or case.facts.get("scope") == "fleet" or case.get("populations-worse") is not None


def _names(intent: Intent, case: Case) -> int:
    """How many of the things that a question names the case is about."""
    here = {code for code in case.facts.values() if code}
    if case.subject is not None:
        here |= {case.subject.characteristic or "", *case.subject.factors.values()}
    wanted = {one.code for one in intent.named if one.kind not in ("site", "analysis", "run")}
    return len(wanted & (here | {case.title}))
