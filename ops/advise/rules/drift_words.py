"""Sentences about what moves, where it goes, and what is not sure of it."""

from ops.advise.rules.saying import Held, Ladder, Saying
from ops.advise.rules.signs import (
    alone,
    both,
    explained,
    fact,
    follows,
    gauge_doubtful,
    known,
    mechanism,
    no,
    side,
    step,
)
from ops.advise.rules.view import View


def _crossed(view: View) -> bool:
    return view.has("crossing-days") and view.number("crossing-days") <= 0


def _may_lose(view: View) -> bool:
    saving = view.case.get("saving")
    return saving is not None and saving.lower is not None and saving.lower < 0


def _unsure(view: View) -> bool:
    slope = view.case.get("slope")
    return (
        slope is not None
        and slope.lower is not None
        and slope.upper is not None
        and slope.lower <= 0 <= slope.upper
    )


_UP: tuple[Held, ...] = (("slope", "rises", None),)
_DOWN: tuple[Held, ...] = (("slope", "falls", None),)
_STEP_UP: tuple[Held, ...] = (("step", "rises", None),)
_STEP_DOWN: tuple[Held, ...] = (("step", "falls", None),)
MOVES: Ladder = (
    Saying(
        "{what} does not drift as far as is known: {found__value} of {tested__value} pairs of a"
        " tool and a mechanism have drifted, and none of them is of it; last looked at"
        " {screened_at__value}.",
        (("found", "below", "tested"),),
        fact("quiet"),
    ),
    Saying(
        "{what} jumped upwards by {step} at {since__value}, {event_lag} after this"
        " event: {event_title__value}.",
        _STEP_UP,
        both(step, follows),
    ),
    Saying(
        "{what} jumped upwards by {step} at about {since__value}, and near that time this"
        " happened: {event_title__value}.",
        _STEP_UP,
        both(step, known("event-lag")),
    ),
    Saying(
        "{what} jumped downwards, by {step}, at {since__value}, {event_lag} after this"
        " event: {event_title__value}.",
        _STEP_DOWN,
        both(step, follows),
    ),
    Saying(
        "{what} jumped downwards, by {step}, at about {since__value}, and near that time this"
        " happened: {event_title__value}.",
        _STEP_DOWN,
        both(step, known("event-lag")),
    ),
    Saying("{what} jumped upwards by {step} at {since__value}.", _STEP_UP, step),
    Saying("{what} jumped downwards, by {step}, at {since__value}.", _STEP_DOWN, step),
    Saying(
        "{what} drifts upwards by {slope} since {since__value}, when this happened:"
        " {event_title__value}.",
        _UP,
        explained,
    ),
    Saying(
        "{what} drifts downwards, by {slope}, since {since__value}, when this"
        " happened: {event_title__value}.",
        _DOWN,
        explained,
    ),
    Saying("{what} drifts upwards by {slope} since {since__value}.", _UP, no(step)),
    Saying("{what} drifts downwards, by {slope}, since {since__value}.", _DOWN, no(step)),
    Saying("{what} drifts upwards by {slope}.", _UP, no(step)),
    Saying("{what} drifts downwards, by {slope}.", _DOWN, no(step)),
    Saying("{what} jumped upwards by {step}.", _STEP_UP),
    Saying("{what} jumped downwards, by {step}.", _STEP_DOWN),
    Saying(
        "{what} has moved upwards by {shift} since {since__value}.", (("shift", "rises", None),)
    ),
    Saying(
        "{what} has moved downwards, by {shift}, since {since__value}.", (("shift", "falls", None),)
    ),
    Saying("{what} has moved upwards by {shift}.", (("shift", "rises", None),)),
    Saying("{what} has moved downwards, by {shift}.", (("shift", "falls", None),)),
    Saying(
        "{what} stands above its baseline by {level}.",
        (("level", "rises", None),),
        mechanism("level"),
    ),
    Saying(
        "{what} stands below its baseline, by {level}.",
        (("level", "falls", None),),
        mechanism("level"),
    ),
    Saying(
        "{what}: it is over; the spread is {spread} times what it was before.",
        (),
        both(mechanism("spread"), no(lambda v: v.grave)),
    ),
    Saying(
        "The spread of {what} has changed: {spread} since {since__value}.", (), mechanism("spread")
    ),
    Saying("The spread of {what} has changed: {spread}.", (), mechanism("spread")),
    Saying("{what} stands at {level_now} and is not shown to move.", (), no(lambda v: v.grave)),
    Saying("{what} stands at {level_now}."),
    Saying(
        "The share of values of {what} near a limit has changed by {share_near_limit}"
        " since {since__value}."
    ),
    Saying(
        "{what} is off by {error}, more than the {error__reference} that would not matter.",
        (("error", "above", None),),
    ),
    Saying("{what} is off by {error}."),
    Saying("{what} stands apart from its fleet by {offset}."),
    Saying("{what} stands apart from the other capillaries, by {departure}."),
    Saying(
        "{what}: the index is {index_fresh} with a fresh capillary, below the required"
        " {index_fresh__reference} already.",
        (("index-fresh", "below", None),),
    ),
    Saying(
        "{found__value} of {tested__value} pairs of a tool and a mechanism have drifted.",
        (("found", "below", "tested"),),
    ),
    Saying("{what}: {verdict__value}"),
    Saying("{what} was judged, and none of its figures is at hand."),
)
CROSSES: Ladder = (
    Saying(
        "It stands at {level_now}, beyond the upper limit of {level_now__reference}.",
        (("level-now", "above", None),),
        both(_crossed, side("upper")),
    ),
    Saying(
        "It stands at {level_now}, beyond the lower limit of {level_now__reference}.",
        (("level-now", "below", None),),
        both(_crossed, side("lower")),
    ),
    Saying("It is beyond a limit already.", (), _crossed, ("crossing-days",)),
    Saying(
        "It meets the upper limit of {level_now__reference} in {crossing_days}.", (), side("upper")
    ),
    Saying(
        "It meets the lower limit of {level_now__reference} in {crossing_days}.", (), side("lower")
    ),
    Saying(
        "It meets the limit of {limit__value} in {crossing_days}.", (), no(side("upper", "lower"))
    ),
    Saying("It meets a limit in {crossing_days}."),
)
NOT_OTHERS: tuple[Ladder, ...] = (
    (
        Saying(
            "Other tools do not move alike, so that neither material nor climate nor gauge"
            " explains it.",
            (),
            alone,
        ),
    ),
    (
        Saying(
            "Before the tool is touched the gauge should be looked at: another finding"
            " puts it in doubt.",
            (),
            gauge_doubtful,
        ),
    ),
)
TOO: Ladder = (
    Saying("It shows in {what} as well: {shift} since {since__value}."),
    Saying("It shows in {what} as well."),
)
UNSURE: tuple[Ladder, ...] = (
    (
        Saying(
            "Uncertain is what the action saves: {saving__interval} reaches to both sides"
            " of nothing.",
            (),
            _may_lose,
        ),
    ),
    (
        Saying(
            "Uncertain is how fast it moves: {slope__interval} reaches to both sides of no"
            " movement.",
            (),
            _unsure,
        ),
    ),
)
