"""What is behind an alert: the signs of what it is about, or the cause that it carries."""

from ops.advise.catalogue import CAUSES, CauseId
from ops.advise.rules import alert_words as words
from ops.advise.rules.drift import RULES as DRIFT_RULES
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import both, fact, grave, known, mechanism, no
from ops.advise.rules.topic import TopicRules

_OPEN: tuple[str, ...] = ("", "open", "acknowledged", "new", "assigned")


def _told(cause: CauseId) -> Rule:
    return Rule(cause, 4, both(grave, fact("cause", cause)), words.TOLD)


_by_rules = both(known("violated-rule"), no(fact("mechanism")))
_settled = no(fact("state", *_OPEN))
RULES: tuple[Rule, ...] = (
    # A record of events is no finding by itself; it explains findings.
    Rule("none", 30, fact("event-kinds"), words.HAPPENED),
    # Settled by people or by later evidence: over, whatever it was.
    Rule("none", 20, _settled, words.SETTLED),
    # A later run no longer finds it: nothing is left to act on but the alert itself.
    Rule("none", 15, fact("not-seen", "yes"), words.GONE),
    # Broken rules of a chart and nothing more: a special cause that is still to be found.
    Rule("unstable", 2, both(grave, _by_rules), words.BROKEN),
    # A cause of the catalogue that the alert carries was judged with more than is seen here.
    *(_told(cause) for cause in CAUSES if cause not in ("none", "unknown")),
    # Alerts of models name the watch that failed.
    Rule("input-drift", 4, both(grave, mechanism("input")), words.TOLD),
    Rule("calibration-lost", 4, both(grave, mechanism("calibration")), words.TOLD),
    Rule("performance-lost", 4, both(grave, mechanism("performance")), words.TOLD),
    # Alerts of measurements are movements: the signs of a drift hold.
    *DRIFT_RULES,
)
ALERT = TopicRules(rules=RULES, findings=(words.STANDS, words.NOTED))
