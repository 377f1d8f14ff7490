"""Findings of a night keep their share of false ones, and the streams behind them are named."""

import numpy as np
import pytest
from scipy.special import ndtr

from ops.drift.night_control import night_findings, night_level, shard_of, simes_of
from ops.spc.false_findings import adjusted

MOVED = 8


def test_one_stream_and_mechanism_each_is_benjamini_and_hochberg() -> None:
    p = np.random.default_rng(1).random(200) ** 3
    zero = np.zeros(200, dtype=np.int64)
    found = night_findings(p, tool=np.arange(200), mechanism=zero, level=0.1)
    assert found.tool.tolist() == np.flatnonzero(adjusted(p) <= 0.1).tolist()
    assert found.expected_false == pytest.approx(0.1 * found.tool.size)


def test_findings_and_tools_keep_the_share_of_false_ones() -> None:
    rng = np.random.default_rng(2)
    tool = np.repeat(np.arange(30), 6)
    mechanism = np.tile(np.repeat(np.arange(2), 3), 30)
    false_findings, false_tools, hit = [], [], []
    for _ in range(600):
        z = 0.6 * rng.normal(size=(30, 6)) + 0.8 * rng.normal(size=(30, 1))
        z[:MOVED, :3] += 4.0
        found = night_findings(ndtr(-z).ravel(), tool=tool, mechanism=mechanism, level=0.1)
        false = (found.tool >= MOVED) | (found.mechanism == 1)
        tools = np.unique(found.tool)
        false_findings.append(false.sum() / max(1, false.size))
        false_tools.append((tools >= MOVED).sum() / max(1, tools.size))
        hit.append((~false).sum() / MOVED)
    error = np.std(false_findings) / 600**0.5
    assert np.mean(false_findings) < 0.1 + 2 * error
    assert np.mean(false_tools) < 0.1 + 2 * error
    assert np.mean(hit) > 0.9


def test_streams_within_a_finding_are_named() -> None:
    p = np.array([1e-9, 0.6, 0.3, 0.7])
    found = night_findings(
        p, tool=np.array([4, 4, 5, 5]), mechanism=np.array([1, 1, 1, 1]), level=0.003
    )
    assert (found.tool.tolist(), found.mechanism.tolist()) == ([4], [1])
    assert found.stands.tolist() == [True, False, False, False]
    assert found.tested == 2


def test_nothing_stands_where_nothing_is_small() -> None:
    found = night_findings(
        np.ones(4), tool=np.arange(4), mechanism=np.zeros(4, dtype=np.int64), level=0.1
    )
    assert found.tool.size == 0
    assert not found.stands.any()


def test_nothing_tested_finds_nothing() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert night_findings(np.zeros(0), tool=none, mechanism=none, level=0.1).tested == 0


def test_tools_are_dealt_to_all_shards_and_each_to_one() -> None:
    dealt = [shard_of(f"PG1/WB-{i:02}", 4) for i in range(100)]
    assert dealt == [shard_of(f"PG1/WB-{i:02}", 4) for i in range(100)]
    assert min(np.bincount(dealt, minlength=4)) > 10


def test_levels_of_all_nights_and_shards_sum_to_the_promise() -> None:
    assert 30 * 4 * night_level(0.1, nights=30, shards=4) == pytest.approx(0.1)


def test_simes_of_groups() -> None:
    p = np.array([0.04, 0.5, 0.01, 0.02])
    assert simes_of(p, np.array([0, 1, 0, 1]), 2) == pytest.approx([0.02, 0.04])
