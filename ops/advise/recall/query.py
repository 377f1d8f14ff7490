"""What is to be remembered for a question, and a memory that may be."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ops.advise.catalogue import ActionId, CauseId
from ops.advise.memory import MemoryKind, Provenance


@dataclass(frozen=True, slots=True)
class RecallQuery:
    """What memories are asked for.

    Parameters
    ----------
    text
        The question, or words to search for.
    tags
        What it is about: tool, characteristic, lot ... to a code. Each code is searched as a word.
    site
        Code of the only site whose memories count, beside those of no site; None: all in scope.
    kinds
        Only these; empty: all.
    limit
        Most memories that are wanted.
    least
        Relevance below which a memory is not worth saying.
    model, vector : shape (n_dimensions,)
        Name of the model of embeddings, and vector of the text, of length one; None: words alone.
    """

    text: str
    tags: dict[str, str] = field(default_factory=dict[str, str])
    site: str | None = None
    kinds: tuple[MemoryKind, ...] = ()
    limit: int = 8
    least: float = 0.1
    model: str = ""
    vector: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A memory that may answer, with its terms; times in microseconds since 1970 UTC."""

    id: int
    kind: MemoryKind
    title: str
    text: str
    provenance: Provenance
    origin: str
    written: int
    valid_from: int
    valid_to: int | None = None
    supersedes: int | None = None
    confirmed: int = 0
    refuted: int = 0
    tags: dict[str, str] = field(default_factory=dict[str, str])
    facts: dict[str, Any] = field(default_factory=dict[str, Any])
    cause: CauseId | None = None
    action: ActionId | None = None
    helped: bool | None = None
    terms: frozenset[str] = frozenset()
    cosine: float | None = None
