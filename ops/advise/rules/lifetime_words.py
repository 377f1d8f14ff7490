"""Sentences about how long things last."""

from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.signs import both, fact, known, no, of
from ops.advise.rules.view import View


def _required(view: View) -> bool:
    held = (view.case.get("b10"), view.case.get("life-share"))
    return bool(view.fact("target-met")) or any(
        one is not None and one.reference is not None for one in held
    )


def _one_within(view: View) -> bool:
    shape = view.case.get("shape")
    return (
        shape is not None
        and shape.lower is not None
        and shape.upper is not None
        and shape.lower <= 1 <= shape.upper
    )


_worse = fact("stands-out", "worse", "sooner", "yes")
LIFE: Ladder = (
    Saying(
        "{what} fails sooner than the others: its hazard is {hazard_ratio} times theirs.",
        (),
        both(_worse, lambda v: v.surely_beyond("hazard-ratio", 1.0)),
    ),
    Saying(
        "{what}: {expected_returns} more units are to be expected back ({expected_returns__label})."
    ),
    Saying(
        "{what}: {b10__label} is {b10}, with all of its interval below the required"
        " {b10__reference}.",
        (("b10", "surely-below", None),),
    ),
    Saying(
        "{what}: {b10__label} is {b10}, below the required {b10__reference}.",
        (("b10", "below", None),),
    ),
    Saying(
        "{what}: {b10__label} is {b10}, with all of its interval above the required"
        " {b10__reference}.",
        (("b10", "surely-above", None),),
    ),
    Saying(
        "{what}: {b10__label} is {b10}, above the required {b10__reference}.",
        (("b10", "above", None),),
    ),
    Saying("{what}: {b10__label} is {b10}."),
    Saying("{what}: {life_share__label} is {life_share}."),
    Saying("{what}: the ratio of hazards is {hazard_ratio}."),
    Saying("{what}: {verdict__value}"),
    Saying(
        "{what}: {failures__value} failures, where {expected_failures__value} were to be expected.",
        (("failures", "above", "expected-failures"),),
    ),
    Saying("{what} was judged, and none of its figures is at hand."),
)
COUNTS: Ladder = (
    Saying(
        "{failures__value} failures of {units__value} systems are behind it;"
        " {expected_failures} are to be expected ({expected_failures__label}).",
        (),
        of("repairable-trend"),
    ),
    Saying(
        "Units that failed: {failures__value}, of {units__value} on test;"
        " {expected_failures__value} were to be expected.",
        (("failures", "above", "expected-failures"),),
    ),
    Saying("Units that failed: {failures__value}, of {units__value} on test."),
    Saying("Failures: {failures__value}.", (), no(of("repairable-trend"))),
)
HAZARD: Ladder = (
    Saying(
        "The hazard is {hazard_ratio} times that of the others.",
        (),
        both(known("b10", "hazard-ratio"), no(_worse)),
    ),
)
YOUNG: Ladder = (
    Saying(
        "Likely cause: infant mortality. The shape {shape} is below one with all of"
        " its interval, so that the hazard falls with age: weak units fail first, and a"
        " burn-in takes them out.",
        (),
        known("shape"),
    ),
    Saying("Likely cause: infant mortality. Weak units fail first, and a burn-in takes them out."),
)
EARLY: Ladder = (
    Saying(
        "Likely cause: early failures of one stratum ({stratum__value}), whose hazard"
        " is {hazard_ratio} times that of the others; the others wear as they should."
    ),
    Saying(
        "Likely cause: early failures of one stratum ({stratum__value}); the others"
        " wear as they should."
    ),
    Saying(
        "Likely cause: early failures of this part alone; what fails sooner than its like"
        " was made or treated in another way.",
        (),
        _worse,
        ("hazard-ratio",),
    ),
    Saying(
        "Likely cause: early failures of one part, whose hazard is {hazard_ratio}"
        " times that of the others."
    ),
    Saying("Likely cause: early failures of a part of the units."),
)
SHORT: Ladder = (
    Saying(
        "Likely cause: a life that is too short for all, and not for a few: the shape"
        " is {shape}, and no stratum stands out."
    ),
    Saying("Likely cause: a life that is too short for what is required."),
)
WEARS: Ladder = (
    Saying(
        "This is wear: the shape {shape} is above one with all of its interval, so"
        " that the hazard rises with age, and age is what to watch.",
        (),
        known("shape"),
    ),
    Saying("This is wear: the hazard rises with age, and age is what to watch."),
)
REPAIRED: Ladder = (
    Saying(
        "Likely cause: wear. What is repaired fails ever faster, so that repairs no"
        " longer bring it back: what wears is to be replaced."
    ),
)
CAPILLARY: Ladder = (
    Saying(
        "Likely cause: the capillary is worn. A new one brings the bonds back; to set"
        " the tool anew does not."
    ),
)
FEW: Ladder = (
    Saying(
        "Failures are too few for more: {failures__value} tell little of the shape,"
        " and the interval of {b10__label} shows it: {b10__interval}."
    ),
    Saying("Failures are too few for more: {failures__value} tell little of the shape of a life."),
    Saying("Failures are too few to tell the shape of a life."),
)
LONG: Ladder = (
    Saying(
        "Nothing needs to be done: it lasts as long as is required.",
        (),
        lambda v: not v.grave and _required(v),
        ("b10", "life-share"),
    ),
    Saying(
        "Nothing is judged as bad; how long it has to last is not on record.",
        (),
        lambda v: not v.grave,
        ("b10", "expected-returns"),
    ),
)
UNSURE: tuple[Ladder, ...] = (
    (
        Saying(
            "It is told from far away: the life in use is {extrapolation_time__value} times"
            " the longest test, so that it rests on the model of acceleration."
        ),
    ),
    (
        Saying(
            "Whether it wears or fails early is not sure: the interval of the shape,"
            " {shape__interval}, holds one.",
            (),
            _one_within,
        ),
    ),
    (
        Saying(
            "The data do not decide it: the interval of {b10__label}, {b10__interval}, holds the"
            " required {b10__reference}.",
            (("b10", "within", None),),
        ),
    ),
)
