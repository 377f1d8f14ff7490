"""Whatever of a what-if is no change is told, and how one asks is none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.advise.what_if.edits import edits_of
from ops.advise.what_if.unheard import unheard
from tests.ops.advise.what_if.small_network import small_network

NETWORK = small_network()

CHANGES = ("demand rises by 10 %", "we close WH-FRA", "die Nachfrage steigt um 10 %")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("What if demand rises by 10 % and we paint the warehouse green?", "we paint the"),
        ("What if demand rises by 10 %? And what about the weather?", "about the weather"),
        ("Please simulate: demand +10 %, the trucks go electric", "the trucks go electric"),
        ("What if demand rises by 10 % while we move the staff", "we move the staff"),
        ("Suppose demand +10 %. Then the supplier goes on holiday. The cost?", "goes on holiday"),
        ("close WH-FRA and move everything to WH-SHA", "move everything to WH-SHA"),
        ("demand +10 %, but in a nicer way", "in a nicer way"),
        ("What if the market turns, and demand +10 %?", "What if the market turns"),
        ("Wenn die Nachfrage um 10 % steigt und wir die Halle streichen?", "die Halle streichen"),
        ("Nachfrage +10 %, während die Belegschaft umzieht", "die Belegschaft umzieht"),
        ("如果需求增加10%\uff0c我们重新装修仓库\uff0c会怎样\uff1f", "我们重新装修仓库"),
    ],
)
def test_a_clause_that_changes_nothing_is_told(text: str, part: str) -> None:
    found = edits_of(text, NETWORK)
    assert found.edits
    assert len(found.unclear) == 1
    assert part in found.unclear[0]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("What if a customer in Spain orders 10 % more?", "spain"),
        ("demand for bicycles rises by 10 %", "bicycles"),
        ("Die Nachfrage in Deutschland steigt um 10 %", "deutschland"),
        ("cut capacity of the hall at WH-FRA by half", "hall"),
    ],
)
def test_a_place_or_part_that_is_none_is_told(text: str, word: str) -> None:
    assert f"'{word}' names nothing here" in edits_of(text, NETWORK).unclear[0]


@pytest.mark.parametrize(
    "text",
    [
        "What happens if demand rises by 10 %, please, and how much would it cost?",
        "Hello, could you please tell me what would happen if demand rises by 10 %? Thanks!",
        "Demand +10 %: is it worth it, and how does the service level change?",
        "Let's assume demand rises by 10 %. What would the effect on cost and carbon be?",
        "What if, because the season is dry, demand rises by 10 %?",
        "What if demand rises by 10 %, compared to the plan as it is now?",
        "What if in weeks 3-5, at CUST-02, demand rises by 10 %, and what then?",
        "Was passiert, wenn die Nachfrage um 10 % steigt, bitte, und wie hoch wären die Kosten?",
        "Hallo, kannst du mir sagen, was es kostet, wenn die Nachfrage um 10 % steigt? Danke!",
        "Angenommen, die Nachfrage steigt um 10 %: lohnt sich das?",
        "如果需求增加10%\uff0c成本是多少\uff1f谢谢",
        "请问\uff0c假如关闭WH-FRA\uff0c会怎么样\uff0c总成本会有什么变化\uff1f",
        "close WH-FRA and WH-SIN, please",
        "What if demand in total rises by 10 % in all periods?",
        "Nachfrage für alle Kunden steigt um 10 %",
        "tariff +25 % from China to Germany",
        "lead time of all lanes by sea doubles",
    ],
)
def test_how_one_asks_changes_nothing(text: str) -> None:
    found = edits_of(text, NETWORK)
    assert found.unclear == ()
    assert len(found.edits) == 1


def test_names_of_the_scenario_may_stand_apart() -> None:
    text = "For the big picture, what if demand rises by 10 %?"
    assert edits_of(text, NETWORK).unclear
    assert edits_of(text, NETWORK, ("Big picture",)).unclear == ()


@given(
    st.sampled_from(CHANGES), st.sampled_from(["paint the hall", "die Halle streichen", "重新装修"])
)
def test_it_is_told_wherever_it_stands(change: str, more: str) -> None:
    for text in (f"{change}, {more}", f"{more}, {change}", f"{change}. {more}?"):
        assert any(more in part.english() for part, _ in unheard(text, NETWORK))
