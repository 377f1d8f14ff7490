"""Run rules: the published run lengths, the stated conventions, and a plain oracle."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from ops.errors import BadData
from ops.spc.design import ChartDesign, StreamLimits
from ops.spc.rules import (
    AIAG,
    LIMITS_ONLY,
    NELSON,
    RULES,
    WESTERN_ELECTRIC,
    Rule,
    RuleChoice,
    chosen,
    signals,
)
from ops.values import BoolArray, FloatArray
from tests.reference import case
from tests.strategies import few

STREAMS = 6_000
_ARL = case("spc", "arl_run_rules_champ_woodall")
_MU = _ARL["inputs"]["mu"]


def run_lengths(rules: tuple[Rule, ...], mu: float, length: int) -> FloatArray:
    """First signal of each of many independent streams; all of them have one within `length`.

    Stretch by stretch, and on with the streams that have none yet: of what is behind a stream,
    the last points that a rule still looks at are enough.
    """
    rng, reach = np.random.default_rng(7), max(rule.n for rule in rules) - 1
    found, silent = np.full(STREAMS, float(length)), np.arange(STREAMS)
    z = np.empty((STREAMS, 0))
    for past in range(0, length, length // 12):
        kept = min(reach, z.shape[1])
        new = rng.normal(mu, 1.0, (silent.size, length // 12))
        z = np.hstack([z[:, z.shape[1] - kept :], new])
        begins = np.zeros(z.shape, dtype=np.bool_)
        begins[:, 0] = True
        flagged = signals(z.ravel(), begins.ravel(), rules).reshape(z.shape) > 0
        heard = flagged.any(axis=1)
        found[silent[heard]] = past - kept + flagged[heard].argmax(axis=1) + 1.0
        z, silent = z[~heard], silent[~heard]
    assert silent.size < 0.001 * STREAMS
    return found


@pytest.mark.parametrize("mu", [0.6, 1.0, 2.0, 3.0])
@pytest.mark.parametrize(
    ("name", "places"), [("C1", (0,)), ("C12", (0, 1)), ("C13", (0, 2)), ("C14", (0, 3))]
)
def test_zone_rules_have_the_run_lengths_of_champ_and_woodall(
    name: str, places: tuple[int, ...], mu: float
) -> None:
    published = _ARL["expected"][name][_MU.index(mu)]
    found = run_lengths(tuple(WESTERN_ELECTRIC[i] for i in places), mu, int(12 * published) + 20)
    error = found.std() / np.sqrt(STREAMS)
    assert abs(found.mean() - published) < 4 * error + 0.006


def test_all_western_electric_rules_together_raise_a_false_alarm_every_92_points() -> None:
    found = run_lengths(WESTERN_ELECTRIC, 0.0, 1000)
    published = case("spc", "arl_western_electric_all4")["expected"][0]
    assert abs(found.mean() - published) < 4 * found.std() / np.sqrt(STREAMS)


@pytest.mark.parametrize(
    ("places", "key"),
    [(range(8), "ARL0"), ((0, 1, 2), "nelson_1_2_3"), ((0, 1, 2, 4, 5), "nelson_1_2_3_5_6")],
)
def test_nelson_rules_have_their_simulated_run_lengths(places: range, key: str) -> None:
    known = case("spc", "arl_nelson_8rules")["expected"][key]
    found = run_lengths(tuple(NELSON[i] for i in places), 0.0, 1400)
    assert abs(found.mean() - known) < 4 * found.std() / np.sqrt(STREAMS) + 0.01 * known


def test_a_run_is_flagged_where_it_is_complete_and_ends_with_the_side() -> None:
    known = case("spc", "we_rule4_qcc3")
    z = np.array(known["inputs"]["x"])
    flags = signals(z, _one_segment(z.size), (WESTERN_ELECTRIC[3],))
    assert (np.flatnonzero(flags) + 1).tolist() == known["expected"]["flagged_1based"]


def test_a_value_on_a_limit_is_not_beyond_it() -> None:
    z = np.array([3.0, -3.0, np.nextafter(3.0, 4.0)])
    assert signals(z, _one_segment(3), LIMITS_ONLY).tolist() == [0, 0, 1]


def test_a_point_that_is_not_beyond_takes_no_part_in_two_of_three() -> None:
    z = np.array([2.5, 2.5, 0.0, 2.5])
    assert signals(z, _one_segment(4), (NELSON[4],)).tolist() == [0, 1, 0, 1]


def test_no_pattern_reaches_across_a_segment() -> None:
    z = np.full(16, 0.5)
    begins = _one_segment(16)
    begins[8] = True
    assert not signals(z, begins, (NELSON[1],)).any()


def test_a_missing_value_breaks_nothing_and_ends_a_run() -> None:
    z = np.full(12, 0.5)
    z[6] = np.nan
    assert not signals(z, _one_segment(12), (NELSON[1],)).any()


def test_too_many_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 16 rules"):
        signals(np.zeros(1), _one_segment(1), NELSON * 3)


_Z = arrays(np.float64, st.integers(0, 60), elements=st.sampled_from(
    [-3.5, -2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.5, 3.5]))  # fmt: skip


HUGGING = (
    Rule("limits", "two of three from 2 to 3 sigma", "hugging", n=3, k=2, zone=2.0),
    Rule("mixture", "m", "hugging", n=5, k=3, zone=1.0, limit=2.0, either_side=True),
)


@few(60)
@given(z=_Z, data=st.data())
@pytest.mark.parametrize("rule", [*NELSON, *HUGGING], ids=lambda rule: rule.id)
def test_each_rule_agrees_with_its_plain_reading(
    rule: Rule, z: FloatArray, data: st.DataObject
) -> None:
    begins = np.array(data.draw(st.lists(st.booleans(), min_size=z.size, max_size=z.size)), bool)
    begins[:1] = True
    found = signals(z, begins, (rule,)) > 0
    assert found.tolist() == [_plainly(z, begins, i, rule) for i in range(z.size)]


@given(z=_Z)
def test_turning_the_series_upside_down_changes_no_flag(z: FloatArray) -> None:
    begins = _one_segment(z.size)
    assert signals(z, begins).tolist() == signals(-z, begins).tolist()


@given(z=_Z, cut=st.integers(1, 59))
def test_later_points_change_no_earlier_flag(z: FloatArray, cut: int) -> None:
    whole = signals(z, _one_segment(z.size))[:cut]
    assert whole.tolist() == signals(z[:cut], _one_segment(min(cut, z.size))).tolist()


def _one_segment(n: int) -> BoolArray:
    begins = np.zeros(n, dtype=np.bool_)
    begins[:1] = True
    return begins


def _plainly(z: FloatArray, begins: BoolArray, i: int, rule: Rule) -> bool:
    """Read the last `n` points of the segment of point i with plain loops."""
    start = max(j for j in range(i + 1) if begins[j])
    last = [float(v) for v in z[max(start, i - rule.n + 1) : i + 1]]
    full = len(last) == rule.n
    steps = [b - a for a, b in itertools.pairwise(last)]
    if rule.pattern == "beyond":
        sides = [[abs(v) for v in last]] if rule.either_side else [last, [-v for v in last]]
        return any(s[-1] > rule.zone and sum(v > rule.zone for v in s) >= rule.k for s in sides)
    if rule.pattern == "hugging":
        sides = [[abs(v) for v in last]] if rule.either_side else [last, [-v for v in last]]
        near = [[rule.zone < v <= rule.limit for v in s] for s in sides]
        return any(s[-1] and sum(s) >= rule.k for s in near)
    if rule.pattern == "same-side":
        return full and (all(v > 0 for v in last) or all(v < 0 for v in last))
    if rule.pattern == "within":
        return full and all(abs(v) < rule.zone for v in last)
    if rule.pattern == "trend":
        return full and (all(s > 0 for s in steps) or all(s < 0 for s in steps))
    return full and all(a * b < 0 for a, b in itertools.pairwise(steps))


def test_a_rule_is_data() -> None:
    seven = replace(NELSON[1], n=7)
    z = np.full(7, 0.1)
    assert signals(z, _one_segment(7), (seven,)).tolist() == [0] * 6 + [1]


def test_every_rule_of_every_set_has_an_id_of_its_own() -> None:
    ids = [rule.id for rules in RULES.values() for rule in rules]
    assert len(set(ids)) == len(ids)
    assert [rule.id for rule in AIAG] == [f"aiag-{i}" for i in range(1, 9)]


def test_aiag_differs_from_nelson_in_the_length_of_a_run() -> None:
    differs = [
        (a.n, b.n)
        for a, b in zip(AIAG, NELSON, strict=True)
        if (a.pattern, a.n, a.k, a.zone, a.either_side)
        != (b.pattern, b.n, b.k, b.zone, b.either_side)
    ]
    assert differs == [(7, 9)]


def test_each_rule_has_its_own_switch_and_custom_ones_follow() -> None:
    own = Rule("ten of eleven", "ten of eleven points on one side", "beyond", n=11, k=10)
    choice = RuleChoice(set="western-electric", off=("we-2", "we-3"), custom=(own,))
    assert [rule.id for rule in choice.rules()] == ["we-1", "we-4", "custom-ten-of-eleven"]
    assert RuleChoice.model_validate_json(choice.model_dump_json()) == choice
    assert RuleChoice(set="none").rules() == ()


def test_a_choice_that_cannot_be_made_says_why() -> None:
    with pytest.raises(BadData, match="no rule 'we-9' in western-electric; it has we-1"):
        chosen("western-electric", ("we-9",))
    with pytest.raises(BadData, match="custom-a' comes twice"):
        chosen("none", custom=(Rule("a", "a", "trend", n=3),) * 2)
    many = tuple(Rule(f"r{i}", "r", "trend", n=i + 2) for i in range(9))
    with pytest.raises(BadData, match="at most 16 rules at once, got 17"):
        chosen("nelson", custom=many)
    with pytest.raises(ValueError, match="no rule 'x'"):
        RuleChoice(off=("x",))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"pattern": "beyond", "n": 3, "k": 4}, "k is 4; it is 1 to n = 3"),
        ({"pattern": "beyond", "n": 101, "k": 4}, "n is 101; beyond spans 1 to 100"),
        ({"pattern": "trend", "n": 1}, "n is 1; trend spans 2 to 100"),
        ({"pattern": "within", "n": 5}, "nothing lies within 0 sigma"),
        ({"pattern": "beyond", "n": 3, "k": 2, "zone": -1.0}, "zone is -1.0; it is 0 sigma"),
        ({"pattern": "beyond", "n": 3, "k": 2, "zone": float("nan")}, "zone is nan"),
        ({"pattern": "hugging", "n": 3, "k": 2, "zone": 3.0}, "limit 3.0 is not above zone 3.0"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Rule("x", "x", **wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_a_design_stored_before_rules_had_ids_is_still_read() -> None:
    design = ChartDesign(limits=(StreamLimits(center=0.0, sigma=1.0, n=25),))
    old = design.model_dump(mode="json")
    for rule in old["rules"]:
        del rule["id"], rule["limit"]
    read = ChartDesign.model_validate(old)
    assert [rule.sentence for rule in read.rules] == [rule.sentence for rule in NELSON]
    assert ChartDesign.model_validate_json(design.model_dump_json()) == design
