"""Sentences about what a process can do against its limits."""

from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.signs import fact, gauge_itself

INDEX: Ladder = (
    Saying(
        "{what}: Cpk is {cpk}, with all of its interval below the required {cpk__reference}.",
        (("cpk", "surely-below", None),),
    ),
    Saying(
        "{what}: Cpk is {cpk}, below the required {cpk__reference}, though its"
        " interval reaches it.",
        (("cpk", "below", None), ("cpk", "within", None)),
    ),
    Saying(
        "{what}: Ppk is {ppk}, with all of its interval below the required {ppk__reference}.",
        (("ppk", "surely-below", None),),
    ),
    Saying(
        "{what}: Ppk is {ppk}, below the required {ppk__reference}, though its"
        " interval reaches it.",
        (("ppk", "below", None), ("ppk", "within", None)),
    ),
    Saying("{what}: Cpk is {cpk}, below the required {cpk__reference}.", (("cpk", "below", None),)),
    Saying("{what}: Ppk is {ppk}, below the required {ppk__reference}.", (("ppk", "below", None),)),
    Saying(
        "{what}: Cpk is {cpk}, with all of its interval above the required {cpk__reference}.",
        (("cpk", "surely-above", None),),
    ),
    Saying(
        "{what}: Ppk is {ppk}, with all of its interval above the required {ppk__reference}.",
        (("ppk", "surely-above", None),),
    ),
    Saying("{what}: Cpk is {cpk}, above the required {cpk__reference}.", (("cpk", "above", None),)),
    Saying("{what}: Ppk is {ppk}, above the required {ppk__reference}.", (("ppk", "above", None),)),
    Saying("{what}: Cpk is {cpk}."),
    Saying("{what}: Ppk is {ppk}."),
    Saying("{what}: {verdict__value}"),
    Saying("{what} was judged, and none of its figures is at hand."),
)
WORST: Ladder = (
    Saying(
        "Worst is {stratum__value}, which alone has {stratum_index}, while the whole"
        " has {ppk__value}.",
        (("stratum-index", "below", "ppk"),),
    ),
    Saying(
        "Worst is {stratum__value}, which alone has {stratum_index}, while the whole"
        " has {cpk__value}.",
        (("stratum-index", "below", "cpk"),),
    ),
    Saying("Worst is {stratum__value}, which alone has {stratum_index}."),
)
OUTSIDE: Ladder = (Saying("{ppm} are to be expected outside the limits."),)
UNSTABLE: Ladder = (
    Saying(
        "Likely cause: a process that does not stand still. An index of it describes"
        " only the past, so that what moves it must be found before anything is set"
        " anew.",
        rests=("cpk", "ppk"),
    ),
)
MIXED: Ladder = (
    Saying(
        "Likely cause: a mixture. One stratum differs from the rest"
        " ({stratum__value}), so that the whole looks worse than each part; centring or"
        " a narrower spread of all would miss it."
    ),
    Saying("Likely cause: a mixture of populations, so that the whole looks worse than each part."),
)
MIXED_BY_LOT: Ladder = (
    Saying(
        "Likely cause: a mixture. One lot differs from the rest ({stratum__value}); a"
        " tool that drifts would show in all of its lots."
    ),
    Saying("Likely cause: a mixture of lots, so that the whole looks worse than each of them."),
)
CENTRE: Ladder = (
    Saying(
        "Likely cause: the mean is off centre by {off_centre}. Centred, the spread"
        " would do: Cp is {cp}, above the required {cp__reference}.",
        (("cp", "above", None),),
    ),
    Saying(
        "Likely cause: the mean is off centre. Centred, the spread would do: Cp is"
        " {cp}, above the required {cp__reference}.",
        (("cp", "above", None),),
    ),
    Saying("Likely cause: the mean is off centre by {off_centre}."),
    Saying("Likely cause: the mean is off centre."),
)
SPREAD: Ladder = (
    Saying(
        "Likely cause: the spread. Even well centred it would not do: Cp is {cp},"
        " below the required {cp__reference}.",
        (("cp", "below", None),),
    ),
    Saying("Likely cause: the spread of {spread}, which centring does not narrow."),
    Saying("Likely cause: the spread, which centring does not narrow."),
)
BY_GAUGE: Ladder = (
    Saying(
        "Likely cause: the gauge. What differs is what measures ({stratum__value}),"
        " and the product need not differ at all.",
        (),
        fact("stratum-factor"),
    ),
    Saying(
        "Likely cause: the gauge. What is measured here is a master that does not change.",
        (),
        gauge_itself,
    ),
    Saying("Likely cause: the gauge. What differs is what measures, and not the product."),
)
BY_DOUBTFUL_GAUGE: Ladder = (
    Saying(
        "Likely cause: the gauge. What measured this is in doubt, and its spread is"
        " part of what the index judges."
    ),
)
CAPABLE: Ladder = (
    Saying(
        "Nothing needs to be done: the process keeps what is required of it.",
        (),
        lambda v: not v.grave,
        ("cpk", "ppk"),
    ),
)
NOT_OTHERS: tuple[Ladder, ...] = (
    (
        Saying(
            "Off centre it is by {off_centre}, which is not what fails it: Cp is below the"
            " required {cp__reference} as well.",
            (("cp", "below", None),),
            lambda v: v.has("stratum"),
        ),
    ),
)
UNSURE: tuple[Ladder, ...] = (
    (
        Saying(
            "The data do not decide it: the interval of Cpk, {cpk__interval}, holds the"
            " required {cpk__reference}.",
            (("cpk", "within", None),),
        ),
        Saying(
            "The data do not decide it: the interval of Ppk, {ppk__interval}, holds the"
            " required {ppk__reference}.",
            (("ppk", "within", None),),
        ),
    ),
)
