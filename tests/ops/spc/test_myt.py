from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ops.spc import myt
from ops.spc.hotelling import reference, t_squared
from ops.spc.myt import conditional, decompose
from ops.values import FloatArray


def sample(m: int = 60, seed: int = 2) -> FloatArray:
    rng = np.random.default_rng(seed)
    a = rng.normal(size=m)
    return np.column_stack([a, a + 0.2 * rng.normal(size=m), rng.normal(size=m)])


@given(seed=st.integers(0, 500), shift=st.floats(-5, 5))
def test_terms_of_every_order_sum_to_the_whole(seed: int, shift: float) -> None:
    x = sample(30, seed)
    known, new = reference(x), x[0] + np.array([shift, 0.0, -shift])
    whole = float(t_squared(new[None, :], known)[0])
    for order in permutations(range(3)):
        parts = [conditional(new, known, j, order[:i]).value for i, j in enumerate(order)]
        assert sum(parts) == pytest.approx(whole, rel=1e-6, abs=1e-9)


def test_a_broken_relation_is_found_though_each_is_in_its_range() -> None:
    known = reference(sample())
    found = decompose(np.array([1.5, -1.5, 0.0]), known, alpha=0.01)
    assert {(t.variable, t.given) for t in found.terms} == {(0, (1,)), (1, (0,))}
    assert found.rest < found.limit
    assert found.is_complete


def test_a_variable_that_is_off_by_itself_is_named_first() -> None:
    found = decompose(np.array([0.0, 0.0, 9.0]), reference(sample()), alpha=0.01)
    assert [(t.variable, t.given) for t in found.terms] == [(2, ())]
    assert found.terms[0].residual == pytest.approx(9.0, abs=0.5)


def test_what_is_inside_has_no_reason() -> None:
    x = sample()
    assert decompose(x.mean(axis=0), reference(x), alpha=0.01).terms == ()


def test_a_search_that_grows_too_large_says_that_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(myt, "MOST_TERMS", 1)
    assert not decompose(np.array([1.5, -1.5, 0.0]), reference(sample()), alpha=0.01).is_complete
