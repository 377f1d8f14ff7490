"""Result of the stream screen: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page_value import PageValue
from ops.spc.false_findings import Control


class ChartCount(PageValue):
    """Streams with a signal on one chart, beside what chance alone raises."""

    chart: str = Field(description="Chart, with its design.")
    found: int = Field(description="Streams with a signal.")
    expected: float = Field(
        description="Streams with a signal if all were in control, baselines estimated."
    )
    known: float | None = Field(
        description="The same if every baseline were known exactly; null where no formula is used."
    )


class StreamFinding(PageValue):
    """A stream that left its baseline, after control of false findings."""

    characteristic: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    level: str = Field(description="Level of the factor whose streams are screened.")
    baseline_n: int = Field(description="Values of the baseline.")
    n: int = Field(description="Values judged.")
    center: float = Field(description="Mean of the baseline, in the unit.")
    sigma: float = Field(description="Standard deviation of the baseline, in the unit.")
    shift: float = Field(description="Mean of the judged values less that of the baseline.")
    shift_lower: float = Field(description="Lower bound of the shift, 95 %, one stream alone.")
    shift_upper: float = Field(description="Upper bound of the shift, 95 %, one stream alone.")
    shift_sigmas: float = Field(description="Shift in standard deviations of the baseline.")
    drift: float | None = Field(
        description="Slope over all judged values, in the unit; null with fewer than 2."
    )
    largest: float = Field(description="Largest distance of one value from the centre, in sigmas.")
    rules: tuple[str, ...] = Field(description="Ids of the run rules that are broken.")
    strongest: Literal["outlier", "ewma", "shift", "slope"] = Field(
        description="Test with the smallest p-value."
    )
    p: float = Field(description="p-value of the stream over its four tests.")
    adjusted: float = Field(description="Smallest false discovery rate at which it stands.")


class StreamScreenResult(AnalysisResult):
    """Which of many streams left their baselines, and how many alarms are chance."""

    streams: int = Field(description="Streams judged.")
    values: int = Field(description="Values judged.")
    baseline_n: int = Field(description="Values of the baseline, median over the streams.")
    n: int = Field(description="Values judged of one stream, median over the streams.")
    too_few: int = Field(description="Streams left out: too few values.")
    constant: int = Field(description="Streams left out: all values of the baseline are equal.")
    removed: int = Field(description="Gross errors left out of baselines.")
    autocorrelated: int = Field(
        description="Streams whose neighbouring values are positively correlated (one-sided 5 %)."
    )
    fdr: float = Field(description="Share of false findings that is allowed.")
    control: Control = Field(description="How false findings are controlled.")
    charts: tuple[ChartCount, ...] = Field(description="Signals by chart beside chance.")
    found: int = Field(description="Streams that stand after control of false findings.")
    findings: tuple[StreamFinding, ...] = Field(
        description="The strongest of them, smallest p-value first, then largest shift."
    )
    p_counts: tuple[int, ...] = Field(
        description="Streams by p-value in 20 classes of equal width from 0 to 1."
    )
