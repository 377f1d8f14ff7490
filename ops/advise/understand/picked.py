"""Which cases answer a question: those about what it names, else the gravest of its topics."""

from collections.abc import Callable, Hashable, Sequence

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.question import AboutKind, Intent, Named
from ops.advise.understand.about_case import (
    is_about,
    kinds_of,
    silent_on_characteristic,
    texts_of,
)
from ops.advise.understand.extreme import extreme
from ops.advise.understand.understood import understood_nothing
from ops.page_value import Level

LEVEL = "level-"  # begins the factors that are not said
MOST = 8  # cases of an answer
_GRAVITY: dict[Level, int] = {"bad": 0, "warn": 1, "info": 2, "good": 3}
_PLACES = frozenset({"run", "analysis", "site"})
_APART: frozenset[AboutKind] = frozenset({"tool", "model", "life-test"})
# Without a run of these nothing else tells what they would: the tours of trucks, say.
_BY_THEMSELVES = frozenset({"route-plan", "inventory-positioning", "network-stress"})
_OF_NO_TOOL = frozenset({"virtual-metrology"})  # whatever gauge it is held against
_AT_TOOLS: frozenset[Topic] = frozenset({"drift", "capability", "gauge"})


def picked(intent: Intent, cases: Sequence[Case], most: int = MOST) -> tuple[Case, ...]:
    """Pick the cases that answer a question, the gravest first; none if nothing fits.

    What a question names decides: a case must be about it. Without names, those of the topics
    count. An unknown word picks only cases that speak of it (a lot, a warehouse of a plan); where
    a question names unknown things alone, nothing else is offered instead.

    Parameters
    ----------
    most
        How many at most; of the same gravity those with the quantities that are asked for come
        first, then newer ones, then by id.
    """
    if understood_nothing(intent):
        return ()
    texts = {case.id: texts_of(case) for case in cases}
    asked = frozenset(intent.quantities)
    fit = [case for case in cases if _fits(intent, case, texts[case.id])]
    on_topic = _on_topic(intent, _of_page(intent, fit))
    ordered = sorted(on_topic, key=lambda case: (*_rank(case, asked), case.id))
    if not (intent.topics or intent.named) or _lists_alerts(intent):
        of = _of_alert if _lists_alerts(intent) else _topic
        ordered = _mixed(ordered, of, lambda case: _GRAVITY[case.level])
    apart = [one for one in intent.named if one.kind in _APART or "compare" in intent.wishes]
    if len(apart) > 1:
        ordered = _mixed(ordered, lambda case: _of_named(case, texts[case.id], apart))
    return tuple(extreme(intent, ordered)[: max(most, 0)])


def settled(intent: Intent, cases: Sequence[Case]) -> Intent:
    """Intent whose unknown words that a case speaks of are levels: they are known after all."""
    if not intent.unknown:
        return intent
    known = {text for case in cases for text in texts_of(case)}
    levels = [word for word in intent.unknown if word.casefold() in known]
    unknown = tuple(word for word in intent.unknown if word not in levels)
    near = {word: codes for word, codes in intent.near.items() if word in unknown}
    factors = {f"{LEVEL}{place}": word for place, word in enumerate(levels, 1)}
    changed = {"unknown": unknown, "near": near, "factors": {**intent.factors, **factors}}
    return intent.model_copy(update=changed)


def _fits(intent: Intent, case: Case, texts: frozenset[str]) -> bool:
    if any(is_about(case, texts, one) for one in intent.excluded):
        return False
    if not _levels_fit(intent, texts):
        return False
    things = [one for one in intent.named if one.kind not in _PLACES]
    sites = {one.code for one in intent.named if one.kind == "site"}
    site = case.subject.site if case.subject is not None else None
    elsewhere = site is not None and site not in sites
    if sites and elsewhere and (things or texts.isdisjoint(code.casefold() for code in sites)):
        return False
    if things and not (case.analysis in _OF_NO_TOOL and _is_asked(intent, case.analysis)):
        return _is_about_named(case, texts, things)
    speaks = any(word.casefold() in texts for word in intent.unknown)
    return not intent.unknown or speaks


def _is_asked(intent: Intent, analysis: str) -> bool:
    return any(one.kind == "analysis" and one.code == analysis for one in intent.named)


