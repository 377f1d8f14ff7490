"""Loop heights and events of the demo plant as an analysis gets them."""

from functools import cache

import numpy as np

from ops.query import ProcessData
from ops.simulate.plant import Plant
from ops.simulate.record import Happening, Measured
from ops.simulate.site import simulate_site
from ops.simulate.sizes import plant_of
from ops.values import Characteristic, Factor, Measurements, PlantEvent, Series, SpecLimits
from tests.ops.simulate.records import END


@cache
def demo_data() -> ProcessData:
    return data_of(plant_of("small"))


def data_of(plant: Plant) -> ProcessData:
    record = simulate_site(plant, plant.sites[0], end_us=END)
    loops = [m for m in record.measured if m.kind == "loop"]
    series = tuple(_series(i + 1, plant, m) for i, m in enumerate(loops))
    events = tuple(_event(i, h) for i, h in enumerate(record.happenings))
    return ProcessData(measurements=Measurements(series), events=events)


def _series(key: int, plant: Plant, measured: Measured) -> Series:
    order = np.lexsort([measured.position, measured.ts])
    units, unit = np.unique(measured.unit[order], return_inverse=True)
    product, n = plant.product(measured.product), order.size
    half = product.half_width_um
    return Series(
        characteristic=Characteristic(
            key, measured.site, f"LOOP-{measured.product}", "Loop height", "um"
        ),
        ts=measured.ts[order],
        value=measured.value[order],
        n=np.ones(n),
        subgroup=Factor(np.full(n, -1), ()),
        unit_id=Factor(unit, tuple(map(str, units))),
        position=Factor(measured.position[order], tuple(f"W{i + 1}" for i in range(plant.wires))),
        factors={name: f.take(order) for name, f in measured.factors.items()},
        spec=SpecLimits(product.height_um - half, product.height_um + half, product.height_um),
    )


def _event(key: int, happened: Happening) -> PlantEvent:
    return PlantEvent(
        key,
        happened.site,
        happened.kind,
        happened.ts,
        None,
        happened.tool,
        "",
        happened.title,
        dict(happened.detail),
    )
