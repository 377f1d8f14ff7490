from dataclasses import replace

import numpy as np
import pytest

from ops.analyses.tool_matching import TOOL_MATCHING, ToolMatchingParams
from ops.analyses.tool_matching_result import ToolMatchingResult
from ops.analyses.tool_matching_sample import sample_fleet
from ops.analysis import silent
from ops.errors import NotEnoughData
from ops.page_chart import Chart
from ops.page_table import Matrix
from ops.values import Factor, Measurements


def matched(data: Measurements, **changes: object) -> ToolMatchingResult:
    return TOOL_MATCHING.compute(data, ToolMatchingParams.model_validate(changes), silent)


def test_the_tool_that_left_is_one_alert() -> None:
    found = matched(sample_fleet())
    fleet = found.characteristics[0]
    assert (fleet.fleet, fleet.left, fleet.matched) == (8, 1, 7)
    assert (fleet.margin, fleet.margin_from) == (1.0, "tolerance")
    verdict = fleet.verdicts[0]
    assert verdict.level == "bad"
    assert "WB-05 stands 2.0" in verdict.sentence
    assert "above the fleet of 8 tools" in verdict.sentence
    assert verdict.subject is not None
    assert verdict.subject.factors == {"tool": "WB-05"}
    assert verdict.subject.mechanism == "level"


def test_a_matched_fleet_is_a_finding() -> None:
    fleet = matched(sample_fleet(offset=0.0)).characteristics[0]
    assert fleet.verdicts[0].level == "good"
    assert "all 8 tools match the fleet within 1.00 um" in fleet.verdicts[0].sentence


def test_a_golden_tool_is_named() -> None:
    found = matched(sample_fleet(), golden="WB-05")
    fleet = found.characteristics[0]
    assert fleet.left == 7
    assert "below the golden tool WB-05" in fleet.verdicts[0].sentence
    good = matched(sample_fleet(offset=0.0), golden="WB-01").characteristics[0]
    assert "all 7 tools match WB-01" in good.verdicts[0].sentence


def test_without_a_tolerance_the_margin_is_a_share_of_the_scatter() -> None:
    series = sample_fleet().series[0]
    fleet = matched(Measurements((replace(series, spec=None),))).characteristics[0]
    assert fleet.margin_from == "scatter"
    assert 0.3 < fleet.margin < 1.5
    given = matched(sample_fleet(), margin=3.0).characteristics[0]
    assert (given.margin, given.margin_from, given.left) == (3.0, "given", 0)


def test_the_page_shows_intervals_and_pairs() -> None:
    page = TOOL_MATCHING.view(matched(sample_fleet()))
    blocks = page.sections[0].blocks
    chart = next(b for b in blocks if isinstance(b, Chart))
    assert [layer.mark for layer in chart.layers] == ["spans", "points", "points", "rule", "rule"]
    matrix = next(b for b in blocks if isinstance(b, Matrix))
    assert matrix.rows[0] == "WB-05"
    assert set(matrix.tints[0]) == {0, -2}


def test_very_many_characteristics_stay_small() -> None:
    series = sample_fleet(units=20).series[0]
    many = [
        replace(series, characteristic=replace(series.characteristic, id=i, code=f"C{i:03d}"))
        for i in range(12)
    ]
    found = matched(Measurements(tuple(many)))
    assert len(found.characteristics) == 12
    in_full = sum(len(c.model_dump_json()) for c in found.characteristics[:5])
    brief = sum(len(c.model_dump_json()) for c in found.characteristics[5:]) / 7
    assert in_full + 95 * brief < 256 * 1024
    assert TOOL_MATCHING.view(found).sections[-2].title == "Other characteristics"


def test_what_cannot_be_matched_is_listed_with_its_reason() -> None:
    series = sample_fleet().series[0]
    other = replace(series, characteristic=replace(series.characteristic, code="X"), factors={})
    found = matched(Measurements((series, other)), characteristics=("LOOP-H", "X", "Y"))
    assert [(n.code, n.reason.split(";")[0]) for n in found.not_matched] == [
        ("X", "no factor tool"),
        ("Y", "no values in the window, or no such characteristic"),
    ]
    with pytest.raises(NotEnoughData, match="no characteristic has tools to compare"):
        matched(Measurements((other,)))
    none = replace(series, factors={"tool": Factor(np.full(series.ts.size, -1), ())})
    with pytest.raises(NotEnoughData, match="needs 3 tools"):
        matched(Measurements((none,)))
    huge = replace(series, value=series.value * 1e200)
    with pytest.raises(NotEnoughData, match="cannot be squared"):
        matched(Measurements((huge,)))


def test_a_golden_tool_without_values_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="golden tool WB-99 has no values"):
        matched(sample_fleet(), golden="WB-99")
