"""The simulated plant carries the truth that was planted."""

import numpy as np
import pytest

from ops.simulate.bonder import DAY_US, LoopHeights, MaintenanceStep, Plant, simulate_loop_heights

END = 1_772_323_200_000_000
QUIET = {"bonder_sigma_um": 0.0, "wire_sigma_um": 0.0, "wear_um": 0.0}


def _simulate(plant: Plant, seed: int = 7) -> LoopHeights:
    return simulate_loop_heights(plant, end_us=END, rng=np.random.default_rng(seed))


def test_equal_seeds_give_equal_records() -> None:
    first, second = _simulate(Plant()), _simulate(Plant())
    assert np.array_equal(first.value, second.value)
    assert np.array_equal(first.ts, second.ts)
    assert not np.array_equal(first.value, _simulate(Plant(), seed=8).value)


def test_a_record_has_every_wire_of_every_device_in_time_order() -> None:
    plant = Plant(days=3)
    record = _simulate(plant)
    assert record.value.size == plant.rows
    assert np.all(np.diff(record.ts) >= 0)
    assert END - plant.days * DAY_US <= record.ts.min() <= record.ts.max() < END
    assert np.all(np.bincount(record.device) == plant.wires)


def test_the_drifting_bonder_creeps_at_its_rate() -> None:
    plant = Plant(days=40, devices_per_day=200, **QUIET)
    record = _simulate(plant)
    day = (record.ts - (END - plant.days * DAY_US)) / DAY_US
    creeping = (record.bonder == plant.drift.bonder) & (day >= plant.drift.after_days)
    slope = np.polyfit(day[creeping], record.value[creeping], 1)[0]
    assert slope == pytest.approx(plant.drift.um_per_day, rel=0.01)


def test_the_serviced_bonder_steps_and_its_neighbour_does_not() -> None:
    plant = Plant(days=20, devices_per_day=200, **QUIET)
    record = _simulate(plant)
    after = record.ts >= END - plant.days * DAY_US + plant.step.after_days * DAY_US
    rises = [
        record.value[(record.bonder == b) & after].mean()
        - record.value[(record.bonder == b) & ~after].mean()
        for b in (plant.step.bonder, plant.step.bonder + 1)
    ]
    assert rises == pytest.approx([plant.step.um, 0.0], abs=0.15)


def test_a_capillary_lasts_from_change_to_change() -> None:
    plant = Plant()
    record = _simulate(plant)
    for bonder in range(plant.bonders):
        mine = record.bonder == bonder
        starts = [ts for b, ts in record.capillary_change if b == bonder]
        expected = np.searchsorted(starts, record.ts[mine], side="right")
        seen = record.capillary[mine] - record.capillary[mine].min()
        assert np.array_equal(seen, expected)


def test_noise_is_of_the_device_and_of_the_wire() -> None:
    plant = Plant(days=30, devices_per_day=300, **QUIET)
    record = _simulate(plant)
    calm = record.value[record.bonder == 0].reshape(-1, plant.wires)
    c4 = 0.9213177  # of 4 values
    assert calm.std(axis=1, ddof=1).mean() == pytest.approx(c4 * plant.wire_noise_um, rel=0.02)
    assert np.cov(calm.T)[0, 1] == pytest.approx(plant.device_noise_um**2, rel=0.1)


def test_a_fault_of_a_bonder_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the 6 bonders"):
        Plant(step=MaintenanceStep(bonder=6, after_days=1.0, um=1.0))
