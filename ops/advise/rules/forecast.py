"""Whether a forecast can be planned with: signs and their weight."""

from ops.advise.rules import forecast_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import both, fact, grave, no
from ops.advise.rules.topic import TopicRules
from ops.advise.rules.view import View


def _off(view: View) -> bool:
    """Whether the back test failed: its error is too large, or its intervals hold too little."""
    return view.over("wape") or view.surely_short("coverage")


def _moved(view: View) -> bool:
    change = view.case.get("demand-change")
    if change is None or change.number is None or change.reference is None:
        return view.fact("demand") == "moved"
    return abs(change.number) > abs(change.reference)


RULES: tuple[Rule, ...] = (
    # A back test that fails: the forecast is at fault, whatever the demand does.
    Rule("forecast-off", 4, both(_off, grave), words.OFF),
    Rule("forecast-off", 3, both(grave, no(_moved)), words.OFF),
    # The forecast holds and demand moves: the plans must follow.
    Rule("demand-moved", 4, both(_moved, no(_off)), words.MOVED),
    Rule("demand-moved", 2, fact("demand", "moved"), words.MOVED),
    Rule("none", 2, both(no(grave), no(_moved)), words.FITS),
)
FORECAST = TopicRules(rules=RULES, findings=(words.ERROR, words.AHEAD, words.COVERS, words.CHANGES))
