"""Memories that contradict each other: about the same thing, the opposite.

Two contradict each other if their tags are equal and not empty, their causes are equal or one has
none, and either

- they name the same action (or none), and it helped according to one and did not to the other; or
- both are knowledge or both preferences, and they name different actions, neither as one that did
  not help.

The one of the greater trust x recency outweighs the other; within 1 % of each other the newer one
does, then the one of the higher id. What outweighs does not depend on the question.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

from ops.advise.memory import Remembered

NEAR = 0.01
Why = Literal["more-trusted", "newer"]


def flagged(memories: Sequence[Remembered]) -> tuple[Remembered, ...]:
    """Memories in their order, each with what contradicts it and what outweighs it."""
    found = {one.id: one for one in memories}
    alike: dict[tuple[tuple[str, str], ...], list[Remembered]] = {}
    for one in memories:
        alike.setdefault(tuple(sorted(one.tags.items())), []).append(one)
    for a, b in (pair for group in alike.values() for pair in combinations(group, 2)):
        if contradict(a, b):
            winner, loser, why = _outweighs(a, b)
            won, lost = found[winner.id], found[loser.id]
            found[winner.id] = replace(won, conflicts=(*won.conflicts, loser.id))
            beaten = lost if lost.loses_to else replace(lost, loses_to=winner.id, why=why)
            found[loser.id] = replace(beaten, conflicts=(*lost.conflicts, winner.id))
    return tuple(found[one.id] for one in memories)


def contradict(a: Remembered, b: Remembered) -> bool:
    """Whether two memories say the opposite of the same thing."""
    if not a.tags or a.tags != b.tags or (None not in (a.cause, b.cause) and a.cause != b.cause):
        return False
    if a.action == b.action:
        return None not in (a.helped, b.helped) and a.helped != b.helped
    same_kind = a.kind == b.kind and a.kind != "outcome"
    return same_kind and None not in (a.action, b.action) and False not in (a.helped, b.helped)


def _outweighs(a: Remembered, b: Remembered) -> tuple[Remembered, Remembered, Why]:
    left, right = a.trust * a.recency, b.trust * b.recency
    if abs(left - right) > NEAR * max(left, right):
        return (a, b, "more-trusted") if left > right else (b, a, "more-trusted")
    newer = (a.written, a.id) > (b.written, b.id)
    return (a, b, "newer") if newer else (b, a, "newer")
