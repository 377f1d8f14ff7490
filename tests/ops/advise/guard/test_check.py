"""Whole answers: what falls with one wrong claim, what is dropped, what may refuse."""

import ast
from pathlib import Path
from typing import Any

import pytest

from ops.advise.evidence import by_id
from ops.advise.guard import check
from ops.advise.guard.check import checked
from ops.advise.guard.context import GuardContext, guard_context
from ops.advise.guard.said import ModelAnswer
from ops.advise.rendering import sentence
from tests.ops.advise.guard.plant import CASES, NOW, claim, context

EMPTY = guard_context((), {}, now_us=NOW)


def answer(
    *claims: Any, judged: Any = (("C1", "creep", "recalibrate"),), **more: Any
) -> ModelAnswer:
    return ModelAnswer.model_validate(
        {
            "claims": [one.model_dump() for one in claims],
            "judged": [{"case": c, "cause": w, "action": a} for c, w, a in judged],
            "refusal": None, **more,
        }
    )  # fmt: skip


GOOD = (
    claim("LOOP-QFN32-AU25 on WB-07 drifts by {E1.full} since {E5}."),
    claim("The cause is creep.", "cause"),
    claim("Recalibrate WB-07 before {E9}.", "action"),
)


def test_a_true_answer_is_released_with_numbers_of_the_evidence_alone() -> None:
    done = checked(answer(*GOOD), context())
    assert done.released
    assert done.verdicts == ()
    known = by_id(e for case in CASES for e in case.evidence)
    assert sentence(done.claims[0], known) == (
        "LOOP-QFN32-AU25 on WB-07 drifts by 0.21 µm/week (95 % 0.14 to 0.28)"
        " since 2024-09-04 00:00."
    )
    assert [(j.case, j.cause, j.action) for j in done.judged] == [
        ("a/WB-07", "creep", "recalibrate")
    ]
    assert all(slot.name is None for one in done.claims for slot in one.slots.values())


@pytest.mark.parametrize("role", ["finding", "cause", "action"])
def test_one_wrong_claim_of_weight_fells_the_answer(role: str) -> None:
    done = checked(answer(*GOOD, claim("Creep by 12, recalibrate.", role)), context())
    assert not done.released
    assert done.claims == ()
    assert done.judged == ()


@pytest.mark.parametrize("role", ["note", "memory", "cost", "tipping", "alternative"])
def test_a_wrong_claim_of_less_weight_is_dropped(role: str) -> None:
    done = checked(answer(*GOOD, claim("There are 12 of them.", role)), context())
    assert done.released
    assert len(done.claims) == 3
    assert {verdict.place for verdict in done.verdicts} == {"/claims/3/text"}


def test_notes_alone_are_no_answer() -> None:
    assert not checked(answer(claim("Nothing else was found.", "note")), context()).released


@pytest.mark.parametrize(
    "judged",
    [
        (("C1", "creep", "replace-tool"),),  # goes together, is not allowed here
        (("C1", "material-change", "recalibrate"),),
        (("C1", "gauge", "requalify-gauge"),),
        (("C9", "creep", "recalibrate"),),
        (("C2", "creep", "recalibrate"),),
    ],
)
def test_causes_and_actions_are_chosen_from_what_is_allowed(judged: Any) -> None:
    assert not checked(answer(*GOOD, judged=judged), context()).released


def test_words_say_the_action_that_is_chosen() -> None:
    clean = (("C1", "creep", "clean"),)
    assert not checked(answer(*GOOD, judged=clean), context()).released


def test_an_action_needs_a_choice() -> None:
    assert not checked(answer(*GOOD, judged=()), context()).released


def test_without_evidence_only_a_refusal_is_released() -> None:
    refusal = answer(judged=(), refusal="no-evidence")
    done = checked(refusal, EMPTY)
    assert done.released
    assert done.claims == ()
    assert not checked(answer(judged=()), EMPTY).released
    assert not checked(answer(claim("Nothing was found.", "note"), judged=()), EMPTY).released
    both = answer(claim("Nothing was found.", "note"), judged=(), refusal="no-evidence")
    assert not checked(both, EMPTY).released


def test_what_people_wrote_alone_is_no_evidence() -> None:
    quoted = [e for e in context().evidence.values() if e.quoted]
    only = GuardContext(evidence={"E1": quoted[0]}, cases={}, allowed={})
    assert checked(answer(judged=(), refusal="no-evidence"), only).released


def test_a_refusal_despite_evidence_is_reported_and_falls() -> None:
    done = checked(answer(judged=(), refusal="no-evidence"), context())
    assert not done.released
    assert [verdict.rule for verdict in done.verdicts if verdict.place == "/refusal"] == ["refusal"]


def test_too_many_claims_fall() -> None:
    assert not checked(answer(*GOOD * 5), context()).released


def test_the_guard_can_do_nothing_but_judge() -> None:
    known = {"ops", "re", "json", "unicodedata", "pydantic", "typing", "collections", "dataclasses",
             "functools"}  # fmt: skip
    for path in sorted(Path(check.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                assert {one.name.split(".")[0] for one in node.names} <= known, path
            if isinstance(node, ast.ImportFrom):
                assert (node.module or "").split(".")[0] in known, path
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("eval", "exec", "open", "__import__"), path
