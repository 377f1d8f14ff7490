"""Tool matching: which tools of a fleet have left it, by how much, and which surely match."""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from pydantic import Field

from ops.analyses.tool_matching_page import view
from ops.analyses.tool_matching_result import (
    FleetNotMatched,
    FleetOfCharacteristic,
    MatchedTool,
    ToolMatchingResult,
)
from ops.analyses.tool_matching_sample import sample_fleet
from ops.analyses.tool_matching_words import verdicts
from ops.analysis import Analysis, AnalysisParams, Example, Progress
from ops.drift.fleet import match_fleet
from ops.drift.fleet_cells import FleetCells, fleet_cells
from ops.drift.fleet_standing import FleetMatch, ToolStanding
from ops.errors import BadData, NotEnoughData, OpsError
from ops.query import MeasurementQuery
from ops.timing.window import LastDuration, Window
from ops.values import Factor, Measurements, Series

IN_FULL = 5  # characteristics whose tools and pairs are all kept
MOST_TOOLS = 60  # in a table
MOST_PAIRS = 20  # in a matrix
MOST_BRIEF = 3  # tools of a characteristic that is kept in brief
LARGEST = 1e150  # beyond it a square overflows


class ToolMatchingParams(AnalysisParams):
    """Parameters of a tool matching."""

    window: Window = Field(
        default_factory=lambda: LastDuration(last="30d"),
        description="Measurement time: absolute (start, end), relative (last), shift, or since.",
    )
    characteristics: tuple[str, ...] = Field(
        default=(), max_length=1000, description="Codes; empty means every one of the site."
    )
    factor: str = Field(
        default="tool", min_length=1, max_length=100, description="Factor that names the tool."
    )
    golden: str = Field(
        default="", max_length=100, description="Tool to compare with; empty: the other tools."
    )
    margin_share: float = Field(
        default=0.1,
        gt=0,
        le=1,
        description="Share of the tolerance (or of 6 sigma) by which levels may differ.",
    )
    margin: float | None = Field(
        default=None, gt=0, description="The same in the unit; given, it replaces the share."
    )
    ratio: float = Field(
        default=1.5, gt=1, le=10, description="Ratio of standard deviations that does not matter."
    )
    mix: tuple[str, ...] = Field(
        default=("product", "gauge"),
        max_length=10,
        description="Factors whose effect is taken out; absent ones are passed over.",
    )
    lot: str = Field(
        default="lot",
        max_length=100,
        description="Factor whose values count as one; where it is absent, the unit does.",
    )
    where: Mapping[str, tuple[str, ...]] = Field(
        default_factory=dict[str, tuple[str, ...]],
        description='Levels to keep, e.g. {"product": ["QFN32"]}.',
    )
    confidence: float = Field(default=0.95, ge=0.5, le=0.999, description="Level of intervals.")


def needs(params: ToolMatchingParams) -> MeasurementQuery:
    """Ask for the characteristics with tool, lot and mix."""
    factors = dict.fromkeys((params.factor, *params.mix, params.lot))
    return MeasurementQuery(
        characteristics=params.characteristics,
        site=params.site,
        where=dict(params.where),
        factors=tuple(name for name in factors if name),
        columns=frozenset({"unit_id"}),
    )


def compute(
    data: Measurements, params: ToolMatchingParams, progress: Progress
) -> ToolMatchingResult:
    """Match the tools in each characteristic.

    Raises
    ------
    NotEnoughData
        If no characteristic has tools to compare.
    """
    found: list[FleetOfCharacteristic] = []
    refused: list[FleetNotMatched] = []
    for done, series in enumerate(data.series):
        code = series.characteristic.code
        progress(done / len(data.series), f"{code}: {series.value.size} values")
        try:
            found.append(_one(series, params))
        except OpsError as objection:
            refused.append(FleetNotMatched(code=code, reason=str(objection)))
    known = {series.characteristic.code for series in data.series}
    absent = "no values in the window, or no such characteristic"
    refused += [
        FleetNotMatched(code=code, reason=absent)
        for code in params.characteristics
        if code not in known
    ]
    if not found:
        said = "; ".join(f"{one.code}: {one.reason}" for one in refused[:3])
        raise NotEnoughData(
            f"no characteristic has tools to compare ({said or 'no data'}); widen the window or"
            " check the site, the codes and the factor"
        )
    progress(1.0, f"{len(found)} characteristics")
    return ToolMatchingResult(
        factor=params.factor,
        golden=params.golden,
        confidence=params.confidence,
        characteristics=_kept(found),
        not_matched=tuple(refused),
    )


