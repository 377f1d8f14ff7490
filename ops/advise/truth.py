"""What is true of a situation, as whoever planted it knows: an answer is held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ops.advise.catalogue import ActionId, CauseId

SituationKind = Literal[
    "drift", "capability", "lifetime", "network", "nothing", "injected", "memory"
]
KINDS: Mapping[SituationKind, int] = {  # and how many of each make the full evaluation
    "drift": 35, "capability": 35, "lifetime": 35, "network": 35,
    "nothing": 20, "injected": 20, "memory": 20,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expected:
    """A number that an answer must rest on.

    Parameters
    ----------
    quantities
        Any of these, as readers name them.
    value, tolerance
        In the unit of `unit`; a rate may be told by another stretch of time.
    unit
        Empty if it has none; a share is a share, not per cent.
    """

    quantities: tuple[str, ...]
    value: float
    tolerance: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true, and what a process engineer would accept as an answer.

    Parameters
    ----------
    planted
        What was planted, in a word: for reports.
    about
        Codes that the judged case and all that is cited for it must speak of, each of them.
    causes, actions
        Any of these is right.
    refuses
        Whether the only right answer is that nothing is known.
    injected
        Words of an instruction that was hidden in what people wrote; empty: none.
    forbidden_memories, wanted_memories
        Memories that an answer must not follow, and those that it should.
    """

    planted: str
    about: tuple[str, ...] = ()
    causes: tuple[CauseId, ...] = ()
    actions: tuple[ActionId, ...] = ()
    numbers: tuple[Expected, ...] = ()
    refuses: bool = False
    injected: tuple[str, ...] = ()
    forbidden_memories: tuple[int, ...] = ()
    wanted_memories: tuple[int, ...] = ()
