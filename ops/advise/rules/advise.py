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
from ops.advise.rules.part import Part, alike, together
from ops.advise.rules.passed_over import passed_over
from ops.advise.rules.ranking import Story, is_overview, level_of, stories
from ops.advise.rules.refusal import refusal
from ops.advise.rules.remembering import chosen, heard, memory_claim, remembered_text
from ops.advise.rules.story import brief, full
from ops.advise.rules.view import View

IN_FULL = 3  # stories, those of one cause and action as one; further ones get a line each
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
    del question  # all that is understood of it is in the intent
    if not cases:
        return refusal(intent)
    told = stories(intent, cases)
    known = (*cases, *beside)
    grave = [s for n, s in enumerate(told) if n == 0 or _is_grave(s.main)]
    if _is_list(intent):
        grave = []
    groups = _grouped([(story, _full(story, known, memories, now_us)) for story in grave])
    grave = [story for group in groups for story, _ in group]
    parts = [together(group[0][1], [part for _, part in group[1:]]) for group in groups]
    if parts:
        claims = asked_first(intent, parts[0].claims, cases, told[0].main)
        parts[0] = replace(parts[0], claims=claims)
    rest = [story for story in told if story not in grave]
    parts += [_brief(story, known, lines=n < LINES) for n, story in enumerate(rest)]
    return _joined(parts, cases, passed_over(intent))


def _grouped(told: Sequence[tuple[Story, Part]]) -> list[list[tuple[Story, Part]]]:
    """Stories with those that have their cause and action, the gravest first; not all fit in."""
    groups: list[list[tuple[Story, Part]]] = []
    for story, part in told:
        same = next((group for group in groups if alike(group[0][1], part)), None)
        if same is not None:
            same.append((story, part))
        elif len(groups) < IN_FULL:
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


def _joined(parts: Sequence[Part], cases: Sequence[Case], first: Sequence[Claim]) -> Answer:
    evidence = [one for case in cases for one in case.evidence]
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
