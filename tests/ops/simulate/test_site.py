"""A record is whole, repeatable, and lies within the working time of its site."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from ops.simulate.clock import calendar_of, clock_of, holidays_of
from ops.simulate.plant import PlantSite
from ops.simulate.record import SiteRecord
from ops.simulate.site import simulate_site
from ops.simulate.sizes import DRESDEN, PENANG, SEED, plant_of
from ops.timing.shift import shift_factor
from tests.ops.simulate.records import DAY, END, dresden, level, of, penang, tiny


def _bytes(record: SiteRecord) -> bytes:
    arrays = [(m.ts, m.value, m.unit, m.position) for m in record.measured]
    codes = [f.codes for m in record.measured for f in m.factors.values()]
    named = repr([(m.kind, m.product, [f.levels for f in m.factors.values()])
                  for m in record.measured])  # fmt: skip
    happened = repr(record.happenings)
    data = b"".join(a.tobytes() for a in (*(x for row in arrays for x in row), *codes))
    return data + named.encode() + happened.encode()


def test_equal_seeds_give_equal_bytes_and_others_do_not() -> None:
    again = simulate_site(plant_of("tiny"), PENANG, end_us=END)
    assert _bytes(again) == _bytes(tiny())
    other = simulate_site(plant_of("tiny", seed=SEED + 1), PENANG, end_us=END)
    assert _bytes(other) != _bytes(tiny())


def test_a_site_does_not_change_with_what_the_other_one_does() -> None:
    plant = plant_of("tiny")
    alone = replace(plant, sites=(replace(plant.sites[0], title="x"), *plant.sites[1:]))
    assert _bytes(simulate_site(alone, PENANG, end_us=END)) == _bytes(tiny())


def test_a_device_has_each_of_its_wires_once_at_one_instant() -> None:
    measured = of(penang(), "loop", "SOIC8-CU20")
    order = np.lexsort([measured.position, measured.unit])
    assert np.array_equal(measured.position[order].reshape(-1, 6), np.tile(np.arange(6), (
        measured.value.size // 6, 1)))  # fmt: skip
    assert np.all(np.ptp(measured.ts[order].reshape(-1, 6), axis=1) == 0)


def test_destroyed_devices_are_others_than_the_measured_ones() -> None:
    units = [
        set(of(penang(), kind, "QFN32-CU20").unit.tolist()) for kind in ("loop", "pull", "shear")
    ]
    assert not units[0] & units[1]
    assert not units[1] & units[2]
    assert set(of(penang(), "x-ray", "QFN32-CU20").unit.tolist()) <= units[0]


@pytest.mark.parametrize(("site", "record"), [(PENANG, penang), (DRESDEN, dresden)])
def test_everything_bonded_is_bonded_in_a_shift(
    site: PlantSite, record: Callable[[], SiteRecord]
) -> None:
    calendar = calendar_of(site, plant_of("small"), END)
    for measured in record().measured:
        assert measured.ts.min() >= END - 28 * DAY
        assert measured.ts.max() < END
        if measured.kind != "x-ray":  # it is measured later
            assert np.all(shift_factor(measured.ts, calendar).codes >= 0)


def test_nights_cross_midnight_and_closed_days_are_empty() -> None:
    zone = ZoneInfo(PENANG.zone)
    closed = next(d for d, name in holidays_of(PENANG, plant_of("small"), END).items()
                  if name == "Stock-taking")  # fmt: skip
    ts = of(penang(), "loop", "QFN32-CU20").ts
    local = [datetime.fromtimestamp(t / 1e6, UTC).astimezone(zone) for t in np.unique(ts).tolist()]
    six = datetime(closed.year, closed.month, closed.day, 6, tzinfo=zone)
    assert not any(six <= t < six + timedelta(days=1) for t in local)
    assert any(six - timedelta(hours=5) < t < six for t in local)  # the night before runs on
    assert {0, 5, 6, 14, 22, 23} <= {t.hour for t in local}


def test_dresden_rests_on_sundays_and_keeps_its_hours_when_clocks_change() -> None:
    spring = int(datetime(2026, 4, 6, tzinfo=UTC).timestamp() * 1e6)
    record = simulate_site(plant_of("small"), DRESDEN, end_us=spring)
    zone = ZoneInfo(DRESDEN.zone)
    ts = of(record, "loop", "QFN32-CU20").ts.tolist()
    local = [datetime.fromtimestamp(t / 1e6, UTC).astimezone(zone) for t in set(ts)]
    sundays = [t for t in local if t.weekday() == 6]
    assert sundays == []
    corrections = of(record, "correction").ts.tolist()
    starts = {datetime.fromtimestamp(t / 1e6, UTC).astimezone(zone).hour for t in corrections}
    assert starts == {6, 14, 22}


def test_a_yearly_holiday_stops_the_work() -> None:
    end = int(datetime(2026, 1, 3, tzinfo=UTC).timestamp() * 1e6)
    plant = plant_of("tiny")
    assert date(2026, 1, 1) in holidays_of(PENANG, plant, end)
    usual = clock_of(PENANG, plant, END).total
    assert clock_of(PENANG, plant, end).total == pytest.approx(usual - 24.0)


def test_a_site_without_work_has_a_record_without_devices() -> None:
    end = int(datetime(2026, 1, 1, 23, tzinfo=UTC).timestamp() * 1e6)
    never = replace(DRESDEN, shifts=())
    record = simulate_site(plant_of("tiny"), never, end_us=end)
    assert record.rows == 0
    assert not [h for h in record.happenings if h.kind == "capillary-change"]


def test_a_capillary_lasts_from_change_to_change() -> None:
    record = penang()
    measured = of(record, "loop", "QFN32-CU20")
    mine = level(measured, "tool", "WB-03")
    starts = [h.ts for h in record.happenings if (h.kind, h.tool) == ("capillary-change", "WB-03")]
    found = measured.factors["capillary"]
    number = np.array([int(v.partition("-")[2]) for v in found.levels])[found.codes[mine]]
    assert np.array_equal(number, 1 + np.searchsorted(starts, measured.ts[mine], side="right"))
    assert len(starts) > 7


def test_a_change_tells_the_count_that_the_old_capillary_had_reached() -> None:
    changes = [h for h in penang().happenings if h.kind == "capillary-change"]
    counts = np.array([float(h.detail["touch_downs"]) for h in changes])
    law = plant_of("small").capillary
    assert counts.mean() == pytest.approx(law.life, rel=4 * law.life_spread / counts.size**0.5)
    assert counts.std(ddof=1) == pytest.approx(law.life_spread * law.life, rel=0.25)
    mine = [h for h in changes if h.tool == "WB-03"]
    hours = np.diff([h.ts for h in mine]) / 3.6e9  # hours not worked count nothing
    reached = np.array([float(h.detail["touch_downs"]) for h in mine[1:]])
    assert np.all(reached <= 1.001 * law.per_hour * hours)


def test_materials_and_lots_change_in_time() -> None:
    measured = of(penang(), "loop", "QFN32-CU20")
    assert 4 <= len(measured.factors["material"].levels) <= 6
    assert len(measured.factors["lot"].levels) == 3 * 54  # 648 working hours of three bonders
    happened = {h.kind for h in penang().happenings}
    assert happened == {"capillary-change", "material-change", "maintenance", "calibration"}


def test_two_sites_have_twenty_four_bonders_and_six_products() -> None:
    plant = plant_of("large")
    assert [len(s.bonders) for s in plant.sites] == [14, 10]
    assert len({p.package for p in plant.products}) == 3
    assert len({p.wire for p in plant.products}) == 2
