"""Sentences that open an answer: what is asked beside the findings, said before them."""

from ops.advise.rules.saying import Ladder, Saying
from ops.advise.rules.view import View
from ops.page_value import Phrase

ORDER = (
    "An answer changes nothing in the plant or in the data: whoever may do it does it on the page"
    " of the thing. What is known of it follows."
)
PERSON = "Who did it is not told here: the answers are about things, and judge no people."
MEANING = "What a word means is told in the documentation; how it stands here follows."
MISSING = "Of {name} nothing was computed; what is known beside it follows."
OF_PLACE = (
    "Figures of single sites, customers and warehouses are in the tables of the plan's page; those"
    " of the whole plan follow."
)
NO_COST = "What it costs was not computed; what is known beside it follows."
UNSTUDIED = "No analysis judges {name} by itself; what is known of it follows."
GRAVEST = "The gravest of what was found is {what}."
WORSE = "{one} is judged worse than {other}."
WORST_OF = "{one} is judged the gravest of {others}."
ALIKE = "{others} are judged equally grave; what was found of each follows."
NOTHING_OF = "Of {one} nothing was found that could be compared; what is known of {other} follows."
HAPPENED = "{at}: {event} ({what})."
NO_EVENTS = "No event of it is on record in the time that was asked about."
NOT_LIMITED = (
    "Findings are as the newest runs have them; they cannot be limited to the time that was asked"
    " about."
)
COUNTED: Ladder = (
    Saying(
        "Open alerts: {open_alerts__value}; of these opened in the time that was asked about:"
        " {window_alerts__value}."
    ),
    Saying("Open alerts: {open_alerts__value}; overdue of these: {overdue_alerts__value}."),
)
MISSED = {  # quantities that people ask for, and not every plant computes
    "carbon": Phrase.of("emissions"),
    "position": Phrase.of("single positions or wires"),
    "oee": Phrase.of("overall equipment effectiveness"),
    "precision": Phrase.of("false alarms"),
    "recall": Phrase.of("missed events"),
    "service-level": Phrase.of("the service level"),
    "b10": Phrase.of("the B10 life"),
    "grr": Phrase.of("%GRR"),
    "cpk": Phrase.of("a capability index"),
    "wape": Phrase.of("the error of the forecast"),
    "slope": Phrase.of("a slope"),
    "failure-rate": Phrase.of("the rate of failures"),
    "expected-failures": Phrase.of("failures to be expected"),
    "expected-returns": Phrase.of("returns to be expected"),
}


def _open(view: View, quantity: str) -> bool:
    found = view.case.get(quantity)
    known = found is not None and found.lower is not None and found.upper is not None
    sure = view.surely_beyond(quantity, 0.0) or view.surely_under(quantity, 0.0)
    return known and not sure


SURE: Ladder = (
    Saying(
        "{what}: it is as good as sure that it rises, since all of the interval of its slope,"
        " {slope__interval}, lies above zero.",
        (),
        lambda v: v.surely_beyond("slope", 0.0),
    ),
    Saying(
        "{what}: it is as good as sure that it falls, since all of the interval of its slope,"
        " {slope__interval}, lies below zero.",
        (),
        lambda v: v.surely_under("slope", 0.0),
    ),
    Saying(
        "{what}: whether it moves is not sure, since the interval of its slope,"
        " {slope__interval}, holds zero.",
        (),
        lambda v: _open(v, "slope"),
    ),
    Saying(
        "{what}: it is as good as sure that it jumped, since the interval of the jump,"
        " {step__interval}, does not hold zero.",
        (),
        lambda v: v.surely_beyond("step", 0.0) or v.surely_under("step", 0.0),
    ),
    Saying(
        "{what}: it is as good as sure that it has moved, since the interval of how far,"
        " {shift__interval}, does not hold zero.",
        (),
        lambda v: v.surely_beyond("shift", 0.0) or v.surely_under("shift", 0.0),
    ),
    Saying(
        "{what}: it is as good as sure that {ppk__label} is below what is required, since"
        " all of its interval, {ppk__interval}, lies below {ppk__reference}.",
        (("ppk", "surely-below", None),),
    ),
    Saying(
        "{what}: it is as good as sure that {ppk__label} is above what is required, since"
        " all of its interval, {ppk__interval}, lies above {ppk__reference}.",
        (("ppk", "surely-above", None),),
    ),
    Saying(
        "{what}: it is not sure whether {ppk__label} is what is required, since its"
        " interval, {ppk__interval}, holds {ppk__reference}.",
        (("ppk", "within", None),),
    ),
    Saying(
        "{what}: it is as good as sure that {cpk__label} is below what is required, since"
        " all of its interval, {cpk__interval}, lies below {cpk__reference}.",
        (("cpk", "surely-below", None),),
    ),
    Saying(
        "{what}: it is as good as sure that {cpk__label} is above what is required, since"
        " all of its interval, {cpk__interval}, lies above {cpk__reference}.",
        (("cpk", "surely-above", None),),
    ),
    Saying(
        "{what}: it is not sure whether {cpk__label} is what is required, since its"
        " interval, {cpk__interval}, holds {cpk__reference}.",
        (("cpk", "within", None),),
    ),
)
RANGE = "{what}: how sure it is shows in the interval of {label}: {interval}."
UNSURE = "How sure it is was not computed: no interval of it is on record."
NOTHING: Ladder = (
    Saying(
        "If nothing is done about {what}, it costs {cost_keeping}, where to act costs"
        " {cost_acting}; each week of waiting costs {cost_week}.",
        (("cost-acting", "below", "cost-keeping"), ("cost-week", "rises", None)),
    ),
    Saying(
        "If nothing is done about {what}, it costs {cost_keeping}, where to act costs"
        " {cost_acting}.",
        (("cost-acting", "below", "cost-keeping"),),
    ),
    Saying("If nothing is done about {what}, it costs {cost_keeping}."),
    Saying(
        "If nothing is done about {what}, it meets its limit in {crossing_days}.",
        (("crossing-days", "rises", None),),
    ),
    Saying(
        "Nothing has to be done about {what} now: nothing of it is judged as bad.",
        (),
        lambda v: not v.grave,
    ),
    Saying("What comes of it if nothing is done about {what} was not computed."),
)
