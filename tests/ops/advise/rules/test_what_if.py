"""A what-if says what it understood, waits, and then says what came of it."""

from ops.advise.answer import WhatIf
from ops.advise.evidence import by_id
from ops.advise.question import Intent, Question
from ops.advise.rendering import sentence
from ops.advise.rules.what_if import compared, waiting
from tests.ops.advise.case_samples import NOW, number, plan

ASKED = WhatIf(scenario="NET", edits=({"kind": "demand", "factor": 1.2},))
EDIT = "demand of all customers times 1.2"


def test_while_it_is_solved_it_says_what_was_understood_and_what_was_not() -> None:
    answer = waiting(ASKED, (EDIT,), ("the moon: no such site",), now_us=NOW)
    said = [sentence(claim, by_id(answer.evidence)) for claim in answer.claims]
    assert answer.state == "waiting"
    assert answer.what_if == ASKED
    assert said[0] == f"Understood as this change of the scenario NET: {EDIT}."
    assert "the moon" in said[1]
    assert all(one.quoted for one in answer.evidence)


def test_without_any_edit_it_refuses() -> None:
    answer = waiting(ASKED, (), ("more of it",), now_us=NOW)
    assert answer.state == "refused"
    assert {claim.role for claim in answer.claims} == {"refusal"}


def test_when_solved_it_says_cost_and_service_and_judges_the_plan() -> None:
    solved = plan(
        number("cost-change", -12_000, unit="USD"),
        number("total-cost", 900_000, unit="USD"),
        number("service-level", 0.91, percent=True, decimals=0),
        number("bottleneck", 1.0),
        bottleneck="PG>SHA",
        bottleneck_moved="yes",
    )
    question, intent = Question(text="What if?"), Intent(topics=("plan",), asks=("what-if",))
    answer = compared(question, intent, (solved,), (), ASKED, edits=(EDIT,), now_us=NOW)
    said = " ".join(sentence(claim, by_id(answer.evidence)) for claim in answer.claims)
    assert "costs less than that it is held against, by -12000 USD: 900000 USD" in said
    assert "serves 91 % of the demand" in said
    assert "another one: PG>SHA" in said
    assert answer.cause == "shortage"
    assert answer.what_if == ASKED


def test_a_changed_plan_that_cannot_be_is_said_to_be_so() -> None:
    question, intent = Question(text="What if?"), Intent(topics=("plan",), asks=("what-if",))
    broken = plan(status="infeasible", level="bad", reason="SHA", bottleneck="")
    answer = compared(question, intent, (broken,), (), ASKED, now_us=NOW)
    assert (answer.cause, answer.action) == ("infeasible", "relax-limit")
    assert "SHA has to bend" in sentence(answer.claims[0], by_id(answer.evidence))
