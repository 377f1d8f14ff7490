"""Concepts: what a prompt may hold, by priority."""

from dataclasses import dataclass
from typing import Literal, get_args

ConceptKind = Literal[
    "question", "constraints", "verdict", "draft", "interval", "event", "memory", "background"
]
PRIORITY: tuple[ConceptKind, ...] = get_args(ConceptKind)  # the first matters most
MUST: tuple[ConceptKind, ...] = ("question", "constraints", "verdict")


@dataclass(frozen=True, slots=True)
class Concept:
    """A piece of a prompt, which is in as a whole or not at all.

    Parameters
    ----------
    id
        Stable and unique: id of evidence, ``memory:12``, ``memory:12#3`` for its third piece.
    kind
        What it is; question, constraints and verdict evidence with its interval must be in.
    text
        As it stands in the prompt, but for its alias.
    group
        Id of the case that it belongs to; its heading stands above it. Empty: none.
    strength
        How telling it is, against others of its kind.
    """

    id: str
    kind: ConceptKind
    text: str
    group: str = ""
    strength: float = 0.0

    @property
    def is_must(self) -> bool:
        """Whether a prompt without it is none."""
        return self.kind in MUST
