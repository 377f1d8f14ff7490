"""Signs that several topics look for, each a question to a case that answers yes or no."""

from collections.abc import Callable, Iterator

from ops.advise.case import Case
from ops.advise.catalogue import ActionId
from ops.advise.rules.view import View, akin, suspect_gauge

Sign = Callable[[View], bool]
ALIKE = 2  # other tools that must move alike: one may do so by chance
NEAR_HOURS = 12.0  # an event explains a step of the same shift or the one before, nothing older
OFTEN = 0.4  # of steps have by chance such an event within the interval of their place
CLOSE_HOURS = (-2.0, 4.0)  # from an event to a step that it explains though chance could, too
_HOURS = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0, "d": 24.0}
LOTS = ("lot", "batch", "spool", "material")  # parts of the names of factors that come and go


def both(*signs: Sign) -> Sign:
    """Whether all of the signs are there."""
    return lambda view: all(sign(view) for sign in signs)


def either(*signs: Sign) -> Sign:
    """Whether one of the signs is there."""
    return lambda view: any(sign(view) for sign in signs)


def no(sign: Sign) -> Sign:
    """Whether a sign is not there."""
    return lambda view: not sign(view)


def fact(name: str, *codes: str) -> Sign:
    """Whether a fact is one of these codes; without codes: whether it is known."""
    return lambda view: view.fact(name) in codes if codes else bool(view.fact(name))


def known(*quantities: str) -> Sign:
    """Whether these are known."""
    return lambda view: view.has(*quantities)


def grave(view: View) -> bool:
    """Whether it is judged as bad, or nearly."""
    return view.grave


def mechanism(*parts: str) -> Sign:
    """Whether the mechanism, as the reader or the verdict names it, holds one of these words."""
    return lambda view: any(part in mechanism_of(view) for part in parts)


def mechanism_of(view: View) -> str:
    """Tell what moved or went wrong, in the code of the analysis."""
    subject = view.case.subject
    return view.fact("mechanism") or (subject.mechanism if subject else "")


def of(*analyses: str) -> Sign:
    """Whether one of these analyses found it."""
    return lambda view: view.case.analysis in analyses


def _kind(view: View) -> str:
    kind = view.fact("kind") or mechanism_of(view)
    return kind if kind in ("trend", "creep", "step", "level", "spread", "near-limit") else ""


def step(view: View) -> bool:
    """Whether it moved at once."""
    kind = _kind(view)
    return kind == "step" or (not kind and view.has("step") and not view.has("slope"))


def trend(view: View) -> bool:
    """Whether it moves steadily."""
    kind = _kind(view)
    return kind in ("trend", "creep") or (not kind and view.has("slope"))


def side(*sides: str) -> Sign:
    """Whether the limit that it meets first is on this side."""
    return fact("crossing-side", *sides)


def lag_hours(view: View) -> float | None:
    """Hours from the nearest event to the change."""
    lag = view.case.get("event-lag")
    if lag is None or lag.number is None or lag.unit not in _HOURS:
        return None
    return lag.number * _HOURS[lag.unit]


def explained(view: View) -> bool:
    """Whether an event explains the change: it was tested, or a step followed it within hours.

    A step within hours of an event is explained by it even if chance could bring one as near: work
    and new stuff are what makes steps, so that it is likelier than a cause that nobody recorded.
    So is one whose place is so uncertain that the event lies within it, unless chance brings that
    about in nearly every second case.
    """
    tested = view.fact("event-convincing") or view.fact("convincing")
    if tested:
        return proven(view) or (step(view) and _is_close(view))
    lag = lag_hours(view)
    return step(view) and lag is not None and 0 <= lag <= NEAR_HOURS


def proven(view: View) -> bool:
    """Whether a test says that chance explains the event before it badly."""
    tested = view.fact("event-convincing") or view.fact("convincing")
    return tested in ("", "yes", "true", "convincing")


def _is_close(view: View) -> bool:
    lag = lag_hours(view)
    if lag is not None and CLOSE_HOURS[0] <= lag <= CLOSE_HOURS[1]:
        return True
    chance = view.number("event-chance", 1.0)
    return view.fact("event-within") == "yes" and chance < OFTEN


def follows(view: View) -> bool:
    """Whether the begin, as far as it is known, lies after the event and not before it."""
    lag = lag_hours(view)
    return lag is not None and lag >= 0


def event(*kinds: str) -> Sign:
    """Whether an event of such a kind explains it."""
    return lambda view: explained(view) and event_kind(view) in kinds


