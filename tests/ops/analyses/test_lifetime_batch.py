"""Lifetime batch: planted lots are named, and what cannot be told says why."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.lifetime_batch import LIFETIME_BATCH
from ops.analyses.lifetime_batch_result import LifetimeBatchResult
from ops.analyses.lifetime_batch_sample import sample_lots
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData
from ops.lifetime.data import life_data


def _computed(data: LifetimeData, **more: Any) -> LifetimeBatchResult:
    return LIFETIME_BATCH.compute(data, LIFETIME_BATCH.params(life_test="T", **more), silent)


def test_the_planted_lots_are_named_with_an_alert_each() -> None:
    found = _computed(sample_lots())
    worse = {p.name for p in found.shown if p.stands_out == "worse"}
    assert {"L008", "L024", "L042"} <= worse
    subjects = [v.subject for v in LIFETIME_BATCH.view(found).verdicts if v.subject]
    assert {s.factors["lot"] for s in subjects} == worse


@pytest.mark.parametrize("lots", [800, pytest.param(5000, marks=pytest.mark.long)])
def test_many_lots_fit_in_a_result_and_every_one_is_judged_by_the_target(lots: int) -> None:
    found = _computed(sample_lots(lots, 20), target=200.0)
    assert found.populations == lots
    assert len(found.shown) == 200
    assert found.left_out == lots - 200
    assert found.below is not None
    assert len(found.model_dump_json()) < 256 * 1024


def test_no_life_is_told_without_its_bound() -> None:
    found = _computed(sample_lots(40, 12))
    for lot in found.shown:
        assert (lot.life is None) == (lot.life_lower is None)
        if lot.failures < 3:
            assert lot.life is None
            assert lot.reason


def test_a_lot_without_failures_says_why_it_has_no_life() -> None:
    data = life_data([10.0, 12.0, 15.0, 20.0, 20.0, 20.0], [10.0, 12.0, 15.0, *[np.inf] * 3])
    two = replace(data, group=np.array([0, 0, 0, 1, 1, 1]), groups=("A", "B"))
    found = _computed(LifetimeData(code="T", life=two))
    b = next(p for p in found.shown if p.name == "B")
    assert "no unit has failed" in b.reason


def test_one_group_an_unknown_mode_and_no_units_are_refused() -> None:
    data = sample_lots(3, 10)
    assert data.life is not None
    with pytest.raises(NotEnoughData, match="needs 2 groups, got 1"):
        _computed(replace(data, life=data.life.of_group("L001")))
    with pytest.raises(BadData, match="no unit failed by the mode 'rust'"):
        _computed(data, mode="rust")
    with pytest.raises(NotEnoughData, match="no units"):
        _computed(LifetimeData())
