"""Why something does not last: signs and their weight."""

from ops.advise.rules import lifetime_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import both, either, fact, grave, known, mechanism, no, of
from ops.advise.rules.topic import TopicRules
from ops.advise.rules.view import View

FEW_FAILURES = 5  # fewer leave the shape, and with it every extrapolation, open by factors


def _few(view: View) -> bool:
    return view.has("failures") and view.number("failures") < FEW_FAILURES


def _short(view: View) -> bool:
    return view.short("b10") or view.short("life-share") or view.fact("target-met") == "no"


def _required(view: View) -> bool:
    """Whether it is known how long it has to last."""
    b10 = view.case.get("b10")
    known_by = view.fact("target-met") or view.fact("approval") == "lost"
    return bool(known_by) or (b10 is not None and b10.reference is not None)


def _falling(view: View) -> bool:
    return view.surely_under("shape", 1.0) or view.fact("shape-below-one") == "yes"


def _rising(view: View) -> bool:
    return view.surely_beyond("shape", 1.0)


def _worse(view: View) -> bool:
    if view.fact("stands-out"):
        return view.fact("stands-out") in ("worse", "sooner", "yes")
    return view.surely_beyond("hazard-ratio", 1.0)


# A fit is judged as doubtful for its choice of family as well: that says nothing of the life.
_called_short = both(grave, either(no(of("lifetime-fit")), fact("approval", "lost")))
_worn = either(of("capillary-health"), mechanism("wear"))
_stratum = either(
    fact("stratum-factor"), fact("lot"), fact("stands-out"), known("stratum"), mechanism("early")
)
RULES: tuple[Rule, ...] = (
    # A capillary that is judged as worn is replaced; that is what its life is for.
    Rule("capillary-wear", 6, both(grave, _worn), words.CAPILLARY),
    # Too few failures forbid every other conclusion about the shape.
    Rule("too-few-failures", 5, both(_few, no(_worse)), words.FEW),
    Rule("too-few-failures", 3, fact("status", "too-few", "too-few-failures"), words.FEW),
    # One stratum whose hazard is surely higher: early failures there, whatever the whole shows.
    Rule("early-failures", 6, both(_worse, _stratum), words.EARLY),
    Rule("early-failures", 3, both(_worse, no(_stratum)), words.EARLY),
    Rule("early-failures", 3, both(grave, mechanism("early", "stratum", "lot")), words.EARLY),
    # Shape surely below one: the hazard falls with age.
    Rule("infant-mortality", 4, both(_falling, no(_few)), words.YOUNG),
    # Wears as it should, but too soon for what is required.
    Rule("short-life", 3, both(_short, no(_falling)), words.SHORT),
    Rule("short-life", 2, both(_called_short, _required, no(_falling), no(_few)), words.SHORT),
    # Shape surely above one, and long enough: wear is what is expected.
    Rule("wear-out", 4, both(_rising, no(_short), no(_few), no(_called_short)), words.WEARS),
    Rule("wear-out", 1, both(_rising, no(_few)), words.WEARS),
    # Failures of repaired systems that come ever faster: they wear, and repair does not mend it.
    Rule("wear-out", 9, both(grave, of("repairable-trend")), words.REPAIRED),
    # Nothing is wrong, and nothing is known of the shape.
    Rule("none", 2, both(no(_called_short), no(_short), no(_few)), words.LONG),
)
LIFETIME = TopicRules(
    rules=RULES,
    findings=(words.LIFE, words.HAZARD, words.COUNTS),
    unsure=words.UNSURE,
)
