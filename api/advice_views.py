"""Advice as it goes over the wire: claims rendered, numbers put in from the evidence."""

from collections.abc import Mapping
from typing import Any

from api.advice_bodies import (
    AdviceJudged,
    AdvicePiece,
    AdvicePlan,
    AdviceSentence,
    AdviceSummary,
    AdviceTrail,
    AdviceView,
)
from ops.advise.answer import Answer, Judged, WhatIf
from ops.advise.claim import Claim
from ops.advise.evidence import Evidence, by_id
from ops.advise.question import Question
from ops.advise.rendering import Say, pieces
from ops.advise.titles_words import ACTION_TITLES, CAUSE_TITLES
from ops.db.models.advise import Advice


def summary(row: Advice, codes: Mapping[int, str]) -> dict[str, Any]:
    """Fields of an advice in a list."""
    answer = Answer.model_validate(row.answer)
    first = sentence_of(answer.claims[0], by_id(answer.evidence)).text if answer.claims else ""
    return {
        "id": row.id,
        "question": Question.model_validate(row.question).text,
        "site": codes.get(row.site_id or 0),
        "state": row.state,
        "source": row.source,
        "level": row.level,
        "headline": first,
        "asked_by": row.asked_by,
        "asked_at": row.asked_at,
        "verdict": row.verdict,
        "outcome": row.outcome,
        "links": _links(row),
    }


def summarised(row: Advice, codes: Mapping[int, str]) -> AdviceSummary:
    """Show an advice in a list."""
    return AdviceSummary(**summary(row, codes))


def shown(
    row: Advice, codes: Mapping[int, str], *, being_worded: bool | None = False
) -> AdviceView:
    """Show an advice in full; `being_worded` None: a model was to, and its process ended."""
    answer = Answer.model_validate(row.answer)
    evidence = by_id(answer.evidence)
    return AdviceView(
        **summary(row, codes),
        about=list(Question.model_validate(row.question).about),
        sentences=[sentence_of(claim, evidence) for claim in answer.claims],
        judged=[_judged(one) for one in answer.judged],
        evidence=list(answer.evidence),
        memories=list(answer.memories),
        what_if=_plan(answer.what_if),
        being_worded=bool(being_worded),
        fallback="timeout" if being_worded is None else answer.fallback,
        filled=list(answer.filled),
        downgrades=list(answer.downgrades),
        answered_at=row.answered_at,
        said=row.said,
        said_by=row.said_by,
        said_at=row.said_at,
    )


def trail_of(row: Advice) -> AdviceTrail:
    """Show all that an answer was made of."""
    return AdviceTrail(intent=row.intent, by_rules=row.by_rules, trail=row.trail)


def sentence_of(
    claim: Claim,
    evidence: Mapping[str, Evidence],
    *,
    say: Say | None = None,
    template: str = "",
) -> AdviceSentence:
    """Render a claim, in English unless `say` and `template` say otherwise."""
    parts = pieces(claim, evidence, say, template)
    return AdviceSentence(
        role=claim.role,
        text="".join(part.text for part in parts),
        pieces=[
            AdvicePiece(
                text=part.text,
                evidence=None if part.slot is None else part.slot.evidence,
                part=None if part.slot is None or part.slot.evidence is None else part.slot.part,
            )
            for part in parts
        ],
        evidence=list(claim.evidence),
        comparisons=list(claim.comparisons),
        case=claim.case,
    )


def _judged(one: Judged) -> AdviceJudged:
    return AdviceJudged(
        case=one.case,
        title=one.title,
        level=one.level,
        cause=one.cause,
        cause_title=CAUSE_TITLES[one.cause],
        action=one.action,
        action_title=one.action_title or ACTION_TITLES[one.action],
        alternatives=list(one.alternatives),
        also=list(one.also),
    )


def _plan(asked: WhatIf | None) -> AdvicePlan | None:
    if asked is None:
        return None
    edits: list[dict[str, object]] = [dict(edit) for edit in asked.edits]
    return AdvicePlan(
        scenario=asked.scenario, edits=edits, run=asked.run_id, base_run=asked.base_run
    )


def _links(row: Advice) -> dict[str, str]:
    here = f"/v1/advice/{row.id}"
    links = {"self": here, "events": f"{here}/events", "trail": f"{here}/trail"}
    return links | {"page": f"/advice/{row.id}"}
