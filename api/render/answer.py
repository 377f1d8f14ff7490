"""An answer laid out for reading: what is said of one case stands together under its title."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from api.advice_bodies import AdviceSentence
from api.render.advice import said_in
from api.render.words import Words
from ops.advise.answer import Answer, Judged
from ops.advise.claim import Claim, Role
from ops.advise.digest.item import is_graver
from ops.advise.evidence import Evidence, by_id
from ops.advise.titles_words import ACTION_TITLES, CAUSE_TITLES
from ops.page_value import Level

_OPENING: tuple[Role, ...] = ("refusal", "what-if")
_DECIDING: tuple[Role, ...] = ("cause", "action")  # who has none of these is told beside another
HEADINGS: Mapping[Role, str] = {  # in reading order; findings and actions stand before them
    "cause": "Why",
    "cost": "What it costs",
    "alternative": "What else can be done",
    "tipping": "What would change this",
    "memory": "What was learnt before",
    "note": "What to know",
}


@dataclass(frozen=True, slots=True)
class Story:
    """All that is said of one case."""

    title: str
    site: str
    level: Level
    findings: tuple[AdviceSentence, ...]
    actions: tuple[AdviceSentence, ...]
    parts: tuple[tuple[str, tuple[AdviceSentence, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A case that is told in one sentence, and what to do about it."""

    sentence: AdviceSentence
    level: Level
    action: str


@dataclass(frozen=True, slots=True)
class Course:
    """A cause and what to do about it, for all the cases that have both."""

    cause: str
    action: str
    level: Level
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """An answer in the order in which it is read."""

    opening: tuple[AdviceSentence, ...]
    headline: int  # place of the sentence of the opening that says most
    stories: tuple[Story, ...]
    lines: tuple[Line, ...]
    courses: tuple[Course, ...]


def laid_out(words: Words, answer: Answer) -> Layout:
    """Lay an answer out: the gravest case first, each conclusion before its reasons."""
    known = by_id(answer.evidence)
    opening = _opening(answer.claims)
    stories, lines = list[Story](), list[Line]()
    for case, claims in _by_case([c for c in answer.claims if c not in opening]).items():
        judged = next((one for one in answer.judged if one.case == case), None)
        said = [said_in(words, claim, known) for claim in claims]
        if all(sentence.role == "note" for sentence in said):
            lines += [_line(sentence, judged) for sentence in said]
        else:
            stories.append(_story(words, case, said, judged, answer))
    return Layout(
        opening=tuple(said_in(words, claim, known) for claim in opening),
        headline=next((n for n, claim in enumerate(opening) if _has_number(claim, known)), 0),
        stories=tuple(stories),
        lines=tuple(lines),
        courses=courses(words, answer.judged),
    )


def _opening(claims: Sequence[Claim]) -> list[Claim]:
    """Claims before all cases: their roles say so, or they are of none and come first."""
    first = tuple(takewhile(lambda claim: claim.case is None, claims))
    return [claim for claim in claims if claim.role in _OPENING or claim in first]


def _by_case(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """Put the claims of a case together; one that is only found beside another goes with it."""
    spans: dict[str, tuple[int, int]] = {}
    for place, claim in enumerate(claims):
        case = claim.case or ""
        spans[case] = (spans.get(case, (place, 0))[0], place)
    decided = {claim.case or "" for claim in claims if claim.role in _DECIDING}
    found: dict[str, list[Claim]] = {}
    for place, claim in enumerate(claims):
        own = claim.case or ""
        around = (c for c, (first, last) in spans.items() if c in decided and first < place < last)
        case = own if own in decided else next(around, own)
        found.setdefault(case, []).append(claim)
    return found


def _story(
    words: Words,
    case: str,
    said: Sequence[AdviceSentence],
    judged: Judged | None,
    answer: Answer,
) -> Story:
    def of(role: Role) -> tuple[AdviceSentence, ...]:
        return tuple(sentence for sentence in said if sentence.role == role)

    return Story(
        title=_title(words, judged) if judged else "",
        site=_site(case, answer.evidence),
        level=judged.level if judged else answer.level,
        findings=of("finding"),
        actions=of("action"),
        parts=tuple((title, of(role)) for role, title in HEADINGS.items() if of(role)),
    )


def _has_number(claim: Claim, known: Mapping[str, Evidence]) -> bool:
    ids = {slot.evidence for slot in claim.slots.values()}
    return any(one.id in ids and one.number is not None for one in known.values())


def _line(sentence: AdviceSentence, judged: Judged | None) -> Line:
    if judged is None:
        return Line(sentence, "info", "")
    return Line(sentence, judged.level, _action(judged))


def _site(case: str, evidence: Iterable[Evidence]) -> str:
    sites = (one.subject.site for one in evidence if one.case == case and one.subject)
    return next((site for site in sites if site), "")


def _action(judged: Judged) -> str:
    return judged.action_title or ACTION_TITLES[judged.action]


def _title(words: Words, judged: Judged) -> str:
    return words.said(judged.title, judged.title_phrases)


def courses(words: Words, judged: Iterable[Judged]) -> tuple[Course, ...]:
    """Fold what is recommended: a cause and an action once, with all that they are for."""
    folded: dict[tuple[str, str], Course] = {}
    for one in judged:
        pair = (one.cause, one.action)
        first = folded.get(pair)
        if first is None:
            cause, title = CAUSE_TITLES[one.cause], _title(words, one)
            folded[pair] = Course(cause, _action(one), one.level, (title,))
            continue
        folded[pair] = Course(
            first.cause,
            first.action,
            one.level if is_graver(one.level, first.level) else first.level,
            tuple(dict.fromkeys((*first.titles, _title(words, one)))),
        )
    return tuple(folded.values())
