"""Ask the advisor of a situation as the service would, from a record that stands in for tables."""

from ops.advise.question import Intent
from ops.advise.recall.query import RecallQuery
from ops.advise.recall.recall import asked_of, ranked
from ops.advise.recall.relevance import weights_of
from ops.advise.rules.advise import advise
from ops.advise.sources import Found, Wanted
from ops.advise.understand.picked import picked, settled
from ops.advise.understand.understood import understood
from ops.advise.understand.wanted import wanted
from ops.work.advise.draft import Draft
from ops.work.advise.gather import MEMORIES, beside, read, tags_of
from ops.work.situations.situation import Situation

_CODES = ("life_test", "scenario", "dataset", "model")  # parameters that hold a code


def draft_of(situation: Situation, intent: Intent | None = None) -> Draft:
    """Answer a situation by the rules."""
    question, now_us = situation.question, situation.now_us
    asked = intent or understood(question, situation.names, now_us=now_us)
    looked_up = _found(situation.found, wanted(asked, question, now_us=now_us))
    known = read(looked_up)
    asked = settled(asked, known)
    cases = picked(asked, known)
    query = RecallQuery(question.text, tags=tags_of(asked, cases), limit=MEMORIES)
    terms = asked_of(query)
    found_in = {t: sum(t in one.terms for one in situation.memories) for t in terms}
    weights = weights_of(found_in, total=len(situation.memories))
    memories = ranked(query, situation.memories, weights, now=now_us)
    near = beside(cases, known)
    answer = advise(question, asked, cases, memories, now_us=now_us, beside=near)
    return Draft(question, asked, answer, cases, near, memories, situation.names)


def _found(record: Found, asked: Wanted) -> Found:
    """Choose what is wanted of a record, as `ops.db.load_advice` does of the tables."""
    runs = (
        run
        for run in record.runs
        if run.id in asked.runs or (run.analysis in asked.analyses and _about(run.params, asked))
    )
    alerts = (
        one
        for one in record.alerts
        if one.id in asked.alert_ids or (asked.alerts and _concerns(one.stream, asked))
    )
    events = (
        one
        for one in record.events
        if asked.events_since is not None
        and one.at >= asked.events_since
        and (not asked.tools or one.tool is None or one.tool in asked.tools)
    )
    newest = sorted(events, key=lambda one: (-one.at, -one.id))
    return Found(tuple(runs), tuple(alerts), tuple(newest))


def _about(params: object, asked: Wanted) -> bool:
    said = params if isinstance(params, dict) else {}
    codes = [code for name in _CODES if (code := said.get(name)) is not None]
    return not asked.codes or not codes or any(code in asked.codes for code in codes)


def _concerns(stream: str, asked: Wanted) -> bool:
    return not (asked.tools or asked.characteristics) or any(
        code in stream.split("/") for code in (*asked.tools, *asked.characteristics)
    )
