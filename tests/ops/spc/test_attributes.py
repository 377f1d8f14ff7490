"""Charts of counts against textbook figures; Laney's sigma; rare events; exact limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from ops.errors import BadData, NotEnoughData
from ops.spc.design import ChartDesign, StreamLimits
from tests.ops.spc.charted import judged, series_of, trial
from tests.reference import case

TAIL = stats.norm.sf(3.0)


def test_counts_have_the_published_limits() -> None:
    reference = case("control_charts", "nist_c_chart")
    series = series_of(reference["inputs"]["x"])
    found = judged(series, trial(series, kind="c")).line
    assert (found.center[0], found.lower[0], found.upper[0]) == (16.0, 4.0, 28.0)
    flags = judged(series, trial(series, kind="c")).flags & 1
    assert np.flatnonzero(flags).tolist() == [23]  # 31; the 28 on the limit is not beyond


def test_shares_have_the_published_limits() -> None:
    reference = case("control_charts", "nist_p_chart_orangejuice")
    counts, expected = reference["inputs"]["D"], reference["expected"]
    series = series_of(counts, n=[50.0] * 30)
    found = judged(series, trial(series, kind="p"))
    assert found.line.center[0] == pytest.approx(expected["pbar"], abs=1e-4)
    assert found.line.lower[0] == pytest.approx(expected["LCL"], abs=1e-4)
    assert found.line.upper[0] == pytest.approx(expected["UCL"], abs=1e-4)
    assert np.flatnonzero(found.flags & 1).tolist() == [14, 22]  # samples 15 and 23, as printed
    counted = judged(series, trial(series, kind="np")).line
    assert counted.upper == pytest.approx(50.0 * found.line.upper)


def test_defects_of_units_have_the_published_limits() -> None:
    reference = case("control_charts", "personal_computers_u")
    series = series_of(reference["inputs"]["x"], n=[5.0] * 20)
    found = judged(series, trial(series, kind="u")).line
    assert found.center[0] == pytest.approx(reference["expected"]["center"], abs=5e-3)
    assert found.upper[0] == pytest.approx(reference["expected"]["UCL"], abs=5e-3)
    assert found.lower[0] == pytest.approx(reference["expected"]["LCL"], abs=5e-3)


def test_limits_of_defects_step_with_the_area() -> None:
    reference = case("control_charts", "dyed_cloth_u")
    area = np.array(reference["inputs"]["n"])
    series = series_of(reference["inputs"]["x"], n=area.tolist())
    found = judged(series, trial(series, kind="u")).line
    center = reference["expected"]["total"] / reference["expected"]["area"]
    assert found.center == pytest.approx(np.full(10, center))
    assert found.upper == pytest.approx(center + 3 * np.sqrt(center / area))
    with pytest.raises(BadData, match="take a u chart"):
        trial(series, kind="c")


def test_laney_finds_no_scale_in_binomial_counts_and_takes_in_what_is_more() -> None:
    rng = np.random.default_rng(1)
    n = rng.integers(500, 5000, 2000).astype(float)
    plain = series_of(rng.binomial(n.astype(int), 0.1).astype(float), n=n.tolist())
    assert trial(plain, kind="laney-p").limits[0].scale == pytest.approx(1.0, abs=0.05)
    share = np.clip(rng.normal(0.1, 0.03, 2000), 0, 1)
    spread = series_of(rng.binomial(n.astype(int), share).astype(float), n=n.tolist())
    design = trial(spread, kind="laney-p")
    assert design.limits[0].scale > 2
    assert np.mean(judged(spread, trial(spread, kind="p")).flags & 1) > 0.2
    assert np.mean(judged(spread, design).flags & 1) < 0.02


@given(
    counts=st.lists(st.integers(0, 50), min_size=2, max_size=30),
    kind=st.sampled_from(["p", "u"]),
)
def test_laney_with_scale_one_is_the_plain_chart(counts: list[int], kind: str) -> None:
    series = series_of(counts, n=[50.0] * len(counts))
    limits = (StreamLimits(center=0.3, sigma=0.4, n=25),)
    plain = ChartDesign.model_validate({"kind": kind, "limits": limits})
    laney = plain.model_copy(update={"kind": f"laney-{kind}"})
    assert np.array_equal(judged(series, plain).line.z, judged(series, laney).line.z)


@pytest.mark.parametrize("p", [0.001, 0.05, 0.5, 0.97])
@pytest.mark.parametrize("n", [1, 20, 400])
def test_probability_limits_are_binomial_quantiles(p: float, n: int) -> None:
    limits = (StreamLimits(center=p, sigma=1.0, n=25),)
    design = ChartDesign(kind="np", probability=True, limits=limits)
    found = judged(series_of(np.arange(n + 1.0), n=[float(n)] * (n + 1)), design)
    assert found.line.lower[0] == stats.binom.ppf(TAIL, n, p)
    assert found.line.upper[0] == stats.binom.ppf(1 - TAIL, n, p)
    k = np.arange(n + 1)
    seldom = (stats.binom.cdf(k, n, p) < TAIL) | (stats.binom.sf(k - 1, n, p) < TAIL)
    assert ((found.flags & 1) > 0).tolist() == seldom.tolist()


@pytest.mark.parametrize("mean", [0.2, 4.0, 150.0])
def test_probability_limits_are_poisson_quantiles(mean: float) -> None:
    limits = (StreamLimits(center=mean, sigma=1.0, n=25),)
    found = judged(series_of([1.0]), ChartDesign(kind="c", probability=True, limits=limits)).line
    assert found.lower[0] == stats.poisson.ppf(TAIL, mean)
    assert found.upper[0] == stats.poisson.ppf(1 - TAIL, mean)


def test_units_between_events_are_geometric() -> None:
    limits = (StreamLimits(center=19.0, sigma=np.sqrt(19.0 * 20.0), n=25),)
    found = judged(series_of([0.0, 80.0]), ChartDesign(kind="g", limits=limits))
    assert found.line.upper[0] == pytest.approx(19.0 + 3 * np.sqrt(380.0))
    assert (found.flags & 1).tolist() == [0, 1]
    exact = judged(series_of([0.0]), ChartDesign(kind="g", probability=True, limits=limits)).line
    assert exact.upper[0] == stats.geom.ppf(1 - TAIL, 0.05) - 1
    assert exact.lower[0] == 0.0


def test_times_between_events_are_judged_where_they_are_normal() -> None:
    time = np.random.default_rng(2).exponential(30.0, 4000)
    series = series_of(time)
    found = judged(series, trial(series, kind="t"))
    assert np.mean(found.flags & 1) < 0.003
    assert found.line.upper[0] == pytest.approx(30.0 * -np.log(TAIL), rel=0.25)
    exact = judged(series, trial(series, kind="t", probability=True))
    assert exact.line.upper[0] == pytest.approx(time.mean() * -np.log(TAIL))
    assert exact.line.z == pytest.approx(stats.norm.ppf(stats.expon.cdf(time, scale=time.mean())))


@pytest.mark.parametrize(
    ("kind", "value", "n", "words"),
    [
        ("p", 11.0, 10.0, "up to its sample size"),
        ("u", 1.0, 0.0, "sample size above 0"),
        ("c", -1.0, 10.0, "at least 0"),
        ("t", -1.0, 1.0, "at least 0"),
    ],
)
def test_impossible_counts_are_named(kind: str, value: float, n: float, words: str) -> None:
    with pytest.raises(BadData, match=words):
        trial(series_of([1.0, value], n=[10.0, n]), kind=kind)


def test_no_event_at_all_sets_no_limits() -> None:
    with pytest.raises(NotEnoughData, match="no variation"):
        trial(series_of([0.0] * 9, n=[50.0] * 9), kind="p")
