from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ops.advise.case import Case
from ops.advise.catalogue import Topic
from ops.advise.evidence import Evidence
from ops.advise.question import About, Intent, Named, Question
from ops.advise.understand.picked import MOST, picked, settled
from ops.advise.understand.understood import understood
from ops.page import Subject
from ops.page_value import Level
from tests.ops.advise.understand.plant_names import NAMES


def _case(  # noqa: PLR0913  (a case has as many)
    name: str,
    topic: Topic,
    level: Level = "warn",
    *,
    site: str = "DEMO-PG",
    characteristic: str | None = None,
    factors: Mapping[str, str] | None = None,
    facts: Mapping[str, str] | None = None,
    quantities: Sequence[str] = (),
    run: str = "r1",
) -> Case:
    subject = Subject(site=site, characteristic=characteristic, factors=dict(factors or {}))
    evidence = tuple(
        Evidence(id=f"{name}.{q}", case=name, topic=topic, kind="number", quantity=q, label=q,
                 value=1.0, link="/runs/x", at=0)
        for q in quantities
    )  # fmt: skip
    return Case(name, topic, "drift", name, level, 0, f"/runs/{run}", evidence, run, subject,
                dict(facts or {}))  # fmt: skip


WB05 = _case("a/5", "drift", "bad", characteristic="LOOP-QFN32-AU25", factors={"tool": "WB-05"})
WB06 = _case("a/6", "drift", characteristic="LOOP-QFN32-CU20", factors={"tool": "WB-06"},
             quantities=("slope", "cpk"))  # fmt: skip
WB20 = _case("b/20", "drift", "good", site="DEMO-DR", factors={"tool": "WB-20"}, run="r2")
CPK_PG = _case("c/pg", "capability", "bad", characteristic="LOOP-QFN32-CU20",
               quantities=("cpk",))  # fmt: skip
CPK_DR = _case("c/dr", "capability", site="DEMO-DR", characteristic="LOOP-QFN32-CU20")
LIFE = _case("d", "lifetime", facts={"life-test": "HTS-QFN32-CU20"}, factors={"lot": "CL4-57"})
MODEL = _case("e", "classifier", facts={"model": "lifted-balls"})
PLAN = _case("f", "plan", site="DEMO-NET", facts={"scenario": "DEMO-NET",
                                                  "bottleneck": "DEMO-PG>WH-SHA/sea"})  # fmt: skip
ALERT = _case("g", "alert", factors={"tool": "WB-03"}, facts={"alert": "17"})
CASES = (WB05, WB06, WB20, CPK_PG, CPK_DR, LIFE, MODEL, PLAN, ALERT)


def _ids(text: str, *about: About, cases: Sequence[Case] = CASES) -> list[str]:
    intent = settled(understood(Question(text=text, about=about), NAMES), cases)
    return [case.id for case in picked(intent, cases)]


def test_cases_of_the_tool_that_is_named_are_picked_and_no_others() -> None:
    assert _ids("Why does WB-05 drift?") == ["a/5"]
    assert _ids("Why do WB-05 and WB-06 drift?") == ["a/5", "a/6"]


def test_tool_without_a_case_picks_none() -> None:
    assert _ids("Why does WB-07 drift?") == []
    assert _ids("Why does WB-99 drift?") == []
    assert _ids("What is the lifetime of WB-05?") == []


def test_gravest_of_the_topic_come_first_if_nothing_is_named() -> None:
    assert _ids("Which tools drift?") == ["a/5", "a/6", "b/20"]


def test_site_that_is_named_bounds_the_cases() -> None:
    assert _ids("Cpk of LOOP-QFN32-CU20 in Dresden") == ["c/dr"]
    assert _ids("What drifts in Dresden?") == ["b/20"]


def test_quantity_that_is_asked_for_counts_wherever_it_stands() -> None:
    assert _ids("What is the Cpk of WB-06?") == ["a/6"]


