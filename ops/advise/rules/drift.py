"""What is behind a movement: signs and their weight."""

from ops.advise.rules import drift_cause_words as causes
from ops.advise.rules import drift_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import (
    alone,
    both,
    either,
    event,
    explained,
    fact,
    fleet,
    gauge_doubtful,
    gauge_itself,
    grave,
    mechanism,
    no,
    of,
    of_corrections,
    step,
    trend,
)  # fmt: skip
from ops.advise.rules.topic import TopicRules

_over = either(fact("status", "over", "settled"), fact("over", "yes", "true"))
_quiet = either(fact("status", "shown-absent"), no(grave))
_capillaries = of("capillary-health")
_off = mechanism("level", "near-limit", "shift")
_stands = no(either(_over, _quiet))
RULES: tuple[Rule, ...] = (
    # What is over needs no action, whatever it was.
    Rule("none", 9, _over, causes.OVER),
    # No drift beyond the margin of what counts: acting on noise makes the process worse.
    Rule("none", 4, both(_quiet, no(_over)), causes.IN_ORDER),
    # A master does not change: whatever moves on it is the gauge.
    Rule("gauge", 6, both(_stands, gauge_itself), causes.BY_GAUGE),
    # A gauge in doubt must be cleared first; alone it does not outweigh a steady, local movement.
    Rule("gauge", 2, both(_stands, gauge_doubtful), causes.BY_DOUBTFUL_GAUGE),
    # Corrections that grow are the creep that they hide.
    Rule("hidden-creep", 5, both(_stands, of_corrections), causes.HIDDEN),
    Rule("hidden-creep", 1, both(_stands, of_corrections, trend)),
    # A steady movement is wear or loss of a setting unless an event explains it.
    Rule("creep", 3, both(_stands, trend, no(of_corrections)), causes.STEADY),
    Rule("creep", 1, both(_stands, trend, no(either(explained, of_corrections)))),
    # It alone moves: neither material nor gauge nor climate, all of which its neighbours share.
    Rule("creep", 1, both(_stands, alone, trend, no(of_corrections))),
    # A setting made at once moves at once: maintenance and calibration explain steps, not creeps.
    Rule("maintenance", 5, both(_stands, step, event("maintenance")), causes.AFTER_MAINTENANCE),
    Rule("maintenance", 2, both(_stands, no(step), event("maintenance")), causes.AFTER_MAINTENANCE),
    Rule("calibration", 5, both(_stands, step, event("calibration")), causes.AFTER_CALIBRATION),
    Rule("calibration", 2, both(_stands, no(step), event("calibration")), causes.AFTER_CALIBRATION),
    # Material and capillaries act from their first device on, at once or as they wear the tool.
    Rule("material-change", 5, both(_stands, event("material-change")), causes.AFTER_MATERIAL),
    Rule("capillary-change", 5, both(_stands, event("capillary-change")), causes.AFTER_CAPILLARY),
    # Several tools at once: one cause that they share is likelier than as many that coincide.
    Rule("common-cause", 6, both(_stands, fleet), causes.SHARED),
    # The spread alone moved: no setting of the mean cures it.
    Rule("spread", 3, both(_stands, mechanism("spread")), causes.SPREADS),
    # Off its baseline without a begin: set anew it would be right, but when it moved is not known.
    Rule("creep", 2, both(_stands, _off), causes.OFF),
    # Capillaries that fail as they wear are replaced; where fresh ones fail too, they are not it.
    Rule("capillary-wear", 6, both(grave, _capillaries, fact("change", "found")), causes.WORN),
    Rule("spread", 3, both(grave, _capillaries, fact("change", "from-start")), causes.FRESH_TOO),
    # A step that nothing explains is somewhere an event that was not recorded.
    Rule("unknown", 2, both(_stands, step, no(explained))),
)
DRIFT = TopicRules(
    rules=RULES,
    findings=(words.MOVES, words.CROSSES),
    against=words.NOT_OTHERS,
    unsure=words.UNSURE,
)
