"""Stability: exact chances, few false alarms, shifts found, too few points."""

import numpy as np
import pytest

from ops.capability.convention import letter
from ops.capability.stability import chance, false_alarm_rate, stability
from ops.spc.rules import NELSON, WESTERN_ELECTRIC, Rule, signals


def _stream(n: int) -> np.ndarray:
    return np.zeros(n, dtype=np.int64)


def test_shares_by_chance_are_those_of_a_long_simulation() -> None:
    n = 400_000
    found = stability(np.random.default_rng(1).standard_normal(n), stream=_stream(n))
    for rule, (share, cluster) in zip(found.rules, chance(), strict=True):
        error = 4 * (share * cluster / n) ** 0.5
        assert rule.points / n == pytest.approx(share, abs=error), rule.sentence


@pytest.mark.parametrize("n", [30, 100, 1000])
def test_a_stable_process_is_seldom_accused(n: int) -> None:
    rng = np.random.default_rng(2)
    accused = sum(
        bool(stability(rng.standard_normal(n), stream=_stream(n)).broken) for _ in range(300)
    )
    assert accused <= 27, "5 % of all rules together"


def test_a_shift_is_evidence() -> None:
    x = np.random.default_rng(3).standard_normal(100)
    x[60:] += 3.0
    found = stability(x, stream=_stream(100))
    assert not found.shown
    assert found.broken[0].points > 10 * found.broken[0].expected


def test_few_points_show_nothing() -> None:
    found = stability(np.random.default_rng(4).standard_normal(20), stream=_stream(20))
    assert not found.shown
    assert found.broken == ()


@pytest.mark.parametrize("x", [np.full(40, 3.0), np.array([1.0])])
def test_equal_values_show_nothing(x: np.ndarray) -> None:
    assert not stability(x, stream=_stream(x.size)).shown


def test_the_letter_follows_the_convention() -> None:
    assert letter("iso-22514-2", within=True, stable=False) == "P"
    assert letter("iso-22514-2", within=False, stable=True) == "C"
    assert letter("aiag-2005", within=True, stable=False) == "C"
    assert letter("aiag-2005", within=False, stable=True) == "P"


@pytest.mark.parametrize("rule", [*NELSON[:7], *WESTERN_ELECTRIC], ids=lambda r: r.sentence)
def test_false_alarm_rates_equal_those_of_simulated_points(rule: Rule) -> None:
    z = np.random.default_rng(3).normal(0, 1, 400_000)
    begins = np.zeros(z.size, dtype=bool)
    begins[0] = True
    share = np.count_nonzero(signals(z, begins, (rule,))) / z.size
    assert false_alarm_rate(rule) == pytest.approx(share, rel=0.12)
