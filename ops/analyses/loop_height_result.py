"""Result of charts of loop height: what is stored, exported and shown."""

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue


class OffsetOfPosition(PageValue):
    """How much higher wires of one position stand than the others of their unit."""

    position: str = Field(description="Position of the wire.")
    value: float = Field(description="Offset, in the unit.")
    lower: float = Field(description="Lower bound.")
    upper: float = Field(description="Upper bound.")
    wires: int = Field(description="Wires measured.")


class TypeOfLoop(PageValue):
    """One part of the profile of one type of wire and package."""

    part: str = Field(description="Part of the profile: apex, rise or descent.")
    type: str = Field(description="Wire type and package; empty: all of it.")
    units: int = Field(description="Units measured.")
    tools: int = Field(description="Bonders that bonded them.")
    mean: float = Field(description="Mean height of units, in the unit.")
    sigma: float = Field(description="Standard deviation of unit means, in the unit.")
    within: float | None = Field(description="Sigma of wires within units, in the unit.")
    phi: float = Field(description="Serial correlation of unit means; 0: none is clear.")
    estimator: str = Field(description="How sigma of the limits was estimated.")
    start: int | None = Field(description="Begin of phase I, microseconds since 1970 UTC.")
    end: int | None = Field(description="Its end; later points count as evidence.")
    excluded: int = Field(description="Points left out of the limits.")
    reason: str = Field(description="Why there are no limits; empty if there are.")
    offsets: tuple[OffsetOfPosition, ...] = Field(description="By position.")


class StratumOfLoop(PageValue):
    """A bonder, or a capillary on it: its level against the others, and its chart."""

    part: str = Field(description="Part of the profile.")
    type: str = Field(description="Wire type and package.")
    tool: str = Field(description="Bonder.")
    capillary: str = Field(description="Capillary; empty: the bonder with all of them.")
    units: int = Field(description="Units.")
    mean: float = Field(description="Mean of their heights, in the unit.")
    shift: float | None = Field(
        description="Mean less the median of the bonders, or of the capillaries of this bonder."
    )
    lower: float | None = Field(description="Lower bound, for all strata together.")
    upper: float | None = Field(description="Upper bound, for all strata together.")
    center: float | None = Field(description="Centre of its limits, in the unit.")
    sigma: float | None = Field(description="Sigma of its limits, in the unit.")
    judged: int = Field(description="Units judged in phase II.")
    violations: int = Field(description="Units that broke a rule.")
    expected: float | None = Field(
        description="Violations that chance gives, the limits being estimated from phase I."
    )
    spread: int = Field(description="Units whose wires spread beyond their limits.")
    chance: float | None = Field(description="Probability of as many violations by chance.")
    touch_downs: float | None = Field(
        description="Touch-downs since change at the last violation; null: none or unknown."
    )


class HeightPoint(PageValue):
    """One unit on a chart."""

    ts: int = Field(description="When, microseconds since 1970 UTC.")
    value: float = Field(description="Mean height, in the unit.")
    lower: float | None = Field(description="Lower limit; null: none.")
    center: float | None = Field(description="Centre; null: none.")
    upper: float | None = Field(description="Upper limit; null: none.")
    rules: str = Field(description="Rules that it breaks; empty: none.")
    touch_downs: float | None = Field(description="Since the capillary was changed.")


class EventOfTool(PageValue):
    """What happened to a bonder."""

    ts: int = Field(description="When, microseconds since 1970 UTC.")
    kind: str = Field(description="Kind of event.")
    title: str = Field(description="What was noted.")


class HeightsDrawn(PageValue):
    """The chart of one bonder."""

    part: str = Field(description="Part of the profile.")
    type: str = Field(description="Wire type and package.")
    tool: str = Field(description="Bonder.")
    points: tuple[HeightPoint, ...] = Field(description="Units, violations all kept.")
    events: tuple[EventOfTool, ...] = Field(description="Events of the bonder.")


class LoopHeightResult(AnalysisResult):
    """Charts of loop height by type, bonder and capillary."""

    site: str = Field(description="Code of the site.")
    unit: str = Field(description="Unit of heights.")
    characteristics: dict[str, str] = Field(description="Part of the profile to characteristic.")
    design: str = Field(description="Approved design in use; empty: limits of the window.")
    rules: tuple[str, ...] = Field(description="Rules in use.")
    arl0: float | None = Field(description="Points between false alarms of these rules.")
    confidence: float = Field(description="Level of the intervals.")
    types: tuple[TypeOfLoop, ...] = Field(description="By part, wire type and package.")
    strata: tuple[StratumOfLoop, ...] = Field(description="Guiltiest first.")
    left_out: int = Field(description="Strata that are not listed.")
    charts: tuple[HeightsDrawn, ...] = Field(description="Charts of the guiltiest bonders.")
    verdict: Verdict = Field(description="The answer in one sentence.")
