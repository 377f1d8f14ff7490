"""How the tools of a fleet stand: each beside its reference, and each beside each other."""

from dataclasses import dataclass
from typing import Literal

from ops.drift.evidence import Evidence
from ops.drift.serial_gls import Bounded
from ops.values import FloatArray

Standing = Literal["left", "matched", "undecided"]


@dataclass(frozen=True, slots=True)
class ToolStanding:
    """How one tool stands to the rest; p-values are adjusted for the number of tools.

    Parameters
    ----------
    n, cells
        Values, and cells (lots, units) that they make.
    level
        Mean at equal product mix, in the unit.
    offset, slope
        Level less that of the reference, and slope less its slope (unit a day).
    shrunk
        Offset drawn toward the common value of the fleet, by at most one standard error.
    ratio, ratio_lower, ratio_upper
        Standard deviation over that of the reference.
    p_level, p_slope, p_spread
        Of being within the margin.
    p_matched
        Of an offset beyond the margin: small means matched.
    standing
        By the level.
    golden
        Whether it is the reference itself.
    apart
        In what it surely stands apart: ``level``, ``slope``, ``spread``.
    """

    tool: str
    n: int
    cells: int
    level: Bounded
    offset: Bounded
    shrunk: float
    slope: Bounded
    ratio: float
    ratio_lower: float
    ratio_upper: float
    p_level: float
    p_slope: float
    p_spread: float
    p_matched: float
    standing: Standing
    golden: bool
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FleetMatch:
    """The standing of all tools.

    Parameters
    ----------
    tools
        The farthest from the reference first.
    difference, half : shape (k, k)
        Level of the row's tool less that of the column's, and half-width of its interval; in the
        order of `tools`.
    matched
        Whether the two are surely within the margin (unadjusted, for each pair).
    left_out
        Tools with too few cells.
    confounded
        Parts of the mix that cannot be told from the tools; they are not taken out.
    margin, ratio
        Difference of levels and ratio of standard deviations that do not matter.
    phi, between
        Correlation of neighbouring cells; standard deviation of the true levels of tools.
    """

    tools: tuple[ToolStanding, ...]
    difference: FloatArray
    half: FloatArray
    matched: tuple[tuple[bool, ...], ...]
    left_out: tuple[str, ...]
    confounded: tuple[str, ...]
    golden: str
    margin: float
    ratio: float
    confidence: float
    phi: float
    between: float
    days: float


def evidence_of(match: FleetMatch, tool: ToolStanding) -> tuple[Evidence, ...]:
    """State the standing of a tool as evidence: of level, trend and spread."""
    alpha = 1.0 - match.confidence

    def told(p: float) -> bool:
        return p <= alpha

    return (
        Evidence(
            mechanism="level",
            method="tool-matching",
            estimate=tool.offset.value,
            measure="value",
            n=tool.n,
            lower=tool.offset.lower,
            upper=tool.offset.upper,
            p_value=tool.p_level,
            margin=match.margin,
            effective=float(tool.cells),
            present=told(tool.p_level),
            absent=told(tool.p_matched),
            confidence=match.confidence,
        ),
        Evidence(
            mechanism="trend",
            method="tool-matching",
            estimate=tool.slope.value,
            measure="value/day",
            n=tool.n,
            lower=tool.slope.lower,
            upper=tool.slope.upper,
            p_value=tool.p_slope,
            margin=match.margin / match.days if match.days > 0 else 0.0,
            present=told(tool.p_slope),
            confidence=match.confidence,
        ),
        Evidence(
            mechanism="spread",
            method="tool-matching",
            estimate=tool.ratio,
            measure="ratio",
            n=tool.n,
            lower=tool.ratio_lower,
            upper=tool.ratio_upper,
            p_value=tool.p_spread,
            margin=match.ratio - 1.0,
            present=told(tool.p_spread),
            confidence=match.confidence,
        ),
    )
