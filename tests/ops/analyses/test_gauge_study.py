"""Gauge studies from measured rows: each kind of study, what is missing, what is said."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.gauge_study import compute, needs
from ops.analyses.gauge_study_page import view
from ops.analyses.gauge_study_params import GaugeStudyParams
from ops.analyses.gauge_study_result import GaugeStudyResult
from ops.analyses.gauge_study_sample import sample_study
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.page_chart import Chart
from ops.page_table import Table
from ops.values import Factor, Measurements, Series, SpecLimits
from tests.reference import case


def _series(**change: Any) -> Series:
    return replace(sample_study().series[0], **change)


def _run(series: Series, **params: Any) -> GaugeStudyResult:
    chosen = GaugeStudyParams(characteristic="LOOP-H", **params)
    result = compute(Measurements((series,)), chosen, silent)
    assert GaugeStudyResult.model_validate_json(result.model_dump_json()) == result
    view(result)
    return result


def _aiag() -> Series:
    y = np.array(case("gauge", "grr_aiag_xbar_range")["inputs"]["y[op][trial][part]"])
    operator, _, part = (a.ravel() for a in np.indices(y.shape))
    return _series(
        value=y.ravel(),
        unit_id=Factor(part, tuple(f"P{i}" for i in range(10))),
        factors={"operator": Factor(operator, ("A", "B", "C"))},
        spec=SpecLimits(-4.0, 4.0),
    )


def test_the_published_study_is_conditional_with_four_categories() -> None:
    known = case("gauge", "grr_aiag_anova")["expected"]
    found = _run(_aiag())
    assert found.of_study is not None
    assert found.of_study.value is not None
    assert 100 * found.of_study.value == pytest.approx(known["pct_grr"], abs=0.005)
    assert found.distinct == 4
    assert found.verdict.level == "warn"
    assert "ndc 4 is below 5" in found.verdict.sentence
    assert found.of_tolerance is not None
    assert found.of_tolerance.value == pytest.approx(6 * known["gauge"] / 8, rel=1e-5)


def test_methods_agree_on_balanced_data() -> None:
    shares = [_run(_series(), method=method).of_study for method in ("anova", "reml", "range")]
    values = [s.value for s in shares if s is not None and s.value is not None]
    assert values[1] == pytest.approx(values[0], rel=0.05)
    assert values[2] == pytest.approx(values[0], rel=0.2)


def test_unbalanced_rows_fall_to_reml_and_rows_without_operator_are_counted() -> None:
    series = _series()
    codes = series.factors["operator"].codes.copy()
    codes[:4] = -1
    series = replace(series, factors={"operator": Factor(codes, ("OP-1", "OP-2", "OP-3"))})
    found = _run(series)
    assert (found.method, found.without, found.n) == ("reml", 4, 86)
    with pytest.raises(BadData, match="choose the method reml"):
        _run(series, method="anova")


def test_no_operator_at_all_is_one_operator() -> None:
    found = _run(_series(factors={}))
    assert found.operators == 1
    assert "reproducibility is not known" in found.note


def test_guard_bands_trade_one_risk_for_the_other() -> None:
    found = _run(_series(spec=SpecLimits(147.0, 153.0)))
    none, one, two = found.guard[:3]
    assert none.consumer > one.consumer > two.consumer
    assert none.producer < one.producer < two.producer
    assert one.lower is not None
    assert one.lower > 147.0
    assert found.verdict.level == "bad"
    assert _run(_series(spec=None)).guard == ()
    one_sided = _run(_series(spec=SpecLimits(upper=153.0)), tolerance=6.0)
    assert one_sided.guard[1].lower is None
    assert one_sided.tolerance == 6.0


def test_a_process_that_is_wider_than_the_parts_makes_the_gauge_look_finer() -> None:
    found = _run(_series(spec=None), process_sigma=10.0)
    assert found.of_process is not None
    assert found.of_study is not None
    assert found.of_process.value is not None
    assert found.of_study.value is not None
    assert found.of_process.value < found.of_study.value
    assert "of process" in found.verdict.sentence


def test_nested_and_expanded_studies() -> None:
    assert _run(_series(), study="nested").method == "anova, parts within operators"
    series = _series()
    day = Factor((np.arange(90) // 30).astype(np.int64), ("d1", "d2", "d3"))
    series = replace(series, factors={**series.factors, "day": day})
    found = _run(series, study="expanded", further=("day",))
    names = [s.name for s in found.sources if s.role != "sum"]
    assert names[:3] == ["part", "operator", "day"]


def test_type_one_says_bias_and_index() -> None:
    y = np.random.default_rng(2).normal(150.4, 0.2, 90)
    found = _run(_series(value=y), study="type-1", reference=150.0, resolution=0.1)
    assert found.type_one is not None
    assert found.type_one.cg.value == pytest.approx(0.2 * 24 / (6 * y.std(ddof=1)))
    assert "is not 0" in found.verdict.sentence
    assert found.verdict.level == "warn"
    coarse = _run(_series(value=y), study="type-1", reference=150.0, resolution=2.0)
    assert coarse.verdict.level == "bad"
    equal = _run(_series(value=np.full(90, 150.0)), study="type-1", reference=150.0)
    assert equal.verdict.level == "info"


def test_linearity_is_the_published_one() -> None:
    known = case("gauge", "linearity_aiag")
    y = np.array(known["inputs"]["measured"])
    master, _ = (a.ravel() for a in np.indices(y.shape))
    names = tuple(f"M{i}" for i in range(5))
    references = dict(zip(names, known["inputs"]["references"], strict=True))
    used = slice(0, 60)
    base = _series()
    series = replace(
        base,
        ts=base.ts[used],
        n=base.n[used],
        subgroup=base.subgroup.take(used),
        position=base.position.take(used),
        value=y.ravel(),
        unit_id=Factor(master, names),
        factors={},
    )
    found = _run(series, study="linearity", references=references)
    assert found.linearity is not None
    assert found.linearity.percent == pytest.approx(13.17, abs=0.005)
    assert found.verdict.level == "bad"
    with pytest.raises(BadData, match="1 parts have no reference"):
        _run(series, study="linearity", references={n: references[n] for n in names[1:]})


def test_stability_finds_a_drift() -> None:
    steady = np.random.default_rng(1).normal(0.0, 1.0, 90)
    found = _run(_series(value=steady + 0.05 * np.arange(90)), study="stability", reference=0.0)
    assert found.stability is not None
    assert "drifts by" in found.verdict.sentence
    assert found.verdict.level == "bad"


def test_means_are_never_charted_with_limits_of_the_specification() -> None:
    result = compute(sample_study(), GaugeStudyParams(characteristic="LOOP-H"), silent)
    layers = [
        layer
        for section in view(result).sections
        for block in section.blocks
        if isinstance(block, Chart)
        for layer in block.layers
    ]
    assert layers
    assert all(layer.role != "spec" for layer in layers)


def test_sources_stand_in_the_unit_of_the_gauge() -> None:
    result = compute(sample_study(), GaugeStudyParams(characteristic="LOOP-H"), silent)
    blocks = [block for section in view(result).sections for block in section.blocks]
    found = next(b for b in blocks if isinstance(b, Table) and b.title == "Sources of variation")
    units = {c.label: c.unit for c in found.columns}
    assert units["Sigma"] == units["from"] == units["to"] == result.unit == "um"


def test_equal_values_have_no_verdict() -> None:
    found = _run(_series(value=np.full(90, 150.0), spec=None))
    assert found.verdict.level == "info"
    assert found.distinct is None


def test_what_is_missing_is_named() -> None:
    with pytest.raises(NotEnoughData, match="check part 'wafer'"):
        _run(_series(), part="wafer")
    with pytest.raises(BadData, match="name one site"):
        compute(Measurements((_series(), _series())), GaugeStudyParams(characteristic="X"), silent)
    with pytest.raises(BadData, match="needs both limits"):
        _run(_series(spec=None), study="type-1", reference=150.0)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"study": "type-1"}, "needs the reference"),
        ({"study": "linearity"}, "references at 2 values"),
        ({"study": "expanded", "method": "anova"}, "fitted by reml"),
        ({"study": "nested", "method": "range"}, "no range method"),
        ({"accept": 0.4}, "is not below reject"),
    ],
)
def test_parameters_that_do_not_fit_together_are_refused(params: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        GaugeStudyParams(characteristic="X", **params)


def test_the_query_names_factors_and_not_columns() -> None:
    query = needs(GaugeStudyParams(characteristic="X", operator="tool", further=("day",)))
    assert query.factors == ("tool", "day")
