"""Loop clearance: margin of wires to cavity and neighbours, as probability of contact."""

import numpy as np
from pydantic import Field, ValidationError

from ops.analyses.loop_clearance_margins import PPM, Alike, bars_of, least_of, rank
from ops.analyses.loop_clearance_page import view
from ops.analyses.loop_clearance_result import LoopClearanceResult
from ops.analyses.loop_clearance_sample import sample_units
from ops.analyses.loop_clearance_words import verdict
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.loop.clearance import Allowance, Sweep, margins, near_of
from ops.loop.contact import LEAST_UNITS
from ops.loop.package import Package
from ops.loop.profile import PARTS, Part, UnitHeights, joined_heights
from ops.query import MeasurementQuery, ProcessData, ProcessQuery
from ops.values import IntArray, Measurements, Series

LISTED = 300
LENGTH = "um"
_UM = {"um": 1.0, "µm": 1.0, "nm": 1e-3, "mm": 1e3, "m": 1e6}  # micrometres in each unit


class LoopClearanceParams(AnalysisParams):
    """Parameters of a study of loop clearance."""

    package: str = Field(
        min_length=1, max_length=64, description="Code of the package: its geometry is used."
    )
    apex: str = Field(
        default="",
        max_length=100,
        description="Characteristic of the apex; empty: what the package names. A code here spares"
        " reading all characteristics of the site.",
    )
    rise: str = Field(default="", max_length=100, description="Characteristic of the rise.")
    descent: str = Field(default="", max_length=100, description="Characteristic of the descent.")
    where: dict[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description="Levels that count, e.g. those of the package's devices.",
    )
    requirement_ppm: float = Field(
        default=10.0, gt=0, lt=1e6, description="Probability of contact that is allowed, ppm."
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")
    tail: float = Field(
        default=0.1, gt=0, le=0.3, description="Share of the smallest margins that is the tail."
    )
    cluster: str = Field(
        default="lot", max_length=100, description="Factor whose units are alike; or none."
    )
    sweep: Sweep = Field(
        default="together",
        description="Sweep allowance: none; together: all wires at once, as far as angle and span"
        " say; worst: each wire of a pair swept or not, whatever is nearest.",
    )
    from_top: bool = Field(
        default=False, description="Whether heights were measured to the top of the wire."
    )
    between_um: float = Field(
        default=0.0, ge=0, le=1e4, description="Distance that must remain between wires, um."
    )
    near_um: float | None = Field(
        default=None,
        gt=0,
        description="Pairs whose middles are farther apart are left out, um; absent: 1.5 times the"
        " widest gap from a wire to its nearest.",
    )


def needs(params: LoopClearanceParams) -> ProcessQuery:
    """Ask for the heights with unit and position, and for the geometry of the package."""
    codes = tuple(dict.fromkeys(c for c in (params.apex, params.rise, params.descent) if c))
    measured = MeasurementQuery(
        characteristics=codes if params.apex else (),
        site=params.site,
        where=params.where,
        factors=(params.cluster,) if params.cluster else (),
        columns=frozenset({"unit_id", "position"}),
    )
    return ProcessQuery(measured, package=params.package)


def compute(
    data: ProcessData, params: LoopClearanceParams, progress: Progress
) -> LoopClearanceResult:
    """Join the wires of each unit, take margins, and say how often they are below 0.

    Raises
    ------
    NotEnoughData
        If there are no heights of the wires, or fewer than 20 units have any pair of them.
    BadData
        If there is no package, or what is measured is no length.
    """
    if not data.measurements.series:
        raise NotEnoughData(
            f"no heights are in the window, {LEAST_UNITS} units are needed; widen the window"
        )
    package = _package(data, params)
    parts = _parts(data.measurements, package, params)
    heights = joined_heights(parts, [wire.position for wire in package.wires])
    measured = np.count_nonzero(~np.isnan(heights.apex), axis=0) > 0
    progress(0.2, f"{len(heights.units)} units of {np.count_nonzero(measured)} wires")
    allowance = Allowance(params.sweep, params.from_top, params.between_um)
    found = margins(package, heights, allowance=allowance, near_um=params.near_um)
    progress(0.5, f"{len(found)} margins")
    lot = _clusters(parts["apex"], heights, params.cluster)
    alike = Alike(lot, params.tail, params.confidence, params.requirement_ppm / PPM)
    listed = sorted(
        (one for margin in found for one in alike.probability(margin)), key=rank, reverse=True
    )
    if not listed:
        raise NotEnoughData(_too_few(heights, params))
    progress(0.8, f"{len(listed)} probabilities")
    least = least_of(found)
    overall = next(iter(alike.probability(least)), None)
    about = parts["apex"].characteristic
    result = LoopClearanceResult(
        package=params.package,
        site=about.site,
        unit=LENGTH,
        characteristics={part: series.characteristic.code for part, series in parts.items()},
        confidence=params.confidence,
        requirement_ppm=params.requirement_ppm,
        sweep=params.sweep,
        sweep_share=package.sweep_share if package.mold_flow_deg is not None else 0.0,
        near=near_of(package) if params.near_um is None else params.near_um,
        cluster="" if lot is None else params.cluster,
        clusters=0 if lot is None else int(np.unique(lot).size),
        units=len(heights.units),
        complete=int(np.count_nonzero(~np.isnan(least.value))),
        unmeasured=tuple(package.wires[i].position for i in np.flatnonzero(~measured)),
        any_contact=overall,
        margins=tuple(listed[:LISTED]),
        left_out=max(0, len(listed) - LISTED),
        bars=tuple(bars_of(found, least, listed, overall)),
        verdict=verdict(about, params.package, overall, listed, params.requirement_ppm),
    )
    progress(1.0, "done")
    return result


def _package(data: ProcessData, params: LoopClearanceParams) -> Package:
    if data.package is None:
        raise BadData(
            f"there is no geometry of package {params.package!r}: enter its cavity, wires and mold"
            " flow at /v1/packages first, nothing of it is assumed",
            (Problem("/package", "name a package that is there"),),
        )
    try:
        return Package.model_validate(data.package)
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(step) for step in first["loc"])
        raise BadData(f"package {params.package!r}: {where}: {first['msg']}") from error


