"""Concepts from cases and memories."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ops.advise.case import Case
from ops.advise.context.chunk import MOST, chunks
from ops.advise.context.concept import Concept, ConceptKind
from ops.advise.context.ends import both_ends
from ops.advise.context.line import evidence_line, memory_line
from ops.advise.evidence import Evidence
from ops.advise.memory import Remembered
from ops.page_value import Level

_LEVEL: Mapping[Level, int] = {"bad": 3, "warn": 2, "good": 1, "info": 0}
_MOST_CASES, _MOST_OF_CASE = 3, 6  # verdict evidence, if no answer tells which


def verdict_ids(cases: Sequence[Case], cited: Collection[str]) -> frozenset[str]:
    """Ids of the verdict evidence: what the rules' answer cites, where it stands in the cases.

    Without such an answer it is the first evidence of the three gravest cases that has an
    interval, a level beyond info, or is the verdict sentence: six pieces of each at most.
    """
    stated = set(cited)
    known = frozenset(e.id for case in cases for e in case.evidence if e.id in stated)
    if known:
        return known
    gravest = sorted(cases, key=lambda c: (-_LEVEL[c.level], -c.found, c.id))[:_MOST_CASES]
    return frozenset(
        e.id for case in gravest
        for e in [e for e in case.evidence if _is_telling(e)][:_MOST_OF_CASE]
    )  # fmt: skip


def _is_telling(one: Evidence) -> bool:
    if one.value is None or one.quoted:
        return False
    return _has_interval(one) or one.level != "info" or one.quantity == "verdict"


def of_cases(cases: Sequence[Case], verdict: Collection[str]) -> tuple[Concept, ...]:
    """Evidence as concepts, in reading order: the strongest at the begin and the end.

    Cases stay together, the strongest first, the second last; within the cases before the middle
    the strongest evidence is first, within those behind it last. A single case has its own
    strongest evidence at both ends. Evidence without a value is left out.
    """
    must = frozenset(verdict)
    groups = [group for case in cases if (group := _of_case(case, must))]
    groups.sort(key=lambda g: (-g[0].strength, g[0].group, g[0].id))
    if len(groups) == 1:
        return both_ends(groups[0])
    front, back = groups[::2], groups[1::2]
    found = [concept for group in front for concept in group]
    found += [concept for group in reversed(back) for concept in reversed(group)]
    return tuple(found)


def _of_case(case: Case, must: Collection[str]) -> list[Concept]:
    found = [
        Concept(one.id, _kind(one, case, must), evidence_line(one), case.id,
                _strength(one, case, place, is_must=one.id in must))
        for place, one in enumerate(case.evidence) if one.value is not None
    ]  # fmt: skip
    return sorted(found, key=lambda c: (-c.strength, c.id))


def _kind(one: Evidence, case: Case, must: Collection[str]) -> ConceptKind:
    if one.id in must:
        return "verdict"
    if one.quoted:
        return "background"
    if case.topic == "alert" or one.quantity.startswith("event"):
        return "event"
    return "interval" if _has_interval(one) else "background"


def _strength(one: Evidence, case: Case, place: int, *, is_must: bool) -> float:
    """Must before level before interval before place; the quoted is last."""
    if one.quoted:
        return -1.0 - place / 1000
    graded = 100 * is_must + 10 * _LEVEL[one.level] + 5 * _has_interval(one)
    return graded + _LEVEL[case.level] - place / 1000


def _has_interval(one: Evidence) -> bool:
    return one.lower is not None or one.upper is not None


def without_value(cases: Sequence[Case]) -> Iterator[str]:
    """Ids of evidence that has no value, and so is no concept."""
    return (e.id for case in cases for e in case.evidence if e.value is None)


def of_memories(memories: Sequence[Remembered]) -> tuple[Concept, ...]:
    """Memories as concepts: short ones whole, long ones as pieces in the background.

    The most relevant and trusted stands first; pieces of a document stand in its own order.
    """
    replaced = frozenset(m.supersedes for m in memories if m.supersedes is not None)
    ordered = sorted(memories, key=lambda m: (-_weight(m), m.id))
    short = [m for m in ordered if len(m.text) <= MOST]
    found = [
        Concept(f"memory:{m.id}", "memory",
                memory_line(m, m.text, is_replaced=m.id in replaced), "", _weight(m))
        for m in short
    ]  # fmt: skip
    for memory in ordered:
        if len(memory.text) > MOST:
            found += _of_document(memory, is_replaced=memory.id in replaced)
    return tuple(found)


def _of_document(memory: Remembered, *, is_replaced: bool) -> Iterator[Concept]:
    pieces = chunks(memory.text)
    for piece in pieces:
        part = f" part {piece.index + 1} of {len(pieces)}"
        text = memory_line(memory, piece.text, part=part, is_replaced=is_replaced)
        yield Concept(
            f"memory:{memory.id}#{piece.index + 1}", "background", text, "", _weight(memory)
        )


def _weight(memory: Remembered) -> float:
    return round(memory.relevance * memory.trust, 9)


def memory_id(concept: Concept) -> int | None:
    """Id of the memory that a concept is of; None if it is of none.

    Examples
    --------
    >>> memory_id(Concept("memory:12#3", "background", "..."))
    12
    """
    if not concept.id.startswith("memory:"):
        return None
    return int(concept.id.removeprefix("memory:").split("#", maxsplit=1)[0])
