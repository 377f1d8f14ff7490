"""What the screen found is evidence with its mechanism, size, begin and p-value."""

import numpy as np
import pytest

from ops.drift.evidence import MICROS_PER_DAY, Evidence
from ops.drift.screen_batch import PointStream, ScreenMargins, screen_batch
from ops.drift.screen_evidence import screen_evidence
from ops.values import FloatArray


def evidence(y: FloatArray) -> dict[str, Evidence]:
    stream = PointStream(np.arange(y.size) / 24, y, split=y.size // 2, margin=0.8)
    margins = ScreenMargins()
    found = screen_batch([stream], margins=margins)
    made = screen_evidence(found, 0, stream, start=0, margins=margins, level=1e-4)
    return {one.method: one for one in made}


def test_a_step_is_present_with_its_begin() -> None:
    y = np.random.default_rng(1).normal(size=300) - 3.0 * (np.arange(300) >= 200)
    one = evidence(y)["low-frequency mean, step"]
    assert (one.mechanism, one.measure, one.direction) == ("step", "value", -1)
    assert (one.present, one.absent, one.margin) == (True, False, 0.8)
    assert one.since == pytest.approx(200 / 24 * MICROS_PER_DAY, abs=MICROS_PER_DAY / 4)
    assert one.lower is not None
    assert one.upper is not None
    assert one.lower < -3.0 < one.upper


def test_a_level_that_stays_is_shown_to_be_absent() -> None:
    found = evidence(np.random.default_rng(2).normal(size=300))
    (mean,) = (one for name, one in found.items() if name.startswith("low-frequency mean"))
    assert (mean.present, mean.absent) == (False, True)
    assert mean.effective == pytest.approx(300, rel=0.3)
    (spread,) = (one for one in found.values() if one.mechanism == "spread")
    assert (spread.measure, spread.margin, spread.present) == ("ratio", 1.25, False)