def _levels_fit(intent: Intent, texts: frozenset[str]) -> bool:
    """Whether a case speaks of the levels: of all, of several unknown words of one of them."""
    words = [v.casefold() for k, v in intent.factors.items() if k.startswith(LEVEL)]
    levels = [v.casefold() for k, v in intent.factors.items() if not k.startswith(LEVEL)]
    said = all(level in texts for level in levels) and not (words and texts.isdisjoint(words))
    return said or bool(intent.named)


def _is_about_named(case: Case, texts: frozenset[str], things: Sequence[Named]) -> bool:
    """Whether a case is about one of each kind of things named that it can be about."""
    kinds = kinds_of(case)
    meant = [one for one in things if one.kind in kinds]
    hit = {one.kind for one in meant if is_about(case, texts, one)}
    asked = {one.kind for one in meant}
    if "alert" in hit:
        return True
    if asked == {"alert"}:
        return False
    if "characteristic" in asked - hit and "tool" in hit and silent_on_characteristic(case):
        asked = asked - {"characteristic"}
    if case.topic == "lifetime" and any(
        one.kind == "tool" and is_about(case, texts, one) for one in things
    ):
        return True  # the repairs of a tool
    if case.topic == "classifier" or case.topic == "forecast":
        return bool(hit)  # a model and its dataset have one name
    return bool(asked) and asked - {"alert"} <= hit


def _of_page(intent: Intent, cases: list[Case]) -> list[Case]:
    """Those of the run or the analysis of the page, if any are."""
    runs = {one.code for one in intent.named if one.kind == "run"}
    analyses = {one.code for one in intent.named if one.kind == "analysis"}
    for of_page in (
        [case for case in cases if case.run_id in runs],
        [case for case in cases if case.analysis in analyses],
    ):
        if of_page:
            return of_page
    if not analyses.isdisjoint(_BY_THEMSELVES):
        return []
    others = any(one.kind not in ("run", "analysis") for one in intent.named)
    return cases if others or not runs else []


def _on_topic(intent: Intent, cases: list[Case]) -> list[Case]:
    if not intent.topics:
        return cases
    asked = set(intent.quantities)
    analyses = {one.code for one in intent.named if one.kind == "analysis"}
    on = [
        case
        for case in cases
        if case.topic in intent.topics
        or case.analysis in analyses
        or (case.facts.get("quiet") == "yes" and not _AT_TOOLS.isdisjoint(intent.topics))
        or any(e.quantity in asked and e.value is not None for e in case.evidence)
    ]
    if on or _AT_TOOLS.isdisjoint(intent.topics):
        return on
    return [case for case in cases if case.topic == "alert"]


def _rank(case: Case, asked: frozenset[str]) -> tuple[int, int, int, int]:
    has = sum(1 for quantity in asked if case.stand_in(quantity) is not None)
    bare = not any(e.lower is not None for e in case.evidence if e.quantity == "shape")
    costed = case.get("saving") is not None  # the richer analysis of the same thing
    return (
        int(bool(asked) and not has) + int("shape" in asked and bare),
        _GRAVITY[case.level],
        -has - int(costed),
        -case.found,
    )


def _lists_alerts(intent: Intent) -> bool:
    return intent.topics == ("alert",) and not intent.named


def _topic(case: Case) -> Hashable:
    return case.level, case.topic


def _of_alert(case: Case) -> Hashable:
    """Tell what an alert is of."""
    subject = case.subject
    of = (subject.characteristic, *sorted(subject.factors.items())) if subject else ()
    return case.level, of


def _of_named(case: Case, texts: frozenset[str], named: Sequence[Named]) -> Hashable:
    """Which of the things named a case is about, so that one does not hide the others."""
    return tuple(one.code for one in named if is_about(case, texts, one))


def _mixed(
    ordered: Sequence[Case],
    of: Callable[[Case], Hashable],
    first: Callable[[Case], int] = lambda _: 0,
) -> list[Case]:
    """Cases by turns of what they are of, so that one does not hide the others."""
    seen: dict[Hashable, int] = {}
    turns: dict[str, int] = {}
    for case in ordered:
        turns[case.id] = seen[of(case)] = seen.get(of(case), 0) + 1
    return sorted(ordered, key=lambda case: (first(case), turns[case.id]))
