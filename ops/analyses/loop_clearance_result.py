"""Result of a study of loop clearance: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue

Judged = Literal["met", "missed", "open"]


class Probability(PageValue):
    """Probability of contact of one margin, and what it rests on."""

    one: str = Field(description="Position of the wire; empty: any contact of a unit.")
    other: str = Field(description="Position of its neighbour; empty: the cavity.")
    units: int = Field(description="Units with this margin.")
    effective: float = Field(description="Independent units that say as much.")
    mean: float = Field(description="Mean margin, in the unit.")
    sigma: float = Field(description="Standard deviation of the margin, in the unit.")
    least: float = Field(description="Smallest margin seen, in the unit.")
    contacts: int = Field(description="Units whose margin is below 0.")
    method: Literal["counted", "tail", "bound"] = Field(
        description="Counted; from the fitted tail; or only a bound: below 3/n."
    )
    estimate: float | None = Field(description="Probability; null: only a bound is known.")
    lower: float = Field(description="Lower bound of the probability.")
    upper: float = Field(description="Upper bound of the probability.")
    threshold: float | None = Field(description="Margin below which the tail begins.")
    excesses: int = Field(description="Margins in the tail.")
    shape: float | None = Field(description="Shape of the Pareto tail; null without one.")
    scale: float | None = Field(description="Its scale, in the unit.")
    judged: Judged = Field(description="Requirement met, missed, or open: the data cannot say.")
    reason: str = Field(description="Why the data cannot say more; empty if they can.")


class MarginBars(PageValue):
    """Distribution of one margin, as it is drawn."""

    one: str = Field(description="Position of the wire; empty: least margin of a unit.")
    other: str = Field(description="Position of its neighbour; empty: the cavity.")
    margin: tuple[float, ...] = Field(description="Middle of each class, in the unit.")
    count: tuple[int, ...] = Field(description="Units in it.")
    fitted: tuple[float | None, ...] = Field(
        description="Units expected by the fitted tail; null outside it."
    )


class LoopClearanceResult(AnalysisResult):
    """How likely wires touch the cavity or each other."""

    package: str = Field(description="Code of the package.")
    site: str = Field(description="Code of the site.")
    unit: str = Field(description="Unit of margins.")
    characteristics: dict[str, str] = Field(description="Part of the profile to characteristic.")
    confidence: float = Field(description="Level of the intervals.")
    requirement_ppm: float = Field(description="Probability of contact that is allowed, ppm.")
    sweep: str = Field(description="How the sweep allowance is applied.")
    sweep_share: float = Field(description="Sweep allowance of the package, share of the span.")
    near: float = Field(description="Distance of middles within which wires are neighbours.")
    cluster: str = Field(description="Factor whose levels are alike; empty: none in the data.")
    clusters: int = Field(description="Levels of it.")
    units: int = Field(description="Units with any of the wires.")
    complete: int = Field(description="Units with all of the wires that are measured at all.")
    unmeasured: tuple[str, ...] = Field(description="Wires of the package without any value.")
    any_contact: Probability | None = Field(
        description="Any contact of a unit, over complete units; null: too few of them."
    )
    margins: tuple[Probability, ...] = Field(
        description="By wire and pair, most likely contact first; those that matter least left out."
    )
    left_out: int = Field(description="Margins that are not listed.")
    bars: tuple[MarginBars, ...] = Field(description="Distributions that are drawn.")
    verdict: Verdict = Field(description="The answer in one sentence.")
