import json
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from ops.errors import NotEnoughData
from ops.spc.ewma import ewma_arl, ewma_chart
from ops.spc.hotelling import Reference
from ops.spc.mewma import mewma_chart, mewma_limit

PUBLISHED = json.loads(
    (Path(__file__).parents[2] / "reference" / "multivariate.json").read_text(encoding="utf-8")
)


def known(rho: float = 0.0, p: int = 2) -> Reference:
    return Reference(np.zeros(p), np.eye(p) * (1 - rho) + rho, 10**6, 1, "sample")


def test_the_example_of_lowry_signals_at_its_tenth_vector() -> None:
    p = PUBLISHED["lowry"]
    chart = mewma_chart(
        np.array(p["x"]), known(p["rho"]), limit=p["limit"], lambda_=p["lambda"], exact=False
    )
    assert chart.average[-1] == pytest.approx(p["average_last"], abs=0.0006)
    assert chart.outside == (p["signal"],)


@pytest.mark.parametrize("lambda_", ["0.25", "0.1"])
def test_rigdons_limits_are_found_again(lambda_: str) -> None:
    p = PUBLISHED["rigdon"]
    found = [mewma_limit(float(arl0), p=2, lambda_=float(lambda_)) for arl0 in p["arl0"]]
    assert found == pytest.approx(p["h4"][lambda_], abs=0.04)


def test_the_limit_of_one_variable_is_that_of_the_plain_chart() -> None:
    limit = mewma_limit(370.0, p=1, lambda_=0.2)
    assert ewma_arl(lambda_=0.2, width=limit**0.5) == pytest.approx(370.0, rel=1e-3)


def test_without_memory_it_is_t_squared() -> None:
    assert mewma_limit(370.0, p=3, lambda_=1.0) == pytest.approx(stats.chi2(3).isf(1 / 370))


def test_one_variable_is_the_square_of_the_plain_chart() -> None:
    x = np.random.default_rng(1).normal(size=50)
    chart = mewma_chart(x[:, None], known(p=1), limit=9.0, lambda_=0.2)
    plain = ewma_chart(x, target=0.0, sigma=1.0, lambda_=0.2, width=3.0)
    half = (plain.upper - plain.lower) / 2
    assert chart.statistic == pytest.approx((3.0 * plain.statistic / half) ** 2)
    assert chart.outside == plain.outside


def test_nothing_is_no_chart() -> None:
    with pytest.raises(NotEnoughData):
        mewma_chart(np.empty((0, 2)), known(), limit=9.0)
