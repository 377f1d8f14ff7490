"""Where no maximum exists, the words name a bound that then works."""

import numpy as np
import pytest

from ops.lifetime.bounds.bayes import weibull_posterior
from ops.lifetime.bounds.shape_prior import ShapePrior
from ops.lifetime.bounds.weibayes import weibayes
from ops.lifetime.bounds.without_maximum import instead
from ops.lifetime.data import LifeData, failures_and_suspensions, life_data
from ops.lifetime.existence import NoMaximum, Reason
from ops.lifetime.fit import fit


@pytest.mark.parametrize(
    "data",
    [
        failures_and_suspensions([], [100.0] * 10),
        failures_and_suspensions([100.0], [50.0] * 9),
        failures_and_suspensions([10.0] * 3, [5.0] * 5),
        life_data([0.0, 100.0, 200.0], [100.0, np.inf, np.inf], weight=[2.0, 3.0, 4.0]),
    ],
    ids=["no failures", "longest failed", "one instant", "reverse order"],
)
def test_the_bounds_that_are_named_exist(data: LifeData) -> None:
    with pytest.raises(NoMaximum) as caught:
        fit(data)
    words = instead(data, caught.value)
    assert "Weibayes" in words
    assert "Bayesian Weibull" in words
    bound = weibayes(data, 2.0).life(0.1).lower_one_sided
    credible = weibull_posterior(data, ShapePrior.between(1.5, 2.5)).life(0.1)
    assert 0.0 < credible.lower < credible.lower_one_sided
    assert bound == pytest.approx(credible.lower_one_sided, rel=0.5)


def test_units_that_were_never_seen_alive_are_bounded_by_nothing() -> None:
    data = life_data([0.0, 0.0], [10.0, 10.0])
    with pytest.raises(NoMaximum) as caught:
        fit(data)
    assert "look earlier" in instead(data, caught.value)


def test_every_reason_has_words() -> None:
    data = failures_and_suspensions([], [100.0])
    for reason in Reason:
        if reason is not Reason.EXISTS:
            assert instead(data, NoMaximum(reason))
