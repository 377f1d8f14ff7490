"""Classification of demand by the published cut-offs."""

import numpy as np
import pytest

from ops.forecast.intermittence import intermittence


@pytest.mark.parametrize(
    ("y", "adi", "cv2", "pattern"),
    [
        ([4.0, 5, 6], 1.0, (2 / 3) / 25, "smooth"),
        ([1.0, 9, 1, 9], 1.0, 16 / 25, "erratic"),
        ([4.0, 0, 4, 0], 2.0, 0.0, "intermittent"),
        ([1.0, 0, 9, 0], 2.0, 16 / 25, "lumpy"),
    ],
)
def test_patterns_by_hand(y: list[float], adi: float, cv2: float, pattern: str) -> None:
    found = intermittence(np.array(y))
    assert (found.adi, found.cv2) == pytest.approx((adi, cv2))
    assert found.pattern == pattern


def test_cut_offs_are_those_of_syntetos_boylan_and_croston() -> None:
    assert not intermittence(np.array([1.0] * 76 + [0.0] * 24)).is_rare  # 100 / 76 < 1.32
    assert intermittence(np.array([1.0] * 75 + [0.0] * 25)).is_rare  # 100 / 75 > 1.32


def test_no_demand_is_a_pattern_of_its_own() -> None:
    assert intermittence(np.zeros(3)).pattern == "none"
