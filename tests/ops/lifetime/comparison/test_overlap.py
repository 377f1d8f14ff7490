"""Overlap of regions: crossing, one in the other, apart."""

import numpy as np
import pytest

from ops.lifetime.bounds.contour import contour
from ops.lifetime.comparison.group import groups_of
from ops.lifetime.comparison.overlap import regions_overlap
from tests.ops.lifetime.comparison.groups import drawn_groups

CIRCLE = np.stack([np.cos(t := np.linspace(0, 2 * np.pi, 61)), np.sin(t)], axis=1)


@pytest.mark.parametrize(
    ("moved", "size", "expected"),
    [(0.0, 1.0, True), (0.0, 0.2, True), (1.9, 1.0, True), (2.1, 1.0, False), (5.0, 1.0, False)],
)
def test_circles_overlap_as_their_centres_say(moved: float, size: float, expected: bool) -> None:
    other = size * CIRCLE + np.array([moved, 0.0])
    assert regions_overlap(CIRCLE, other) is expected
    assert regions_overlap(other, CIRCLE) is expected


def test_regions_of_groups_far_apart_do_not_overlap() -> None:
    data = drawn_groups(np.random.default_rng(2), "weibull", (0.0, 0.05, 4.0), units=20)
    near, close, far = (contour(g.data, g.fit) for g in groups_of(data, "weibull") if g.fit)
    assert regions_overlap(near, close)
    assert not regions_overlap(near, far)
    assert not regions_overlap(near, np.empty((0, 2)))
