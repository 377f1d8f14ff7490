"""d2, d3 and c4 against the published tables and high-precision quadrature."""

import numpy as np
import pytest

from ops.spc.constants import c4, d2, d3
from tests.reference import case

TABLE = case("capability", "constants_d2_d3_c4")["expected"]


@pytest.mark.parametrize("n", sorted(TABLE["high_precision"], key=int))
def test_constants_equal_the_quadrature(n: str) -> None:
    expected = TABLE["high_precision"][n]
    assert d2(int(n)) == pytest.approx(expected["d2"], abs=2e-10)
    assert d3(int(n)) == pytest.approx(expected["d3"], abs=1e-8)
    assert c4(int(n)) == pytest.approx(expected["c4"], abs=1e-12)


@pytest.mark.parametrize(("name", "digits"), [("d2", 3), ("d3", 3), ("c4", 4)])
def test_constants_round_to_the_printed_table(name: str, digits: int) -> None:
    compute = {"d2": d2, "d3": d3, "c4": c4}[name]
    for n, printed in TABLE["published_3dp"][name].items():
        assert compute(int(n)) == pytest.approx(printed, abs=0.6 * 10**-digits)


def test_constants_equal_a_simulation() -> None:
    sample = np.random.default_rng(5).standard_normal((200_000, 6))
    ranges = np.ptp(sample, axis=1)
    assert ranges.mean() == pytest.approx(d2(6), abs=0.01)
    assert ranges.std() == pytest.approx(d3(6), abs=0.01)
    assert sample.std(axis=1, ddof=1).mean() == pytest.approx(c4(6), abs=0.005)


@pytest.mark.parametrize("constant", [c4, d2, d3])
def test_a_sample_has_two_values(constant) -> None:
    with pytest.raises(ValueError, match="n = 1"):
        constant(1)


def test_large_samples_stay_finite() -> None:
    assert 1 - c4(10_000) == pytest.approx(1 / (4 * 9_999), rel=1e-3)
    assert 7.5 < d2(10_000) < 8.0
