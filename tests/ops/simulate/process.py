"""A simulated site as an analysis sees it in a night, without a database between."""

from functools import cache

import numpy as np

from ops.query import ProcessData
from ops.simulate.measurand import Measurand, measurands
from ops.simulate.plant import DAY_US, Plant
from ops.simulate.record import Happening, Measured, SiteRecord
from ops.simulate.site import simulate_site
from ops.simulate.sizes import SEED, plant_of
from ops.values import (
    Characteristic,
    Factor,
    IntArray,
    Measurements,
    PlantEvent,
    Series,
    SpecLimits,
)
from tests.ops.simulate.records import END

SERIES = 64  # more than a device has wires: the sequence of a measurement is unit and wire


@cache
def record_of(site: str, seed: int = SEED) -> tuple[Plant, SiteRecord]:
    plant = plant_of("small", seed=seed)
    place = next(s for s in plant.sites if s.code == site)
    return plant, simulate_site(plant, place, end_us=END)


@cache
def night_of(
    site: str, ago: int = 0, *, days: int = 28, seed: int = SEED, codes: tuple[str, ...] = ()
) -> ProcessData:
    """What a night so many days before the end of the record finds in its window."""
    plant, record = record_of(site, seed)
    end = END - ago * DAY_US
    window = end - days * DAY_US, end
    place = next(s for s in plant.sites if s.code == site)
    known = {(m.kind, m.product): (i, m) for i, m in enumerate(measurands(plant, place), start=1)}
    series = [
        _series(measured, *known[measured.kind, measured.product], window)
        for measured in record.measured
        if not codes or known[measured.kind, measured.product][1].code in codes
    ]
    events = [_event(i, h, place.code) for i, h in enumerate(record.happenings) if h.ts < end]
    return ProcessData(
        measurements=Measurements(tuple(s for s in series if s.ts.size)),
        events=tuple(sorted(events, key=lambda e: e.ts)),
    )


def _series(measured: Measured, number: int, about: Measurand, window: tuple[int, int]) -> Series:
    order = np.lexsort([measured.unit * SERIES + measured.position, measured.ts])
    ts = measured.ts[order]
    keep = order[(ts >= window[0]) & (ts < window[1])]
    limited = about.lower is not None or about.upper is not None
    spec = SpecLimits(
        -np.inf if about.lower is None else about.lower,
        np.inf if about.upper is None else about.upper,
        about.target,
    )
    none = Factor(np.full(keep.size, -1), ())
    return Series(
        Characteristic(number, measured.site, about.code, about.title, about.unit),
        ts=measured.ts[keep],
        value=measured.value[keep],
        n=np.ones(keep.size) if measured.n is None else measured.n[keep],
        subgroup=none,
        unit_id=_numbered(measured.unit[keep], "D", 9),
        position=_numbered(measured.position[keep], "W", 1),
        factors={name: factor.take(keep) for name, factor in measured.factors.items()},
        spec=spec if limited else None,
    )


def _numbered(number: IntArray, letter: str, digits: int) -> Factor:
    levels, codes = np.unique(number, return_inverse=True)
    if levels.size and levels[0] < 0:
        levels, codes = levels[1:], codes - 1
    return Factor(codes.astype(np.int64), tuple(f"{letter}{i:0{digits}}" for i in levels.tolist()))


def _event(number: int, h: Happening, site: str) -> PlantEvent:
    return PlantEvent(
        number, site, h.kind, h.ts, None, h.tool, f"LOOP-{h.product}" if h.product else "",
        h.title, dict(h.detail),
    )  # fmt: skip
