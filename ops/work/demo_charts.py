"""Chart designs and marks of a site of the demo plant, made the way that people make them.

Phase I is the part of the record before the first planted cause, 28 days at most. Limits are
estimated from what is stored of it, without the points that are marked to be left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from ops.db import characteristics, chart_designs, marks
from ops.db.engine import Database
from ops.db.load_measurements import load_measurements
from ops.db.marks import Remark
from ops.db.models.plant import Site
from ops.db.types import from_micros
from ops.errors import NotEnoughData
from ops.query import SEQ, MeasurementQuery
from ops.simulate.measurand import code_of
from ops.simulate.plant import DAY_US, Plant, PlantSite
from ops.spc.design import ChartDesign, ChartSettings
from ops.spc.estimate import Estimator
from ops.spc.phase_one import estimate
from ops.spc.rules import Rule
from ops.values import BoolArray, Series
from ops.work.demo_actor import ACTOR

NAME = "line"
PHASE_DAYS = 28.0


def _limits_only(zone: float) -> tuple[Rule, ...]:
    return (Rule("1", f"one point beyond {zone:g} sigma", "beyond", n=1, k=1, zone=zone),)


# The widths give about one false alert of the whole plant: docs/methods/demo-plant.md
_HEIGHTS = ChartSettings(
    kind="three-way", stream="tool", subgroup="unit", rules=_limits_only(4.5), width=4.5
)
_READINGS = ChartSettings(
    kind="three-way", stream="tool", subgroup="gap:60", rules=_limits_only(4.5), width=4.5
)
_CORRECTIONS = ChartSettings(kind="ewma", stream="tool", lambda_=0.2, width=6.0)
_COUNTS = ChartSettings(kind="laney-p", stream="none", rules=_limits_only(5.0), width=5.0, holds=())
REMARKS = (  # of a device of the first, the second and the third product of a site
    Remark("exclude", "GAUGE-READING", "REMEASURED", "hair on the lens (simulated)"),
    Remark("annotate", "WIRE-SPOOL", "NONE-NEEDED", "first device of a spool (simulated)"),
    Remark("void", "GAUGE-READING", "REMEASURED", "no focus on these wires (simulated)"),
)


@dataclass(frozen=True, slots=True)
class MarkedPoints:
    """What is said of some measurements of one characteristic."""

    code: str
    keys: tuple[tuple[int, int], ...]
    remark: Remark


@dataclass(frozen=True, slots=True)
class SiteCharts:
    """Marks and designs of a site that are not stored yet; designs by code."""

    marked: tuple[MarkedPoints, ...]
    designs: tuple[tuple[str, ChartDesign], ...]
    effective_us: int


def phase_end_us(plant: Plant, end_us: int) -> int:
    """End of phase I: microseconds since 1970 UTC."""
    days = min(PHASE_DAYS, plant.days - plant.causes.drift.since_days)
    return end_us - round((plant.days - days) * DAY_US)


def site_charts(database: Database, plant: Plant, site: PlantSite, end_us: int) -> SiteCharts:
    """Find the marks and the limits of a site in what is stored of its phase I."""
    window = (end_us - plant.days * DAY_US, phase_end_us(plant, end_us))
    marked: list[MarkedPoints] = []
    designs: list[tuple[str, ChartDesign]] = []
    for place, (code, settings, estimator) in enumerate(_wanted(site)):
        query = MeasurementQuery(
            characteristics=(code,), site=site.code, factors=("tool",),
            start=from_micros(window[0]), end=from_micros(window[1]),
            columns=frozenset({"n", "unit_id", SEQ}),
        )  # fmt: skip
        series = load_measurements(database, query).series[0]
        said = REMARKS[place] if place < len(REMARKS) and series.ts.size else None
        rows = None if said is None else _of_device(series, farthest=said.kind == "exclude")
        if said is not None and rows is not None:
            marked.append(MarkedPoints(code, _keys(series, rows), said))
        out = rows if said is not None and said.kind != "annotate" else None
        try:
            design = estimate(series, settings, estimator=estimator, excluded=out, window=window)
        except NotEnoughData:  # a plant of three days may begin with a day off
            continue
        designs.append((code, design))
    return SiteCharts(tuple(marked), tuple(designs), window[1])


def store_charts(session: Session, row: Site, charts: SiteCharts, now: datetime) -> None:
    """Mark the points; add the designs and approve them, from the end of phase I on."""
    for said in charts.marked:
        about = characteristics.with_code(session, row, said.code)
        keys = [(from_micros(ts), seq) for ts, seq in said.keys]
        marks.mark(session, ACTOR, about, keys, said.remark, now)
    for code, design in charts.designs:
        about = characteristics.with_code(session, row, code)
        named: dict[str, Any] = {"name": NAME, "note": "first days of the record"}
        draft = chart_designs.create(session, about, design, **named, actor=ACTOR, now=now)
        since = from_micros(charts.effective_us)
        chart_designs.approve(session, draft, since, actor=ACTOR, now=now)


def _wanted(site: PlantSite) -> Iterator[tuple[str, ChartSettings, Estimator]]:
    """Code, settings and estimator: of devices the marginal sigma, since neighbours correlate."""
    for product in site.products:
        yield code_of("loop", product), _HEIGHTS, "overall"
    yield code_of("correction", ""), _CORRECTIONS, "moving-range"
    yield code_of("master", ""), _READINGS, "overall"
    yield code_of("non-stick", ""), _COUNTS, "auto"


def _of_device(series: Series, *, farthest: bool) -> BoolArray:
    """Rows of the device that is farthest from the others of its bonder, or of the last one."""
    unit, tool = series.unit_id.codes, series.factors["tool"].codes
    mean = np.bincount(tool, series.value) / np.maximum(np.bincount(tool), 1)
    far = np.bincount(unit, series.value - mean[tool]) / np.maximum(np.bincount(unit), 1)
    rows: BoolArray = unit == (int(np.argmax(np.abs(far))) if farthest else unit[-1])
    return rows


def _keys(series: Series, rows: BoolArray) -> tuple[tuple[int, int], ...]:
    assert series.seq is not None, "the query asks for it"
    return tuple(zip(series.ts[rows].tolist(), series.seq[rows].tolist(), strict=True))
