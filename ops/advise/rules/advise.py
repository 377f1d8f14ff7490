"""Answer a question from cases alone, without any language model."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ops.advise.answer import Answer, Judged
from ops.advise.case import Case
from ops.advise.claim import Claim
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.advise.question import Intent, Question
from ops.advise.rules.asked_first import asked_first
from ops.advise.rules.judge import judge, seen
from ops.advise.rules.judgement import Judgement
from ops.advise.rules.opening import COUNTS, opening
from ops.advise.rules.part import Part, alike, together
from ops.advise.rules.passed_over import passed_over
from ops.advise.rules.ranking import Story, has_asked, is_overview, level_of, stories
from ops.advise.rules.refusal import refusal
from ops.advise.rules.remembering import chosen, heard, memory_claim, remembered_text
from ops.advise.rules.story import brief, full
from ops.advise.rules.view import View

IN_FULL = 3  # stories, those of one cause and action as one; further ones get a line each
_PLACES = frozenset({"site", "analysis", "run"})
IN_SHORT = 2  # where a number is asked of nothing in particular
LINES = 8  # of such lines; more are only listed as judged


def advise(
    question: Question,
    intent: Intent,
    cases: Sequence[Case],
    memories: Sequence[Remembered],
    *,
    now_us: int,
    beside: Sequence[Case] = (),
) -> Answer:
    """Answer a question by rules.

    Parameters
    ----------
    cases
        What is known of what is asked; without any the answer is a refusal.
    memories
        What is remembered of it; it never outweighs evidence.
    now_us
        Now, microseconds since 1970 UTC.
    beside
        Further cases that change what those asked for mean, and are not told themselves: events,
        gauges, other tools.

    Returns
    -------
    Answer
        Whose every number is a slot on its evidence, and whose comparisons hold; its causes and
        actions are among `allowed` of each case beside all the others, `beside` included.
    """
    if not cases:
        return refusal(intent)
    told = stories(intent, [case for case in cases if case.id not in COUNTS])
    if not told:
        return _joined((), cases, opening(intent, cases[0], cases, beside, now_us=now_us))
    known = (*cases, *beside)
    meant = _meant(intent, told)
    grave = [s for n, s in enumerate(meant) if n == 0 or _is_grave(s.main)]
    if _is_list(intent):
        grave = []
    named = any(one.kind not in _PLACES for one in intent.named)
    most = IN_FULL if named or not intent.quantities else IN_SHORT
    full_parts = [(story, _full(story, known, memories, now_us)) for story in grave]
    groups = _grouped(full_parts, most)
    grave = [story for group in groups for story, _ in group]
    parts = [together(group[0][1], [part for _, part in group[1:]]) for group in groups]
    if parts:
        claims = asked_first(intent, parts[0].claims, cases, told[0].main, text=question.text)
        parts[0] = replace(parts[0], claims=claims)
    if not named:
        parts[1:] = [_shorter(part) for part in parts[1:]]
    rest = [story for story in told if story not in grave]
    parts += [
        _brief(story, known, lines=n < LINES and (story in meant or (named and _bad(story))))
        for n, story in enumerate(rest)
    ]
    first = opening(intent, told[0].main, cases, beside, now_us=now_us)
    extra = [one for case in beside for one in case.evidence]
    return _joined(parts, cases, (*passed_over(intent), *first), extra)


def _bad(story: Story) -> bool:
    return story.main.level == "bad"


def _grouped(told: Sequence[tuple[Story, Part]], most: int) -> list[list[tuple[Story, Part]]]:
    """Stories with those that have their cause and action, the gravest first; not all fit in."""
    groups: list[list[tuple[Story, Part]]] = []
    for story, part in told:
        same = next((group for group in groups if alike(group[0][1], part)), None)
        if same is not None:
            same.append((story, part))
        elif len(groups) < most:
            groups.append([(story, part)])
    return groups


def _is_list(intent: Intent) -> bool:
    """Whether a list is asked for: alerts, and none of them by name."""
    return intent.topics == ("alert",) and intent.asks == ("status",) and not intent.named


def _is_grave(case: Case) -> bool:
    return case.level in ("bad", "warn") and not is_overview(case)


def _full(story: Story, cases: Sequence[Case], memories: Sequence[Remembered], now_us: int) -> Part:
    view = seen(story.main, cases)
    found = chosen(judge(story.main, cases), view, memories, now_us)
    hearing = heard(found, view, memories, now_us)
    texts = [remembered_text(one.memory, view) for one in hearing]
    claims = full(view, found, tuple(seen(one, cases) for one in story.kin))
    claims += tuple(memory_claim(*pair) for pair in zip(hearing, texts, strict=True))
    used = tuple(one.memory.id for one in hearing if one.used)
    return Part(claims, tuple(texts), used, (_judged(view, found), *_kin(story, cases)))


def _brief(story: Story, cases: Sequence[Case], *, lines: bool) -> Part:
    view = seen(story.main, cases)
    claim = brief(view) if lines else None
    judged = (_judged(view, judge(story.main, cases)), *_kin(story, cases))
    return Part(() if claim is None else (claim,), (), (), judged)


def _kin(story: Story, cases: Sequence[Case]) -> tuple[Judged, ...]:
    return tuple(_judged(seen(one, cases), judge(one, cases)) for one in story.kin)


def _judged(view: View, found: Judgement) -> Judged:
    title = view.case.get("action-title")
    planned = title is not None and found.action == view.fact("policy-action")
    return Judged(
        case=view.case.id,
        title=view.case.title,
        title_phrases=view.case.title_phrases,
        level=view.case.level,
        cause=found.cause,
        action=found.action,
        action_title=str(title.value) if planned and title is not None else "",
        alternatives=found.alternatives,
        also=found.also,
    )


def _meant(intent: Intent, told: Sequence[Story]) -> Sequence[Story]:
    """Stories that hold a number that is asked for; all of them if none does."""
    held = [s for s in told if any(has_asked(intent, one) for one in (s.main, *s.kin))]
    return held or told


def _shorter(part: Part) -> Part:
    """Part of an answer about all there is, without what else might be done."""
    claims = tuple(one for one in part.claims if one.role not in ("alternative", "tipping"))
    return replace(part, claims=claims)


def _joined(
    parts: Sequence[Part],
    cases: Sequence[Case],
    first: Sequence[Claim],
    beside: Sequence[Evidence] = (),
) -> Answer:
    used = {one for claim in first for one in claim.evidence}
    evidence = [one for case in cases for one in case.evidence]
    evidence += [one for one in beside if one.id in used]
    evidence += [one for part in parts for one in part.evidence]
    return Answer(
        state="answered",
        level=level_of(cases),
        claims=(*first, *(claim for part in parts for claim in part.claims)),
        judged=tuple(one for part in parts for one in part.judged),
        evidence=_once(evidence),
        memories=tuple(dict.fromkeys(one for part in parts for one in part.memories)),
    )


def _once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple({one.id: one for one in evidence}.values())
