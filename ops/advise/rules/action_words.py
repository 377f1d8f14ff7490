"""Sentences about what to do, what else may be done, and what else may be behind it."""

from collections.abc import Mapping

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.signs import gauge_itself, known

ACTION: Mapping[ActionId, Ladder] = {
    "keep": (
        Saying(
            "Recommended: go on as it is. To act now would cost {cost_acting}, to go on"
            " costs {cost_keeping}.",
            (("cost-acting", "above", "cost-keeping"),),
        ),
        Saying("Recommended: go on as it is, and look again when new data are there."),
    ),
    "recalibrate": (
        Saying(
            "Recommended: recalibrate {tool} before {crossing_days} have passed, when it"
            " meets its limit.",
            (("crossing-days", "rises", None),),
        ),
        Saying("Recommended: recalibrate {tool}."),
        Saying("Recommended: recalibrate."),
    ),
    "clean": (Saying("Recommended: clean {tool}."), Saying("Recommended: clean the tool.")),
    "replace-component": (
        Saying("Recommended: replace the worn component of {tool}."),
        Saying("Recommended: replace the worn component."),
    ),
    "refurbish": (
        Saying("Recommended: refurbish {tool}."),
        Saying("Recommended: refurbish the tool."),
    ),
    "replace-tool": (
        Saying("Recommended: replace {tool}."),
        Saying("Recommended: replace the tool."),
    ),
    "verify-setup": (
        Saying(
            "Recommended: verify the set-up of {tool} against its record before anything"
            " is replaced, since no part wears within {event_lag}.",
            (),
            known("step"),
        ),
        Saying(
            "Recommended: verify the set-up of {tool} against its record before anything"
            " is replaced."
        ),
        Saying("Recommended: verify the set-up against its record before anything is replaced."),
    ),
    "contain-lot": (
        Saying(
            "Recommended: set apart what was made of it ({stratum__value}), and hold it"
            " until it is judged."
        ),
        Saying(
            "Recommended: set apart what was made of it since {since__value}"
            " ({event_title__value}), and hold it until it is judged."
        ),
        Saying("Recommended: set apart what was made of it, and hold it until it is judged."),
    ),
    "requalify-gauge": (
        Saying(
            "Recommended: qualify the gauge again ({tool}), and set no tool by its values"
            " before that.",
            (),
            gauge_itself,
        ),
        Saying("Recommended: qualify the gauge again, and set no tool by its values before that."),
    ),
    "recentre": (
        Saying("Recommended: bring the mean to the target of {target__value}."),
        Saying("Recommended: bring the mean to the middle of its limits."),
    ),
    "reduce-spread": (
        Saying(
            "Recommended: narrow the spread, beginning with the largest source of it;"
            " centring alone cannot do it."
        ),
    ),
    "isolate-stratum": (
        Saying(
            "Recommended: separate the stratum that differs ({stratum__value}), and judge"
            " it and the rest each by itself."
        ),
        Saying(
            "Recommended: separate the stratum that differs, and judge it and the rest"
            " each by itself."
        ),
    ),
    "find-special-cause": (
        Saying(
            "Recommended: find what they share, beginning with what changed at {since__value}.",
            (),
            lambda v: v.fact("status") == "drifts",
        ),
        Saying(
            "Recommended: find the special cause first, by the charts and what happened at"
            " the time of their signals."
        ),
    ),
    "extend-test": (
        Saying(
            "Recommended: go on with the test until more units have failed than"
            " {failures__value}, before anything is concluded."
        ),
        Saying("Recommended: go on with the test before anything is concluded."),
    ),
    "burn-in": (
        Saying(
            "Recommended: a burn-in before delivery, so that weak units fail here and not"
            " in the field."
        ),
    ),
    "add-capacity": (
        Saying(
            "Recommended: add capacity at {where}, as long as a unit costs"
            " less than {shadow_price}.",
            (("shadow-price", "rises", None),),
        ),
        Saying("Recommended: add capacity at {where}."),
        Saying("Recommended: add capacity where it is used up."),
    ),
    "relax-limit": (
        Saying(
            "Recommended: relax this requirement, or have it decided who gives way: {rule}.",
            rests=("violated-rule",),
        ),
        Saying("Recommended: relax the requirements that exclude each other."),
    ),
    "replan": (
        Saying(
            "Recommended: plan anew, which saves {saving_by_replan}.",
            (("saving-by-replan", "rises", None),),
        ),
        Saying("Recommended: plan anew with what is known now."),
    ),
    "retrain": (
        Saying(
            "Recommended: train the model anew on the newest judged rows, and let the"
            " ledger decide whether it takes over."
        ),
    ),
    "recalibrate-model": (
        Saying("Recommended: calibrate the probabilities of the model anew; what it learnt stays."),
    ),
    "check-input": (
        Saying(
            "Recommended: check the source of the input that moved, a sensor, a recipe or"
            " a unit, before the model is trained on it."
        ),
    ),
    "promote-model": (
        Saying("Recommended: promote the challenger, once a person has approved it."),
    ),
    "reforecast": (
        Saying("Recommended: forecast anew with the newest demand, and hold plans until then."),
    ),
    "measure-more": (
        Saying(
            "Recommended: measure more before anything is done; what is known does not"
            " tell a cause."
        ),
    ),
}
INSTEAD: Mapping[ActionId, Ladder] = {
    "keep": (
        Saying("To go on as it is for now is allowed as well, since nothing is judged as bad yet."),
    ),
    "recalibrate": (
        Saying("Instead, to recalibrate would cost {alternative}."),
        Saying("Instead, a recalibration may be tried."),
    ),
    "clean": (
        Saying("Instead, to clean it would cost {alternative}."),
        Saying("Instead, cleaning may be tried."),
    ),
    "replace-component": (
        Saying("Instead, to replace the component would cost {alternative}."),
        Saying("Instead, the component may be replaced."),
    ),
    "refurbish": (
        Saying("Instead, to refurbish it would cost {alternative}."),
        Saying("Instead, it may be refurbished."),
    ),
    "replace-tool": (
        Saying("Instead, to replace the tool would cost {alternative}."),
        Saying("Instead, the tool may be replaced."),
    ),
    "contain-lot": (Saying("Besides, what was made of the lot may be set apart."),),
    "requalify-gauge": (Saying("Besides, the gauge may be qualified again."),),
    "find-special-cause": (Saying("Besides, the charts may tell a special cause."),),
    "retrain": (
        Saying("Instead, the model may be trained anew, which costs more and takes longer."),
    ),
    "add-capacity": (Saying("Instead, capacity may be added."),),
    "relax-limit": (Saying("Instead, a requirement may be relaxed."),),
    "replan": (Saying("Instead, a new plan may do, without new capacity."),),
    "reforecast": (Saying("Besides, the demand should be forecast anew."),),
    "extend-test": (Saying("Besides, a longer test would make it surer."),),
    "burn-in": (Saying("Besides, a burn-in would take out weak units."),),
}
ALSO: Mapping[CauseId, Ladder] = {
    "creep": (Saying("Not ruled out is a creep of the tool itself."),),
    "hidden-creep": (Saying("Not ruled out is a creep that corrections hide."),),
    "material-change": (Saying("Not ruled out is the change of material before it."),),
    "capillary-change": (Saying("Not ruled out is the change of capillary before it."),),
    "maintenance": (Saying("Not ruled out is the maintenance before it."),),
    "calibration": (Saying("Not ruled out is the calibration before it."),),
    "gauge": (Saying("Not ruled out is the gauge: it should be cleared of doubt first."),),
    "common-cause": (Saying("Not ruled out is a cause that several tools share."),),
    "off-centre": (Saying("The mean is off centre as well."),),
    "spread": (Saying("The spread is too wide as well."),),
    "mixture": (
        Saying("Not ruled out is a mixture: {stratum__value} stands apart."),
        Saying("Not ruled out is a mixture of populations."),
    ),
    "unstable": (
        Saying(
            "The process does not stand still either, so that its special causes are to be"
            " sought as well."
        ),
    ),
    "early-failures": (Saying("Not ruled out are early failures of a part of the units."),),
    "infant-mortality": (Saying("Not ruled out is infant mortality."),),
    "short-life": (Saying("Its life may be too short as well."),),
    "wear-out": (Saying("Wear plays its part as well."),),
    "too-few-failures": (Saying("Failures are too few to be sure."),),
    "bottleneck": (Saying("A bottleneck plays its part as well."),),
    "shortage": (Saying("A part of the demand is not served either."),),
    "demand-moved": (Saying("Demand has moved as well."),),
    "plan-outdated": (Saying("The plan is out of date as well."),),
    "input-drift": (Saying("Its input has moved as well."),),
    "calibration-lost": (Saying("Its probabilities are no longer true either."),),
    "performance-lost": (Saying("What it learnt may no longer hold either."),),
    "forecast-off": (Saying("The forecast is in doubt as well."),),
}
UNKNOWN: Ladder = (Saying("No cause stands out: what was found fits none of the known patterns."),)
