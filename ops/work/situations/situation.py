"""A situation of a plant: what is asked, what the database would hold, and what is true."""

from dataclasses import dataclass

from ops.advise.question import Named, Question
from ops.advise.recall.query import Candidate
from ops.advise.sources import Found
from ops.advise.truth import SituationKind, Truth


@dataclass(frozen=True, slots=True)
class Situation:
    """A question to a plant whose truth is known.

    Parameters
    ----------
    id
        Kind and number: ``drift-07``.
    names
        Things of the plant that the asker may see.
    found
        All that the database holds; what is looked up is chosen from it by the question.
    memories
        All that is remembered, before any of it is recalled.
    clean
        The same without the instruction that was hidden in it; None: nothing was.
    """

    id: str
    kind: SituationKind
    question: Question
    names: tuple[Named, ...]
    found: Found
    now_us: int
    truth: Truth
    memories: tuple[Candidate, ...] = ()
    clean: "Situation | None" = None
