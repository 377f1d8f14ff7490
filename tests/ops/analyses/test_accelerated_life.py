"""Accelerated life: planted truth is found, wrong use is refused, nothing stands without bounds."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from ops.analyses.accelerated_life import ACCELERATED_LIFE
from ops.analyses.accelerated_life_params import AcceleratedLifeParams
from ops.analyses.accelerated_life_result import AcceleratedLifeResult, AcceleratedMode
from ops.analyses.accelerated_life_sample import sample_temperatures
from ops.analysis import silent
from ops.errors import BadData, NotEnoughData
from ops.life_query import LifetimeData
from ops.page_chart import Chart
from ops.page_table import Table
from ops.simulate.life import LifeTestPlan
from tests.ops.lifetime.accelerated.samples import device, fluid

BOTH = {"families": {"heel-crack": "lognormal"}, "resamples": 0}


def computed(data: LifetimeData, **more: Any) -> AcceleratedLifeResult:
    params = AcceleratedLifeParams.model_validate({"life_test": "T", "resamples": 0} | more)
    return ACCELERATED_LIFE.compute(data, params, silent)


def sentences(result: AcceleratedLifeResult) -> list[str]:
    return [v.sentence for v in ACCELERATED_LIFE.view(result).verdicts]


def of(result: AcceleratedLifeResult, mode: str) -> AcceleratedMode:
    return next(m for m in result.modes if m.mode == mode)


def plain(**more: Any) -> AcceleratedLifeResult:
    return computed(LifetimeData(code="A", life=device()), use={"temperature": 10.0}, **more)


def test_planted_activation_energies_lie_within_their_intervals() -> None:
    many = replace(LifeTestPlan(), products=("QFN32-CU20",), units=400)
    found = computed(sample_temperatures(many, seed=3), **BOTH)
    for mode, ev in (("ball-lift", 0.9), ("heel-crack", 0.35)):
        (ea,) = of(found, mode).constants
        assert ea.lower < ev < ea.upper
        assert of(found, mode).poolable


def test_the_planted_life_in_use_lies_within_its_interval() -> None:
    many = replace(LifeTestPlan(), products=("QFN32-CU20",), units=400)
    found = computed(sample_temperatures(many, seed=3), shares=(0.1,), **BOTH)
    apart = (1 / 398.15 - 1 / 448.15) / 8.617333262e-5
    truth = 1900.0 * np.exp(0.9 * apart) * (-np.log(0.9)) ** (1 / 2.8)
    (life,) = of(found, "ball-lift").lives
    assert life.lower < truth < life.upper
    (together,) = found.together
    assert together.estimate < min(m.lives[0].estimate for m in found.modes)


def test_the_verdict_compares_with_what_is_required() -> None:
    short = sentences(computed(sample_temperatures(), required_life=50000.0, **BOTH))[0]
    assert "1 % fail not before" in short
    assert "does not reach the 50000 h that are required" in short
    enough = ACCELERATED_LIFE.view(plain(required_life=1000.0, family="lognormal")).verdicts[0]
    assert enough.level == "good"


def test_cells_that_do_not_scatter_alike_are_not_relied_on() -> None:
    data = LifetimeData(code="F", life=fluid())
    asked: dict[str, Any] = {"model": "inverse-power", "use": {"voltage": 20.0}}
    bad = computed(data, family="lognormal", **asked)
    assert bad.modes[0].poolable is False
    said = " ".join(sentences(bad))
    assert "should not be pooled: common shape p 0.010, lack of fit p 0.770" in said
    assert "not to be relied on" in said
    assert computed(data, family="weibull", **asked).modes[0].poolable is True


def test_a_constant_without_a_unit_is_told_without_a_gap() -> None:
    asked: dict[str, Any] = {"model": "inverse-power", "use": {"voltage": 20.0}}
    known = [{"symbol": "n", "value": 17.7, "lower": 14.6, "upper": 21.0, "source": "handbook"}]
    for more in ({}, {"constants": known}):
        said = sentences(computed(LifetimeData(code="F", life=fluid()), **asked, **more))
        assert any("n = 17.7" in one for one in said)
        assert not any("  " in one for one in said)


def test_the_use_condition_comes_from_the_document_unless_it_is_given() -> None:
    assert computed(sample_temperatures(), **BOTH).use[0].level == 125.0
    given = computed(
        sample_temperatures(), use={"temperature": 373.15}, units={"temperature": "K"}, **BOTH
    )
    celsius = computed(sample_temperatures(), use={"temperature": 100.0}, **BOTH)
    ours, theirs = (r.modes[0].lives[0].estimate for r in (given, celsius))
    assert ours == pytest.approx(theirs)


def test_an_assumed_constant_is_told_with_its_range_and_source() -> None:
    ea = {"symbol": "Ea", "value": 0.7, "lower": 0.6, "upper": 0.8, "source": "handbook"}
    found = plain(constants=[ea])
    known = plain(constants=[ea | {"lower": 0.7, "upper": 0.7}])
    assert "Ea = 0.700 eV [0.600, 0.800] is assumed, not estimated (handbook)" in " ".join(
        sentences(found)
    )
    assert found.modes[0].lives[0].lower < known.modes[0].lives[0].lower


def test_a_published_range_is_held_against_the_estimate() -> None:
    agrees = plain(family="lognormal", material="unspecified")
    assert "in agreement with the 0.5 to 0.9 eV that are published for unspecified" in " ".join(
        sentences(agrees)
    )
    constant = plain(published=["Ea"], material="au-al-intermetallic").modes[0].constants[0]
    assert (constant.value, constant.estimated) == (1.0, False)


def test_extrapolation_is_stated() -> None:
    found = plain(family="lognormal")
    beyond = found.modes[0].extrapolation
    assert beyond.nearest == "40 degC"
    assert beyond.reaches[0].ratio == pytest.approx(0.936, abs=1e-3)
    said = " ".join(sentences(found))
    assert "from 40 degC to 10 degC life is 11.8 times as long" in said
    assert "use lies 0.94 times the width of the tested temperature beyond it" in said


def test_a_cell_without_failures_stands_in_the_table() -> None:
    cold = plain().modes[0].cells[0]
    assert (cold.name, cold.failures, cold.own_shape) == ("10 degC", 0.0, None)
    assert cold.expected < 0.2


def test_no_life_is_shown_without_its_interval() -> None:
    page = ACCELERATED_LIFE.view(plain())
    tables = [b for s in page.sections for b in s.blocks if isinstance(b, Table)]
    lives = next(t for t in tables if t.title == "Life in use")
    assert all((row[2] is None) == (row[1] is None) for row in lives.rows)
    charts = [b.title for s in page.sections for b in s.blocks if isinstance(b, Chart)]
    assert len(charts) == 2


def test_several_stresses_are_drawn_against_the_factor() -> None:
    base = device()
    humid = replace(
        base,
        stresses=dict(base.stresses) | {"humidity": np.where(base.weight > 1, 60.0, 85.0)},
        stress_units=dict(base.stress_units) | {"humidity": "%"},
    )
    found = computed(
        LifetimeData(code="H", life=humid),
        model="peck",
        material="al-corrosion",
        published=["n"],
        use={"temperature": 30.0, "humidity": 50.0},
    )
    drawn = found.modes[0].relation
    assert drawn.log
    assert drawn.use_x == 1.0
    assert drawn.life[0] > drawn.life[-1]


@pytest.mark.parametrize(
    ("more", "error", "words"),
    [
        ({"model": "inverse-power"}, BadData,
         "needs the stress voltage; the rows have temperature: choose another model"),
        ({"model": "norris-landzberg"}, BadData, "needs the alloy"),
        ({"model": "peck"}, BadData, "needs the material"),
        ({"model": "peck", "material": "al-corrosion"}, BadData, "humidity"),
        ({"use": {"temperature": -300.0}}, BadData, "absolute zero"),
        ({"use": {"temperature": 10.0, "zz": 1.0}}, BadData, "has no stress 'zz'"),
        ({"constants": [{"symbol": "Ea", "value": 1e6, "lower": 1, "upper": 1e9, "source": "x"}]},
         BadData, "1e100 times as fast"),
        ({"use": {}}, BadData, "no use condition for temperature: give the temperature in use"),
        ({"modes": ["melting"]}, BadData, "no failure mode 'melting'; there are none"),
        ({"published": ["Ea"]}, BadData, "no Ea is published"),
        ({"constants": [{"symbol": "q", "value": 1, "lower": 1, "upper": 1, "source": "x"}]},
         BadData, "has no constant q"),
    ],
)  # fmt: skip
def test_wrong_use_is_refused(more: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        computed(LifetimeData(code="A", life=device()), **({"use": {"temperature": 10.0}} | more))


def test_a_mode_that_cannot_be_fitted_stops_no_other() -> None:
    data = sample_temperatures()
    life = data.life
    lifts = life.mode == 0
    hottest = life.stresses["temperature"] == 200.0
    rare = np.where((life.mode == 1) & ~hottest, -1, life.mode)
    upper = np.where((life.mode == 1) & ~hottest, np.inf, life.upper)
    one = replace(data, life=replace(life, mode=rare, upper=upper))
    found = computed(one, **BOTH)
    assert lifts.any()
    assert [m.mode for m in found.modes] == ["ball-lift"]
    assert found.refused[0].mode == "heel-crack"
    assert "Ea cannot be estimated" in found.refused[0].reason


def test_no_units_are_refused() -> None:
    with pytest.raises(NotEnoughData, match="no units on test"):
        computed(LifetimeData())


def test_names_of_stresses_are_found_in_any_case() -> None:
    base = device()
    renamed = replace(
        base,
        stresses={"Temperature": base.stresses["temperature"]},
        stress_units={"Temperature": "degC"},
    )
    found = computed(LifetimeData(code="A", life=renamed), use={"temperature": 10.0})
    assert found.modes[0].lives == plain().modes[0].lives
