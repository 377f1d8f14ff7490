"""What is wrong with a plan: signs and their weight."""

from ops.advise.rules import plan_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import (
    Sign,
    both,
    either,
    fact,
    grave,
    known,
    mechanism,
    no,
    of,
)  # fmt: skip
from ops.advise.rules.topic import TopicRules
from ops.advise.rules.view import View

ALL = 0.9995  # a share served that is shown as all of it


def _short(view: View) -> bool:
    if view.short("service-level") or view.fact("shortage") == "yes":
        return True
    served = view.number("service-level", 1.0)
    return view.grave and (view.number("lost") > 0 or served < ALL)


def _tight(view: View) -> bool:
    binds = view.has("bottleneck") and view.fact("bottleneck-binding") != "no"
    return binds and view.number("shadow-price") > 0


def _broken(*gates: str) -> Sign:
    """Whether one of these gates of a watch over a plan is broken."""
    return lambda view: any(gate in view.fact("broken").split() for gate in gates)


def _moved(view: View) -> bool:
    """Whether demand moved by more than what counts, or the analysis says that it did."""
    if view.fact("demand") == "moved" or _of_demand(view):
        return True
    change = view.case.get("demand-change")
    if change is None or change.number is None:
        return False
    if change.reference is not None:
        return abs(change.number) > abs(change.reference)
    return view.grave and change.number != 0


def _saves(view: View) -> bool:
    return view.number("saving") > 0


def _cheaper(view: View) -> bool:
    """Whether a change lowers the cost with all of its interval, and serves no less."""
    return view.surely_under("cost-change", 0.0) and view.number("service-change") >= 0


def _gains(view: View) -> bool:
    return view.number("saving-by-replan") > 0


_of_demand = _broken("bias", "forecast-drift", "demand", "wape")
_asked = both(fact("kind", "what-if"), known("cost-change"))
_infeasible = either(fact("status", "infeasible"), fact("feasible", "no", "false"))
_possible = no(_infeasible)
_told = either(fact("advice", "re-plan", "replan"), fact("policy-action", "replan"))
RULES: tuple[Rule, ...] = (
    # No plan at all: nothing else of it can be judged.
    Rule("infeasible", 9, _infeasible, words.IMPOSSIBLE),
    # What was foreseen by no plan: a lane or a site that failed.
    Rule("disruption", 5, both(_possible, grave, fact("disruption")), words.DISRUPTED),
    Rule("disruption", 3, both(_possible, fact("exposed", "yes")), words.DISRUPTED),
    Rule("disruption", 5, both(_possible, fact("event-kind", "disruption")), words.DISRUPTED),
    Rule("disruption", 4, both(_possible, grave, of("network-stress")), words.DISRUPTED),
    Rule("disruption", 4, both(_possible, mechanism("disruption")), words.DISRUPTED),
    # Demand that moved explains a plan out of date and even a shortage, and not the reverse.
    Rule("demand-moved", 5, both(_possible, _moved, no(_short)), words.DEMAND),
    Rule("demand-moved", 2, both(_possible, _moved, _short), words.DEMAND),
    # Unserved demand in an optimal plan is missing capacity.
    Rule("shortage", 5, both(_possible, _short), words.SHORT),
    # A plan that a new solution beats.
    Rule("plan-outdated", 4, both(_possible, _gains, no(_moved)), words.OUTDATED),
    Rule("plan-outdated", 2, both(_possible, _told, no(_moved)), words.OUTDATED),
    Rule("plan-outdated", 2, both(_possible, _gains, _moved), words.OUTDATED),
    Rule("plan-outdated", 3, both(_possible, _broken("re-solve", "cost")), words.OUTDATED),
    Rule("plan-outdated", 2, both(_possible, _broken("service", "service-drift")), words.OUTDATED),
    # A candidate that passed its gates and saves is a better plan than that in force.
    Rule("plan-outdated", 3, both(fact("accepted", "yes"), _saves), words.BETTER),
    Rule("none", 5, both(_possible, fact("accepted", "no")), words.REFUSED),
    # A change that is asked about is worth it if it saves and serves no less.
    Rule("plan-outdated", 3, both(_possible, _asked, _cheaper, no(_short)), words.CHEAPER),
    Rule("none", 3, both(_possible, _asked, no(_cheaper), no(_short)), words.DEARER),
    # A capacity with a price is a bottleneck even if all is served: relief would save money.
    Rule("bottleneck", 3, both(_possible, _tight), words.NARROW),
    Rule("bottleneck", 2, both(_possible, known("bottleneck"), grave), words.NARROW),
    Rule("none", 2, both(_possible, no(grave), no(_short), no(_moved), no(_gains)), words.GOOD),
)
PLAN = TopicRules(rules=RULES, findings=(words.FIGURES, words.TIGHT, words.MOVED))
