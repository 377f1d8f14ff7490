"""An answer before it is stored, with all that it was made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ops.advise.answer import Answer
from ops.advise.case import Case
from ops.advise.memory import Remembered
from ops.advise.question import Intent, Named, Question


@dataclass(frozen=True, slots=True)
class Draft:
    """The rules' answer and what it rests on.

    Parameters
    ----------
    cases
        Those that answer the question, the gravest first.
    beside
        Others that the judgement looks at: events, gauges, what else is known of the same things.
    names
        Things of the plant that the asker may see.
    timings
        Seconds by step.
    """

    question: Question
    intent: Intent
    answer: Answer
    cases: tuple[Case, ...] = ()
    beside: tuple[Case, ...] = ()
    memories: tuple[Remembered, ...] = ()
    names: tuple[Named, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict[str, float])
