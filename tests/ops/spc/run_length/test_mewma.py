"""Multivariate EWMA: published run lengths, with and without a shift."""

import numpy as np
import pytest

from ops.spc.run_length.mewma import mewma_arl
from tests.reference import case


def test_multivariate_ewma_as_in_rigdons_table() -> None:
    found = case("run_length", "arl_mewma_rigdon")
    for given_ in found["inputs"]["cases"]:
        lengths = [mewma_arl(lambda_=given_["lambda"], limit=h, dims=2) for h in given_["h4"]]
        assert lengths == pytest.approx(found["expected"]["ARL0"], rel=0.02)


def test_two_dimensions_agree_with_one() -> None:
    calm = mewma_arl(lambda_=0.25, limit=9.9, dims=3)
    assert mewma_arl(lambda_=0.25, limit=9.9, dims=3, shift=1e-9) == pytest.approx(calm, rel=1e-5)
    assert mewma_arl(lambda_=0.25, limit=9.9, dims=3, shift=1.0) < 0.2 * calm


def test_a_shift_of_vectors_is_found_as_simulation_finds_it() -> None:
    rng, z = np.random.default_rng(4), np.zeros((20_000, 3))
    lengths, open_ = np.zeros(len(z)), np.ones(len(z), dtype=bool)
    limit = 9.9 * 0.25 / 1.75
    while open_.any():
        z = 0.75 * z + 0.25 * rng.normal((0.6, 0.8, 0.0), 1.0, z.shape)
        lengths[open_] += 1
        open_ &= (z**2).sum(axis=1) <= limit
    found = mewma_arl(lambda_=0.25, limit=9.9, dims=3, shift=1.0)
    assert found == pytest.approx(lengths.mean(), abs=4 * lengths.std() / len(z) ** 0.5)
