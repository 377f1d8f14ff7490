"""Sentences about gauges."""

from ops.advise.rules.saying import Ladder, Saying

STUDY: Ladder = (
    Saying(
        "{what}: the gauge takes {grr} of the tolerance, with all of its interval"
        " above {grr__reference}.",
        (("grr", "surely-above", None),),
    ),
    Saying(
        "{what}: the gauge takes {grr} of the tolerance, above {grr__reference}.",
        (("grr", "above", None),),
    ),
    Saying(
        "{what}: the gauge takes {grr} of the tolerance, below {grr__reference}.",
        (("grr", "below", None),),
    ),
    Saying("{what}: the gauge takes {grr} of the tolerance."),
    Saying("{what}: gauge {stratum__value} reads {gauge_bias} off, apart from the others."),
    Saying(
        "{what}: one gauge stands apart ({stratum__value}), while all together read {bias} off."
    ),
    Saying("{what}: the bias is {bias}, above {bias__reference}.", (("bias", "above", None),)),
    Saying("{what}: the bias is {bias}."),
    Saying("{what}: {verdict__value}"),
    Saying("{what} was judged, and none of its figures is at hand."),
)
CLASSES: Ladder = (
    Saying(
        "It tells {ndc__value} classes apart, below the required {ndc__reference}.",
        (("ndc", "below", None),),
    ),
    Saying("It tells {ndc__value} classes apart."),
)
BIASED: Ladder = (Saying("Its bias is {bias}.", (), lambda v: v.has("grr")),)
DOUBT: Ladder = (
    Saying(
        "Likely cause: the gauge itself. Whatever else it measured is in doubt until"
        " it is qualified again, so that it comes before every other action.",
        rests=("grr", "ndc", "bias"),
    ),
)
TRUSTED: Ladder = (
    Saying(
        "The gauge is good enough for what it measures.",
        (),
        lambda v: not v.grave,
        ("grr", "ndc", "bias"),
    ),
)
UNSURE: tuple[Ladder, ...] = (
    (
        Saying(
            "The study does not decide it: the interval {grr__interval} holds {grr__reference}.",
            (("grr", "within", None),),
        ),
    ),
)
