"""When two forms are the same."""

import numpy as np
import pytest

from solvers.network.standard_form import StandardForm


def assert_equal(left: StandardForm, right: StandardForm) -> None:
    assert left.columns == right.columns
    assert left.rows == right.rows
    for name in ("cost", "lower", "upper", "integer", "row_lower", "row_upper"):
        a, b = getattr(left, name), getattr(right, name)
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12, err_msg=name)
    assert left.offset == pytest.approx(right.offset, rel=1e-12)
    assert np.array_equal(left.matrix.indptr, right.matrix.indptr)
    assert np.array_equal(left.matrix.indices, right.matrix.indices)
    np.testing.assert_allclose(left.matrix.data, right.matrix.data, rtol=1e-12)
