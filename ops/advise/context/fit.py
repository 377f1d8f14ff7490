"""Which concepts go into a prompt: all if they fit, else the necessary and the most relevant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.context.bm25 import relevances
from ops.advise.context.concept import PRIORITY, Concept, ConceptKind
from ops.advise.context.retention import Fallen, Mode
from ops.errors import OpsError

Count = Callable[[str], int]
SHARES: Mapping[ConceptKind, float] = {
    "draft": 0.3, "interval": 0.28, "event": 0.14, "memory": 0.18, "background": 0.1,
}  # fmt: skip
_ALIAS = "E999 "  # what stands before a concept, at its longest
_SMALLEST = 8  # tokens: in less room nothing is tried


class ContextTooSmall(OpsError):
    """What must be in a prompt does not fit: question, constraints, verdict evidence.

    Parameters
    ----------
    needed, room
        Tokens.
    parts
        Tokens of what must be in, by kind.
    """

    def __init__(self, needed: int, room: int, parts: Mapping[str, int]) -> None:
        self.needed, self.room, self.parts = needed, room, dict(parts)
        told = ", ".join(f"{kind} {tokens}" for kind, tokens in parts.items())
        super().__init__(
            f"the prompt needs {needed} tokens ({told}) and may have {room}; serve the model with"
            " a longer context, raise LONGRUN_LLM_CONTEXT, or ask about fewer things"
        )


@dataclass(frozen=True, slots=True)
class Fitted:
    """Concepts that are in, in the order given, with the tokens of each, and the fallen."""

    mode: Mode
    kept: tuple[Concept, ...]
    tokens: Mapping[str, int]
    fallen: tuple[Fallen, ...]


def everything(concepts: Sequence[Concept], count: Count) -> Fitted:
    """All concepts, counted."""
    return Fitted("full", tuple(concepts), {c.id: _cost(c, count) for c in concepts}, ())


def fitted(
    concepts: Sequence[Concept],
    heads: Mapping[str, str],
    *,
    question: str,
    room: int,
    count: Count,
) -> Fitted:
    """Concepts for so many tokens.

    What must be in comes first. What is left of the room is shared out by kind, an unused share
    going to the next kind, and what is then left goes to whatever fits, by priority. Within a
    kind the more relevant one goes first (BM25, heading included; memories by how retrieval scored
    them), then the stronger, then the smaller id. A piece of a document without a
    word of the question falls out.

    Parameters
    ----------
    heads
        Heading of each group, counted with the first concept of the group.
    room
        Tokens for all concepts and headings together.
    count
        Tokens of a text.

    Raises
    ------
    ContextTooSmall
        If what must be in does not fit.
    """
    filling = _Filling(heads, room, count)
    for concept in concepts:
        if concept.is_must:
            filling.put(concept)
    if filling.left < 0:
        raise ContextTooSmall(room - filling.left, room, filling.by_kind())
    optional = [c for c in concepts if not c.is_must]
    texts = [f"{heads.get(c.group, '')} {c.text}" for c in optional]
    found = relevances(question, texts)
    scores = {c.id: score for c, score in zip(optional, found, strict=True)}
    ranked = sorted(optional, key=lambda c: _rank(c, scores[c.id]))
    idle = frozenset(c.id for c in ranked if _is_document(c) and scores[c.id] == 0)
    _fill(filling, [c for c in ranked if c.id not in idle])
    kept = tuple(c for c in concepts if c.id in filling.tokens)
    fallen = tuple(
        Fallen(
            id=c.id, kind=c.kind, tokens=filling.refused.get(c.id),
            why="not-relevant" if c.id in idle else "no-room",
        )
        for c in ranked if c.id not in filling.tokens
    )  # fmt: skip
    return Fitted("retrieved", kept, filling.tokens, fallen)


def _is_document(concept: Concept) -> bool:
    return concept.kind == "background" and not concept.group


def _rank(concept: Concept, score: float) -> tuple[int, float, float, str]:
    place = PRIORITY.index(concept.kind)
    score = round(score, 9)
    if concept.kind in ("memory", "draft"):
        return place, -concept.strength, -score, concept.id
    return place, -score, -concept.strength, concept.id


def _fill(filling: "_Filling", ranked: Sequence[Concept]) -> None:
    free, spare = filling.left, 0.0
    for kind, share in SHARES.items():
        spare += share * free
        for concept in ranked:
            if concept.kind == kind and spare >= _SMALLEST:
                spare -= filling.try_to_put(concept, int(spare))
    for concept in ranked:
        if concept.id not in filling.tokens and filling.left >= _SMALLEST:
            filling.try_to_put(concept, filling.left)


class _Filling:
    """A prompt while it fills; every text is counted once."""

    def __init__(self, heads: Mapping[str, str], room: int, count: Count) -> None:
        self._heads, self._count = heads, count
        self._groups: dict[str, int] = {}
        self._kinds: dict[str, int] = {}
        self.left = room
        self.tokens: dict[str, int] = {}
        self.refused: dict[str, int] = {}

    def put(self, concept: Concept) -> int:
        """Take a concept in, and its heading if it is the first below it; tokens of both."""
        own = self.refused.pop(concept.id, None) or _cost(concept, self._count)
        cost = own + self._head(concept.group)
        self._groups[concept.group] = 0
        self.tokens[concept.id] = own
        self._kinds[concept.kind] = self._kinds.get(concept.kind, 0) + cost
        self.left -= cost
        return cost

    def try_to_put(self, concept: Concept, room: int) -> int:
        """Take a concept in if it fits; tokens that it took."""
        if concept.id not in self.refused:
            self.refused[concept.id] = _cost(concept, self._count)
        if self.refused[concept.id] + self._head(concept.group) > room:
            return 0
        return self.put(concept)

    def by_kind(self) -> dict[str, int]:
        """Tokens by kind."""
        return self._kinds

    def _head(self, group: str) -> int:
        if group not in self._groups:
            head = self._heads.get(group, "")
            self._groups[group] = self._count(head + "\n") if head else 0
        return self._groups[group]


def _cost(concept: Concept, count: Count) -> int:
    return count(f"{_ALIAS}{concept.text}\n")
