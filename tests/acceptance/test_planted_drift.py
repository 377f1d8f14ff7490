"""What is planted in the demo plant is found by tool and sign, in time, and nothing beside it.

The nights of the screen are walked: each sees what was measured before it, 28 days at most.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from ops.analyses.drift import DRIFT
from ops.analyses.drift_params import DriftParams
from ops.analyses.drift_result import DriftResult
from ops.analyses.drift_screen import DRIFT_SCREEN
from ops.analyses.drift_screen_params import DriftScreenParams
from ops.analyses.drift_screen_result import DriftFinding, DriftScreenResult
from ops.analyses.tool_matching import TOOL_MATCHING, ToolMatchingParams
from ops.analyses.tool_matching_result import FleetOfCharacteristic
from ops.analysis import silent
from ops.simulate.plant import DAY_US
from ops.simulate.sizes import DRESDEN, PENANG, SEED, plant_of
from ops.simulate.truth import PlantedCause, planted
from tests.ops.simulate.process import night_of
from tests.ops.simulate.records import END

PLANT = plant_of("small")
SITES = (PENANG.code, DRESDEN.code)
TRUTH = {c.name: c for c in planted(PLANT, dict.fromkeys(SITES, END))}
MOVED = {  # tool and characteristic to the cause that moved it, and which way
    ("WB-05", "LOOP-QFN32-AU25"): ("drift", 1),
    ("WB-10", "LOOP-BGA144-AU25"): ("step", -1),
    ("WB-20", "LOOP-CORR"): ("corrections", 1),
    ("OPT-2", "GAUGE-MASTER"): ("gauge", -1),
}
SEEN_TOO = {  # the same heights by X-ray, what the bad gauge reads, devices of the mixed lot
    ("WB-05", "XRAY-QFN32-AU25"), ("WB-10", "XRAY-BGA144-AU25"),
    ("WB-13", "LOOP-SOIC8-AU25"), ("WB-14", "LOOP-SOIC8-AU25"),
    ("WB-07", "LOOP-BGA144-CU20"), ("WB-08", "LOOP-BGA144-CU20"),
}  # fmt: skip


@dataclass(frozen=True)
class Night:
    """A night of a site, so many days before the end of its record."""

    ago: int
    result: DriftScreenResult

    def of(self, tool: str, code: str) -> list[DriftFinding]:
        return [f for f in self.result.findings if (f.level, f.characteristic) == (tool, code)]


@cache
def screened(site: str, ago: int = 0, seed: int = SEED) -> Night:
    params = DriftScreenParams(site=site)
    return Night(ago, DRIFT_SCREEN.compute(night_of(site, ago, seed=seed), params, silent))


def false_and_all(nights: list[Night]) -> tuple[int, int]:
    """Findings of a month that nothing explains, and all: a finding is a tool with a mechanism."""
    explained, found = set(MOVED) | SEEN_TOO, dict[tuple[str, str], bool]()
    for night in nights:
        for f in night.result.findings:
            true = (f.level, f.characteristic) in explained
            found[f.level, f.mechanism] = found.get((f.level, f.mechanism), False) or true
    return sum(not true for true in found.values()), len(found)


def crossed_after(cause: PlantedCause, level: float, limit: float) -> float:
    """Days after the begin at which the mean crosses a limit."""
    return (limit - level) / cause.magnitude


@pytest.mark.parametrize("where", MOVED, ids=" ".join)
def test_the_screen_names_the_tool_with_its_sign_and_its_begin(where: tuple[str, str]) -> None:
    name, sign = MOVED[where]
    cause = TRUTH[name]
    moved = [f for f in screened(cause.site).of(*where) if f.mechanism == "mean"]
    assert [f.sign for f in moved] == [sign]
    assert cause.since_us is not None
    off = (moved[0].since - cause.since_us) / DAY_US
    assert abs(off) < (0.5 if moved[0].kind == "step" else 4.0)
    if name == "step":
        assert moved[0].event == "Preventive maintenance"
    assert moved[0].lower < sign * abs(moved[0].size) < moved[0].upper


def test_nothing_is_found_that_was_not_planted() -> None:
    false, found = false_and_all([screened(site) for site in SITES])
    assert (false, found >= 4) == (0, True)


@pytest.mark.parametrize(("site", "nights"), [(PENANG.code, (4, 0)), (DRESDEN.code, (8, 0))])
def test_a_drift_is_found_before_its_limit_is_crossed(site: str, nights: tuple[int, ...]) -> None:
    assert_found_in_time(site, [screened(site, ago) for ago in nights])


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("seed", range(SEED, SEED + 6))
@pytest.mark.parametrize("site", SITES)
def test_every_night_of_a_month_is_walked(site: str, seed: int) -> None:
    nights = [screened(site, ago, seed) for ago in range(20, -1, -1)]
    assert_found_in_time(site, nights)
    false, found = false_and_all(nights)
    print(f"{site} seed {seed}: {false} of {found} findings are false")  # noqa: T201
    assert false <= 0.1 * found


def assert_found_in_time(site: str, nights: list[Night]) -> None:
    name = "drift" if site == PENANG.code else "corrections"
    cause = TRUTH[name]
    (where,) = (w for w, (of, _) in MOVED.items() if of == name)
    first = next(night for night in nights if night.of(*where))
    series = night_of(site, 20).measurements.series
    height = next(s for s in series if s.characteristic.code == where[1])
    assert height.spec is not None
    own = height.factors["tool"]
    begun = float(np.mean(height.value[own.codes == own.levels.index(where[0])]))
    since = (END - (cause.since_us or 0)) / DAY_US
    assert since - first.ago < crossed_after(cause, begun, height.spec.upper)
    assert all(f.sign == 1 for f in first.of(*where))


@cache
def drift_of(name: str) -> DriftResult:
    cause = TRUTH[name]
    ((tool, code),) = (w for w, (of, _) in MOVED.items() if of == name)
    params = DriftParams(site=cause.site, characteristic=code, tool=tool, recurrence=False)
    return DRIFT.compute(night_of(cause.site, codes=(code,)), params, silent)


def test_the_slow_drift_is_measured_and_its_limit_lies_ahead() -> None:
    result = drift_of("drift")
    slope = next(e for e in result.evidence if e.method == "theil-sen")
    assert slope.present
    assert slope.estimate == pytest.approx(TRUTH["drift"].magnitude, abs=0.1)
    assert result.forecast is not None
    mean = next(c for c in result.forecast.crossings if (c.target, c.side) == ("mean", "upper"))
    assert mean.now < 0.5
    assert mean.median is not None
    assert 0 < mean.median < 40
    assert result.decision.action != "keep"


def test_the_step_is_dated_and_given_to_the_maintenance() -> None:
    (change,) = drift_of("step").changes
    assert change.size_lower < TRUTH["step"].magnitude < change.size_upper
    assert change.event == "maintenance"
    assert abs(change.at - (TRUTH["step"].since_us or 0)) < DAY_US / 2


def test_the_bad_gauge_stepped_down_and_scatters() -> None:
    result = drift_of("gauge")
    assert any(change.size < -2 for change in result.changes)
    assert any(e.mechanism == "spread" and e.present for e in result.evidence)


def matched(site: str, code: str, factor: str, lot: str) -> FleetOfCharacteristic:
    data = night_of(site, codes=(code,)).measurements
    params = ToolMatchingParams(site=site, factor=factor, lot=lot, mix=("tool",))
    (found,) = TOOL_MATCHING.compute(data, params, silent).characteristics
    return found


def test_the_bonder_that_is_corrected_ever_more_has_left_the_fleet() -> None:
    fleet = matched(DRESDEN.code, "LOOP-CORR", "tool", "lot")
    (left,) = (tool for tool in fleet.tools if tool.apart)
    assert (left.tool, left.standing, left.slope_lower > 0) == ("WB-20", "left", True)
    assert fleet.matched == fleet.fleet - 1


def test_the_mixed_lot_scatters_more_than_every_other() -> None:
    cause = TRUTH["mixture"]
    fleet = matched(cause.site, cause.characteristic, "capillary_lot", "")
    wide = [lot for lot in fleet.tools if "spread" in lot.apart]
    assert [lot.tool for lot in wide] == [cause.level]
    assert wide[0].ratio_lower > fleet.ratio
