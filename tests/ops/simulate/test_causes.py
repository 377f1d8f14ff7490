"""Every planted cause is found again, where and as large as it was planted."""

from dataclasses import replace

import numpy as np
import pytest

from ops.simulate.plant import Plant
from ops.simulate.record import Measured
from ops.simulate.sizes import DRESDEN, PENANG, SIZES, plant_of
from ops.simulate.truth import planted
from ops.values import BoolArray, FloatArray
from tests.ops.simulate.records import (
    END,
    days_before_end,
    devices,
    dresden,
    level,
    of,
    penang,
    slope,
)

CAUSES = plant_of("small").causes


def _lot_means(measured: Measured, keep: BoolArray) -> tuple[FloatArray, FloatArray]:
    """Mean of each lot, and its mean time in days before the end: lots are nearly independent."""
    lot = measured.factors["lot"].codes[keep]
    lots = np.unique(lot)
    value, time = measured.value[keep], days_before_end(measured)[keep]
    return (
        np.array([value[lot == k].mean() for k in lots]),
        np.array([time[lot == k].mean() for k in lots]),
    )


def test_the_drifting_bonder_creeps_at_its_rate_and_its_neighbour_does_not() -> None:
    measured, rates = of(penang(), "loop", "QFN32-AU25"), []
    for bonder in (CAUSES.drift.bonder, "WB-06"):
        late = days_before_end(measured) < CAUSES.drift.since_days
        mean, before_end = _lot_means(measured, late & level(measured, "tool", bonder))
        rates.append(slope(-before_end, mean))
    (rate, error), (other, other_error) = rates
    assert rate == pytest.approx(CAUSES.drift.um_per_day, abs=4 * error)
    assert error < 0.1 * CAUSES.drift.um_per_day
    assert abs(other) < 4 * other_error


def test_the_serviced_bonder_steps_at_its_maintenance() -> None:
    measured = of(penang(), "loop", "BGA144-AU25")
    mean, before_end = _lot_means(measured, level(measured, "tool", CAUSES.step.bonder))
    after = before_end < CAUSES.step.since_days - 0.3
    before = before_end > CAUSES.step.since_days + 0.3
    moved = mean[after].mean() - mean[before].mean()
    error = np.sqrt(mean[after].var() / after.sum() + mean[before].var() / before.sum())
    assert moved == pytest.approx(CAUSES.step.um, abs=4 * error)
    assert error < 0.5
    services = [h for h in penang().happenings if (h.kind, h.tool) == ("maintenance", "WB-10")]
    assert (END - services[-1].ts) / 86_400e6 == pytest.approx(CAUSES.step.since_days)


def test_one_capillary_lot_hides_two_populations() -> None:
    measured = of(penang(), "loop", "BGA144-CU20")
    cause = next(c for c in planted(plant_of("small"), _ends()) if c.name == "mixture")
    bad = level(measured, "capillary_lot", cause.level)
    sound = devices(measured, ~bad).mean(axis=1)
    mean = devices(measured, bad).mean(axis=1)
    high = mean > sound.mean() + cause.magnitude / 2
    share, n = CAUSES.mixture.share, mean.size
    assert high.mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / n))
    error = sound.std() * np.sqrt(1 / high.sum() + 1 / (~high).sum())
    assert mean[high].mean() - mean[~high].mean() == pytest.approx(7.0, abs=4 * error)
    assert days_before_end(measured)[bad].max() <= 8.0
    ordinary = sound > sound.mean() + cause.magnitude / 2
    assert ordinary.mean() < 0.03


