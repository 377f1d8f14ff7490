"""Whether joint regions of parameters overlap. That is no test: regions of groups that differ can.

Two regions of one confidence that do not overlap differ at a higher one, and regions that do
overlap may be of groups that a likelihood-ratio test tells apart.
"""

import numpy as np

from ops.values import BoolArray, FloatArray


def regions_overlap(one: FloatArray, other: FloatArray) -> bool:
    """Whether two closed polygons have a point in common.

    Parameters
    ----------
    one, other : shape (n, 2)
        Corners, the first repeated at the end, as `ops.lifetime.bounds.contour.contour` gives.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [0.0, 0.0]])
    >>> regions_overlap(square, square + 1.0), regions_overlap(square, square + 3.0)
    (True, False)
    """
    if one.shape[0] < 4 or other.shape[0] < 4:
        return False
    inside = _holds(one, other[:1]).any() or _holds(other, one[:1]).any()
    return bool(inside) or _edges_cross(one, other)


def _holds(polygon: FloatArray, points: FloatArray) -> BoolArray:
    """Whether points lie within a polygon: a ray to the right crosses its edge an odd time."""
    (x1, y1), (x2, y2) = polygon[:-1].T, polygon[1:].T
    x, y = points[:, :1], points[:, 1:]
    spans = (y1 > y) != (y2 > y)
    rise = np.where(y2 == y1, 1.0, y2 - y1)
    right = x < x1 + (y - y1) * (x2 - x1) / rise
    return np.asarray(np.count_nonzero(spans & right, axis=1) % 2 == 1)


def _edges_cross(one: FloatArray, other: FloatArray) -> bool:
    a, b = one[:-1, None], one[1:, None]
    c, d = other[None, :-1], other[None, 1:]
    apart_one = _side(a, b, c) * _side(a, b, d) <= 0.0
    apart_other = _side(c, d, a) * _side(c, d, b) <= 0.0
    return bool((apart_one & apart_other).any())


def _side(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Twice the area of the triangle, positive where it turns left."""
    found: FloatArray = np.asarray(
        (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1])
        - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
    )
    return np.sign(found)
