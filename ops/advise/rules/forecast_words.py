"""Sentences about forecasts of demand."""

from ops.advise.rules.saying import Ladder, Saying

ERROR: Ladder = (
    Saying(
        "{what}: the error (WAPE) is {wape}, above {wape__reference}.", (("wape", "above", None),)
    ),
    Saying(
        "{what}: the error (WAPE) is {wape}, below {wape__reference}.", (("wape", "below", None),)
    ),
    Saying("{what}: the error (WAPE) is {wape}."),
    Saying("{what}: {verdict__value}"),
    Saying("{what} was judged, and none of its figures is at hand."),
)
COVERS: Ladder = (
    Saying(
        "Its intervals held {coverage} of what came, less than the promised {coverage__reference}.",
        (("coverage", "below", None),),
    ),
    Saying("Its intervals held {coverage} of what came; {coverage__reference} were promised."),
    Saying("Its intervals held {coverage} of what came."),
)
AHEAD: Ladder = (Saying("To be expected is {demand_horizon} ({demand_horizon__label})."),)
CHANGES: Ladder = (
    Saying("Demand is to rise by {demand_change}.", (("demand-change", "rises", None),)),
    Saying("Demand is to change by {demand_change}.", (("demand-change", "falls", None),)),
)
OFF: Ladder = (
    Saying(
        "Likely cause: the forecast no longer fits the demand, by its back test; plans"
        " that stand on it inherit its error.",
        rests=("wape", "coverage"),
    ),
)
MOVED: Ladder = (
    Saying(
        "Likely cause: demand itself has moved by {demand_change}; the forecast"
        " follows it, and plans made before do not know it."
    ),
    Saying("Likely cause: demand itself has moved; plans made before do not know it."),
)
FITS: Ladder = (
    Saying(
        "Nothing needs to be done: the forecast is as good as it says.",
        (),
        lambda v: not v.grave,
        ("wape", "coverage"),
    ),
)
