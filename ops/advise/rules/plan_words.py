"""Sentences about plans of a network."""

from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.signs import fact

FIGURES: Ladder = (
    Saying("{what}: no plan keeps all that is required; in the way stands {rule}."),
    Saying("{what}: no plan keeps all that is required.", (), fact("status", "infeasible")),
    Saying(
        "{what}: the plan costs {total_cost} and serves {service_level} of the demand,"
        " below {service_level__reference}.",
        (("service-level", "below", None),),
    ),
    Saying("{what}: the plan costs {total_cost} and serves {service_level} of the demand."),
    Saying("{what}: the plan serves {service_level} of the demand."),
    Saying("{what}: the plan costs {total_cost}."),
    Saying("{what}: {verdict__value}"),
    Saying("{what} was judged, and none of its figures is at hand."),
)
TIGHT: Ladder = (
    Saying(
        "Its tightest capacity is {where}; one more unit of it is worth {shadow_price}.",
        (("shadow-price", "rises", None),),
    ),
    Saying("Its tightest capacity is {where}."),
)
MOVED: Ladder = (
    Saying(
        "Demand is {demand_change} above what it was made for.", (("demand-change", "rises", None),)
    ),
    Saying(
        "Demand has changed by {demand_change} against what it was made for.",
        (("demand-change", "falls", None),),
    ),
)
IMPOSSIBLE: Ladder = (
    Saying(
        "Likely cause: requirements that exclude each other. Of those the plan would"
        " break this one at least cost: {rule}.",
        rests=("violated-rule",),
    ),
    Saying(
        "Likely cause: requirements that exclude each other, or a capacity that is"
        " less than the demand."
    ),
)
SHORT: Ladder = (
    Saying(
        "Likely cause: a shortage. Demand meets a capacity that is used up"
        " ({where}), and no other plan of the same network serves more."
    ),
    Saying(
        "Likely cause: a shortage. A part of the demand is not served by any plan of"
        " the same network."
    ),
)
NARROW: Ladder = (
    Saying(
        "What holds it back is {where}: where a unit more is worth"
        " {shadow_price}, capacity elsewhere changes nothing.",
        (("shadow-price", "rises", None),),
    ),
    Saying("What holds it back is {where}: capacity elsewhere changes nothing."),
    Saying("What holds it back is one capacity: more elsewhere changes nothing."),
)
DEMAND: Ladder = (
    Saying(
        "Likely cause: demand has moved by {demand_change}, so that the plan solves"
        " the problem of another day."
    ),
    Saying("Likely cause: demand has moved, so that the plan solves the problem of another day."),
)
OUTDATED: Ladder = (
    Saying(
        "Likely cause: the plan is out of date. Solved anew it would save {saving_by_replan}.",
        (("saving-by-replan", "rises", None),),
    ),
    Saying("Likely cause: the plan is out of date."),
)
DISRUPTED: Ladder = (
    Saying(
        "Likely cause: a disruption ({event_title__value}), which the plan did not reckon with."
    ),
    Saying("Likely cause: a disruption, which the plan did not reckon with."),
)
BETTER: Ladder = (
    Saying(
        "A better plan is there: the candidate passes its gates and saves {saving}.",
        (("saving", "rises", None),),
    ),
)
CHEAPER: Ladder = (
    Saying(
        "The change pays: it lowers the cost by as much as the gaps of both solves"
        " leave certain, and serves no less.",
        rests=("cost-change",),
    ),
)
DEARER: Ladder = (
    Saying(
        "The change does not pay by itself: the cost does not surely fall by it.",
        rests=("cost-change",),
    ),
)
REFUSED: Ladder = (
    Saying("The candidate does not pass its gates, so that the plan in force stays."),
)
GOOD: Ladder = (
    Saying(
        "Nothing needs to be done: the plan serves what it should, and a new one would"
        " gain nothing that counts.",
        (),
        lambda v: not v.grave,
        ("service-level", "total-cost", "saving-by-replan"),
    ),
)
