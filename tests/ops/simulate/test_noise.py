"""The noise of the plant is as it is written down: each part is found again from the values."""

from dataclasses import replace

import numpy as np
import pytest

from ops.simulate.chance import autoregressive, stream
from ops.simulate.plant import CapillaryLaw
from ops.simulate.site import simulate_site
from ops.values import Factor, FloatArray
from tests.ops.simulate.records import END, days_before_end, devices, level, of, penang, quiet


def _heights(**noise: float) -> tuple[FloatArray, Factor]:
    """Device means of a bonder without a cause, and their lots."""
    plant = quiet(**noise)
    measured = of(simulate_site(plant, plant.sites[0], end_us=END), "loop", "QFN32-CU20")
    mine = level(measured, "tool", "WB-01")
    first = mine & (measured.position == 0)
    return devices(measured, mine).mean(axis=1), measured.factors["lot"].take(first)


def test_a_series_has_the_stated_spread_and_memory() -> None:
    n, phi, sigma = 40_000, 0.6, 1.5
    x = autoregressive(n, phi=phi, sigma=sigma, rng=stream(7, "x"))
    assert np.corrcoef(x[1:], x[:-1])[0, 1] == pytest.approx(phi, abs=4 * np.sqrt((1 - phi**2) / n))
    effective = n * (1 - phi**2) / (1 + phi**2)
    assert x.var() == pytest.approx(sigma**2, rel=4 * np.sqrt(2 / effective))


def test_the_spread_of_the_first_value_is_that_of_all() -> None:
    first = [autoregressive(2, phi=0.9, sigma=2.0, rng=stream(s, "x"))[0] for s in range(2000)]
    assert np.std(first) == pytest.approx(2.0, rel=4 / np.sqrt(2 * 2000))


def test_devices_of_a_bonder_remember_each_other() -> None:
    means, _ = _heights(device_um=1.0, phi=0.6)
    n = means.size
    assert means.var() == pytest.approx(1.0, rel=4 * np.sqrt(2 / (n * (1 - 0.36) / (1 + 0.36))))
    memory = np.corrcoef(means[1:], means[:-1])[0, 1]
    assert memory == pytest.approx(0.6, abs=4 * np.sqrt((1 - 0.36) / n))


def test_lots_differ_by_their_variance() -> None:
    found = []
    plant = quiet(lot_um=0.8)
    record = simulate_site(plant, plant.sites[0], end_us=END)
    for measured in record.measured:
        if measured.kind != "loop" or measured.product in ("BGA144-CU20", "SOIC8-AU25"):
            continue  # the mixture and the bad gauge are there
        fair = np.isin(measured.factors["tool"].codes, [0])  # a bonder without a cause
        lot = measured.factors["lot"].codes[fair]
        found += [measured.value[fair][lot == k].mean() for k in np.unique(lot)][:52]
    by_bonder = np.array(found).reshape(-1, 52)
    variance = by_bonder.var(axis=1, ddof=1).mean()
    assert variance == pytest.approx(0.8**2, rel=4 * np.sqrt(2 / (by_bonder.size - 4)))


def test_wires_of_a_device_scatter_by_bonding_and_by_the_gauge() -> None:
    measured = of(penang(), "loop", "QFN32-CU20")
    wires = devices(measured, level(measured, "gauge", "OPT-1"))
    within = wires - wires.mean(axis=1, keepdims=True)
    within -= within.mean(axis=0)  # the wires have places of their own
    rows, columns = wires.shape
    df = (rows - 1) * (columns - 1)
    expected = 1.6**2 + 0.8**2
    assert (within**2).sum() / df == pytest.approx(expected, rel=4 * np.sqrt(2 / df))


def test_x_ray_and_optics_differ_by_bias_and_noise_on_the_same_wires() -> None:
    optical, x_ray = (of(penang(), kind, "QFN32-AU25") for kind in ("loop", "x-ray"))
    key = optical.unit * 64 + optical.position
    order = np.argsort(key)
    place = order[np.searchsorted(key[order], x_ray.unit * 64 + x_ray.position)]
    difference = x_ray.value - optical.value[place]
    n, variance = difference.size, 0.8**2 + 0.3**2
    assert difference.mean() == pytest.approx(-1.2 - 0.3, abs=4 * np.sqrt(variance / n))
    assert difference.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / n))
    assert np.all(x_ray.ts > optical.ts[place])


def test_strengths_scatter_by_their_relative_spread() -> None:
    for kind, mean in (("pull", 8.5), ("shear", 30.0)):
        measured = of(penang(), kind, "QFN32-CU20")
        rows = devices(measured, np.ones(measured.value.size, bool))
        df = rows.shape[0] * (rows.shape[1] - 1)
        within = rows.var(axis=1, ddof=1).mean()
        assert within == pytest.approx((0.07 * mean) ** 2, rel=4 * np.sqrt(2 / df))
        assert rows.mean() == pytest.approx(mean, rel=0.05)


def test_offsets_of_bonders_and_wires_belong_to_the_seed_not_to_the_length() -> None:
    plant = quiet(bonder_um=0.6, position_um=0.5)
    longer = replace(plant, days=30, devices_per_hour=3.0)
    found = []
    for one in (plant, longer):
        measured = of(simulate_site(one, one.sites[0], end_us=END), "loop", "SOIC8-CU20")
        found.append(devices(measured, level(measured, "tool", "WB-12"))[0])
    assert np.array_equal(*found)
    assert np.ptp(found[0]) > 0.1


def test_break_in_fades_and_wear_grows_since_the_change() -> None:
    plant = replace(quiet(wire_um=0.5), capillary=CapillaryLaw())
    record = simulate_site(plant, plant.sites[0], end_us=END)
    measured = of(record, "loop", "QFN32-CU20")
    mine = level(measured, "tool", "WB-02")
    changes = [h.ts for h in record.happenings if (h.kind, h.tool) == ("capillary-change", "WB-02")]
    open_days = days_before_end(measured) < 7  # since the closure every hour is worked
    last = np.searchsorted(changes, measured.ts[mine & open_days], side="right") - 1
    hours = (measured.ts[mine & open_days] - np.array(changes)[last]) / 3.6e9
    t, law = hours * plant.capillary.per_hour, plant.capillary
    design = np.column_stack([np.ones_like(t), np.exp(-t / law.break_in), t / law.life])
    y = measured.value[mine & open_days]
    found, *_ = np.linalg.lstsq(design, y, rcond=None)
    error = np.sqrt(np.diag(np.linalg.inv(design.T @ design))) * 0.5
    assert found[1] == pytest.approx(law.break_in_um, abs=4 * error[1])
    assert found[2] == pytest.approx(law.wear_um, abs=4 * error[2])
    assert error[1] < 0.2
    assert error[2] < 0.1