def event_kind(view: View) -> str:
    """Kind of the nearest event: as noted, or as the record of that event has it.

    Never from what its title says: that was written by people, and may say anything. It only
    tells events of the same moment apart.
    """
    if view.fact("event-kind"):
        return view.fact("event-kind")
    at = view.fact("event-at")
    named = view.case.get("event-title")
    title = None if named is None else named.value
    here = (one for one in view.others if View(one).tool == view.tool != "")
    elsewhere = (one for one in view.others if not View(one).tool)
    kinds = [
        (said == title, kind)
        for other in (*here, *elsewhere)  # what was done at the tool itself comes first
        for kind, when, said in _recorded(other)
        if when == at
    ]
    same = next((kind for is_same, kind in kinds if is_same), "")
    return same or next((kind for _, kind in kinds), "") or _of_kin(view)


def _recorded(case: Case) -> Iterator[tuple[str, str, object]]:
    """Kinds, times and titles of the events that a case records."""
    kinds, times = (case.facts.get(name, "").split() for name in ("event-kinds", "event-ats"))
    titles = [one.value for one in case.evidence if one.quantity == "event-title"]
    titles += [None] * (len(kinds) - len(titles))
    return zip(kinds, times, titles, strict=False)


def _of_kin(view: View) -> str:
    """Kind of the event that another analysis of the same thing found at the same time."""
    mine = view.case.get("event-at")
    for other in view.kin():
        theirs = other.get("event-at")
        if mine is not None and theirs is not None and mine.number == theirs.number:
            return other.facts.get("event-kind", "")
    return ""


def of_corrections(view: View) -> bool:
    """Whether what moves are the corrections that hold the product where it should be."""
    if view.fact("hidden") in ("yes", "true") or "correction" in mechanism_of(view):
        return True
    if view.fact("corrections") in ("growing", "yes", "true"):
        return True
    return "correction" in view.case.title.lower()  # a characteristic that is the correction


def fleet(view: View) -> bool:
    """Whether other tools move alike: the reader says so, or enough of them were found."""
    if view.fact("pattern") == "fleet" or view.fact("fleet") in ("yes", "common", "true"):
        return True
    if view.fact("tools-alike").isdigit() and int(view.fact("tools-alike")) > ALIKE:
        return True
    alike = {tool for other in view.others if (tool := _moves_alike(view, other))}
    return len(alike) >= ALIKE


def _moves_alike(view: View, other: Case) -> str:
    """Tool of a case that moves like this one; empty if it does not, or is the same tool."""
    if not other.topic == view.case.topic == "drift":
        return ""
    theirs = View(other)
    same = (
        theirs.grave
        and view.characteristic == theirs.characteristic != ""
        and theirs.tool != view.tool
        and direction(view) == direction(theirs) != ""
    )
    return theirs.tool if same else ""


def mover(view: View) -> Case | None:
    """Case of a tool that jumped or creeps in what this measures; None if none is known."""
    return next((one for one in view.others if _moves_it(view, one)), None)


def _moves_it(view: View, other: Case) -> bool:
    theirs = View(other)
    found = other.topic == "drift" and theirs.grave and bool(theirs.tool)
    return found and (step(theirs) or trend(theirs)) and akin(view.case, other)


def moved(view: View) -> bool:
    """Whether a tool is known to jump or creep in what this measures."""
    return mover(view) is not None


def direction(view: View) -> str:
    """Where it moves, up or down; empty if that is not known."""
    if view.fact("direction"):
        return view.fact("direction")
    moved = view.case.number("slope") or view.case.number("step") or view.case.number("shift")
    return "" if not moved else "up" if moved > 0 else "down"


def alone(view: View) -> bool:
    """Whether a screen of all tools found no other that moves like it."""
    return view.fact("tools-alike") == "1"


def gauge_doubtful(view: View) -> bool:
    """Whether the gauge that measured it cannot be trusted."""
    return view.fact("gauge-suspect") in ("yes", "true") or suspect_gauge(view) is not None


def gauge_itself(view: View) -> bool:
    """Whether what was measured is a master, so that what moves is the gauge."""
    if view.fact("of-gauge") in ("yes", "true") or mechanism("gauge", "metrology")(view):
        return True
    code = view.characteristic.lower()  # a plant names its masters for what they are
    return "gauge" in code or "master" in code


def of_lot(view: View) -> bool:
    """Whether the guilty stratum is a lot: something that can be set apart."""
    return any(part in view.fact("stratum-factor").lower() for part in LOTS)


def policy(action: ActionId) -> Sign:
    """Whether the plant's policy, weighing costs and effects, chose this action."""
    return lambda view: policy_of(view) == action


def policy_of(view: View) -> str:
    """Find the action of the policy for this, or for the same tool in another analysis."""
    here = view.fact("policy-action")
    if here or view.case.topic not in ("drift", "alert"):
        return here
    return next(
        (
            other.facts["policy-action"]
            for other in view.others
            if other.facts.get("policy-action")
            and View(other).tool == view.tool != ""
            and akin(view.case, other)
        ),
        "",
    )


def candidate(action: ActionId) -> Sign:
    """Whether the policy weighed this action, or does it first."""
    return lambda view: (
        action in (view.fact("first-action"), *view.fact("alternatives").replace(",", " ").split())
    )
