"""Result of the honesty ledger: what was claimed, and how often it held."""

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page_value import PageValue


class IntervalRecord(PageValue):
    """Intervals of one level that one analysis gave of one kind of quantity."""

    analysis: str = Field(description="Name of the analysis.")
    quantity: str = Field(description="What they are of: mean, total, crossing, or index.")
    level: float = Field(description="Probability that its intervals claim.")
    due: int = Field(description="Predictions that were due, overlapping ones too.")
    n: int = Field(description="Of those that do not overlap: how many could be told.")
    held: int = Field(description="Of them, how many held what happened.")
    undetermined: int = Field(description="Left open by an action, or by missing data.")
    share: float | None = Field(description="Share that held; null if none could be told.")
    lower: float = Field(description="Lower end of its 95 % interval.")
    upper: float = Field(description="Upper end of its 95 % interval.")

    @property
    def is_overconfident(self) -> bool:
        """Whether fewer held than were claimed, beyond chance."""
        return self.n > 0 and self.upper < self.level

    @property
    def is_timid(self) -> bool:
        """Whether more held than were claimed, beyond chance."""
        return self.n > 0 and self.lower > self.level


class FindingRecord(PageValue):
    """What became of the findings of one source."""

    source: str = Field(description="Name of the analysis, or control-charts.")
    findings: int = Field(description="All that were looked at.")
    confirmed: int = Field(description="Shown real by what came after, or by people.")
    false_alarms: int = Field(description="Shown false by what came after, or by people.")
    acted_on: int = Field(description="Acted on before anything could be told.")
    still_open: int = Field(description="Too little has been measured since.")
    share: float | None = Field(description="False alarms of those that are settled.")
    lower: float = Field(description="Lower end of its 95 % interval.")
    upper: float = Field(description="Upper end of its 95 % interval.")


class MissedPrediction(PageValue):
    """A prediction that did not hold."""

    analysis: str = Field(description="Name of the analysis.")
    run_id: str = Field(description="Run that made it.")
    subject: str = Field(description="What it was about.")
    level: float = Field(description="Level of the widest interval that missed.")
    lower: float | None = Field(description="Its lower end.")
    upper: float | None = Field(description="Its upper end.")
    actual: float | None = Field(description="What happened instead; null: nothing.")
    due: int = Field(description="End of its stretch, microseconds since 1970 UTC.")
    is_time: bool = Field(description="Whether these are instants, microseconds since 1970 UTC.")


class HonestyLedgerResult(AnalysisResult):
    """How honest the service was."""

    false_share: float = Field(description="Share of false findings that was promised.")
    intervals: tuple[IntervalRecord, ...] = Field(description="By analysis, quantity and level.")
    findings: tuple[FindingRecord, ...] = Field(description="By source.")
    missed: tuple[MissedPrediction, ...] = Field(description="The last ones that did not hold.")
    left_out: int = Field(description="Predictions that were due but too many to be read.")
