"""Run rules: published run lengths, and simulation by the rules themselves."""

import numpy as np
import pytest

from ops.spc.rules import NELSON, WESTERN_ELECTRIC, Rule, signals
from ops.spc.run_length.chain import arl, steady_arl
from ops.spc.run_length.quantile import run_length
from ops.spc.run_length.rules import RuleScheme, arl0_of
from ops.spc.run_length.shewhart import ShewhartScheme
from tests.reference import case

SETS = {"C1": (0,), "C12": (0, 1), "C13": (0, 2), "C14": (0, 3)}


@pytest.mark.parametrize("name", SETS)
def test_all_entries_of_champ_and_woodall_to_the_printed_digit(name: str) -> None:
    table = case("run_length", "arl_run_rules_champ_woodall")["expected"]
    rules = tuple(WESTERN_ELECTRIC[i] for i in SETS[name])
    for mu, printed in zip(table["mu"], table[name], strict=True):
        digits = 1 if printed == 370.4 else 2
        assert round(arl0_of(rules, shift=mu), digits) == printed


def test_the_four_zone_tests_together() -> None:
    found = case("run_length", "arl_western_electric_all4")
    lengths = [arl0_of(WESTERN_ELECTRIC, shift=m) for m in found["inputs"]["mu"]]
    assert lengths == pytest.approx(found["expected"], abs=0.006)


@pytest.mark.parametrize(
    ("numbers", "name"),
    [
        ((1, 2, 3, 4, 5, 6, 7, 8), "ARL0"),
        ((1, 2), "nelson_1_2"),
        ((1, 2, 3), "nelson_1_2_3"),
        ((1, 2, 3, 5, 6), "nelson_1_2_3_5_6"),
        ((1, 2, 5, 6), "WE_with_9_in_row"),
    ],
)
def test_sets_of_nelsons_tests(numbers: tuple[int, ...], name: str) -> None:
    expected = case("run_length", "arl_nelson_8rules")["expected"][name]
    rules = tuple(NELSON[i - 1] for i in numbers)
    assert arl0_of(rules) == pytest.approx(expected, rel=0.01)


ODD = (
    Rule("a", "three of four beyond 1.2 sigma", "beyond", n=4, k=3, zone=1.2),
    Rule("b", "four of six beyond 0.8 sigma, either side", "beyond", n=6, k=4, zone=0.8,
         either_side=True),
    Rule("c", "five within half a sigma", "within", n=5, zone=0.5),
)  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "shift"),
    [
        (WESTERN_ELECTRIC, 0.4),
        (ODD, 0.0),
        ((NELSON[2],), 0.0),
        ((NELSON[2], NELSON[3]), 0.0),
        ((NELSON[0], NELSON[2], NELSON[6]), 0.7),
        (NELSON, 0.3),
    ],
)
def test_the_chain_is_what_the_rules_themselves_find(rules: tuple[Rule, ...], shift: float) -> None:
    rng, span, streams = np.random.default_rng(17), 400, 4000
    z = rng.normal(shift, 1.0, (streams, span))
    begins = np.zeros(z.size, dtype=np.bool_)
    begins[::span] = True
    flagged = signals(z.ravel(), begins, rules).reshape(z.shape) > 0
    first = np.where(flagged.any(axis=1), flagged.argmax(axis=1) + 1, span + 1)
    length = run_length(RuleScheme(rules), shift)
    for t in (8, 15, 30, 60, 150, 400):
        found = np.mean(first <= t)
        assert length.cdf(t) == pytest.approx(found, abs=4.5 * (0.25 / streams) ** 0.5)


def test_limits_alone_are_a_shewhart_chart() -> None:
    scheme = RuleScheme(WESTERN_ELECTRIC[:1])
    assert arl(scheme, 0.7) == pytest.approx(arl(ShewhartScheme(), 0.7), rel=1e-9)
    assert steady_arl(scheme, 0.7) == pytest.approx(arl(ShewhartScheme(), 0.7), rel=1e-9)


def test_trends_do_not_ask_where_the_series_is() -> None:
    rules = (NELSON[2],)
    assert arl0_of(rules, shift=1.3) == pytest.approx(arl0_of(rules), rel=1e-5)
    # 1 / n! chances: a first run of three ends after e^1-like sums, here known exactly
    three = (Rule("t", "three in a row, rising or falling", "trend", n=3),)
    assert run_length(RuleScheme(three)).cdf(3) == pytest.approx(1 / 3, rel=1e-6)
    four = (Rule("t", "four in a row, rising or falling", "trend", n=4),)
    assert run_length(RuleScheme(four)).cdf(4) == pytest.approx(2 / 24, rel=1e-6)


def test_steady_states_of_rules() -> None:
    scheme = RuleScheme(WESTERN_ELECTRIC)
    conditional, cyclical = steady_arl(scheme, 1.0), steady_arl(scheme, 1.0, cyclical=True)
    assert conditional == pytest.approx(cyclical, rel=0.02)
    assert steady_arl(scheme, 0.0, cyclical=True) < arl(scheme)


def test_merged_states_are_few() -> None:
    assert RuleScheme(WESTERN_ELECTRIC).states == 215  # of 555 that the memory itself has
