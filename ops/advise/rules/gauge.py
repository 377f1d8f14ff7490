"""Whether a gauge can be trusted: signs and their weight."""

from ops.advise.rules import gauge_words as words
from ops.advise.rules.judgement import Rule
from ops.advise.rules.signs import grave, no
from ops.advise.rules.topic import TopicRules

RULES: tuple[Rule, ...] = (
    # A study that fails, fails the gauge, whatever part of it fails: %GRR, ndc or bias.
    Rule("gauge", 4, grave, words.DOUBT),
    Rule("none", 4, no(grave), words.TRUSTED),
)
GAUGE = TopicRules(
    rules=RULES,
    findings=(words.STUDY, words.CLASSES, words.BIASED),
    unsure=words.UNSURE,
)
