"""The screen of a plant: chance raises a thousand alarms and no finding; shifts are found."""

import numpy as np
import pytest

from ops.analyses.stream_screen import StreamScreenParams, compute, needs
from ops.analyses.stream_screen_page import view
from ops.analyses.stream_screen_result import StreamScreenResult
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.page_table import Table
from ops.spc.rules import RuleChoice
from ops.values import Characteristic, Factor, Measurements, Series

_NONE = Factor(np.zeros(0, dtype=np.int64), ())
MINUTE = 60_000_000


def plant(values: np.ndarray, code: str = "LOOP-H") -> Series:
    """One characteristic; row i of `values` is what the i-th tool measured, minute by minute."""
    tools, n = values.shape
    return Series(
        characteristic=Characteristic(1, "PG1", code, "Loop height", "um"),
        ts=np.repeat(np.arange(n, dtype=np.int64) * MINUTE, tools),
        value=values.T.ravel(),
        n=np.ones(values.size),
        subgroup=_NONE,
        unit_id=_NONE,
        position=_NONE,
        factors={
            "tool": Factor(
                np.tile(np.arange(tools, dtype=np.int64), n),
                tuple(f"WB-{i:05d}" for i in range(tools)),
            )
        },
    )


def screened(values: np.ndarray, **params: object) -> StreamScreenResult:
    given = StreamScreenParams.model_validate({"baseline_share": 2 / 3, **params})
    return compute(Measurements((plant(values),)), given, silent)


@pytest.fixture(scope="module")
def in_control() -> np.ndarray:
    return np.random.default_rng(1264).normal(150.0, 2.0, (10_000, 150))


def test_ten_thousand_streams_in_control_raise_alarms_but_no_finding(
    in_control: np.ndarray,
) -> None:
    found = screened(in_control)
    limits = found.charts[0]
    assert (found.streams, found.n, limits.known) == (10_000, 50, pytest.approx(1264, abs=0.5))
    assert limits.found > 1264
    for chart in found.charts:
        assert chart.found == pytest.approx(chart.expected, rel=0.06)
    assert found.autocorrelated == pytest.approx(500, rel=0.2)
    assert found.found <= 1
    assert len(found.findings) == found.found
    tables = [b for s in view(found).sections for b in s.blocks if isinstance(b, Table)]
    assert max(len(table.rows) for table in tables) < 10


def test_twenty_shifted_streams_are_found_among_ten_thousand(in_control: np.ndarray) -> None:
    moved = in_control.copy()
    moved[:20, 100:] += 3.0
    found = screened(moved)
    shifted = {f"WB-{i:05d}" for i in range(20)}
    named = [finding.level for finding in found.findings]
    assert len(shifted & set(named)) >= 18
    assert len(set(named) - shifted) <= 3
    first = found.findings[0]
    assert first.shift_lower < 3.0 < first.shift_upper or first.shift > 3.0
    said = view(found).verdicts[0].sentence
    assert "of 10000 streams are beyond 3 sigma" in said
    assert "stand after control of false findings at 5 %" in said


def test_the_stricter_control_keeps_no_more_findings(in_control: np.ndarray) -> None:
    moved = in_control[:500].copy()
    moved[:20, 100:] += 2.0
    strict = screened(moved, control="benjamini-yekutieli")
    assert 0 < strict.found <= screened(moved).found


def test_a_trend_is_named_by_its_drift_and_an_outlier_by_its_distance() -> None:
    x = np.random.default_rng(2).normal(0.0, 1.0, (50, 300))
    x[3, 200:] += np.linspace(-4, 4, 100)
    x[4, 250] = 15.0
    by_level = {f.level: f for f in screened(x).findings}
    assert by_level["WB-00003"].strongest == "slope"
    assert by_level["WB-00003"].drift == pytest.approx(8.0, abs=1.5)
    assert by_level["WB-00004"].strongest == "outlier"
    assert "nelson-1" in by_level["WB-00004"].rules


def test_the_last_stretch_of_time_can_be_judged() -> None:
    x = np.random.default_rng(3).normal(size=(2, 120))
    found = screened(x, judge_last="1h")
    assert (found.n, found.baseline_n) == (60, 60)


def test_streams_that_cannot_be_judged_are_counted() -> None:
    x = np.random.default_rng(4).normal(size=(3, 60))
    x[1] = 5.0
    short = plant(x[:1, :20], "BALL-D")
    params = StreamScreenParams(min_baseline=20)
    found = compute(Measurements((plant(x), short)), params, silent)
    assert (found.streams, found.constant, found.too_few) == (2, 1, 1)


def test_without_a_stream_to_judge_there_is_no_result() -> None:
    data = Measurements((plant(np.zeros((2, 60))),))
    with pytest.raises(NotEnoughData, match="0 with fewer, 2 without spread"):
        compute(data, StreamScreenParams(), silent)


def test_rules_can_be_switched_off() -> None:
    x = np.random.default_rng(5).normal(size=(200, 150))
    only = RuleChoice(set="none").model_dump()
    found = screened(x, rules=only)
    assert found.charts[1].found == 0
    assert found.charts[1].expected == 0.0


def test_the_query_reads_no_more_than_values_and_the_stream() -> None:
    query = needs(StreamScreenParams())
    assert (query.columns, query.factors) == (frozenset(), ("tool",))
    assert needs(StreamScreenParams(stream="")).factors == ()


def test_a_result_of_many_findings_stays_small() -> None:
    x = np.random.default_rng(6).normal(size=(400, 100))
    x[:, 70:] += 5.0
    found = screened(x)
    assert found.found == 400
    assert len(found.findings) == 100
    assert len(found.model_dump_json()) < 256 * 1024
