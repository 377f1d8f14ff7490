"""Result of a tool matching: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue


class MatchedTool(PageValue):
    """How one tool stands to the fleet, or to the golden tool."""

    tool: str = Field(description="Code of the tool.")
    values: int = Field(description="Values measured.")
    cells: int = Field(description="Lots or units that they belong to.")
    level: float = Field(description="Mean at the mean product mix, in the unit.")
    offset: float = Field(description="Level less that of the reference, in the unit.")
    offset_lower: float = Field(description="Its lower bound.")
    offset_upper: float = Field(description="Its upper bound.")
    shrunk: float = Field(description="Offset drawn toward the fleet, in the unit.")
    slope: float = Field(description="Slope less that of the reference, in the unit a day.")
    slope_lower: float = Field(description="Its lower bound.")
    slope_upper: float = Field(description="Its upper bound.")
    ratio: float = Field(description="Standard deviation over that of the reference.")
    ratio_lower: float = Field(description="Its lower bound.")
    ratio_upper: float = Field(description="Its upper bound.")
    p_level: float = Field(description="p-value of an offset within the margin, all tools paid.")
    p_slope: float = Field(description="p-value of a slope that makes less over the window.")
    p_spread: float = Field(description="p-value of a ratio that does not matter.")
    p_matched: float = Field(description="p-value of an offset beyond the margin.")
    standing: Literal["left", "matched", "undecided"] = Field(
        description="left: surely beyond the margin; matched: surely within it."
    )
    golden: bool = Field(description="Whether it is the golden tool.")
    apart: tuple[Literal["level", "slope", "spread"], ...] = Field(
        description="In what it surely stands apart."
    )


class FleetOfCharacteristic(PageValue):
    """The fleet in one characteristic."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Title.")
    site: str = Field(description="Code of the site.")
    unit: str = Field(description="Unit of measure.")
    margin: float = Field(description="Difference of levels that does not matter, in the unit.")
    margin_from: Literal["given", "tolerance", "scatter"] = Field(
        description="What the margin is a share of; scatter: 6 sigma, where no tolerance is known."
    )
    ratio: float = Field(description="Ratio of standard deviations that does not matter.")
    days: float = Field(description="Days from the first to the last value.")
    fleet: int = Field(description="Tools compared.")
    matched: int = Field(description="Of these, surely within the margin.")
    left: int = Field(description="Of these, surely beyond it.")
    correlation: float = Field(description="Of neighbouring lots or units of a tool.")
    between: float = Field(description="Standard deviation of the levels of tools, in the unit.")
    tools: tuple[MatchedTool, ...] = Field(
        description="The farthest first; of very many characteristics only those that stand apart."
    )
    pairs: tuple[str, ...] = Field(description="Tools of the matrix; empty if it is not kept.")
    difference: tuple[tuple[float, ...], ...] = Field(
        description="Level of the row's tool less that of the column's, in the unit."
    )
    tint: tuple[tuple[int, ...], ...] = Field(
        description="2: surely within the margin, -2: surely beyond it, 0: undecided."
    )
    left_out: tuple[str, ...] = Field(description="Tools with too few lots or units.")
    confounded: tuple[str, ...] = Field(
        description="Factors that cannot be told from the tools, so that they are not taken out."
    )
    verdicts: tuple[Verdict, ...] = Field(description="What it comes to.")


class FleetNotMatched(PageValue):
    """A characteristic whose tools could not be compared."""

    code: str = Field(description="Code of the characteristic.")
    reason: str = Field(description="Why, and the mend.")


class ToolMatchingResult(AnalysisResult):
    """Which tools of a fleet match, and which have left it."""

    factor: str = Field(description="Factor whose levels are the tools.")
    golden: str = Field(description="Golden tool; empty: the consensus of the others.")
    confidence: float = Field(description="Level of intervals; findings hold for all tools of one.")
    characteristics: tuple[FleetOfCharacteristic, ...] = Field(
        description="Those with tools that left first."
    )
    not_matched: tuple[FleetNotMatched, ...] = Field(description="Not compared, and why.")