def _one(series: Series, params: ToolMatchingParams) -> FleetOfCharacteristic:
    about = series.characteristic
    if params.factor not in series.factors:
        raise BadData(f"no factor {params.factor}; those known are {_names(series.factors)}")
    if series.value.size and float(np.max(np.abs(series.value))) > LARGEST:
        raise BadData(f"values beyond {LARGEST:g} cannot be squared; check the unit")
    cells = fleet_cells(
        series.ts,
        series.value,
        series.factors[params.factor],
        within=_within(series, params.lot),
        mix={name: series.factors[name] for name in params.mix if name in series.factors},
    )
    margin, source = _margin(series, cells, params)
    match = match_fleet(
        cells,
        margin=margin,
        golden=params.golden,
        confidence=params.confidence,
        ratio=params.ratio,
    )
    shown = min(MOST_PAIRS, len(match.tools))
    return FleetOfCharacteristic(
        code=about.code,
        title=about.title,
        site=about.site,
        unit=about.unit,
        margin=margin,
        margin_from=source,
        ratio=params.ratio,
        days=match.days,
        fleet=len(match.tools),
        matched=sum(t.standing == "matched" and not t.golden for t in match.tools),
        left=sum(t.standing == "left" for t in match.tools),
        correlation=match.phi,
        between=match.between,
        tools=tuple(_tool(t) for t in match.tools[:MOST_TOOLS]),
        pairs=tuple(t.tool for t in match.tools[:shown]),
        difference=tuple(tuple(row[:shown].tolist()) for row in match.difference[:shown]),
        tint=_tints(match, shown),
        left_out=match.left_out[:MOST_TOOLS],
        confounded=match.confounded,
        verdicts=verdicts(about, match, params.factor),
    )


def _names(factors: Mapping[str, Factor]) -> str:
    return ", ".join(sorted(factors)) or "none"


def _within(series: Series, lot: str) -> Factor | None:
    """Take the lot, else the unit, whichever has levels."""
    for factor in (series.factors.get(lot), series.unit_id):
        if factor is not None and factor.levels:
            return factor
    return None


def _margin(
    series: Series, cells: FleetCells, params: ToolMatchingParams
) -> tuple[float, Literal["given", "tolerance", "scatter"]]:
    if params.margin is not None:
        return params.margin, "given"
    spec = series.spec
    if spec is not None and np.isfinite(spec.upper - spec.lower):
        return params.margin_share * (spec.upper - spec.lower), "tolerance"
    size = np.bincount(cells.tool)
    total = np.bincount(cells.tool, cells.y) / np.maximum(size, 1)
    rest = cells.y - total[cells.tool]
    sigma = float(np.sqrt(np.sum(rest**2) / max(rest.size - size.size, 1)))
    if not sigma > 0:
        raise BadData("all values of a tool are equal and there is no tolerance: give a margin")
    return params.margin_share * 6.0 * sigma, "scatter"


def _tool(of: ToolStanding) -> MatchedTool:
    fields = {
        "tool": of.tool,
        "values": of.n,
        "cells": of.cells,
        "level": of.level.value,
        "offset": of.offset.value,
        "offset_lower": of.offset.lower,
        "offset_upper": of.offset.upper,
        "shrunk": of.shrunk,
        "slope": of.slope.value,
        "slope_lower": of.slope.lower,
        "slope_upper": of.slope.upper,
    }
    same = ("ratio", "ratio_lower", "ratio_upper", "p_level", "p_slope", "p_spread", "p_matched")
    fields |= {name: getattr(of, name) for name in (*same, "standing", "golden", "apart")}
    return MatchedTool.model_validate(fields)


def _tints(match: FleetMatch, shown: int) -> tuple[tuple[int, ...], ...]:
    beyond = np.abs(match.difference) - match.half > match.margin
    return tuple(
        tuple(
            0 if i == j else 2 if match.matched[i][j] else -2 if beyond[i, j] else 0
            for j in range(shown)
        )
        for i in range(shown)
    )


def _kept(found: Sequence[FleetOfCharacteristic]) -> tuple[FleetOfCharacteristic, ...]:
    """Put those with tools that left first; of very many, the later ones in brief."""
    ordered = sorted(found, key=lambda f: (-f.left, -sum(bool(t.apart) for t in f.tools), f.code))
    brief = [
        f.model_copy(
            update={
                "tools": tuple(t for t in f.tools if t.apart)[:MOST_BRIEF],
                "pairs": (),
                "difference": (),
                "tint": (),
                "left_out": f.left_out[:MOST_BRIEF],
                "verdicts": f.verdicts[:1],
            }
        )
        for f in ordered[IN_FULL:]
    ]
    return (*ordered[:IN_FULL], *brief)


TOOL_MATCHING = Analysis(
    name="tool-matching",
    title="Tool matching",
    summary="Which tools of a fleet stand apart from the others or from a golden tool.",
    version=1,
    params=ToolMatchingParams,
    result=ToolMatchingResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(params=ToolMatchingParams(), data=sample_fleet),
)
