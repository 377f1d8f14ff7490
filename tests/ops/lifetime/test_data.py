"""Life data are checked at the door; every wrong row is named."""

import pickle

import numpy as np
import pytest

from ops.errors import BadData
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data


def _two_modes() -> LifeData:
    rows = life_data([10.0, 20.0, 5.0, 0.0], [10.0, np.inf, 8.0, 4.0])
    return LifeData(
        lower=rows.lower, upper=rows.upper, weight=rows.weight, entry=rows.entry, exit=rows.exit,
        mode=np.array([0, -1, 1, 1]), group=np.array([0, 0, 1, 1]),
        modes=("lift", "crack"), groups=("A", "B"),
    )  # fmt: skip


def test_failures_and_suspensions_are_counted_by_weight() -> None:
    data = failures_and_suspensions([3.0, 5.0], [7.0])
    assert (data.units, data.failures) == (3.0, 2.0)
    assert data.exact.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [
        ([5.0, 0.0], [5.0, 0.0], "row 2 .*zero is not a time"),
        ([0.0], [np.inf], "zero is not a time"),
        ([-1.0], [3.0], "negative"),
        ([4.0], [3.0], "ends before it begins"),
        ([np.nan], [3.0], "must be a number"),
    ],
)
def test_a_row_that_cannot_be_is_named(lower: list[float], upper: list[float], words: str) -> None:
    with pytest.raises(BadData, match=words) as refused:
        life_data(lower, upper)
    assert refused.value.problems[0].pointer.startswith("/rows/")


def test_weights_and_truncation_are_checked_too() -> None:
    with pytest.raises(BadData, match="more than 0 units"):
        life_data([1.0], weight=[0.0])
    with pytest.raises(BadData, match="before its entry"):
        life_data([1.0], entry=[2.0])
    with pytest.raises(BadData, match="after its exit"):
        life_data([5.0], exit=[2.0])
    with pytest.raises(BadData, match="one for each row"):
        life_data([1.0, 2.0], weight=[1.0])


def test_one_mode_sees_the_others_as_censored() -> None:
    lift = _two_modes().of_mode("lift")
    assert lift.lower.tolist() == [10.0, 20.0, 5.0]  # the last row tells nothing of lifting
    assert lift.right.tolist() == [False, True, True]
    assert lift.failures == 1.0


def test_groups_are_told_apart_and_fingerprints_with_them() -> None:
    data = _two_modes()
    assert data.of_group("B").lower.tolist() == [5.0, 0.0]
    assert data.fingerprint() == _two_modes().fingerprint() != data.of_group("B").fingerprint()


def test_what_was_looked_up_is_not_sent_along() -> None:
    data = _two_modes()
    before = pickle.dumps(data)
    assert data.failures == 3.0
    assert pickle.dumps(data) == before
    assert pickle.loads(before).fingerprint() == data.fingerprint()
