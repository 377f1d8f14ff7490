"""Memories: what people, runs and outcomes have taught; a model never writes one."""

from dataclasses import dataclass, field
from typing import Any, Literal

from ops.advise.catalogue import ActionId, CauseId

MemoryKind = Literal["knowledge", "preference", "outcome"]
Provenance = Literal["person", "run", "outcome"]


@dataclass(frozen=True, slots=True)
class Remembered:
    """A memory as an answer sees it.

    Parameters
    ----------
    origin
        Who or what wrote it: the name of a person, or the id of a run or an advice.
    trust
        0 to 1, from its provenance and from how advice that used it turned out.
    valid_from, valid_to, written
        Microseconds since 1970 UTC; `valid_to` None: until somebody says otherwise.
    supersedes
        Id of the memory that it replaces.
    tags
        What it is about: tool, characteristic, lot, model, scenario ... to a code.
    relevance
        How near it is to the question, as retrieval scored it; 0 if it was not retrieved.
    recency, score
        2^(-age / half-life) of its kind; relevance x recency x trust.
    stale
        Whether it is older than two half-lives of its kind.
    conflicts
        Ids of memories found with it that say the opposite of the same thing.
    loses_to, why
        Id of the one among them that outweighs it, and why: more-trusted, newer; None: it wins,
        or nothing contradicts it.
    facts
        Numbers and codes that it was made of: jump, lower, upper, unit, n, run ...
    """

    id: int
    kind: MemoryKind
    text: str
    provenance: Provenance
    origin: str
    trust: float
    written: int
    valid_from: int
    valid_to: int | None = None
    supersedes: int | None = None
    tags: dict[str, str] = field(default_factory=dict[str, str])
    cause: CauseId | None = None
    action: ActionId | None = None
    helped: bool | None = None
    relevance: float = 0.0
    title: str = ""
    recency: float = 1.0
    score: float = 0.0
    stale: bool = False
    conflicts: tuple[int, ...] = ()
    loses_to: int | None = None
    why: Literal["", "more-trusted", "newer"] = ""
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
