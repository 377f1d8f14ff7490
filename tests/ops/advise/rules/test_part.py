"""What holds of several cases is said once, with all of them and all of their numbers."""

from dataclasses import replace

from ops.advise.case import Case
from ops.advise.question import Intent, Named
from ops.advise.rules.story_words import SAME
from ops.page_value import Level
from tests.ops.advise.case_samples import creep, life, number
from tests.ops.advise.rules.test_advise import ask, spoken


def _lot(lot: str, ratio: float, level: Level = "bad") -> Case:
    told = life(number("hazard-ratio", ratio, ratio - 1, ratio + 1), level=level, lot=lot)
    evidence = tuple(
        one.model_copy(update={"id": f"{lot}.{one.quantity}", "case": lot}) for one in told.evidence
    )
    return replace(told, id=lot, title=f"lot {lot}", evidence=evidence)


def test_a_cause_of_several_is_said_once_with_all_of_them() -> None:
    answer = ask(_lot("L1", 5.0), _lot("L2", 4.0), _lot("L3", 3.5))
    said = spoken(answer)
    assert said.count("Likely cause") == said.count("Recommended") == 1
    (same,) = [claim for claim in answer.claims if claim.template == SAME]
    assert same.slots["others"].name == "lot L2; lot L3"
    assert {one.partition(".")[0] for one in same.evidence} == {"L2", "L3"}
    assert [one.case for one in answer.judged] == ["L1", "L2", "L3"]


def test_all_numbers_of_what_is_grouped_are_told_with_their_source() -> None:
    answer = ask(_lot("L1", 5.0), _lot("L2", 4.0))
    placed = {s.evidence for c in answer.claims for s in c.slots.values()}
    assert {"L1.hazard-ratio", "L2.hazard-ratio"} <= placed
    at = [claim.role for claim in answer.claims]
    assert at.index("cause") > max(n for n, role in enumerate(at) if role == "finding")


def test_what_differs_in_level_or_numbers_is_not_grouped() -> None:
    assert SAME not in {c.template for c in ask(_lot("L1", 5.0), _lot("L2", 4.0, "warn")).claims}
    other = replace(creep(), id="two", title="WB-08")
    facts = {**other.facts, "tool": "WB-08"}
    moved = tuple(
        one.model_copy(update={"id": f"two.{one.quantity}", "case": "two", "value": 2.5})
        if one.quantity == "slope" else
        one.model_copy(update={"id": f"two.{one.quantity}", "case": "two"})
        for one in other.evidence
    )  # fmt: skip
    two = replace(other, facts=facts, evidence=moved, subject=None)
    assert SAME not in {c.template for c in ask(creep(), two).claims}


def test_the_gravest_stay_first() -> None:
    answer = ask(_lot("L1", 3.0, "warn"), _lot("L2", 5.0), _lot("L3", 4.0, "warn"))
    assert answer.claims[0].case == "L2"
    assert [one.level for one in answer.judged] == ["bad", "warn", "warn"]


def test_what_of_the_page_gave_way_is_said_first() -> None:
    named, over = (Named(kind="tool", code=code) for code in ("WB-07", "WB-05"))
    intent = Intent(topics=(), named=(named,), passed_over=(over,))
    said = "This is about WB-07, which the question names, and not about WB-05 of the page."
    assert spoken(ask(creep(), intent=intent)).startswith(said)
    assert spoken(ask(intent=intent)).startswith(said)
    assert "of the page" not in spoken(ask(creep()))
