"""Simulated records for tests, each made once, and what estimators need of them."""

from dataclasses import replace
from functools import cache

import numpy as np

from ops.simulate.plant import CapillaryLaw, HeightNoise, Plant
from ops.simulate.record import Kind, Measured, SiteRecord
from ops.simulate.site import simulate_site
from ops.simulate.sizes import DRESDEN, PENANG, plant_of
from ops.values import BoolArray, FloatArray

END = 1_772_323_200_000_000  # 2026-03-01T00:00Z
DAY = 86_400e6
STEADY = CapillaryLaw(break_in_um=0.0, wear_um=0.0, strength_loss=0.0)
SILENT = HeightNoise(
    bonder_um=0.0,
    position_um=0.0,
    material_um=0.0,
    lot_um=0.0,
    device_um=0.0,
    wire_um=0.0,
    correction_um=0.0,
)


@cache
def penang() -> SiteRecord:
    return simulate_site(plant_of("small"), PENANG, end_us=END)


@cache
def dresden() -> SiteRecord:
    return simulate_site(plant_of("small"), DRESDEN, end_us=END)


@cache
def tiny() -> SiteRecord:
    return simulate_site(plant_of("tiny"), PENANG, end_us=END)


def quiet(**noise: float) -> Plant:
    """Plant of the small size with gauges that do not scatter and only the noise that is named."""
    plant = plant_of("small")
    exact = tuple(
        replace(s, gauges=tuple(replace(g, sigma_um=0.0) for g in s.gauges)) for s in plant.sites
    )
    return replace(plant, sites=exact, capillary=STEADY, noise=replace(SILENT, **noise))


def of(record: SiteRecord, kind: Kind, product: str = "") -> Measured:
    return next(m for m in record.measured if (m.kind, m.product) == (kind, product))


def level(measured: Measured, factor: str, name: str) -> BoolArray:
    found = measured.factors[factor]
    return found.codes == found.levels.index(name)


def days_before_end(measured: Measured, end_us: int = END) -> FloatArray:
    return (end_us - measured.ts) / DAY


def devices(measured: Measured, keep: BoolArray) -> FloatArray:
    """Values of the kept devices, one row each, one column for each wire."""
    wires = int(measured.position.max()) + 1
    return measured.value[keep].reshape(-1, wires)


def slope(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Slope of a least squares line and its standard error."""
    design = np.column_stack([np.ones_like(x), x])
    found, *_ = np.linalg.lstsq(design, y, rcond=None)
    residual = y - design @ found
    variance = residual @ residual / (x.size - 2) * np.linalg.inv(design.T @ design)
    return float(found[1]), float(np.sqrt(variance[1, 1]))
