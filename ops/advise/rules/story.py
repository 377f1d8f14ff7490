"""The story of one case: what was found, why, what to do, what it costs, what would change it."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.catalogue import ActionId
from ops.advise.claim import Claim, Role, Slot
from ops.advise.evidence import Evidence
from ops.advise.rules import action_words, alert_words, drift_words, story_words
from ops.advise.rules.judge import TOPIC_RULES
from ops.advise.rules.judgement import Judgement
from ops.advise.rules.saying import Ladder, said
from ops.advise.rules.signs import mover, trend
from ops.advise.rules.view import View, suspect_gauge

MOST = 2  # alternatives that are told; more hide the recommendation
Names = Mapping[str, str | Slot]


def full(view: View, found: Judgement, kin: Sequence[View] = ()) -> tuple[Claim, ...]:
    """All that is to be said of a case, in reading order.

    Parameters
    ----------
    kin
        Other cases of the same thing, whose findings belong into its story.
    """
    parts = (
        _findings(view, kin),
        _causes(view, found),
        _actions(view, found),
        _costs(view, found),
        _limits(view, found),
    )
    return tuple(claim for part in parts for claim in part)


def brief(view: View) -> Claim | None:
    """One line of a case that has no room for its story."""
    return said("note", TOPIC_RULES[view.case.topic].findings[0][:-1], view)


def _told(role: Role, ladders: Sequence[Ladder], view: View) -> Iterator[Claim]:
    for ladder in ladders:
        claim = said(role, ladder, view)
        if claim is not None:
            yield claim


def _findings(view: View, kin: Sequence[View]) -> Iterator[Claim]:
    yield from _told("finding", TOPIC_RULES[view.case.topic].findings, view)
    topics = {view.case.topic}
    shown = {view.characteristic, ""}
    for other in kin:
        if not other.grave:
            continue
        if other.case.topic not in topics:
            topics.add(other.case.topic)
            if other.case.topic == "alert":
                yield from _told("note", (alert_words.KIN,), other)
                continue
            yield from _told("finding", (TOPIC_RULES[other.case.topic].findings[0][:-1],), other)
        elif other.case.topic in ("drift", "capability") and other.characteristic not in shown:
            shown.add(other.characteristic)
            yield from _told("finding", (drift_words.TOO,), other)


def _causes(view: View, found: Judgement) -> Iterator[Claim]:
    rules = TOPIC_RULES[view.case.topic]
    yield from _told("cause", (found.says or action_words.UNKNOWN,), view)
    if found.cause == "none":
        return
    against = rules.against if found.cause not in ("gauge", "common-cause") else ()
    yield from _told("cause", against, view)
    if found.cause == "unstable":
        yield from _movers(view)
    if found.cause == "gauge":
        return  # until the gauge is qualified nothing else can be told from its values
    also = [action_words.ALSO[one] for one in found.also if one in action_words.ALSO]
    yield from _told("cause", also[:1], view)


def _movers(view: View) -> Iterator[Claim]:
    """Name what is known to move an unstable process."""
    moving = mover(view)
    if moving is not None:
        claim = said("cause", story_words.MOVER, view, {"mover": moving.title})
        yield from (claim,) if claim is not None else ()


def _actions(view: View, found: Judgement) -> Iterator[Claim]:
    gauge = suspect_gauge(view)
    if gauge is not None and found.action not in ("requalify-gauge", "keep"):
        first = said("action", story_words.GAUGE_FIRST, view, {"gauge": gauge.title})
        if first is not None:
            yield first
    planned = found.action != "keep" and found.action == view.fact("policy-action")
    claim = said("action", story_words.BY_POLICY, view) if planned else None
    claim = claim or said("action", action_words.ACTION[found.action], view)
    if claim is not None:
        yield claim
    if planned:
        yield from _recovers(view, found.action)


def _costs(view: View, found: Judgement) -> Iterator[Claim]:
    planned = found.action == view.fact("policy-action")
    if planned and found.action != "keep":
        yield from _told("cost", (story_words.COSTS,), view)
    if view.fact("costed") == "no" and found.cause != "none" and trend(view):
        yield from _told("note", (story_words.UNCOSTED,), view)
    for one in found.alternatives[:MOST]:
        if one not in action_words.INSTEAD:
            continue
        claim = said("alternative", action_words.INSTEAD[one], view, _alternative(view, one))
        if claim is not None:
            yield claim


def _recovers(view: View, action: ActionId) -> Iterator[Claim]:
    """Say what earlier actions of the kind did; the reader labels it with the action."""
    said_of = story_words.DOING.get(action, action)
    names: dict[str, str | Slot] = {}
    for place, quantity in (("recovered", "recovered-share"), ("jump", "jump-after-action")):
        one = next((e for e in view.case.evidence if _is_gain(e, quantity, said_of)), None)
        if one is not None:
            names[place] = Slot(evidence=one.id, part="full")
    claim = said("action", story_words.RECOVERS, view, names)
    if claim is not None:
        yield claim


def _is_gain(one: Evidence, quantity: str, said_of: str) -> bool:
    named = one.quantity == quantity and said_of in one.label
    return named and one.number is not None and one.number > 0


def _alternative(view: View, action: ActionId) -> Names:
    """Cost of an alternative, where the reader left exactly one that is labelled with it."""
    label = story_words.LABELS.get(action)
    costs = [
        one
        for one in view.case.evidence
        if one.quantity == "alternative-cost" and one.value is not None and one.label == label
    ]
    return {"alternative": Slot(evidence=costs[0].id, part="full")} if len(costs) == 1 else {}


def _factors(view: View) -> Names:
    """Factors of costs that would tip the decision; the reader labels them with the cost."""
    found: dict[str, str | Slot] = {}
    for one in view.case.evidence:
        for cost, place in (("cost-of-going-on", "going_on"), ("cost-of-acting", "acting")):
            if one.quantity == "tipping-factor" and cost in one.label and one.value is not None:
                found.setdefault(place, Slot(evidence=one.id, part="full"))
    return found


def _limits(view: View, found: Judgement) -> Iterator[Claim]:
    if found.cause == "none":
        return
    if found.action == view.fact("policy-action"):
        claim = said("tipping", story_words.TIPPING, view, _factors(view))
        yield from (claim,) if claim is not None else ()
    yield from _told("note", TOPIC_RULES[view.case.topic].unsure, view)