def _parts(
    measured: Measurements, package: Package, params: LoopClearanceParams
) -> dict[Part, Series]:
    """Find the series of each part of the profile, in micrometres."""
    codes = {part: getattr(params, part) or package.characteristics.get(part, "") for part in PARTS}
    if not codes["apex"]:
        raise BadData(
            f"neither the parameters nor the package {params.package!r} name the characteristic of"
            " the apex; give apex",
            (Problem("/apex", "name the characteristic of the apex"),),
        )
    by_code: dict[str, list[Series]] = {}
    for series in measured.series:
        by_code.setdefault(series.characteristic.code, []).append(series)
    parts: dict[Part, Series] = {}
    for part in PARTS:
        found = by_code.get(codes[part], [])
        if len(found) > 1:
            raise BadData(
                f"{codes[part]} is measured at {len(found)} sites; name one",
                (Problem("/site", "name one site"),),
            )
        if found:
            parts[part] = _in_um(found[0])
        elif part == "apex" or getattr(params, part):
            raise NotEnoughData(f"{codes[part]} has no values in the window; widen it")
    return parts


def _in_um(series: Series) -> Series:
    about = series.characteristic
    if about.unit == LENGTH:
        return series
    if about.unit not in _UM:
        raise BadData(
            f"{about.code} is in {about.unit!r}: heights are lengths, one of {', '.join(_UM)}"
        )
    return Series(
        characteristic=about,
        ts=series.ts,
        value=series.value * _UM[about.unit],
        n=series.n,
        subgroup=series.subgroup,
        unit_id=series.unit_id,
        position=series.position,
        factors=series.factors,
    )


def _clusters(apex: Series, heights: UnitHeights, name: str) -> IntArray | None:
    factor = apex.factors.get(name) if name else None
    if factor is None or not bool(np.any(factor.codes >= 0)):
        return None
    return factor.codes[heights.row]


def _too_few(heights: UnitHeights, params: LoopClearanceParams) -> str:
    return (
        f"{len(heights.units)} units carry heights of wires of package {params.package},"
        f" {LEAST_UNITS} are needed; widen the window, or check unit_id and position against the"
        " positions of the package"
    )


LOOP_CLEARANCE = Analysis(
    name="loop-clearance",
    title="Loop clearance",
    summary="Margins of wires to the cavity and to each other, as probability of contact.",
    version=1,
    params=LoopClearanceParams,
    result=LoopClearanceResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=LoopClearanceParams(package="QFN-48", apex="LOOP-H", site="PG1"),
        data=sample_units,
    ),
)
