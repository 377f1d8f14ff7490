import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from ops.lifetime.choice.comparison import compare_families
from ops.lifetime.choice.decision import choose
from ops.lifetime.choice.mechanism import mechanism_named
from ops.lifetime.choice.record import GovernanceRecord, governance_record
from ops.lifetime.data import life_data
from ops.validation.published import entry


@dataclass(frozen=True)
class Bound:
    p: float
    estimate: float
    lower_one_sided: float
    lower: float
    upper: float
    method: str = "likelihood ratio"
    scale: str = "log life"
    approximate: bool = False


WEIBULL = Bound(0.1, 28.1, 20.0, 18.1, 43.6)
LOGNORMAL = Bound(0.1, 32.5, 25.5, 24.4, np.inf, approximate=True)
LIVES = entry("lifetime_families", "ball_bearing_choice")["inputs"]["x"]


def record(p: float = 0.1) -> GovernanceRecord:
    data = life_data([*LIVES, 60.0], [*LIVES, np.inf])
    comparison = compare_families(data, ("weibull", "lognormal", "gamma"))
    choice = replace(
        choose(comparison, mechanism_named("rolling_contact")), chosen=("weibull", "lognormal")
    )
    bounds = {"weibull": replace(WEIBULL, p=p), "lognormal": replace(LOGNORMAL, p=p)}
    return governance_record(data, comparison, choice, bounds)


def test_it_states_what_the_life_rests_on() -> None:
    found = record()
    assert [life.family for life in found.lives] == ["weibull", "lognormal"]
    assert (found.units, found.failures) == (24.0, 23.0)
    assert found.censored_share == pytest.approx(1 / 24)
    assert found.extrapolation_time == pytest.approx(28.1 / 173.4)
    assert not found.extrapolated
    assert found.extrapolation_probability == pytest.approx(0.1 * 24 / 23)
    assert found.mechanism == "rolling_contact"
    assert "Palmgren" in found.mechanism_source
    assert found.rationale
    assert found.approved_by is None


def test_the_lowest_bound_is_reported_at_low_percentiles() -> None:
    assert record(0.1).reported_lower == 20.0
    assert record(0.5).reported_lower == 20.0  # that of the quoted family, which is the Weibull


def test_rivals_stand_beside_with_deltas_and_intervals() -> None:
    rivals = {rival.family: rival for rival in record().rivals}
    assert set(rivals) == {"lognormal", "gamma"}
    for rival in rivals.values():
        assert rival.delta is not None
        assert rival.life is not None
        assert rival.lower is not None
        assert rival.lower < rival.life


def test_a_life_without_its_bounds_cannot_be_recorded() -> None:
    data = life_data(LIVES)
    comparison = compare_families(data)
    with pytest.raises(KeyError):
        governance_record(data, comparison, choose(comparison), {"weibull": WEIBULL})


def test_it_is_json_as_it_stands() -> None:
    found = replace(record(), approved_by="j.doe", approved_at=datetime(2026, 5, 1, tzinfo=UTC))
    said = json.loads(json.dumps(found.to_json(), allow_nan=False))
    assert said["lives"][1]["upper"] is None
    assert said["approved_at"] == "2026-05-01T00:00:00+00:00"
