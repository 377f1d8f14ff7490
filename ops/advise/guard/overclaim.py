"""What true numbers do not bear out: that it is over, harmless, all, for ever, or elsewhere."""

import re
from collections.abc import Iterator

from ops.advise.case import Case
from ops.advise.evidence import Evidence
from ops.advise.guard import overclaim_words as words
from ops.advise.guard.direction_words import NEGATION
from ops.advise.guard.reading import Look
from ops.advise.guard.steady import is_over
from ops.advise.guard.stretched import stretched

_TO_ACT = ("cost-acting", "cost-keeping", "cost-week", "saving")
_OF_ACTING = ("cost-acting", "saving", "action-day")
_AHEAD = ("crossing", "expected", "tipping", "action", "forecast", "saving", "cost")
_INDEX = ("cpk", "ppk", "cmk", "stratum-index", "index-fresh")


def overclaims(look: Look) -> Iterator[str]:
    """Find words that claim more than the evidence of the claim holds."""
    yield from _phrases(look)
    yield from _capable(look)
    yield from _of_memories(look)
    yield from _of_advice(look)
    yield from stretched(look)


def _causes(look: Look) -> set[str]:
    return {cause for cause, _ in look.chosen}


def _case(look: Look) -> Case | None:
    return look.context.cases.get(look.claim.case)


def _placed(look: Look) -> list[Evidence]:
    found = (look.context.evidence.get(place.id) for place in look.reading.places)
    return [one for one in found if one is not None]


def _phrases(look: Look) -> Iterator[str]:
    shadow, causes = _without_labels(look), _causes(look)
    in_order = causes == {"none"}
    tables: list[tuple[re.Pattern[str], bool, str]] = [
        (words.OVER, in_order and is_over(_case(look)), "says that it is over"),
        (words.DISMISSED, "gauge" in causes, "dismisses what was found"),
        (words.DEGREE, False, "says how far, which nothing computes"),
        (words.ALL, "common-cause" in causes, "says more than one case knows"),
        (words.AVERAGE, _of_average(look), "says more than one case knows"),
        (words.FUTURE, _looks_ahead(look), "speaks of a time of which nothing is known"),
        (words.HISTORY, look.claim.role == "memory", "tells what only memories tell"),
        (words.DONE, look.claim.role == "memory", "says that it was done"),
        (words.INFEASIBLE, "infeasible" in causes, "names what was not found"),
        (words.DEMAND_MOVED, "demand-moved" in causes, "names what was not found"),
        (words.RANKING, "performance-lost" in causes, "names what was not found"),
        (words.TOO, "spread" in causes, "judges what nothing is held against"),
        (words.MIXED, "mixture" in causes, "names a mixture that was not found"),
        (words.ON_CENTRE, False, "judges what nothing is held against"),
        (words.UNEXPECTED, False, "denies what is expected"),
        (words.AGAINST_ACTING, False, "holds acting against itself"),
        (words.MEDIAN, _of_median(look), "names another value than that of the place"),
        (words.CENTRED, "off-centre" not in causes, "denies what was found"),
        (words.SPENT, False, "says that it has been spent"),
        (words.ALONE, "common-cause" in causes, "sets it against others"),
        (words.NEVER, False, "says what nothing computes"),
        (words.SIDE, False, "names a side that no evidence names"),
    ]
    for pattern, allowed, why in tables:
        found = None if allowed else pattern.search(shadow)
        if found:
            yield f"{found[0]!r} {why}"


def _without_labels(look: Look) -> str:
    """Words without labels of what the claim rests on: they say what it is, and judge nothing."""
    shadow, placed = look.reading.shadow, {one.label for one in _placed(look)}
    cited = {look.context.evidence[i].label for i in look.claim.cites if i in look.context.evidence}
    for label in sorted(placed | {one for one in cited if " " in one}, key=len, reverse=True):
        shadow = re.sub(rf"(?<!\w){re.escape(label.lower())}(?!\w)", " ", shadow)
    return shadow


def _of_median(look: Look) -> bool:
    return any("median" in one.label.lower() for one in _placed(look))


def _of_average(look: Look) -> bool:
    return any(words.AVERAGE.search(one.label) for one in _placed(look))


def _looks_ahead(look: Look) -> bool:
    return any(one.quantity.startswith(_AHEAD) for one in _placed(look))


def _capable(look: Look) -> Iterator[str]:
    shadow = look.reading.shadow
    if words.CAPABLE.search(shadow) and not NEGATION.search(shadow):
        compared = {look.context.evidence[c.left].quantity for c in look.claim.comparisons
                    if c.left in look.context.evidence}  # fmt: skip
        if compared and not compared & set(_INDEX):
            yield "what is capable is told by Cpk or Ppk, and not by the spread alone"


def _of_memories(look: Look) -> Iterator[str]:
    found = words.HELPED.search(look.reading.shadow)
    if found is None:
        return
    if look.claim.role != "memory":
        yield f"{found[0]!r}: what helped is told by memories alone"
        return
    said = not NEGATION.search(look.reading.shadow)
    cited = [look.context.memories[one] for one in look.claim.cites if one in look.context.memories]
    for memory in cited:
        text = memory.text.lower()
        told = words.HELPED.search(text)
        known = memory.helped if memory.helped is not None else told and not NEGATION.search(text)
        if known is None or bool(known) != said:
            yield f"{found[0]!r} is not what the memory says"


def _of_advice(look: Look) -> Iterator[str]:
    role, placed = look.claim.role, _placed(look)
    yield from _of_another(look, placed)
    if role == "action":
        if words.NOT_BEFORE.search(look.reading.shadow) and any(e.kind == "time" for e in placed):
            yield "a day to act is the last, and not the first"
        if words.ELSE.search(look.reading.open):
            yield "an action is told without what goes along with it"
        by_gauge = any("gauge" in (cause, action.split("-")[-1]) for cause, action in look.chosen)
        if words.GAUGE.search(look.reading.shadow) and not by_gauge:
            yield "the action is not one for a gauge"
    if role == "tipping":
        if not any(one.quantity.startswith("tipping") for one in placed):
            yield "no number says when the advice would change"
        wrong = [e for e in placed if e.kind == "number" and not e.quantity.startswith("tipping")]
        yield from (f"{one.label!r} is no point at which the advice would change" for one in wrong)
    if role == "alternative" and any(one.quantity in _TO_ACT for one in placed):
        yield "the costs of the recommended action are not those of an alternative"


def _of_another(look: Look, placed: list[Evidence]) -> Iterator[str]:
    """Find costs of the action of a policy where another one was chosen."""
    case = _case(look)
    costed = case.facts.get("policy-action", "") if case is not None else ""
    if costed and costed not in {action for _, action in look.chosen}:
        yield from (
            f"{one.label!r} is not of the action that was chosen"
            for one in placed if one.quantity in _OF_ACTING
        )  # fmt: skip
