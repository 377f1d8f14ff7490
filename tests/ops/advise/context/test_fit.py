import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.context.concept import PRIORITY, Concept
from ops.advise.context.ends import both_ends
from ops.advise.context.fit import ContextTooSmall, fitted
from tests.strategies import few

KINDS = st.sampled_from(PRIORITY)
HEADS = {"g0": "heading zero", "g1": "heading one"}


def cost(concept: Concept) -> int:
    return len(f"E999 {concept.text}\n")


@st.composite
def concept_lists(draw: st.DrawFn) -> list[Concept]:
    words = st.sampled_from(["drift", "clamp", "wire bond", "lid seal height"])
    return [
        Concept(f"c{i:02}", draw(KINDS), draw(words), draw(st.sampled_from(["", "g0", "g1"])),
                draw(st.floats(0, 9)))
        for i in range(draw(st.integers(0, 14)))
    ]  # fmt: skip


@given(concepts=concept_lists(), room=st.integers(0, 400))
@few(80)
def test_the_room_is_kept_and_the_necessary_is_in_or_it_fails(
    concepts: list[Concept], room: int
) -> None:
    must = [c for c in concepts if c.is_must]
    groups = {c.group for c in must if c.group}
    needed = sum(cost(c) for c in must) + sum(len(HEADS[g] + "\n") for g in groups)
    if needed > room:
        with pytest.raises(ContextTooSmall) as small:
            fitted(concepts, HEADS, question="clamp drift", room=room, count=len)
        assert (small.value.needed, small.value.room) == (needed, room)
        assert sum(small.value.parts.values()) == needed
        return
    found = fitted(concepts, HEADS, question="clamp drift", room=room, count=len)
    kept = {c.id for c in found.kept}
    groups = {c.group for c in found.kept if c.group}
    heads = sum(len(HEADS[g] + "\n") for g in groups)
    assert sum(cost(c) for c in found.kept) + heads <= room
    assert {c.id for c in must} <= kept
    assert kept | {f.id for f in found.fallen} == {c.id for c in concepts}
    assert not kept & {f.id for f in found.fallen}
    assert [c.id for c in found.kept] == [c.id for c in concepts if c.id in kept]


@given(concepts=concept_lists(), room=st.integers(200, 400), seed=st.randoms())
@few(60)
def test_what_is_in_does_not_depend_on_the_order(
    concepts: list[Concept], room: int, seed: st.DataObject
) -> None:
    shuffled = list(concepts)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    try:
        first = fitted(concepts, {}, question="clamp", room=room, count=len)
    except ContextTooSmall:
        return
    second = fitted(shuffled, {}, question="clamp", room=room, count=len)
    assert sorted(c.id for c in first.kept) == sorted(c.id for c in second.kept)
    assert first.fallen == second.fallen


def test_what_does_not_fit_is_said_with_numbers_and_a_mend() -> None:
    with pytest.raises(ContextTooSmall, match=r"needs 56 tokens \(verdict 56\) and may have 40;"):
        fitted([Concept("v", "verdict", "x" * 50)], {}, question="", room=40, count=len)


def test_the_relevant_goes_before_the_rest_and_ties_before_larger_ids() -> None:
    concepts = [Concept(f"m{i}", "background", "clamp" if i % 2 else "lid") for i in range(6)]
    found = fitted(concepts, {}, question="clamp", room=25, count=len)
    assert [c.id for c in found.kept] == ["m1", "m3"]
    assert {f.id: f.why for f in found.fallen} == {
        "m5": "no-room", "m0": "not-relevant", "m2": "not-relevant", "m4": "not-relevant",
    }  # fmt: skip


def test_evidence_is_as_relevant_as_its_heading() -> None:
    concepts = [Concept(f"e{i}", "interval", "slope", f"g{i}") for i in range(3)]
    heads = {"g0": "tool WB-04", "g1": "tool WB-05", "g2": "tool WB-06"}
    found = fitted(concepts, heads, question="Is WB-05 well?", room=25, count=len)
    assert [c.id for c in found.kept] == ["e1"]


def test_every_kind_has_its_share() -> None:
    concepts = [Concept(f"i{i:02}", "interval", "clamp") for i in range(50)]
    concepts += [Concept(f"m{i:02}", "memory", "clamp") for i in range(50)]
    found = fitted(concepts, {}, question="clamp", room=440, count=len)
    kinds = [c.kind for c in found.kept]
    assert kinds.count("memory") >= 9
    assert kinds.count("interval") >= 16
    assert len(kinds) == 40


@given(items=st.lists(st.integers()))
@few(60)
def test_the_strongest_stand_at_both_ends(items: list[int]) -> None:
    strongest = sorted(items, reverse=True)
    order = both_ends(strongest)
    assert sorted(order) == sorted(items)
    assert sorted((*order[:1], *order[-1:][: len(items) - 1]), reverse=True) == strongest[:2]
