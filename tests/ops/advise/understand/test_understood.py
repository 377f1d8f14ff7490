import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ops.advise.question import About, Named, Question
from ops.advise.understand.understood import understood, understood_nothing
from tests.ops.advise.understand.plant_names import NAMES

FRIDAY = 1_795_737_600_000_000  # 2026-11-27 00:00 UTC
LOOP_CU = "LOOP-QFN32-CU20"

# question | topics | an ask | codes named | unknown; * means that it is not looked at
TABLE = Path(__file__).with_name("questions.txt").read_text(encoding="utf-8")
ADVERSARIAL = Path(__file__).with_name("hard_questions.txt").read_text(encoding="utf-8")


def _rows(table: str) -> list[tuple[str, ...]]:
    cells = [tuple(c.strip() for c in line.split("|")) for line in table.strip().splitlines()]
    return [(*row, *("",) * (5 - len(row))) for row in cells]


def _ask(text: str, **more: object) -> Question:
    return Question.model_validate({"text": text, **more})


@pytest.mark.parametrize("row", [*_rows(TABLE), *_rows(ADVERSARIAL)], ids=lambda row: row[0])
def test_question_is_understood(row: tuple[str, ...]) -> None:
    text, topics, asked, named, unknown = row
    intent = understood(_ask(text), NAMES, now_us=FRIDAY)
    if topics != "*":
        assert set(intent.topics) == set(topics.split())
    if asked == "none":
        assert understood_nothing(intent)
    elif asked != "*":
        assert asked in intent.asks
    assert {one.code for one in intent.named} == set(named.split())
    assert list(intent.unknown) == _unknown(unknown)


def _unknown(cell: str) -> list[str]:
    return [cell] if re.search(r" \d+$", cell) else cell.split()


def test_table_is_large_and_a_third_of_it_adversarial() -> None:
    plain, hard = len(_rows(TABLE)), len(_rows(ADVERSARIAL))
    assert plain + hard >= 120
    assert 3 * hard >= plain + hard


def test_things_left_out_are_told_apart() -> None:
    intent = understood(_ask("All tools except WB-05 and WB-06, but WB-07 too"), NAMES)
    assert [one.code for one in intent.excluded] == ["WB-05", "WB-06"]
    assert [one.code for one in intent.named] == ["WB-07"]


def test_levels_of_factors_are_read() -> None:
    asked = understood(_ask("Did capillary lot CL4-57 or capillary C08-009 do it?"), NAMES)
    assert asked.factors == {"capillary_lot": "CL4-57", "capillary": "C08-009"}
    assert understood(_ask("Ist Los L02-0013 schuld?"), NAMES).factors == {"lot": "L02-0013"}
    assert understood(_ask("批次CL4-57有问题吗"), NAMES).factors == {"lot": "CL4-57"}
    assert asked.unknown == ()


def test_quantities_are_read() -> None:
    intent = understood(_ask("Cpk, slope, B10 and the saving of WB-07?"), NAMES)
    assert set(intent.quantities) == {"cpk", "slope", "b10", "saving"}


def test_unknown_words_come_with_the_nearest_names() -> None:
    intent = understood(_ask("Why does WB-99 drift?"), NAMES)
    assert intent.near["WB-99"] == ("WB-09", "WB-19")


def test_site_said_leaves_namesakes_out() -> None:
    intent = understood(_ask(f"Cpk of {LOOP_CU} in Penang"), NAMES)
    assert {(one.code, one.site) for one in intent.named if one.kind == "characteristic"} == {
        (LOOP_CU, "DEMO-PG")
    }


def test_site_of_the_question_bounds_what_can_be_named() -> None:
    intent = understood(_ask("Does WB-07 drift?", site="DEMO-DR"), NAMES)
    assert intent.named == ()
    assert intent.unknown == ("WB-07",)


def test_kind_before_a_name_tells_which_is_meant() -> None:
    both = understood(_ask("loop-heights?"), NAMES)
    assert {one.kind for one in both.named} == {"model", "dataset"}
    one = understood(_ask("the model loop-heights?"), NAMES)
    assert [named.kind for named in one.named] == ["model"]


PAGE = (About(kind="tool", code="WB-05", site="DEMO-PG"), About(kind="analysis", code="drift"))


def test_page_names_what_it_is_about_and_its_topic() -> None:
    intent = understood(_ask("Why?", about=PAGE), NAMES)
    assert intent.topics == ("drift",)
    assert {one.code for one in intent.named} == {"WB-05", "drift"}
    assert next(one for one in intent.named if one.kind == "tool").title.startswith("Bonder")


def test_other_thing_of_the_kind_replaces_that_of_the_page() -> None:
    intent = understood(_ask("And WB-06?", about=PAGE), NAMES)
    assert [one.code for one in intent.named if one.kind == "tool"] == ["WB-06"]
    both = understood(_ask("Is WB-06 as bad as this one?", about=PAGE), NAMES)
    assert [one.code for one in both.named if one.kind == "tool"] == ["WB-06", "WB-05"]


