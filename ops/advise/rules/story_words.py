"""Sentences of a story: the plant's own action, its day, costs, and what would change it."""

from collections.abc import Mapping

from ops.advise.catalogue import ActionId
from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.signs import both, fact, no
from ops.advise.rules.view import View

DOING: Mapping[ActionId, str] = {  # as the reader of drift says actions in its labels
    "recalibrate": "recalibrating",
    "clean": "cleaning",
    "refurbish": "refurbishing",
    "replace-component": "replacing the component",
    "replace-tool": "replacing the tool",
}
LABELS: Mapping[ActionId, str] = {  # labels that the reader of drift gives costs of alternatives
    "keep": "cost of going on",
    "recalibrate": "cost of recalibrating",
    "clean": "cost of cleaning",
    "replace-component": "cost of replacing the component",
    "refurbish": "cost of refurbishing",
    "replace-tool": "cost of replacing the tool",
}


def _now(view: View) -> bool:
    return view.has("action-day") and view.number("action-day") <= 0


def _dated(view: View) -> bool:
    day = view.case.get("action-day")
    return day is not None and day.kind == "time"


_first = fact("first-action")
BY_POLICY: Ladder = (  # the plant's own name of the action, its day, and what it saves
    Saying(
        "Recommended: {action_title__value}, now; before it,"
        " {first_action_title__value}. Both save {saving} against going on as it is.",
        (("saving", "rises", None),),
        both(_first, _now),
    ),
    Saying(
        "Recommended: {first_action_title__value} first, then {action_title__value} in"
        " {action_day}. Both save {saving} against going on as it is.",
        (("saving", "rises", None),),
        both(_first, no(_dated)),
    ),
    Saying(
        "Recommended: {action_title__value}, now. It saves {saving} against going on as it is.",
        (("saving", "rises", None),),
        _now,
    ),
    Saying(
        "Recommended: {action_title__value} before {action_day__value}. It saves"
        " {saving} against going on as it is.",
        (("saving", "rises", None),),
        _dated,
    ),
    Saying(
        "Recommended: {action_title__value} in {action_day}. It saves {saving} against"
        " going on as it is.",
        (("saving", "rises", None),),
    ),
    Saying("Recommended: {action_title__value}, now.", (), _now),
    Saying("Recommended: {action_title__value} before {action_day__value}.", (), _dated),
    Saying("Recommended: {action_title__value} in {action_day}."),
    Saying("Recommended: {action_title__value}."),
)
RECOVERS: Ladder = (
    Saying("Earlier actions of this kind took off {recovered} of what it is off by now."),
    Saying("Earlier actions of this kind moved it back by {jump}."),
)
COSTS: Ladder = (
    Saying(
        "Each week of waiting costs {cost_week}; to act costs {cost_acting}, to go on"
        " {cost_keeping}.",
        (("cost-acting", "below", "cost-keeping"), ("cost-week", "rises", None)),
    ),
    Saying(
        "To act costs {cost_acting}, to go on {cost_keeping}.",
        (("cost-acting", "below", "cost-keeping"),),
    ),
    Saying("Each week of waiting costs {cost_week}.", (("cost-week", "rises", None),)),
    Saying("To go on costs {cost_keeping}."),
)
TIPPING: Ladder = (
    Saying(
        "The advice would change at a slope of {tipping_slope}, or if to go on cost"
        " {going_on} times as much: another course is then better."
    ),
    Saying(
        "The advice would change at a slope of {tipping_slope}, or if to act cost"
        " {acting} times as much: another course is then better."
    ),
    Saying("The advice would change at a slope of {tipping_slope}: another course is then better."),
    Saying(
        "The advice would change if to go on cost {going_on} times as much: another"
        " course is then better."
    ),
    Saying(
        "The advice would change if to act cost {acting} times as much: another course"
        " is then better."
    ),
)
UNCOSTED: Ladder = (
    Saying(
        "No costs are set for this tool, so that the day and the saving of the action"
        " cannot be told; a policy of actions with costs would tell them."
    ),
)
MOVER: Ladder = (Saying("What moves it is known in part: {mover} has a finding of its own."),)
GAUGE_FIRST: Ladder = (
    Saying(
        "Before anything else: the gauge that measured this is in doubt ({gauge}). Its"
        " finding comes first, and the action below waits for it."
    ),
    Saying("Before anything else: the gauge that measured this is in doubt."),
)
SAME = "The same cause and the same action hold for {others}."  # of cases told together
PASSED_OVER = "This is about {name}, which the question names, and not about {page} of the page."
