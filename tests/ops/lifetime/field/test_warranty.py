"""Returns to come: coverage of the predictive interval, future cohorts, spares and repeats."""

import numpy as np
import pytest
from scipy.stats import poisson

from ops.errors import BadData
from ops.lifetime.field.exposure import exposure
from ops.lifetime.field.field_fit import FieldFit, fit_field
from ops.lifetime.field.spares import renewals, spares_need
from ops.lifetime.field.warranty import FutureCohort, chance_of_at_most, returns_ahead
from tests.ops.lifetime.field.fleets import fleet


def test_the_predictive_interval_holds_what_comes_and_the_plug_in_does_not() -> None:
    rng, tries, held, plain = np.random.default_rng(1), 80, 0, 0
    for _ in range(tries):
        data, later = fleet(rng, cohort=30, months=8, eta=900.0)
        seen = exposure(data)
        fit = fit_field(seen, "weibull", rng=rng, draws=100)
        (ahead,) = returns_ahead(seen, fit, np.array([180.0]), confidence=0.9)
        came = int((later <= data.until + 180.0).sum())
        held += ahead.lower <= came <= ahead.upper
        plain += ahead.plug_in_lower <= came <= ahead.plug_in_upper
    se = (0.09 / tries) ** 0.5
    assert abs(held / tries - 0.9) < 4 * se, held / tries
    assert plain / tries < 0.9 - 3 * se, plain / tries


def _known(mu: float, sigma: float) -> FieldFit:
    """A fit that is known without doubt."""
    return FieldFit("weibull", mu, sigma, 0.0, 1.0, 1.0, np.array([[mu, sigma]]))


def test_a_constant_hazard_gives_what_can_be_computed_by_hand() -> None:
    data, _ = fleet(np.random.default_rng(2))
    seen, fit = exposure(data), _known(np.log(1000.0), 1.0)
    (ahead,) = returns_ahead(seen, fit, np.array([30.0]))
    assert ahead.mean == pytest.approx(seen.left.sum() * -np.expm1(-0.03))
    most = chance_of_at_most(seen, fit, 30.0, ahead.upper)
    assert most >= 0.975
    future = (FutureCohort(10.0, 500.0),)
    (more,) = returns_ahead(seen, fit, np.array([30.0]), future=future)
    assert more.mean - ahead.mean == pytest.approx(500 * -np.expm1(-0.02))


def test_beyond_the_warranty_nothing_comes_back() -> None:
    data, _ = fleet(np.random.default_rng(3))
    seen = exposure(data, warranty=60.0)
    (ahead,) = returns_ahead(seen, _known(np.log(1000.0), 1.0), np.array([365.0]))
    young = seen.left[seen.age < 60.0]
    assert ahead.mean < young.sum() * -np.expm1(-0.06)
    with pytest.raises(BadData, match="must lie ahead"):
        returns_ahead(seen, _known(7.0, 1.0), np.array([0.0]))


def test_renewals_of_a_constant_hazard_are_in_proportion_to_time() -> None:
    time = np.arange(1, 41) * 25.0
    found = renewals("weibull", np.array([[np.log(500.0), 1.0]]), time)
    assert found[0] == pytest.approx(time / 500.0, rel=2e-3)
    late = renewals("weibull", np.array([[np.log(500.0), 0.25]]), np.arange(1, 201) * 50.0)
    mean = 500.0 * 0.9064024770554771  # eta Gamma(1.25)
    assert late[0, -1] - late[0, -101] == pytest.approx(5000.0 / mean, rel=1e-3)


def test_spares_of_a_constant_hazard_are_a_poisson_quantile() -> None:
    data, _ = fleet(np.random.default_rng(4), cohort=2000)
    seen, fit = exposure(data), _known(np.log(50_000.0), 1.0)
    need = spares_need(seen, fit, 100.0, service=0.95)
    mean = seen.left.sum() * 100.0 / 50_000.0
    assert need.mean == pytest.approx(mean, rel=1e-4)
    assert need.stock == poisson(mean).ppf(0.95)
    assert need.reached >= 0.95
    with pytest.raises(BadData, match="service"):
        spares_need(seen, fit, 100.0, service=1.0)
