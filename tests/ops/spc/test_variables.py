"""Charts of measured values against textbook figures: means, spread, three ways, short runs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.spc.design import ChartDesign, PartTarget, StreamLimits
from ops.spc.variables import factors
from tests.ops.spc.charted import judged, series_of, trial
from tests.reference import case

DATA = Path(__file__).parents[4] / "shared" / "data" / "spc_drift" / "qcc"


def test_factors_are_the_published_ones() -> None:
    reference = case("control_charts", "constants_A2_D3_D4_A3_B3_B4")
    for n, expected in reference["expected"].items():
        found = factors(int(n))
        for name, value in expected.items():
            assert found[name] == pytest.approx(value, abs=reference["tolerance"])


def _rings() -> tuple[list[float], list[str]]:
    path = DATA / "pistonrings.txt"
    if not path.exists():
        pytest.skip("the textbook data of ../shared/data/spc_drift are not there")
    rows = [row.split() for row in path.read_text().splitlines()[1:] if row.strip()]
    return [float(row[0]) for row in rows], [f"{int(row[1]):03d}" for row in rows]


def test_piston_rings_have_the_published_limits() -> None:
    value, sample = _rings()
    expected = case("control_charts", "montgomery_pistonrings_xbar_R_S")["expected"]
    qualified = series_of(value[:125], subgroup=sample[:125])
    design = trial(qualified, kind="xbar-r", subgroup="column")
    assert design.limits[0].center == pytest.approx(expected["center"], abs=1e-5)
    assert design.limits[0].sigma == pytest.approx(expected["sigma_R"], abs=1e-8)
    found = judged(qualified, design)
    assert found.line.lower[0] == pytest.approx(expected["xbar_LCL"], abs=1e-5)
    assert found.line.upper[0] == pytest.approx(expected["xbar_UCL"], abs=1e-5)
    assert found.sides[0].line.upper[0] == pytest.approx(expected["R_UCL"], abs=1e-5)
    assert found.sides[0].line.center[0] == pytest.approx(expected["Rbar"], abs=1e-5)
    assert found.sides[0].line.lower[0] == 0.0
    later = judged(series_of(value[125:], subgroup=sample[125:]), design)
    assert np.count_nonzero(later.flags & 1) == expected["phase2_beyond_limits"]
    s = judged(qualified, trial(qualified, kind="xbar-s", subgroup="column")).sides[0]
    assert s.line.center[0] == pytest.approx(expected["Sbar"], abs=1e-8)
    assert s.line.upper[0] == pytest.approx(2.089 * expected["Sbar"], rel=1e-4)  # B4


def test_individuals_have_textbook_limits_and_a_moving_range_chart() -> None:
    reference = case("spc", "montgomery_viscosity")  # Montgomery, table 6.6
    series = series_of(reference["inputs"]["x"])
    found = judged(series, trial(series))
    ranges = np.abs(np.diff(reference["inputs"]["x"]))
    assert found.line.upper[0] - found.line.center[0] == pytest.approx(
        2.66 * ranges.mean(), rel=1e-3
    )
    side = found.sides[0]
    assert side.line.upper[1] == pytest.approx(3.267 * ranges.mean(), rel=1e-3)
    assert np.isnan(side.line.statistic[0])
    assert not side.beyond[0]


def test_limits_step_with_the_size_and_z_does_not() -> None:
    limits = StreamLimits(center=10.0, sigma=2.0, n=25)
    design = ChartDesign(kind="xbar-s", subgroup="column", limits=(limits,))
    found = judged(series_of([10.0, 14.0, 12.0, 12.0, 12.0, 12.0], subgroup=list("aabbbb")), design)
    assert found.line.upper == pytest.approx([10 + 6 / np.sqrt(2), 13.0])
    assert found.line.z == pytest.approx([np.sqrt(2), 2.0])


def test_three_ways_tell_subgroups_that_differ_from_values_that_do() -> None:
    rng = np.random.default_rng(3)
    lot = rng.normal(0.0, 5.0, 60)
    value = np.repeat(lot, 5) + rng.normal(0.0, 1.0, 300)
    series = series_of(value, subgroup=[f"{i // 5:03d}" for i in range(300)])
    plain = judged(series, trial(series, kind="xbar-s", subgroup="column"))
    design = trial(series, kind="three-way", subgroup="column")
    found = judged(series, design)
    assert np.count_nonzero(plain.flags & 1) > 30
    assert np.count_nonzero(found.flags & 1) <= 2
    assert design.limits[0].sigma == pytest.approx(5.0, rel=0.2)
    assert design.limits[0].within == pytest.approx(1.0, rel=0.1)
    assert [side.name for side in found.sides] == ["moving range", "standard deviation"]
    counted = trial(series, kind="three-way", subgroup="count:5")
    assert [side.name for side in judged(series, counted).sides] == ["moving range", "range"]


def test_a_short_run_frees_each_value_of_its_part() -> None:
    parts = (PartTarget(level="A", target=100.0, sigma=2.0), PartTarget(level="B", target=10.0))
    limits = (StreamLimits(center=0.0, sigma=1.0, n=25),)
    series = series_of([104.0, 10.5, 7.0], part=["A", "B", "C"])
    nominal = ChartDesign(kind="short-run-nominal", part="part", parts=parts, limits=limits)
    assert judged(series, nominal).line.statistic[:2].tolist() == [4.0, 0.5]
    assert judged(series, nominal).judged.tolist() == [True, True, False]
    standard = nominal.model_copy(update={"kind": "short-run-standardized"})
    assert judged(series, standard).line.z[0] == 2.0
    assert judged(series, standard).judged.tolist() == [True, False, False]


def test_a_standardized_short_run_has_the_textbook_moving_range_limit() -> None:
    parts = (PartTarget(level="A", target=0.0, sigma=1.0),)
    design = ChartDesign(
        kind="short-run-standardized", part="part", parts=parts,
        limits=(StreamLimits(center=0.0, sigma=1.0, n=25),),
    )  # fmt: skip
    found = judged(series_of([0.0, 1.0], part=["A", "A"]), design)
    assert found.sides[0].line.upper[1] == pytest.approx(3.686, abs=5e-4)


@given(a=st.floats(0.1, 10), b=st.floats(-100, 100), seed=st.integers(0, 50))
def test_flags_survive_a_change_of_unit(a: float, b: float, seed: int) -> None:
    value = np.round(np.random.default_rng(seed).standard_t(3, 40), 3)
    plain, moved = series_of(value), series_of(a * value + b)
    one, two = judged(plain, trial(plain)), judged(moved, trial(moved))
    assert one.line.z == pytest.approx(two.line.z, abs=1e-6)