def test_nonsense_on_a_page_is_nonsense() -> None:
    assert understood_nothing(understood(_ask("asdf", about=PAGE), NAMES))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("drift in the last 14 days", 14), ("drift since Monday", 5), ("drift since Friday", 1),
        ("drift this week", 5), ("drift last week", 7), ("drift in the past 3 weeks", 21),
        ("drift since 1 November", 27), ("drift since 2026-11-20", 8), ("drift?", None),
        ("Drift der letzten 10 Tage", 10), ("Drift seit Montag", 5), ("Drift seit 3. März", 270),
        ("Drift diese Woche", 5), ("最近14天的漂移", 14), ("周一以来的漂移", 5), ("本周漂移", 5),
        ("11月20日以来的漂移", 8), ("drift since 31 February", None),
        ("drift in the last 9999 years", 3650), ("in the next 14 days", None),
    ],
)  # fmt: skip
def test_stretch_of_time_is_read(text: str, days: float | None) -> None:
    assert understood(_ask(text), NAMES, now_us=FRIDAY).days == days


def test_weekday_is_a_week_at_most_without_a_clock() -> None:
    assert understood(_ask("drift since Tuesday"), NAMES).days == 7


_WORDS = st.sampled_from(
    [*(name.code for name in NAMES), "why", "drift", "except", "WB-99", "lot", "last 3 days",
     "什么", "Cpk", "not", "since", "alert", "-", "_", "/", "'", "\n", "\u202e", "\uff17", "model"]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(min_size=1, max_size=120),
    st.lists(_WORDS, min_size=1, max_size=12).map(" ".join),
    st.lists(_WORDS, min_size=1, max_size=12).map("".join),
)


@given(_TEXTS)
@settings(max_examples=40, deadline=None)
def test_no_text_raises_or_names_what_is_out_of_scope(text: str) -> None:
    dresden = tuple(name for name in NAMES if name.site == "DEMO-DR")
    question = _ask(text[:2000])
    intent = understood(question, dresden, now_us=FRIDAY)
    assert set(intent.named) | set(intent.excluded) <= set(dresden)
    assert intent == understood(question, dresden, now_us=FRIDAY)
    assert all(code in {n.code for n in dresden} for near in intent.near.values() for code in near)


def _told(text: str, *about: About) -> tuple[set[str], set[str]]:
    intent = understood(_ask(text, about=about), NAMES)
    return {one.code for one in intent.named}, {one.code for one in intent.passed_over}


ALERT = (
    About(kind="alert", code="17", site="DEMO-PG"),
    About(kind="characteristic", code=LOOP_CU, site="DEMO-PG"),
    About(kind="tool", code="WB-05", site="DEMO-PG"),
)
TOOL = About(kind="tool", code="WB-05", site="DEMO-PG")


@pytest.mark.parametrize(
    ("text", "about", "named", "over"),
    [
        ("Is WB-07 ok?", (TOOL,), {"WB-07"}, {"WB-05"}),
        ("Is it WB-07 that drifts?", (TOOL,), {"WB-07"}, {"WB-05"}),
        ("Ist es die WB-07?", (TOOL,), {"WB-07"}, {"WB-05"}),
        ("Does this WB-07 drift?", (TOOL,), {"WB-07"}, {"WB-05"}),
        ("Does this tool WB-07 drift?", (TOOL,), {"WB-07"}, {"WB-05"}),
        ("Why does WB-07 drift?", ALERT, {"WB-07"}, {"WB-05"}),
        ("Is WB-05 ok?", (TOOL,), {"WB-05"}, set()),
        ("Why does WB-05 drift?", ALERT, {"WB-05", "17", LOOP_CU}, set()),
        ("Is this better than WB-07?", (TOOL,), {"WB-05", "WB-07"}, set()),
        ("Compare this with WB-07", (TOOL,), {"WB-05", "WB-07"}, set()),
        ("Is the loop height ok?", ALERT[1:2], {LOOP_CU}, set()),
        ("How is the bond pull?", ALERT[1:2], {f"PULL-{LOOP_CU[5:]}", "PULL-QFN32-AU25",
                                               "PULL-BGA144-AU25"}, {LOOP_CU}),
    ],
)  # fmt: skip
def test_a_name_in_the_text_wins_over_the_page(
    text: str, about: tuple[About, ...], named: set[str], over: set[str]
) -> None:
    assert _told(text, *about) == (named, over)


def test_a_family_at_a_site_leaves_out_those_elsewhere() -> None:
    extra = Named(kind="characteristic", code="PULL-X1", title="Bond pull X1", site="DEMO-PG")
    intent = understood(_ask("How is the bond pull in Dresden?"), (*NAMES, extra))
    assert {one.site for one in intent.named} == {"DEMO-DR"}


@given(st.permutations(NAMES[:40]))
@settings(max_examples=10, deadline=None)
def test_order_of_names_changes_nothing(names: list[Named]) -> None:
    question = _ask("Why do WB-07 and QFN32-CU20 in Penang drift, except WB-05? WB-99?")
    one, two = understood(question, NAMES[:40]), understood(question, tuple(names))
    assert set(one.named) == set(two.named)
    assert one.near == two.near


@pytest.mark.parametrize(
    ("text", "topic", "analysis"),
    [
        ("Which capillaries are worn?", "drift", "capillary-health"),
        ("How many returns do we expect?", "lifetime", "warranty-forecast"),
        ("Which bond head wears?", "lifetime", "repairable-trend"),
        ("Welche Kapillaren sind verschlissen?", "drift", "capillary-health"),
        ("哪些劈刀磨损了", "drift", "capillary-health"),
    ],
)
def test_words_ask_for_the_analysis_of_their_subject(text: str, topic: str, analysis: str) -> None:
    intent = understood(_ask(text), NAMES, now_us=FRIDAY)
    assert topic in intent.topics
    assert [(one.kind, one.code) for one in intent.named] == [("analysis", analysis)]
