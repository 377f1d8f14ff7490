"""Which of two fits: a distribution, an early or a late failure, a champion or its challenger."""

from collections.abc import Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.claim import Claim
from ops.advise.question import Intent
from ops.advise.rules.saying import Ladder, Saying, said
from ops.advise.rules.view import View

MOST = 3
_TELLING = 2.0  # of AICc: models that differ by less are hard to tell apart
FAMILY: Ladder = (
    Saying(
        "{what}: {family__value} fits best; the AICc of {runner_up__value} is larger by"
        " {family_lead}.",
        (),
        lambda v: v.number("family-lead") >= _TELLING,
        ("family",),
    ),
    Saying(
        "{what}: {family__value} and {runner_up__value} fit about as well: their AICc differ by"
        " {family_lead} only."
    ),
)
EARLY: Ladder = (
    Saying(
        "{what}: yes, failures come early: all of the interval of the shape, {shape__interval},"
        " lies below one.",
        (),
        lambda v: v.surely_under("shape", 1.0) and _bounded(v),
    ),
    Saying(
        "{what}: no, failures do not come early: all of the interval of the shape,"
        " {shape__interval}, lies above one.",
        (),
        lambda v: v.surely_beyond("shape", 1.0) and _bounded(v),
    ),
    Saying(
        "{what}: whether failures come early is not sure: the interval of the shape,"
        " {shape__interval}, holds one."
    ),
)
CHALLENGER: Ladder = (
    Saying(
        "{what}: the challenger is better than the champion, by {challenger_gain}.",
        (),
        lambda v: v.surely_beyond("challenger-gain", 0.0),
    ),
    Saying(
        "{what}: the champion is better than the challenger, which changes it by"
        " {challenger_gain}.",
        (),
        lambda v: v.surely_under("challenger-gain", 0.0),
    ),
    Saying("{what}: neither is surely better: the challenger changes it by {challenger_gain}."),
    Saying("{what}: {verdict__value}", (), lambda v: v.fact("mechanism") == "challenger"),
)
_LADDERS: Mapping[str, Ladder] = {"family": FAMILY, "infant": EARLY, "challenger-gain": CHALLENGER}


def rivals(intent: Intent, cases: Sequence[Case]) -> Iterator[Claim]:
    """Say which of two it is, of each thing that tells it."""
    if intent.asks[:1] not in (("status",), ()):
        return
    for quantity, ladder in _LADDERS.items():
        if quantity in intent.quantities:
            told = (said("finding", ladder, View(case)) for case in cases)
            yield from [claim for claim in told if claim is not None][:MOST]


def _bounded(view: View) -> bool:
    shape = view.case.get("shape")
    return shape is not None and shape.lower is not None and shape.upper is not None
