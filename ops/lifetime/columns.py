"""Columns of life data as the compiled kernels take them."""

import numpy as np

from ops.lifetime.data import LifeData
from ops.values import FloatArray

Columns = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]
ABSENT = np.empty(0)


def plain(values: FloatArray) -> FloatArray:
    """Flatten to one writeable run of memory, as the compiled code takes it; copies if it must."""
    flat = np.ascontiguousarray(values, dtype=np.float64).reshape(-1)
    return flat if flat.flags.writeable else flat.copy()


def columns_of(data: LifeData) -> Columns:
    """Lower, upper, weight, entry and exit for the kernels; the last two empty if untruncated."""
    cut = data.truncated
    entry, leave = (plain(data.entry), plain(data.exit)) if cut else (ABSENT, ABSENT)
    return plain(data.lower), plain(data.upper), plain(data.weight), entry, leave
