"""Judge a case: its causes by weight, and the action that the evidence supports for the first."""

from collections.abc import Mapping, Sequence

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.rules.actions import supported
from ops.advise.rules.alert import ALERT
from ops.advise.rules.capability import CAPABILITY
from ops.advise.rules.classifier import CLASSIFIER
from ops.advise.rules.drift import DRIFT
from ops.advise.rules.forecast import FORECAST
from ops.advise.rules.gauge import GAUGE
from ops.advise.rules.judgement import Judgement, explained, weighed
from ops.advise.rules.lifetime import LIFETIME
from ops.advise.rules.plan import PLAN
from ops.advise.rules.signs import mechanism_of, step, trend
from ops.advise.rules.topic import TopicRules
from ops.advise.rules.view import View

TOPIC_RULES: Mapping[Topic, TopicRules] = {
    "drift": DRIFT, "capability": CAPABILITY, "lifetime": LIFETIME, "plan": PLAN,
    "classifier": CLASSIFIER, "forecast": FORECAST, "gauge": GAUGE, "alert": ALERT,
}  # fmt: skip


def judge(case: Case, beside: Sequence[Case] = ()) -> Judgement:
    """Judge a case.

    Parameters
    ----------
    beside
        Other cases of the same question: a gauge in doubt or tools that move alike change what a
        case means. The case itself may be among them.
    """
    view = behind(seen(case, beside))
    rules = TOPIC_RULES[view.case.topic].rules
    causes = weighed(rules, view)
    cause = causes[0][0]
    actions = supported(cause, view)
    return Judgement(
        cause=cause,
        action=actions[0],
        also=tuple(one for one, _ in causes[1:]),
        alternatives=actions[1:],
        says=explained(rules, cause, view),
    )


def behind(view: View) -> View:
    """Look behind what only says that something is off, at what says how it moved.

    An open alert is judged as the gravest finding of the same thing; a tool that is off, as the
    jump or the trend that another analysis found of it.
    """
    if not view.grave or view.fact("not-seen"):
        return view
    if view.case.topic == "alert":
        kin = [one for one in view.kin() if one.topic != "alert" and View(one).grave]
    elif view.case.topic == "drift" and _is_vague(view):
        kin = [one for one in view.kin() if one.topic == "drift" and _is_told(View(one))]
    else:
        return view
    if not kin:
        return view
    found = min(kin, key=lambda one: (one.run_id != view.case.run_id, one.level != "bad"))
    return View(found, (*(one for one in view.others if one.id != found.id), view.case))


def strength(case: Case) -> int:
    """Tell how many points speak for the likeliest cause of a case by itself."""
    return weighed(TOPIC_RULES[case.topic].rules, View(case))[0][1]


def _is_vague(view: View) -> bool:
    return bool(view.tool) and mechanism_of(view) in ("level", "near-limit", "shift", "")


def _is_told(view: View) -> bool:
    return view.grave and (step(view) or trend(view))


def seen(case: Case, beside: Sequence[Case]) -> View:
    """Look at a case as rules do."""
    return View(case, tuple(other for other in beside if other.id != case.id))
