"""The demo plant in three sizes: two sites, 24 bonders, three packages with two wires each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from ops.simulate.causes import PlantedCauses
from ops.simulate.plant import Bonder, CapillaryLaw, Gauge, Plant, PlantSite, Product
from ops.timing.shift import ShiftPattern

Size = Literal["tiny", "small", "large"]
SEED = 20260301
_SPAN = 28.0  # days in which every cause begins; a shorter record has them in quicker succession

PRODUCTS = (
    Product("QFN32", "CU20", 150.0, 8.5, 5.0, 30.0, 20.0),
    Product("QFN32", "AU25", 150.0, 10.0, 6.0, 45.0, 30.0),
    Product("BGA144", "CU20", 180.0, 8.5, 5.0, 30.0, 20.0),
    Product("BGA144", "AU25", 180.0, 10.0, 6.0, 45.0, 30.0),
    Product("SOIC8", "CU20", 220.0, 8.5, 5.0, 30.0, 20.0),
    Product("SOIC8", "AU25", 220.0, 10.0, 6.0, 45.0, 30.0),
)
_CODES = tuple(p.code for p in PRODUCTS)
_WEEK, _SIX, _FIVE = (frozenset(range(days)) for days in (7, 6, 5))


def _bonders(first: int, of_product: tuple[int, ...]) -> tuple[Bonder, ...]:
    products = [code for code, n in zip(_CODES, of_product, strict=False) for _ in range(n)]
    return tuple(Bonder(f"WB-{first + i:02}", code) for i, code in enumerate(products))


PENANG = PlantSite(
    code="DEMO-PG",
    title="Penang (simulated)",
    zone="Asia/Kuala_Lumpur",
    shifts=(
        ShiftPattern("early", 360, 840, _WEEK),
        ShiftPattern("late", 840, 1320, _WEEK),
        ShiftPattern("night", 1320, 360, _WEEK),
    ),
    holidays=(
        (1, 1, "New Year's Day"),
        (5, 1, "Labour Day"),
        (8, 31, "National Day"),
        (9, 16, "Malaysia Day"),
        (12, 25, "Christmas Day"),
    ),
    bonders=_bonders(1, (3, 3, 2, 2, 2, 2)),
    gauges=(
        Gauge("OPT-1", "optical", 0.3, 0.8, _CODES),
        Gauge("OPT-2", "optical", -0.2, 0.8, ("SOIC8-AU25",)),
        Gauge("XR-1", "x-ray", -1.2, 0.3, _CODES),
    ),
    pull_tester="BT-1",
)
DRESDEN = PlantSite(
    code="DEMO-DR",
    title="Dresden (simulated)",
    zone="Europe/Berlin",
    shifts=(
        ShiftPattern("early", 360, 840, _SIX),
        ShiftPattern("late", 840, 1320, _SIX),
        ShiftPattern("night", 1320, 360, _FIVE),
    ),
    holidays=(
        (1, 1, "New Year's Day"),
        (5, 1, "Labour Day"),
        (10, 3, "German Unity Day"),
        (12, 25, "Christmas Day"),
        (12, 26, "Boxing Day"),
    ),
    bonders=_bonders(15, (3, 3, 2, 2)),
    gauges=(
        Gauge("OPT-3", "optical", 0.1, 0.8, _CODES[:4]),
        Gauge("XR-2", "x-ray", -1.0, 0.3, _CODES[:4]),
    ),
    pull_tester="BT-2",
)


def plant_of(size: Size, *, seed: int = SEED) -> Plant:
    """Plant of a size; `small` and `large` share every cause, `tiny` has them compressed.

    Examples
    --------
    >>> [plant_of(size).days for size in SIZES]
    [3, 28, 90]
    """
    plant = replace(SIZES[size], seed=seed)
    return plant if plant.days >= _SPAN else _compressed(plant, plant.days / _SPAN)


def _compressed(plant: Plant, pace: float) -> Plant:
    """Make everything happen `1 / pace` times as fast: equal sizes of effects in fewer days."""
    c, law = plant.causes, plant.capillary
    drift, corrections = (
        replace(x, since_days=x.since_days * pace, um_per_day=x.um_per_day / pace)
        for x in (c.drift, c.corrections)
    )
    step, gauge = (replace(x, since_days=x.since_days * pace) for x in (c.step, c.gauge))
    return replace(
        plant,
        causes=PlantedCauses(drift, step, c.mixture, corrections, gauge),  # type: ignore[arg-type]
        capillary=_compressed_law(law, pace),
        lot_hours=plant.lot_hours * pace,
        spool_days=plant.spool_days * pace,
        service_days=plant.service_days * pace,
    )


def _compressed_law(law: CapillaryLaw, pace: float) -> CapillaryLaw:
    return replace(law, per_hour=law.per_hour / pace, box_days=law.box_days * pace)


SIZES: Mapping[Size, Plant] = {
    "tiny": Plant(SEED, 3, 0.5, (PENANG, DRESDEN), PRODUCTS, x_ray_every=4, strength_hours=12.0),
    "small": Plant(SEED, 28, 2.0, (PENANG, DRESDEN), PRODUCTS),
    "large": Plant(SEED, 90, 6.4, (PENANG, DRESDEN), PRODUCTS),
}
