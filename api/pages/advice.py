"""The advisor's pages: ask, what was asked, one answer with its evidence, its server."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from sqlalchemy.orm import Session

from api.advice import AdviceId, Mine
from api.advice_bodies import Text
from api.advice_server import server_of
from api.deps import ActorDep, ReadSession, ServicesDep, WriteSession
from api.listing import Cursor, page
from api.pages.about import asked_about
from api.pages.shell import Visit, VisitDep
from api.render.advice import held_against, interval, label, said_in, value
from api.render.answer import Layout, laid_out
from api.render.words import Words
from ops.advise.answer import Answer
from ops.advise.evidence import Evidence, by_id
from ops.advise.question import LONGEST, Question
from ops.db import advice, sites
from ops.db.advice import AdviceFilter
from ops.db.models.advise import Advice
from ops.values import Actor
from ops.work.advise.advisor import Advisor

router = APIRouter(prefix="/advice", include_in_schema=False)
ON_A_PAGE = 30
MOST_ABOUT = 20
AboutText = Annotated[list[Annotated[str, Query(max_length=1000)]], Query(max_length=MOST_ABOUT)]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as its page shows it."""

    row: Advice
    answer: Answer
    layout: Layout
    evidence: tuple[Evidence, ...]
    cited: int
    numbers: Mapping[str, int]
    being_worded: bool
    in_english: bool  # a model wrote some of it, and the reader reads another language

    def has_card(self, evidence: str | None) -> bool:
        """Whether a number of the answer can be looked at where it stands."""
        return evidence is not None and self.numbers.get(evidence, self.cited + 1) <= self.cited

    def is_long(self, evidence: str) -> bool:
        """Whether it is a text that would be a link as long as the sentence."""
        one = self.evidence[self.numbers[evidence] - 1]
        return isinstance(one.value, str) and len(one.value) > 40


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of all that was asked is shown."""

    mine: Mine = False
    state: Literal["", "waiting", "answered", "refused"] = ""
    verdict: Literal["", "accepted", "rejected"] = ""
    source: Literal["", "rules", "model"] = ""


@router.get("", response_class=HTMLResponse)
def listing(
    visit: VisitDep,
    session: ReadSession,
    actor: ActorDep,
    request: Request,
    chosen: Annotated[Chosen, Depends()],
    about: AboutText = [],  # noqa: B006  (FastAPI copies it)
    cursor: Cursor = None,
) -> HTMLResponse:
    """Show the box to ask in, and what was asked before."""
    wanted = AdviceFilter(
        asked_by=actor.name if chosen.mine else None,
        state=chosen.state or None,
        verdict=chosen.verdict or None,
        source=chosen.source or None,
    )
    query = advice.listed(actor, wanted).options(*advice.BRIEF)
    rows, following = page(
        session, query, advice.KEY, limit=ON_A_PAGE, cursor=cursor, descending=True
    )
    return visit.show(
        "advice_list.html",
        lines=[(r, _headline(visit.words, r)) for r in rows if advice.is_within(r, actor)],
        following=following,
        chosen=chosen,
        codes=sites.codes(session),
        about=asked_about(about),
        model=_advisor(request).model,
    )


@router.post("")
def ask(
    visit: VisitDep,
    session: WriteSession,
    actor: ActorDep,
    request: Request,
    text: Annotated[Text, Form(max_length=LONGEST)],
    about: Annotated[list[str], Form(max_length=MOST_ABOUT)] = [],  # noqa: B006  (FastAPI copies it)
) -> RedirectResponse:
    """Answer a form that was sent without any script, and lead to the answer."""
    advisor = _advisor(request)
    question = Question(text=text, about=asked_about(about))
    draft = advisor.drafted(question, actor, now=visit.now)
    row = advisor.kept(session, draft, actor=actor, now=visit.now)
    advisor.words_later(session, row, draft, actor)
    return RedirectResponse(f"/advice/{row.id}", 303)


@router.get("/server", response_class=HTMLResponse)
def server(visit: VisitDep, services: ServicesDep, request: Request) -> HTMLResponse:
    """Show the server of the language model, and what it was found to be able to do."""
    found = server_of(services.database, _advisor(request).model)
    return visit.show("advice_server.html", server=found)


@router.get("/{advice_id}", response_class=HTMLResponse)
def read(
    advice_id: AdviceId, visit: VisitDep, session: ReadSession, actor: ActorDep, request: Request
) -> HTMLResponse:
    """Show an answer with all its evidence, and what was said of it."""
    found = _shown(visit, session, actor, advice_id, request)
    question = Question.model_validate(found.row.question)
    return visit.show(
        "advice.html",
        site=sites.codes(session).get(found.row.site_id or 0),
        about=question.about,
        **_of(found, visit),
    )


@router.get("/{advice_id}/answer", response_class=HTMLResponse)
def answer(
    advice_id: AdviceId, visit: VisitDep, session: ReadSession, actor: ActorDep, request: Request
) -> HTMLResponse:
    """Show the answer alone, for the box that it was asked in."""
    return visit.show(
        "advice_answer.html", **_of(_shown(visit, session, actor, advice_id, request), visit)
    )


def _instant(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def _of(found: Shown, visit: Visit) -> dict[str, Any]:
    words = visit.words
    return {
        "shown": found,
        "instant": _instant,
        "label_of": partial(label, words),
        "value_of": partial(value, words),
        "interval_of": partial(interval, words),
        "held_against": partial(held_against, words),
    }


def _shown(visit: Visit, session: Session, actor: Actor, advice_id: str, request: Request) -> Shown:
    row = advice.find(session, actor, advice_id)
    made, worded = Answer.model_validate(row.answer), _advisor(request).is_worded(row, visit.now)
    if worded is None:  # a model was to word it, and its process ended before
        made = made.model_copy(update={"fallback": "timeout"})
    cited, rest = _cited(made)
    return Shown(
        row=row,
        answer=made,
        layout=laid_out(visit.words, made),
        evidence=(*cited, *rest),
        cited=len(cited),
        numbers={one.id: place for place, one in enumerate((*cited, *rest), 1)},
        being_worded=bool(worded),
        in_english=made.source == "model" and _has_english(visit.words, made),
    )


def _has_english(words: Words, made: Answer) -> bool:
    """Whether a sentence is not said in the reader's language: a model's own words."""
    return words.language != "en" and any(words.text(c.template) == c.template for c in made.claims)


def _cited(made: Answer) -> tuple[list[Evidence], list[Evidence]]:
    """Evidence in the order in which the answer cites it, and the rest."""
    order: dict[str, None] = {}
    for claim in made.claims:
        for slot in claim.slots.values():
            if slot.evidence is not None:
                order.setdefault(slot.evidence)
        order.update(dict.fromkeys(claim.evidence))
    known = by_id(made.evidence)
    first = [known[one] for one in order if one in known]
    return first, [one for one in made.evidence if one.id not in order]


def _headline(words: Words, row: Advice) -> str:
    made = Answer.model_validate(row.answer)
    if not made.claims:
        return ""
    return said_in(words, made.claims[0], by_id(made.evidence)).text


def _advisor(request: Request) -> Advisor:
    advisor: Advisor = request.app.state.advisor
    return advisor
