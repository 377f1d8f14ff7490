import numpy as np
import pytest

from ops.classify.training.costs import MistakeCost, cost_matrix
from ops.errors import BadData


def of(*named: tuple[str, str, float]) -> list[MistakeCost]:
    return [MistakeCost(true=t, called=c, cost=cost) for t, c, cost in named]


def test_mistakes_that_are_not_named_cost_one() -> None:
    found = cost_matrix(of(("b", "a", 20), ("c", "b", 0)), ("a", "b", "c"))
    assert found.tolist() == [[0, 1, 1], [20, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize(
    ("named", "pointer"),
    [
        ([("x", "a", 1)], "/costs/0/true"),
        ([("a", "x", 1)], "/costs/0/called"),
        ([("a", "a", 1)], "/costs/0/called"),
        ([("a", "b", 1), ("a", "b", 2)], "/costs/1"),
        ([("a", "b", 0), ("b", "a", 0)], "/costs"),
    ],
)
def test_costs_that_mean_nothing_are_refused(
    named: list[tuple[str, str, float]], pointer: str
) -> None:
    with pytest.raises(BadData) as told:
        cost_matrix(of(*named), ("a", "b"))
    assert told.value.problems[0].pointer == pointer


def test_names_of_any_script_are_found() -> None:
    assert np.count_nonzero(cost_matrix(of(("漢", "💥", 3)), ("💥", "漢")) == 3) == 1