def test_things_of_other_topics_are_found_by_what_the_case_says() -> None:
    assert _ids("B10 of HTS-QFN32-CU20?") == ["d"]
    assert _ids("Is the model lifted-balls good?") == ["e"]
    assert _ids("What does the scenario DEMO-NET cost?") == ["f"]
    assert _ids("Why alert 17?") == ["g"]


def test_alert_of_the_tool_answers_where_nothing_else_does() -> None:
    assert _ids("Why does WB-03 drift?") == ["g"]


def test_an_alert_that_is_named_is_picked_alone() -> None:
    other = _case("h", "alert", factors={"tool": "WB-04"}, facts={"alert": "18"})
    asked = Intent(topics=("alert",), named=(Named(kind="alert", code="17"),))
    assert [case.id for case in picked(asked, (ALERT, other))] == ["g"]


def test_word_that_only_a_case_knows_is_known_after_all() -> None:
    assert _ids("Is CL4-57 to blame?") == ["d"]
    assert _ids("Is WH-SHA a bottleneck?") == ["f"]
    intent = settled(understood(Question(text="Is CL4-57 worse than CL4-99?"), NAMES), CASES)
    assert intent.unknown == ("CL4-99",)
    assert intent.factors == {"level-1": "CL4-57"}


def test_what_is_left_out_is_not_picked() -> None:
    assert _ids("Which tools except WB-05 drift?") == ["a/6", "b/20"]


def test_nonsense_picks_none() -> None:
    assert _ids("asdf") == []
    assert _ids("What is the weather?") == []


def test_run_of_the_page_is_preferred() -> None:
    assert _ids("Why?", About(kind="run", code="r2", site="DEMO-DR")) == ["b/20"]
    assert _ids("Why does WB-05 drift?", About(kind="run", code="r2", site="DEMO-DR")) == ["a/5"]
    assert _ids("Why?", About(kind="run", code="r9", site="DEMO-DR")) == []


def test_topics_take_turns_where_all_is_asked_for() -> None:
    many = [_case(f"x/{n}", "drift", "bad") for n in range(20)] + [
        _case("y", "lifetime", "bad"), _case("z", "gauge", "bad"),
    ]  # fmt: skip
    ids = _ids("What should I do first?", cases=many)
    assert len(ids) == MOST
    assert {"y", "z"} <= set(ids)


@given(st.permutations(CASES), st.sampled_from(["What is wrong?", "drift", "Cpk", "WB-05", "plan"]))
@settings(max_examples=40, deadline=None)
def test_order_of_cases_does_not_matter(cases: list[Case], text: str) -> None:
    assert _ids(text, cases=cases) == _ids(text)


def test_most_bounds_what_is_picked() -> None:
    assert len(picked(Intent(topics=("drift",)), CASES, most=2)) == 2
    assert picked(Intent(topics=("drift",)), CASES, most=0) == ()


def test_things_that_are_named_take_turns() -> None:
    many = [replace(WB05, id=f"a/5/{n}") for n in range(MOST)]
    assert "a/6" in _ids("Compare WB-05 and WB-06", cases=(*many, WB06))


def test_the_lowest_of_a_number_is_one_case_whatever_its_level() -> None:
    low, high = (
        replace(CPK_PG, id=name, level=level, evidence=(
            CPK_PG.evidence[0].model_copy(update={"value": value}),
        ))
        for name, level, value in (("low", "good", 0.4), ("high", "bad", 1.1))
    )  # fmt: skip
    assert _ids("lowest cpk?", cases=(low, high)) == ["low"]
    assert _ids("highest cpk?", cases=(low, high)) == ["high"]


def test_several_lots_pick_the_cases_of_each() -> None:
    other = replace(LIFE, id="d2", subject=Subject(factors={"lot": "CL4-58"}))
    assert set(_ids("compare CL4-57 and CL4-58", cases=(LIFE, other))) == {"d", "d2"}


def test_what_only_its_own_analysis_tells_is_not_answered_by_another() -> None:
    assert _ids("Which routes does the truck take tomorrow?", cases=(PLAN,)) == []
    assert _ids("Is the plan ok?", cases=(PLAN,)) == ["f"]
