"""Why a model no longer foretells as it did: signs and their weight."""

from ops.advise.rules import classifier_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import both, fact, grave, mechanism, no
from ops.advise.rules.topic import TopicRules
from ops.advise.rules.view import View

RIGHT = 1.0  # calibration slope of true probabilities


def _uncalibrated(view: View) -> bool:
    slope = view.case.get("calibration-slope")
    if slope is None or slope.lower is None or slope.upper is None:
        return False
    return not slope.lower <= RIGHT <= slope.upper


def _miscounted(view: View) -> bool:
    seen, promised = view.case.get("seen-events"), view.number("expected-events", -1.0)
    if seen is None or promised < 0 or seen.lower is None or seen.upper is None:
        return False
    return not seen.lower <= promised <= seen.upper


def _fallen(view: View) -> bool:
    """Whether the score is below what was promised, and its interval does not reach it."""
    now, promised = view.case.get("score-now"), view.case.get("score-promised")
    if now is None or promised is None or promised.number is None:
        return view.short("score-now") and view.grave
    return view.surely_under("score-now", promised.number)


def _moved(view: View) -> bool:
    return view.over("input-shift") or view.fact("input") == "moved"


def _gains(view: View) -> bool:
    return view.surely_beyond("challenger-gain", 0.0)


_whole = both(grave, no(fact("mechanism")))
_performs = mechanism("performance")
RULES: tuple[Rule, ...] = (
    # The ledger of both on the same rows: a gain with all of its interval above nothing decides.
    Rule("better-challenger", 5, _gains, words.CHALLENGED),
    Rule("better-challenger", 4, fact("standing", "better"), words.CHALLENGED),
    Rule("better-challenger", 4, fact("against-champion", "better"), words.CHALLENGED),
    Rule("better-challenger", 3, fact("recommendation", "promote"), words.CHALLENGED),
    # The analysis names which of its three watches failed.
    Rule("input-drift", 4, both(grave, mechanism("input")), words.INPUT),
    Rule("calibration-lost", 4, both(grave, mechanism("calibration")), words.UNCALIBRATED),
    Rule("performance-lost", 4, both(grave, _performs), words.WORSE),
    # A score surely below its promise outweighs a lost calibration: a new one would not mend it.
    Rule("performance-lost", 5, both(_fallen, no(mechanism("input", "calib"))), words.WORSE),
    # Input that moved explains a lost score or calibration, and not the other way round.
    Rule("input-drift", 3, both(_moved, no(mechanism("calib", "perform"))), words.INPUT),
    Rule("calibration-lost", 3, both(_uncalibrated, no(_fallen)), words.UNCALIBRATED),
    Rule("calibration-lost", 2, both(_miscounted, no(_fallen)), words.UNCALIBRATED),
    Rule("calibration-lost", 2, fact("calibrated", "no"), words.UNCALIBRATED),
    # The watch as a whole, where none of its parts is at hand: what it recommends.
    Rule("performance-lost", 2, both(_whole, fact("recommendation", "retrain")), words.ADVISED),
    Rule("calibration-lost", 2, both(_whole, fact("recommendation", "recalibrate")), words.ADVISED),
    Rule("none", 2, both(no(grave), no(_fallen), no(_gains)), words.HOLDS),
)
CLASSIFIER = TopicRules(rules=RULES, findings=(words.SCORE, words.EVENTS, words.SLOPE))
