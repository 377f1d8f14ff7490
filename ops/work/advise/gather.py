"""From a question to the answer of the rules: understood, looked up, read, picked, judged."""

import time
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from ops.advise.case import Case
from ops.advise.question import Intent, Named, Question
from ops.advise.read.alert import alert_case
from ops.advise.read.cases import cases_of
from ops.advise.read.event import event_cases
from ops.advise.read.newest import newest, with_sites
from ops.advise.read.open_alerts import has_window, open_alert_cases, within
from ops.advise.read.quiet import quiet_cases
from ops.advise.read.sought import sought_things
from ops.advise.recall.query import RecallQuery
from ops.advise.rules.advise import advise
from ops.advise.sources import Found
from ops.advise.understand.labelled import labelled
from ops.advise.understand.picked import picked, settled
from ops.advise.understand.understood import understood
from ops.advise.understand.wanted import wanted
from ops.db import sites
from ops.db.load_advice import found
from ops.db.memories import recalled
from ops.db.types import to_micros
from ops.errors import BadData, NotFound, Problem
from ops.values import Scope
from ops.work.advise.about_alert import with_alerts
from ops.work.advise.draft import Draft
from ops.work.advise.names import names_of
from ops.work.embed import with_vector

MEMORIES = 6  # that an answer may use
MOST_BESIDE = 60  # cases that a judgement looks at without telling them


def gathered(
    session: Session,
    scope: Scope,
    question: Question,
    *,
    now: datetime,
    intent: Intent | None = None,
    embed_model: str = "",
) -> Draft:
    """Answer a question by the rules, from what the database holds within a scope.

    Parameters
    ----------
    intent
        What is asked for, if somebody else than the rules has understood the question.
    embed_model
        Folder of the model by which memories are found by their meaning; empty: by words alone.
    """
    now_us = to_micros(now)
    watch = _Watch()
    scope = narrowed(session, scope, question.site)
    question = with_alerts(session, scope, question)
    names = names_of(session, scope, question.site)
    asked = intent or understood(question, names, now_us=now_us)
    watch.lap("understand_s")
    looked_up = found(session, scope, wanted(asked, question, now_us=now_us), now=now)
    watch.lap("look_up_s")
    asked, known, cases = _picked(asked, question.text, looked_up, names, now_us)
    silent = not intent and all(one.id.startswith("events/") for one in cases)
    bare = _without_page(question, asked, names, now_us) if silent else None
    if bare is not None:  # nothing is known of both: what the text names wins
        looked_up = found(session, scope, wanted(bare, question, now_us=now_us), now=now)
        asked, known, cases = _picked(bare, question.text, looked_up, names, now_us)
    watch.lap("read_s")
    wish = RecallQuery(
        text=question.text, tags=tags_of(asked, cases), site=question.site, limit=MEMORIES
    )
    memories = recalled(session, scope, with_vector(wish, embed_model), now=now)
    watch.lap("recall_s")
    near = beside(cases, known)
    answer = advise(question, asked, cases, memories, now_us=now_us, beside=near)
    watch.lap("judge_s")
    return Draft(question, asked, answer, cases, near, memories, names, watch.laps)


def _picked(
    asked: Intent, text: str, looked_up: Found, names: Sequence[Named], now_us: int
) -> tuple[Intent, tuple[Case, ...], tuple[Case, ...]]:
    """Intent as what was found settles it, all cases, and those that answer it."""
    known = read(looked_up)
    asked = labelled(settled(asked, known), text, known)
    known = (*known, *quiet_cases(asked, known))
    counted = open_alert_cases(
        asked, looked_up.alerts, now_us=now_us, more=looked_up.left_out.get("alerts", 0)
    )
    things = sought_things(asked, known, names, now_us=now_us)
    told = picked(asked, _in_window(asked, things.members or known, looked_up, now_us))
    return asked, known, (*counted, *things.counted, *with_sites(told))


def _in_window(
    asked: Intent, cases: Sequence[Case], looked_up: Found, now_us: int
) -> Sequence[Case]:
    """Cases of a question about alerts, without those opened at another time than it asks about."""
    if asked.topics != ("alert",) or not has_window(asked):
        return cases
    meant = {f"alert/{one.id}" for one in within(asked, looked_up.alerts, now_us=now_us)}
    return [case for case in cases if case.id in meant]


def _without_page(
    question: Question, asked: Intent, names: Sequence[Named], now_us: int
) -> Intent | None:
    """Intent of the text alone, if it names a thing and the page, another; else None."""
    bare = understood(question.model_copy(update={"about": ()}), names, now_us=now_us)
    places = ("site", "analysis", "run")
    over = tuple(n for n in asked.named if n not in bare.named and n.kind not in places)
    if not over or all(one.kind in places for one in bare.named):
        return None
    return bare.model_copy(update={"passed_over": (*asked.passed_over, *over)})


def narrowed(session: Session, scope: Scope, site: str | None) -> Scope:
    """Scope of a question of one site: its answer is shown to all who see that site.

    Raises
    ------
    BadData
        If the site is not in the scope.
    """
    if site is None:
        return scope
    try:
        return Scope(frozenset({sites.with_code(session, scope, site).id}))
    except NotFound as unknown:
        told = f"there is no site {site[:100]!r} among yours; `GET /v1/sites` lists them"
        raise BadData(told, (Problem("/site", told),)) from unknown


def beside(cases: Sequence[Case], known: Sequence[Case]) -> tuple[Case, ...]:
    """Cases that a judgement looks at without telling them, in a fixed order.

    Events and gauges explain what others show; so does what else is known of the same tool, lot
    or characteristic.
    """
    told = {case.id for case in cases}
    about = {name for case in cases for name in _things(case)}
    return tuple(
        case
        for case in known
        if case.id not in told
        and (case.topic == "gauge" or case.id.startswith("events/") or about & _things(case))
    )[:MOST_BESIDE]


def _things(case: Case) -> set[str]:
    subject = case.subject
    if subject is None:
        return set()
    return {subject.characteristic or "", *subject.factors.values()} - {""}


def read(looked_up: Found) -> tuple[Case, ...]:
    """Cases of all that was looked up."""
    return (
        *newest([case for run in looked_up.runs for case in cases_of(run)]),
        *(alert_case(alert) for alert in looked_up.alerts),
        *event_cases(looked_up.events),
    )


def tags_of(asked: Intent, cases: Sequence[Case]) -> dict[str, str]:
    """Say what a memory must be about to be recalled without a word of the question."""
    tags: dict[str, str] = {}
    for case in cases:
        subject = case.subject
        if subject is None:
            continue
        for name, level in subject.factors.items():
            tags.setdefault(name, level)
        if subject.characteristic:
            tags.setdefault("characteristic", subject.characteristic)
    return tags | {one.kind: one.code for one in asked.named} | asked.factors


class _Watch:
    """Seconds by step."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.monotonic()

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self.laps[name] = round(now - self._last, 6)
        self._last = now


def codes_of(names: Sequence[Named]) -> tuple[str, ...]:
    """Codes and titles that may stand in an answer as they are."""
    return tuple(dict.fromkeys(word for one in names for word in (one.code, one.title) if word))
