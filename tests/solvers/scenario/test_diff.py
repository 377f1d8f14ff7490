import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.scenario.diff import canonical, diff
from solvers.scenario.document import Scenario
from solvers.scenario.identity import ORDERED
from solvers.scenario.part import Part
from tests.solvers.scenarios import scenarios


def shuffled(value: Any, chance: random.Random, field: str = "") -> Any:
    """The same document with every list without an order in another one."""
    if isinstance(value, Part):
        fields = type(value).model_fields
        return value.model_copy(update={f: shuffled(getattr(value, f), chance, f) for f in fields})
    if isinstance(value, tuple):
        inner = [shuffled(v, chance) for v in value]
        if field not in ORDERED:
            chance.shuffle(inner)
        return tuple(inner)
    return value


@settings(max_examples=40)
@given(scenario=scenarios(), seed=st.integers(0, 99))
def test_order_is_no_difference(scenario: Scenario, seed: int) -> None:
    assert diff(scenario, scenario) == ()
    assert diff(scenario, shuffled(scenario, random.Random(seed))) == ()


@settings(max_examples=40)
@given(a=scenarios(max_customers=2), b=scenarios(max_customers=2))
def test_no_change_means_equal_up_to_order(a: Scenario, b: Scenario) -> None:
    assert (diff(a, b) == ()) == (canonical(a) == canonical(b))


@settings(max_examples=30)
@given(a=scenarios(max_customers=2), b=scenarios(max_customers=2))
def test_the_way_back_mirrors_the_way_there(a: Scenario, b: Scenario) -> None:
    there = {c.pointer: (c.before, c.after) for c in diff(a, b)}
    back = {c.pointer: (c.after, c.before) for c in diff(b, a)}
    assert there == back


def test_members_are_named_by_what_they_are() -> None:
    a = Scenario.model_validate({"lanes": [{"origin": "A", "destination": "B"}]})
    b = Scenario.model_validate(
        {"lanes": [{"origin": "X", "destination": "B"}, {"origin": "A", "destination": "B",
                                                        "open": False, "tags": ["q"]}]}
    )  # fmt: skip
    found = diff(a, b)
    assert [(c.pointer, c.kind) for c in found] == [
        ("/lanes/A>B~1road/open", "changed"),
        ("/lanes/A>B~1road/tags", "changed"),
        ("/lanes/X>B~1road", "added"),
    ]
    assert found[0].sentence() == "lanes A>B/road open: True → False"
    assert found[2].sentence() == "lanes X>B/road: added"


def test_members_of_one_name_have_no_order() -> None:
    twice = [{"site": "A", "commodity": "x", "unit_cost": c} for c in (1, 2)]
    a = Scenario.model_validate({"supplies": twice})
    b = Scenario.model_validate({"supplies": twice[::-1]})
    assert diff(a, b) == ()


def test_the_order_of_periods_counts() -> None:
    a = Scenario.model_validate({"periods": [{"code": "W1"}, {"code": "W2"}]})
    b = Scenario.model_validate({"periods": [{"code": "W2"}, {"code": "W1"}]})
    assert [c.pointer for c in diff(a, b)] == ["/periods"]
