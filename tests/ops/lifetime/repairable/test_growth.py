"""Growth of reliability: Duane's line, and the projection after delayed fixes."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ops.errors import BadData, NotEnoughData
from ops.lifetime.repairable.growth import duane, projection

CASES: dict[str, Any] = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[3] / "reference" / "repairable.json").read_text()
    )["cases"]
}


def test_duanes_line_is_the_published_one() -> None:
    case = CASES["reliawiki_system_growth_duane"]
    said, found = case["expected"], duane(np.array(case["inputs"], float))
    assert found.growth == pytest.approx(said["alpha"], abs=1e-5)
    assert found.cumulative(620.0) == pytest.approx(said["DMTBF_C"], abs=1e-4)
    assert found.instantaneous(620.0) == pytest.approx(said["DMTBF_I"], abs=1e-4)
    assert found.age_at(35.0) == pytest.approx(said["time_to_35"], abs=1e-4)


def test_the_projection_of_the_handbook_is_met() -> None:
    case = CASES["mil_hdbk_189a_projection"]
    events = [(float(age), fault) for age, fault in case["inputs"]["events"]]
    found = projection(
        events, case["inputs"]["effectiveness"], end=case["inputs"]["end"], fixed_in_test=True
    )
    said = case["expected"]
    assert found.overall == pytest.approx(said["beta_unbiased"], abs=1e-5)
    assert found.demonstrated == pytest.approx(said["demonstrated_MTBF"], abs=1e-5)
    assert found.projected == pytest.approx(said["projected_MTBF"], abs=1e-5)
    assert 1 / found.potential == pytest.approx(said["growth_potential_intensity"], abs=5e-4)


def test_fixes_never_lower_the_mtbf_and_the_potential_bounds_it() -> None:
    events = [(1.0, "a"), (2.0, "b"), (3.0, "a"), (5.0, "c"), (8.0, "x"), (9.0, "b")]
    found = projection(events, {"a": 0.8, "b": 0.5, "c": 1.0}, end=10.0)
    assert found.demonstrated == pytest.approx(10 / 6)
    assert found.demonstrated < found.projected <= found.potential


def test_what_cannot_be_projected_is_refused() -> None:
    with pytest.raises(NotEnoughData, match="3 distinct faults"):
        projection([(1.0, "a")], {"a": 0.5}, end=10.0)
    with pytest.raises(BadData, match="effectiveness of a"):
        projection([(1.0, "a")], {"a": 1.5}, end=10.0)
    with pytest.raises(NotEnoughData, match="3 events"):
        duane(np.array([1.0, 1.0, 1.0]))