def test_corrections_grow_while_the_height_stays() -> None:
    corrections = of(dresden(), "correction")
    cause = CAUSES.corrections
    mine = level(corrections, "tool", cause.bonder)
    late = mine & (days_before_end(corrections) < cause.since_days)
    rate, error = slope(-days_before_end(corrections)[late], corrections.value[late])
    assert rate == pytest.approx(cause.um_per_day, abs=4 * error)
    others = corrections.value[~mine]
    assert others.std() == pytest.approx(0.2, rel=4 / np.sqrt(2 * others.size))
    heights = of(dresden(), "loop", "QFN32-AU25")
    keep = level(heights, "tool", cause.bonder) & (days_before_end(heights) < cause.since_days)
    mean, before_end = _lot_means(heights, keep)
    rate, error = slope(-before_end, mean)
    assert abs(rate) < 4 * error
    assert error < 0.05


def test_the_bad_gauge_reads_low_and_scatters_on_the_reference_step() -> None:
    master, cause = of(penang(), "master"), CAUSES.gauge
    mine, late = level(master, "tool", cause.gauge), days_before_end(master) <= cause.since_days
    sound, bad = (master.value[mine & when] for when in (~late, late))
    for values, bias, sigma in ((sound, -0.2, 0.8), (bad, -0.2 + cause.bias_um, cause.sigma_um)):
        error = sigma / np.sqrt(values.size)
        assert values.mean() == pytest.approx(150.0 + bias, abs=4 * error)
        assert values.std() == pytest.approx(sigma, rel=4 / np.sqrt(2 * values.size))
    beside = master.value[level(master, "tool", "OPT-1")]
    assert beside.std() == pytest.approx(0.8, rel=4 / np.sqrt(2 * beside.size))


def test_the_planted_tools_fail_and_most_others_are_capable() -> None:
    found: dict[str, float] = {}
    for record in (penang(), dresden()):
        for measured in record.measured:
            if measured.kind == "loop":
                found |= _ppk(measured)
    planted_ones = {"WB-05", "WB-10", "WB-07", "WB-08", "WB-13", "WB-14"}
    assert max(found[b] for b in planted_ones) < 1.2
    others = np.array([v for b, v in found.items() if b not in planted_ones])
    assert np.mean((others > 1.3) & (others < 2.0)) > 0.85
    assert others.min() > 1.2


def _ppk(measured: Measured) -> dict[str, float]:
    """Overall capability of each bonder in the last week."""
    target = plant_of("small").product(measured.product).height_um
    week, found = days_before_end(measured) < 7, {}
    for name in measured.factors["tool"].levels:
        x = measured.value[week & level(measured, "tool", name)]
        found[name] = float((11.0 - abs(x.mean() - target)) / (3 * x.std()))
    return found


def _ends() -> dict[str, int]:
    return {PENANG.code: END, DRESDEN.code: END}


def test_the_truth_names_strata_that_the_record_has() -> None:
    records = {r.site: r for r in (penang(), dresden())}
    for cause in planted(plant_of("small"), _ends()):
        within = [m for m in records[cause.site].measured if cause.factor in m.factors]
        assert any(cause.level in m.factors[cause.factor].levels for m in within)
        assert f"{abs(cause.magnitude):.3g}" in cause.words


def test_small_and_large_share_every_cause_and_tiny_has_the_same_effects_faster() -> None:
    assert plant_of("small").causes == plant_of("large").causes
    few, many = plant_of("tiny").causes, plant_of("small").causes
    for quick, slow in ((few.drift, many.drift), (few.corrections, many.corrections)):
        total = quick.since_days * quick.um_per_day
        assert total == pytest.approx(slow.since_days * slow.um_per_day)
    assert few.step.since_days < SIZES["tiny"].days


@pytest.mark.parametrize(
    ("cause", "change"),
    [
        ("drift", {"bonder": "WB-99"}),
        ("gauge", {"gauge": "OPT-9"}),
        ("mixture", {"product": "BGA9-CU20"}),
    ],
)
def test_a_cause_of_something_that_is_not_there_is_refused(
    cause: str, change: dict[str, str]
) -> None:
    wrong = replace(getattr(CAUSES, cause), **change)
    plant: Plant = plant_of("tiny")
    with pytest.raises(ValueError, match=next(iter(change.values()))):
        replace(plant, causes=replace(CAUSES, **{cause: wrong}))
