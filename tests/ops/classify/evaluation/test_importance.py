import numpy as np

from ops.classify.evaluation.importance import permutation_importance
from ops.values import FloatArray


def test_a_column_that_does_not_vary_is_worth_nothing_and_is_not_asked_for() -> None:
    x = np.column_stack((np.arange(50.0), np.ones(50)))
    asked: list[int] = []

    def loss(rows: FloatArray) -> float:
        asked.append(1)
        return float(np.mean((rows[:, 0] - np.arange(50.0)) ** 2))

    found = permutation_importance(loss, x, ("a", "b"), repeats=3)
    assert [i.column for i in found] == ["a", "b"]
    assert (found[1].loss.value, len(asked)) == (0.0, 4)
