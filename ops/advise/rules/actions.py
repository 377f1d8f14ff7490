"""Which actions the evidence supports for a cause, in the order in which they are recommended."""

from collections.abc import Sequence

from ops.advise.catalogue import ActionId, CauseId, goes_with
from ops.advise.rules.judgement import Course
from ops.advise.rules.signs import (
    Sign,
    both,
    candidate,
    either,
    fact,
    known,
    of_lot,
    policy,
    policy_of,
    step,
)  # fmt: skip
from ops.advise.rules.view import View

_WORN: tuple[CauseId, ...] = ("creep", "hidden-creep", "unknown")
_TOUCHED: tuple[CauseId, ...] = ("maintenance", "calibration")
_OTHER_STUFF: tuple[CauseId, ...] = ("material-change", "capillary-change")
_TOOL: tuple[ActionId, ...] = (
    "replace-component", "recalibrate", "clean", "refurbish", "replace-tool",
)  # fmt: skip


def _always(_: View) -> bool:
    return True


def _light(view: View) -> bool:
    """Whether it may be left as it is: nobody judged it as bad, or the policy would leave it."""
    return view.case.level != "bad" or view.fact("policy-action") == "keep"


def _charted(view: View) -> bool:
    """Whether it is a process, of which charts can tell more."""
    return view.case.topic in ("drift", "capability", "alert")


def _stands_for_itself(view: View) -> bool:
    """Whether the policy's tool action pays although other stuff began it: a creep, not a step."""
    return not step(view) and view.number("saving") > 0


def _would(action: ActionId) -> Sign:
    """Whether the policy chose an action, does it first, or weighed it."""
    return either(policy(action), candidate(action))


COURSES: tuple[Course, ...] = (
    # Set-up first: what work left wrong is mended where the work was done, not by wear parts.
    Course(_TOUCHED, "verify-setup", _always),
    # A creep that began with other stuff and still pays to be set anew: the tool holds it back.
    *(Course(_OTHER_STUFF, a, both(policy(a), _stands_for_itself)) for a in _TOOL),
    # Other stuff is set apart before a tool is set to fit it.
    Course(_OTHER_STUFF, "contain-lot", _always),
    Course(("capillary-change",), "replace-component", _always),
    # A jump that nothing explains is set back, and looked into; parts are not replaced for it.
    Course(("unknown",), "recalibrate", both(step, _would("recalibrate"))),
    Course(("unknown",), "find-special-cause", step),
    # What the plant's policy chose, weighing costs, effects and downtime.
    *(Course((*_WORN, *_TOUCHED, *_OTHER_STUFF), a, policy(a)) for a in _TOOL),
    Course(("unknown",), "find-special-cause", both(fact("stable", "no"), known("cpk"))),
    # The policy itself says that going on is cheapest.
    Course(_WORN, "keep", policy("keep")),
    # Without a policy the least that mends a creep: to set the tool anew.
    Course(("creep", "hidden-creep"), "recalibrate", lambda v: not policy_of(v)),
    Course(("unknown",), "measure-more", _always),
    # What it does first, or weighed and found dearer.
    *(Course((*_WORN, *_TOUCHED, *_OTHER_STUFF), a, candidate(a)) for a in _TOOL),
    Course(("unknown",), "find-special-cause", _charted),
    # A gauge in doubt stops all else.
    Course(("gauge",), "requalify-gauge", _always),
    Course(("common-cause", "unstable"), "find-special-cause", _always),
    Course(("common-cause",), "contain-lot", fact("event-kind", *_OTHER_STUFF)),
    # Capability, by its lever.
    Course(("off-centre",), "recentre", _always),
    Course(("off-centre",), "recalibrate", fact("tool")),
    Course(("spread",), "reduce-spread", _always),
    Course(("mixture",), "isolate-stratum", _always),
    Course(("mixture",), "contain-lot", of_lot),
    # Life.
    Course(("capillary-wear",), "replace-component", _always),
    Course(("early-failures",), "contain-lot", _always),
    Course(("infant-mortality",), "burn-in", _always),
    Course(("infant-mortality", "short-life"), "contain-lot", either(of_lot, fact("lot"))),
    Course(("early-failures",), "burn-in", lambda v: v.surely_under("shape", 1.0)),
    Course(("short-life",), "contain-lot", _always),
    Course(("short-life",), "extend-test", lambda v: v.number("failures", 99.0) < 10),
    Course(("too-few-failures",), "extend-test", _always),
    Course(
        ("wear-out",), "replace-component", lambda v: v.grave and v.case.analysis != "lifetime-fit"
    ),
    Course(("wear-out",), "keep", _always),
    # Plans.
    Course(("infeasible",), "relax-limit", _always),
    Course(("infeasible",), "add-capacity", known("bottleneck")),
    Course(("bottleneck", "shortage"), "add-capacity", _always),
    Course(("shortage", "bottleneck"), "replan", lambda v: v.number("saving-by-replan") > 0),
    Course(("shortage",), "relax-limit", known("violated-rule")),
    Course(("demand-moved",), "replan", lambda v: v.case.topic != "forecast"),
    Course(("demand-moved",), "reforecast", lambda v: v.over("wape")),
    Course(("demand-moved", "plan-outdated", "disruption"), "replan", _always),
    Course(("disruption",), "add-capacity", known("bottleneck")),
    Course(("forecast-off",), "reforecast", _always),
    # Models.
    Course(("input-drift",), "check-input", _always),
    Course(("calibration-lost",), "recalibrate-model", _always),
    Course(("performance-lost",), "retrain", _always),
    Course(("better-challenger",), "promote-model", _always),
    Course(
        ("input-drift", "calibration-lost"), "retrain",
        lambda v: v.surely_short("score-now") or v.case.level == "bad",
    ),
    # To leave it is a choice where nothing is bad, for every cause that allows it.
    Course(("none",), "keep", _always),
    Course(
        (
            "creep", "hidden-creep", "material-change", "capillary-change", "maintenance",
            "calibration", "gauge", "common-cause", "off-centre", "spread", "mixture", "unstable",
            "capillary-wear", "early-failures", "infant-mortality", "short-life",
            "too-few-failures", "bottleneck", "shortage", "demand-moved", "plan-outdated",
            "disruption", "input-drift", "calibration-lost", "performance-lost",
            "better-challenger", "forecast-off", "unknown",
        ),
        "keep", _light,
    ),
)  # fmt: skip


def supported(cause: CauseId, view: View) -> tuple[ActionId, ...]:
    """Actions that the evidence of a case supports for a cause, the recommended one first.

    All of them go with the cause by the catalogue.
    """
    fits: Sequence[ActionId] = [
        one.action for one in COURSES if cause in one.causes and one.when(view)
    ]
    return tuple(dict.fromkeys(a for a in fits if goes_with(cause, a)))
