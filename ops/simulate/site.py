"""A whole site over the record: every measurement, and everything that happened."""

from collections.abc import Callable, Iterator

import numpy as np

from ops.simulate.bonder import Line, line_of
from ops.simulate.clock import WorkClock, clock_of
from ops.simulate.gauging import blocks_of, master_checks
from ops.simulate.inspection import lot_inspections
from ops.simulate.plant import DAY_US, Bonder, Plant, PlantSite
from ops.simulate.record import Happening, Kind, Measured, SiteRecord
from ops.simulate.study import gauge_study
from ops.simulate.supplies import Spools, spools_of
from ops.simulate.tooling import box_code
from ops.values import Factor, FloatArray

Progress = Callable[[int, int], None]


def simulate_site(
    plant: Plant, site: PlantSite, *, end_us: int, progress: Progress | None = None
) -> SiteRecord:
    """Everything of a site over the `plant.days` that end at `end_us`.

    Parameters
    ----------
    end_us
        First microsecond (since 1970 UTC) after the record.
    progress
        Called with the bonders that are done, and with all of them.

    Examples
    --------
    >>> from ops.simulate.sizes import PENANG, plant_of
    >>> record = simulate_site(plant_of("tiny"), PENANG, end_us=1_772_323_200_000_000)
    >>> record.rows, sorted({m.kind for m in record.measured})
    (5695, ['correction', 'loop', 'master', 'non-stick', 'pull', 'shear', 'study', 'x-ray'])
    """
    clock = clock_of(site, plant, end_us)
    spools = {p: spools_of(site, plant.product(p), plant, clock) for p in site.products}
    blocks: list[Measured] = []
    happenings = list(_spool_changes(site, spools, clock))
    for done, bonder in enumerate(site.bonders, start=1):
        line = line_of(plant, site, bonder, clock, spools[bonder.product])
        blocks += [*blocks_of(line), lot_inspections(line)]
        happenings += [*_capillary_changes(line), *_services(plant, site, bonder, clock)]
        if progress is not None:
            progress(done, len(site.bonders))
    blocks += [master_checks(site, plant, clock), gauge_study(site, plant, clock)]
    happenings.append(_recalibration(site, clock))
    happenings.sort(key=lambda h: (h.ts, h.kind, h.tool, h.product))
    return SiteRecord(site.code, tuple(_joined(blocks)), tuple(happenings))


def _joined(blocks: list[Measured]) -> Iterator[Measured]:
    """Put the blocks of one characteristic together."""
    keys: list[tuple[Kind, str]] = list(dict.fromkeys((b.kind, b.product) for b in blocks))
    for kind, product in keys:
        mine = [b for b in blocks if (b.kind, b.product) == (kind, product)]
        names = mine[0].factors
        yield Measured(
            site=mine[0].site,
            kind=kind,
            product=product,
            ts=np.concatenate([b.ts for b in mine]),
            value=np.concatenate([b.value for b in mine]),
            unit=np.concatenate([b.unit for b in mine]),
            position=np.concatenate([b.position for b in mine]),
            factors={name: _stacked([b.factors[name] for b in mine]) for name in names},
            n=_counts(mine),
        )


def _counts(blocks: list[Measured]) -> FloatArray | None:
    sizes = [block.n for block in blocks if block.n is not None]
    return np.concatenate(sizes) if sizes else None


def _stacked(parts: list[Factor]) -> Factor:
    levels = tuple(sorted({level for part in parts for level in part.levels}))
    place = {level: i for i, level in enumerate(levels)}
    codes = [np.array([place[v] for v in p.levels], np.int64)[p.codes] for p in parts]
    return Factor(np.concatenate(codes), levels)


def _capillary_changes(line: Line) -> Iterator[Happening]:
    place = line.bonder.code.removeprefix("WB-")
    product = line.plant.products.index(line.product)
    since, lives = line.clock.at(line.tooling.since_hours), line.tooling.lives
    for i in range(1, since.size):
        detail = {
            "touch_downs": f"{lives[i - 1]:.0f}",  # of the old one, when it was taken off
            "capillary": f"C{place}-{i + 1:03}",
            "capillary_lot": box_code(product, int(line.tooling.lots[i])),
        }
        yield Happening(
            site=line.site.code,
            kind="capillary-change",
            ts=int(since[i]),
            title=f"New capillary of lot {detail['capillary_lot']}",
            tool=line.bonder.code,
            detail=detail,
        )


def _spool_changes(
    site: PlantSite, spools: dict[str, Spools], clock: WorkClock
) -> Iterator[Happening]:
    for product, mine in spools.items():
        for ts, code in zip(mine.since_us.tolist(), mine.codes(), strict=True):
            if ts >= clock.start_us:
                title = f"Wire spool lot {code}"
                yield Happening(
                    site.code, "material-change", ts, title, "", product, {"material": code}
                )


def _services(
    plant: Plant, site: PlantSite, bonder: Bonder, clock: WorkClock
) -> Iterator[Happening]:
    """Preventive maintenances of a bonder, each bonder on another day."""
    step = plant.causes.step
    turn = int(bonder.code.removeprefix("WB-")) / 24
    latest = step.since_days if bonder.code == step.bonder else turn * plant.service_days
    for before_end in np.arange(latest, plant.days, plant.service_days):
        ts = clock.end_us - round(float(before_end) * DAY_US)
        yield Happening(site.code, "maintenance", ts, "Preventive maintenance", bonder.code)


def _recalibration(site: PlantSite, clock: WorkClock) -> Happening:
    """Mark the yearly calibration of the X-ray gauge, in the middle of the record."""
    gauge = next(g.code for g in site.gauges if g.kind == "x-ray")
    middle = (clock.start_us + clock.end_us) // 2
    return Happening(site.code, "calibration", middle, "Yearly calibration", gauge)
