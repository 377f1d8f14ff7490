"""The rule of promotion: nothing worse becomes the champion unless a person says why."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.classify.promotion import decide, headline
from tests.strategies import few


def metrics(value: float, **also: Any) -> dict[str, Any]:
    """Metrics of a version whose average precision is `value`."""
    score = {"value": value, "lower": value - 0.1, "upper": value + 0.1, "split": "time-ordered"}
    told = {"headline": "average_precision", "better": "high", "time_ordered": True, "base": 0.1}
    return {**told, "average_precision": score, "test": {"fingerprint": "t"}, **also}


def paired(lower: float, upper: float, against: int = 1) -> list[dict[str, Any]]:
    """One paired test."""
    return [{"against": against, "difference": 0.0, "lower": lower, "upper": upper}]


def test_better_on_the_same_rows_is_promoted() -> None:
    decision = decide(metrics(0.8), (1, metrics(0.7)))
    assert (decision.verdict, decision.allowed) == ("better", True)
    assert decision.evidence["candidate"]["value"] == 0.8
    assert decision.evidence["champion_version"] == 1


def test_refusal_tells_the_numbers() -> None:
    decision = decide(metrics(0.6), (4, metrics(0.7)))
    assert not decision.allowed
    assert decision.reason == "average_precision 0.6 against 0.7 of version 4: it must be higher"


@pytest.mark.parametrize(
    ("candidate", "champion", "said"),
    [
        ({}, metrics(0.7), "no headline score"),
        (metrics(0.8), {}, "the champion has no headline score"),
        (metrics(0.8, time_ordered=False), metrics(0.7), "its average_precision is not from a tim"),
        (metrics(0.8), metrics(0.7, time_ordered=False), "the champion's average_precision is not"),
        (metrics(0.8, test={"fingerprint": "other"}), metrics(0.7), "different test rows"),
        (metrics(0.8, test=None), metrics(0.7, test=None), "different test rows"),
        (metrics(0.8, headline="f1", f1={"value": 1}), metrics(0.7), "headline score is f1"),
        (metrics(float("nan")), metrics(0.7), "no headline score"),
        (metrics(0.7), metrics(0.7), "must be higher"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    candidate: dict[str, Any], champion: dict[str, Any], said: str
) -> None:
    decision = decide(candidate, (1, champion))
    assert not decision.allowed
    assert said in decision.reason


def test_paired_test_decides_where_there_is_one() -> None:
    better = metrics(0.8, test={"fingerprint": "other"}, paired=paired(0.01, 0.2))
    assert decide(better, (1, metrics(0.7))).verdict == "paired"
    worse = metrics(0.8, paired=paired(-0.2, -0.01))
    assert not decide(worse, (1, metrics(0.7))).allowed
    of_another = metrics(0.6, paired=paired(0.01, 0.2, against=2))
    assert not decide(of_another, (1, metrics(0.7))).allowed


def test_low_scores_win_where_low_is_better() -> None:
    brier = {"headline": "brier", "better": "low", "brier": {"value": 0.1}}
    assert decide(metrics(0, **brier), (1, metrics(0, **brier | {"brier": {"value": 0.2}}))).allowed
    below = metrics(0, **brier, paired=paired(-0.2, -0.1), test=None)
    assert decide(below, (1, metrics(0, **brier))).verdict == "paired"


def test_first_champion_beats_the_base_rate_in_time_order() -> None:
    assert decide(metrics(0.2), None).verdict == "first"
    assert "does not beat 0.1" in decide(metrics(0.05), None).reason
    assert "time-ordered" in decide(metrics(0.2, time_ordered=False), None).reason
    assert "base rate" in decide(metrics(0.2, base=None), None).reason
    assert "evaluate it" in decide({}, None).reason


def test_way_back_is_open() -> None:
    assert decide(metrics(0.6), (2, metrics(0.7)), was_champion=True).verdict == "back"


SCORES = st.floats(0, 1)


@given(
    value=SCORES, other=SCORES, ordered=st.booleans(), same=st.booleans(), high=st.booleans(),
    bounds=st.none() | st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted),
)  # fmt: skip
def test_nothing_worse_is_promoted_without_a_waiver(
    value: float, other: float, ordered: bool, same: bool, high: bool, bounds: list[float] | None
) -> None:
    told = {"better": "high" if high else "low", "time_ordered": ordered}
    fingerprint = {"fingerprint": "t" if same else "u"}
    tests = [] if bounds is None else paired(*bounds)
    candidate = metrics(value, **told, test=fingerprint, paired=tests)
    champion = (1, metrics(other, **told))
    decision = decide(candidate, champion)
    if decision.allowed:
        better = (value > other if high else value < other) and ordered and same
        beyond = bounds is not None and (bounds[0] > 0 if high else bounds[1] < 0)
        assert better or beyond
    assert decide(candidate, champion, waiver=" ").allowed == decision.allowed
    assert decide(candidate, champion, waiver="the tool was rebuilt").allowed


@few(60)
@given(st.dictionaries(st.sampled_from(["headline", "base", "test", "paired", "f1", "better"]),
                       st.none() | st.booleans() | st.text(max_size=3) | st.floats()
                       | st.lists(st.dictionaries(st.just("against"), st.integers()))))  # fmt: skip
def test_odd_metrics_are_refused_not_broken(odd: dict[str, Any]) -> None:
    assert not decide(odd, (1, metrics(0.5))).allowed
    assert headline({"headline": "f1", "f1": odd}) is None
