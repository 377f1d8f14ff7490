"""Tool matching: which tools of a fleet stand apart, in level, slope or spread.

All tools are fitted together: a level and a slope for each, what the product mix does, and errors
that are serially correlated within a tool (`ops.drift.serial_gls`), weighted by each tool's own
scatter. A tool is then held against the robust consensus of the others, or against a golden tool.
It has left the fleet where its distance is surely beyond the margin, and it is matched where it is
surely within: both are findings, and in between nothing is decided. Holm's method pays for the
number of tools.

References
----------
Holm (1979), Scandinavian J. Statistics 6, 65-70;
Schuirmann (1987), J. Pharmacokinetics and Biopharmaceutics 15, 657-680 (equivalence);
Layard (1973), J. American Statistical Association 68, 195-198 (log variances, kurtosis).
"""

from math import exp, log
from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from ops.capability.shrink import shrink
from ops.drift.consensus import consensus_weights
from ops.drift.fleet_cells import FleetCells
from ops.drift.fleet_fit import FleetFit, fit_fleet
from ops.drift.fleet_standing import FleetMatch, Standing, ToolStanding
from ops.drift.multiplicity import holm
from ops.drift.serial_gls import Bounded
from ops.errors import BadData, NotEnoughData
from ops.spc.false_findings import adjusted
from ops.values import FloatArray, IntArray

Control = Literal["holm", "benjamini-hochberg"]
LEAST = 5  # cells of a tool
RATIO = 1.5  # of standard deviations that counts as the same spread


def match_fleet(
    cells: FleetCells,
    *,
    margin: float,
    golden: str = "",
    confidence: float = 0.95,
    control: Control = "holm",
    ratio: float = RATIO,
) -> FleetMatch:
    """Compare the tools of a fleet.

    Parameters
    ----------
    margin
        Distance of levels that does not matter, in the unit, > 0. A slope matters where it makes
        as much over the window.
    golden
        Tool that the others are held against; "" for the consensus of the others.
    ratio
        Ratio of standard deviations, either way, that does not matter.

    Raises
    ------
    NotEnoughData
        With fewer than 3 tools of 5 cells (2 with a golden one).
    BadData
        If the golden tool is not among them, the margin is not positive, or no two values differ.
    """
    if not (margin > 0 and np.isfinite(margin)):
        raise BadData(f"the margin must be a positive number, got {margin}")
    kept, left_out = _enough(cells, golden)
    fit = fit_fleet(kept)
    reference = _references(fit, kept.tools, golden)
    days = float(kept.t.max() - kept.t.min())
    standings = _standings(kept, fit, reference, (margin, days, ratio), confidence, control)
    between = float(shrink(fit.level, np.diag(fit.variance)[: len(kept.tools)]).between)
    order = sorted(range(len(standings)), key=lambda i: _rank(standings[i]))
    difference, half, matched = _pairs(fit, order, margin, confidence)
    return FleetMatch(
        tools=tuple(standings[i] for i in order),
        difference=difference,
        half=half,
        matched=matched,
        left_out=left_out,
        confounded=fit.confounded,
        golden=golden,
        margin=margin,
        ratio=ratio,
        confidence=confidence,
        phi=fit.model.phi,
        between=between,
        days=days,
    )


def _rank(tool: ToolStanding) -> tuple[bool, float, str]:
    return (tool.golden, -abs(tool.offset.value), tool.tool)


def _enough(cells: FleetCells, golden: str) -> tuple[FleetCells, tuple[str, ...]]:
    """Leave out tools with too few cells."""
    size = np.bincount(cells.tool, minlength=len(cells.tools))
    if golden and golden not in cells.tools:
        raise BadData(
            f"golden tool {golden} has no values; those with values are {', '.join(cells.tools)}"
        )
    if golden and size[cells.tools.index(golden)] < LEAST:
        raise NotEnoughData(f"golden tool {golden} needs {LEAST} lots or units; widen the window")
    keep = np.flatnonzero(size >= LEAST)
    needed = 2 if golden else 3
    if keep.size < needed:
        raise NotEnoughData(
            f"tool matching needs {needed} tools of {LEAST} lots or units, got {keep.size} of"
            f" {len(cells.tools)}; widen the window"
        )
    rows = np.isin(cells.tool, keep)
    if float(cells.y[rows].min()) == float(cells.y[rows].max()):
        raise BadData("all values are equal: no scatter to judge differences by")
    kept = FleetCells(
        t=cells.t[rows],
        y=cells.y[rows],
        tool=np.searchsorted(keep, cells.tool[rows]).astype(np.int64),
        tools=tuple(cells.tools[i] for i in keep),
        mix={name: codes[rows] for name, codes in cells.mix.items()},
        count=cells.count[keep],
    )
    return kept, tuple(name for name, n in zip(cells.tools, size, strict=True) if n < LEAST)


