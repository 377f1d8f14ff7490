"""Result of a study of capillaries: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analyses.metrology_agreement_result import BoundedNumber
from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue

ChangeState = Literal["found", "unsure", "not-seen", "from-start", "none"]


class BreakInOfCapillaries(PageValue):
    """How capillaries break in, and what of it is left out."""

    ends: float = Field(description="Touch-downs that are left out.")
    how: Literal["estimated", "given", "none"] = Field(
        description="Where they come from; none: no break-in was shown, or it cannot be estimated."
    )
    amplitude: BoundedNumber | None = Field(
        description="Height at the change over the line of wear, in the unit; null: not estimated."
    )
    fading: BoundedNumber | None = Field(
        description="Touch-downs after which 37 % of it is left; null if not estimated."
    )
    p: float | None = Field(description="Of the test that there is none; null if not tested.")
    reason: str = Field(description="Why it was not estimated; empty if it was.")


class WearOfGroup(PageValue):
    """Wear of the capillaries of one group, break-in left out."""

    group: Literal["pool", "characteristic", "stratum"] = Field(description="Kind of the group.")
    level: str = Field(description="Characteristic with its site, or level of the stratum.")
    capillaries: int = Field(description="Capillaries that tell.")
    devices: int = Field(description="Devices that they bonded.")
    slope: BoundedNumber | None = Field(
        description="Change of the height for 1e6 touch-downs, in the unit; null: too few."
    )
    p: float | None = Field(description="Of the test that the slope is 0.")
    growth: BoundedNumber | None = Field(
        description="Relative change of the variance within a device for 1e6 touch-downs;"
        " null: too few devices of several wires."
    )
    per_hour: float | None = Field(description="Pace of the bonders: touch-downs a calendar hour.")
    reason: str = Field(description="Why the slope is null; empty if it is there.")


class ChangeOfCapillary(PageValue):
    """When to change capillaries, judged by one characteristic."""

    characteristic: str = Field(description="Code of the characteristic.")
    site: str = Field(description="Code of its site.")
    state: ChangeState = Field(
        description="found; unsure: the lower bound of the index is below from the break-in on;"
        " not-seen: beyond 1.5 times the longest count; from-start: the index is"
        " below the requirement at any count; none: it could not be judged."
    )
    touch_downs: float | None = Field(description="Count at which the index falls below.")
    lower: float | None = Field(
        description="Lower bound of it: the count to change at; null: none can be advised."
    )
    upper: float | None = Field(description="Upper bound; null: beyond what was seen.")
    hours: float | None = Field(
        description="Calendar hours to the lower bound at the bonders' pace."
    )
    hours_estimate: float | None = Field(description="Calendar hours to the estimate.")
    index_fresh: float | None = Field(description="Index where the break-in ends.")
    index_worn: float | None = Field(description="Index at the longest count seen.")
    reason: str = Field(description="Why it could not be judged; empty if it was.")


class CapillaryDeparture(PageValue):
    """A capillary that stands apart from the others."""

    capillary: str = Field(description="Its name.")
    tool: str = Field(description="Code of its bonder.")
    characteristic: str = Field(description="Code of the characteristic.")
    what: Literal["level", "slope"] = Field(description="What is unlike the others.")
    departure: float = Field(
        description="How far, shrunken: in the unit, for a slope in the unit for 1e6 touch-downs."
    )
    z: float = Field(description="How far in standard deviations of the others, unshrunken.")


class BinOfCount(PageValue):
    """Devices at about one count of touch-downs."""

    touch_downs: float = Field(description="Their mean count.")
    devices: int = Field(description="How many.")
    mean: float = Field(description="Mean height over the mean of its capillaries, in the unit.")
    lower: float | None = Field(description="Lower bound of it; null for a single capillary.")
    upper: float | None = Field(description="Upper bound of it.")
    sigma: float | None = Field(description="Sigma of wires within a device, in the unit.")


class CapillaryHealthResult(AnalysisResult):
    """Height and spread of loops against touch-downs of the capillary."""

    unit: str = Field(description="Unit of measure.")
    stratum: str = Field(description="Factor of the strata; empty if there is none.")
    confidence: float = Field(description="Level of the intervals.")
    requirement: float = Field(description="Index that is asked for.")
    break_in: BreakInOfCapillaries = Field(description="Break-in, and what is left out for it.")
    pool: WearOfGroup = Field(description="All capillaries.")
    by_characteristic: tuple[WearOfGroup, ...] = Field(description="Each characteristic.")
    strata: tuple[WearOfGroup, ...] = Field(description="Each level, steepest first.")
    changes: tuple[ChangeOfCapillary, ...] = Field(description="When to change, earliest first.")
    longest: float = Field(description="Largest count of a device that was measured.")
    present_life: float | None = Field(
        description="Touch-downs at which capillaries are changed now; null if not known."
    )
    present_life_is: Literal["planned", "median", "unknown"] = Field(
        description="Whether that is the planned life, or the median of those taken off."
    )
    departures: tuple[CapillaryDeparture, ...] = Field(description="Those that stand apart.")
    departures_in_all: int = Field(description="How many stand apart; the list may be shorter.")
    bins: tuple[BinOfCount, ...] = Field(description="Mean and sigma by count, break-in included.")
    devices: int = Field(description="Devices with a known count.")
    left_out: int = Field(description="Values without a known count.")
    verdicts: tuple[Verdict, ...] = Field(description="The answer in sentences.")
