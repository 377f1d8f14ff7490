"""What the rules know of a topic: signs, and the sentences of its story."""

from dataclasses import dataclass

from ops.advise.rules.judgement import Rule
from ops.advise.rules.saying import Ladder


@dataclass(frozen=True, slots=True)
class TopicRules:
    """Signs that speak for causes, and ladders of sentences in reading order.

    Parameters
    ----------
    findings
        What was found; the first ladder always says something.
    against
        Why no other cause.
    unsure
        What is not sure, and what would change the advice.
    """

    rules: tuple[Rule, ...]
    findings: tuple[Ladder, ...]
    against: tuple[Ladder, ...] = ()
    unsure: tuple[Ladder, ...] = ()