def _references(fit: FleetFit, tools: tuple[str, ...], golden: str) -> FloatArray:
    """Weights of the tools that each tool is held against, shape (k, k); rows sum to 1."""
    k = len(tools)
    found = np.zeros((k, k))
    if golden:
        found[:, tools.index(golden)] = 1.0
        return found
    variance = np.diag(fit.variance)[:k]
    for i in range(k):
        others = np.arange(k) != i
        found[i, others] = consensus_weights(fit.level[others], variance[others])
    return found


def _standings(
    cells: FleetCells,
    fit: FleetFit,
    reference: FloatArray,
    margins: tuple[float, float, float],
    confidence: float,
    control: Control,
) -> list[ToolStanding]:
    margin, days, ratio = margins
    k = len(cells.tools)
    own = np.eye(k) - reference  # a golden tool against itself: 0
    golden = ~np.any(own != 0, axis=1)
    away, error = own @ fit.log_sd, np.sqrt((own**2) @ fit.log_sd_variance)
    level = [fit.contrast(row, "level") for row in own]
    slope = [fit.contrast(row, "slope") for row in own]
    drift = margin / days if days > 0 else np.inf
    p = {
        "level": np.array([fit.model.p_beyond(c, margin) for c in level]),
        "slope": np.array([fit.model.p_beyond(c, drift) for c in slope]),
        "matched": np.array([fit.model.p_within(c, margin) for c in level]),
        "spread": _p_outside(away, error, log(ratio)),
    }
    p = {name: _paid(value, golden, control) for name, value in p.items()}
    z, alpha = float(ndtri(0.5 + confidence / 2)), 1.0 - confidence
    offsets = [fit.model.estimate(c, confidence=confidence) for c in level]
    drawn = shrink(np.array([o.value for o in offsets]), np.array([_squared(o) for o in offsets]))
    size = np.bincount(cells.tool, minlength=k)
    return [
        ToolStanding(
            tool=cells.tools[i],
            n=int(cells.count[i]),
            cells=int(size[i]),
            level=fit.model.estimate(fit.contrast(np.eye(k)[i], "level"), confidence=confidence),
            offset=offsets[i],
            shrunk=0.0 if golden[i] else float(drawn.value[i]),
            slope=fit.model.estimate(slope[i], confidence=confidence),
            ratio=exp(away[i]),
            ratio_lower=exp(away[i] - z * error[i]),
            ratio_upper=exp(away[i] + z * error[i]),
            p_level=float(p["level"][i]),
            p_slope=float(p["slope"][i]),
            p_spread=float(p["spread"][i]),
            p_matched=float(p["matched"][i]),
            standing=_standing(float(p["level"][i]), float(p["matched"][i]), alpha),
            golden=bool(golden[i]),
            apart=tuple(m for m in ("level", "slope", "spread") if p[m][i] <= alpha),
        )
        for i in range(k)
    ]


def _squared(found: Bounded) -> float:
    return found.se**2 if found.se > 0 else np.inf


def _standing(p_level: float, p_matched: float, alpha: float) -> Standing:
    if p_level <= alpha:
        return "left"
    return "matched" if p_matched <= alpha else "undecided"


def _p_outside(away: FloatArray, error: FloatArray, margin: float) -> FloatArray:
    scale = np.where(error > 0, error, 1.0)
    near = ndtr(-(np.abs(away) - margin) / scale) + ndtr(-(np.abs(away) + margin) / scale)
    return np.asarray(np.where(error > 0, np.minimum(near, 1.0), 1.0))


def _paid(p: FloatArray, golden: np.ndarray, control: Control) -> FloatArray:
    """Adjust for the tools that are judged; the golden tool is not."""
    found = p.copy()
    judged = p[~golden]
    found[~golden] = holm(judged) if control == "holm" else adjusted(judged)
    return found


def _pairs(
    fit: FleetFit, order: list[int], margin: float, confidence: float
) -> tuple[FloatArray, FloatArray, tuple[tuple[bool, ...], ...]]:
    """Differences of all pairs of tools."""
    k = len(order)
    index: IntArray = np.array(order, dtype=np.int64)
    level, variance = fit.level[index], fit.variance[:k, :k][np.ix_(index, index)]
    own = np.diag(variance)
    se = np.sqrt(np.maximum(own[:, None] + own[None, :] - 2.0 * variance, 0.0))
    half = fit.t_quantile(0.5 + confidence / 2) * se
    difference = level[:, None] - level[None, :]
    narrow = fit.t_quantile(confidence) * se  # two one-sided tests
    matched = np.abs(difference) + narrow < margin
    return difference, half, tuple(tuple(bool(m) for m in row) for row in matched)
