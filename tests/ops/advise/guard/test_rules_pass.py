"""Answers of the rules, said as a model says them, are released; what is nearly one is not."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.case import Case
from ops.advise.comparison import holds
from ops.advise.evidence import by_id
from ops.advise.guard.check import check_claim, checked
from ops.advise.guard.context import Pairs
from ops.advise.guard.retold import retold
from ops.advise.guard.said import ModelAnswer, SaidClaim
from ops.advise.memory import Remembered
from ops.advise.read.cases import READERS, cases_of
from tests.ops.advise.asked import Situation, asked_of
from tests.ops.advise.case_samples import ALL, DAY, NOW, creep, gauge, index, step
from tests.ops.advise.read.plant import stored
from tests.strategies import few

SETS: tuple[tuple[Case, ...], ...] = (
    *((one,) for one in ALL if one.evidence),
    (creep(), index(1.08)),
    (creep(), step(), gauge("warn", measures="LOOP-QFN32-AU25")),
)
MEMORY = Remembered(
    id=41, kind="outcome", text="Recalibrating WB-07 in May held.", provenance="outcome",
    origin="x", trust=0.9, written=NOW - 90 * DAY, valid_from=NOW - 90 * DAY,
    tags={"tool": "WB-07"}, cause="creep", action="recalibrate", helped=True,
)  # fmt: skip


@cache
def situation(number: int) -> Situation:
    return asked_of(SETS[number])


def _chosen(said: ModelAnswer, one: SaidClaim) -> Pairs:
    return tuple((j.cause, j.action) for j in said.judged if j.case == one.case)


def released(situations: Sequence[Situation]) -> tuple[int, int, int, int]:
    """Claims that pass, claims, whole answers that pass, answers."""
    found = [0, 0, 0, 0]
    for asked in situations:
        said = retold(asked.answer, asked.context)
        for one in said.claims:
            claim, _ = check_claim(one, asked.context, chosen=_chosen(said, one))
            found[0] += claim is not None
            found[1] += 1
        found[2] += checked(said, asked.context).released
        found[3] += 1
    return found[0], found[1], found[2], found[3]


def test_answers_of_the_rules_are_released() -> None:
    claims, of_claims, answers, of_answers = released([situation(n) for n in range(len(SETS))])
    assert claims >= 0.95 * of_claims >= 70
    assert answers >= 0.95 * of_answers >= 25


@pytest.mark.long
def test_answers_to_the_examples_of_all_analyses_are_released() -> None:
    known = [cases for name in sorted(READERS) if (cases := cases_of(stored(name)))]
    claims, of_claims, answers, of_answers = released([asked_of(one) for one in known])
    assert claims >= 0.95 * of_claims
    assert answers >= 0.95 * of_answers


@pytest.mark.parametrize("number", range(len(SETS)))
def test_what_is_released_is_the_sentence_of_the_rules(number: int) -> None:
    asked = situation(number)
    done = checked(retold(asked.answer, asked.context), asked.context)
    assert set(map(repr, done.claims)) <= set(map(repr, asked.answer.claims))
    known = by_id(asked.context.evidence.values())
    assert all(holds(one, known) is True for claim in done.claims for one in claim.comparisons)


def test_the_memories_that_are_cited_are_told() -> None:
    asked = asked_of((creep(),), (MEMORY,))
    done = checked(retold(asked.answer, asked.context), asked.context)
    assert done.memories == asked.answer.memories == (41,)
    silent = retold(asked.answer, asked.context)
    silent = silent.model_copy(update={"claims": [c for c in silent.claims if c.role != "memory"]})
    assert checked(silent, asked.context).memories == ()


OTHERS = ("not", "no", "never", "twelve", "falls", "above", "WB-05", "each", "surely", "replace")


@few(120)
@given(
    number=st.integers(0, len(SETS) - 1), pick=st.integers(0, 11), word=st.sampled_from(OTHERS),
    way=st.sampled_from(["word", "gap", "case", "role", "place", "cite", "flip", "pair"]),
    at=st.integers(0, 40),
)  # fmt: skip
def test_a_sentence_that_is_changed_is_judged_as_any_other(
    number: int, pick: int, word: str, way: str, at: int
) -> None:
    asked = situation(number)
    said = retold(asked.answer, asked.context)
    one = said.claims[pick % len(said.claims)]
    chosen = _chosen(said, one)
    changed, pairs = _changed(one, way, word, at, asked), chosen
    if way == "pair":
        pairs = (("gauge", "requalify-gauge"),)
        if pairs == chosen or one.role == "finding":
            return
    elif changed == one or (way == "cite" and set(changed.cites) == set(one.cites)):
        return
    strict = replace(asked.context, own=())
    assert check_claim(changed, asked.context, chosen=pairs) == check_claim(
        changed, strict, chosen=pairs
    )


def _changed(one: SaidClaim, way: str, word: str, at: int, asked: Situation) -> SaidClaim:
    words = one.text.split(" ")
    spot = at % len(words)
    other = sorted(asked.context.evidence)[at % len(asked.context.evidence)]
    roles = ("finding", "cause", "action", "cost", "alternative", "tipping", "note")
    update: dict[str, Any] = {
        "word": {"text": " ".join((*words[:spot], word, *words[spot:]))},
        "gap": {"text": " ".join((*words[:spot], *words[spot + 1 :])) or "x"},
        "case": {"case": "C2" if one.case == "C1" else "C1"},
        "role": {"role": roles[at % len(roles)]},
        "place": {"text": one.text.replace("{E1", "{" + other)},
        "cite": {"cites": [*one.cites, other]},
        "flip": {"comparisons": [*one.comparisons, *_wrong(other)]},
        "pair": {},
    }[way]
    return SaidClaim.model_validate({**one.model_dump(), **update})


def _wrong(alias: str) -> list[dict[str, str]]:
    return [{"left": alias, "relation": "equals", "right": "reference"}]


MOVES = "Loop height WB-07 drifts upwards by {E1.full} since {E7}."
MEETS = "It meets the upper limit of {E3.reference} in {E2.full}."
CREEP = (
    "Likely cause: creep. It moves steadily, as a tool does that wears or loses its setting, and"
    " the nearest event is no explanation of a steady movement: {E16}."
)
ACT = "Recommended: {E15} in {E5.full}. It saves {E4.full} against going on as it is."
TOOK = "Earlier actions of this kind took off {E6.full} of what it is off by now."
COST = "Each week of waiting costs {E10.full}; to act costs {E8.full}, to go on {E9.full}."
INSTEAD = "Instead, to replace the component would cost {E11.full}."
NEAR: tuple[tuple[str, str], ...] = (  # one word, sign or place beside what is proven
    ("finding", MOVES.replace("upwards", "downwards")),
    ("finding", MOVES.replace("drifts", "hardly drifts")),
    ("finding", MOVES.replace("WB-07", "WB-08")),
    ("finding", MOVES.replace("{E1.full}", "{E2.full}")),
    ("finding", MOVES.replace("{E7}", "{E2}")),
    ("finding", MOVES.replace("by {E1.full}", "by twice {E1.full}")),
    ("finding", MOVES.replace("{E1.full}", "-{E1.full}")),
    ("finding", MOVES.replace("since", "until")),
    ("finding", MOVES + " It is safe."),
    ("finding", MOVES + " Scrap the lot."),
    ("finding", MOVES + " The plan is fine."),
    ("finding", MEETS.replace("upper", "lower").replace("{E3.reference}", "{E1}")),
    ("finding", MEETS.replace("meets", "never meets")),
    ("finding", MEETS.replace("{E2.full}", "{E5.full}")),
    ("finding", MEETS.replace("{E3.reference}", "{E4}")),
    ("finding", MEETS.replace("in {E2.full}", "in weeks")),
    ("finding", ACT), ("finding", COST), ("finding", INSTEAD), ("action", MOVES),
    ("action", CREEP), ("cause", ACT), ("cause", MOVES), ("action", INSTEAD),
    ("cause", CREEP.replace("creep", "the gauge")),
    ("cause", CREEP.replace("creep", "the operator")),
    ("cause", CREEP.replace("Likely cause", "Proven cause")),
    ("cause", CREEP.replace("Likely cause: creep", "Not the cause: creep")),
    ("cause", CREEP.replace("{E16}", "{E15}")),
    ("cause", CREEP.replace("no explanation", "the explanation")),
    ("cause", CREEP + " Replace the tool."),
    ("action", ACT.replace("Recommended", "Forbidden")),
    ("action", ACT.replace("saves", "costs")),
    ("action", ACT.replace("{E4.full}", "{E9.full}")),
    ("action", ACT.replace("{E15}", "{E16}")),
    ("action", ACT.replace("{E15}", "replace the tool")),
    ("action", ACT.replace("{E5.full}", "{E2.full}")),
    ("action", ACT.replace("in {E5.full}", "at once")),
    ("action", TOOK.replace("took off", "added")),
    ("action", TOOK.replace("{E6.full}", "{E1.full}")),
    ("action", TOOK.replace("this kind", "cleaning")),
    ("cost", COST.replace("{E8.full}", "{E9.full}")),
    ("cost", COST.replace("to act costs", "to act saves")),
    ("cost", COST.replace("Each week", "Each day")),
    ("cost", COST.replace("costs {E8.full}", "costs less than {E8.full}")),
    ("cost", COST.replace("{E9.full}", "{E8.full} or {E9.full}")),
    ("alternative", INSTEAD.replace("component", "tool")),
    ("alternative", INSTEAD.replace("{E11.full}", "{E8.full}")),
    ("alternative", INSTEAD.replace("would cost", "would save")),
)  # fmt: skip


def _near(role: str, text: str) -> tuple[SaidClaim, Situation]:
    asked = situation(SETS.index((creep(), index(1.08))))
    own = retold(asked.answer, asked.context).claims
    known = asked.context.evidence
    model = max(own, key=lambda one: len(set(one.text.split()) & set(text.split())))
    placed = dict.fromkeys(alias for alias, _ in SaidClaim.model_construct(text=text).placed)
    places = [{"id": e, "label": known[e].label, "unit": known[e].unit} for e in placed]
    fields = {**model.model_dump(), "role": role, "text": text, "places": places, "case": "C1"}
    return SaidClaim.model_validate(fields), asked


def test_the_near_misses_are_near_to_what_is_proven() -> None:
    asked = situation(SETS.index((creep(), index(1.08))))
    own = {one.text for one in retold(asked.answer, asked.context).claims}
    assert {MOVES, MEETS, CREEP, ACT, TOOK, COST, INSTEAD} <= own
    assert len(NEAR) >= 40


@pytest.mark.parametrize(("role", "text"), NEAR)
def test_what_is_nearly_proven_is_refused(role: str, text: str) -> None:
    said, asked = _near(role, text)
    claim, verdicts = check_claim(said, asked.context, chosen=(("creep", "recalibrate"),))
    assert claim is None
    assert verdicts


@pytest.mark.parametrize("text", [CREEP, ACT, COST, INSTEAD])
def test_a_proven_sentence_needs_the_pair_that_it_was_made_for(text: str) -> None:
    asked = situation(SETS.index((creep(), index(1.08))))
    one = next(c for c in retold(asked.answer, asked.context).claims if c.text == text)
    right: Pairs = (("creep", "recalibrate"),)
    wrong: Pairs = (("material-change", "contain-lot"),)
    assert check_claim(one, asked.context, chosen=right)[0] is not None
    assert check_claim(one, asked.context, chosen=wrong)[0] is None
    assert check_claim(one, asked.context, chosen=())[0] is None


def test_echoes_ids_and_comparisons_of_a_proven_sentence_are_checked() -> None:
    asked = situation(0)
    one = retold(asked.answer, asked.context).claims[0]
    place = one.places[0].model_copy(update={"unit": "mm"})
    for update in (
        {"places": [place, *one.places[1:]]}, {"places": []}, {"cites": ["E77"]},
        {"comparisons": [*one.comparisons, *_said_wrong()]},
    ):  # fmt: skip
        assert check_claim(one.model_copy(update=update), asked.context)[0] is None


def _said_wrong() -> list[Any]:
    wrong = SaidClaim.model_validate(
        {"role": "note", "text": "x", "comparisons": [{"left": "E1", "relation": "falls"}]}
    )
    return list(wrong.comparisons)
