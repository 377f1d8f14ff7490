"""Result of a study of serial correlation: what is stored, exported and shown."""

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue


class CorrelationOfLag(PageValue):
    """Correlation of points so many places apart."""

    lag: int = Field(description="Places apart.")
    r: float = Field(description="Sample autocorrelation.")


class RemedyOfChart(PageValue):
    """A chart of the points as they are, and how it runs under the correlation found."""

    name: str = Field(description="The chart.")
    sigma: float = Field(description="Sigma that its limits use, in the unit.")
    lower: float = Field(description="Lower limit, in the unit of the statistic.")
    upper: float = Field(description="Upper limit, in the unit of the statistic.")
    arl0: float | None = Field(description="Mean points to a false alarm; null: beyond 1e6.")
    arl_one_sigma: float | None = Field(
        description="Mean points to the signal of a shift of one sigma that lasts."
    )


class SerialCorrelationResult(AnalysisResult):
    """How the points of a chart depend on those before them, and what to do about it."""

    code: str = Field(description="Code of the characteristic.")
    title: str = Field(description="Its name in full.")
    site: str = Field(description="Code of its site.")
    unit: str = Field(description="Its unit.")
    confidence: float = Field(description="Level of the intervals.")
    arl0: float = Field(description="Distance of false alarms that is wanted, in points.")
    subgroup: str = Field(description="What a plotted point is.")
    points: int = Field(description="Plotted points.")
    streams: int = Field(description="Streams that they belong to.")
    phi: float = Field(description="First-order coefficient, corrected for bias.")
    phi_lower: float = Field(description="Lower bound of phi.")
    phi_upper: float = Field(description="Upper bound of phi.")
    p_value: float = Field(description="Of the Ljung-Box test that there is no correlation.")
    lags: tuple[CorrelationOfLag, ...] = Field(description="Correlations by lag.")
    significant_r: float = Field(description="Correlation of one lag that chance seldom passes.")
    sigma_moving_range: float = Field(description="Sigma of moving ranges, in the unit.")
    sigma_marginal: float = Field(description="Sigma about the streams' means, in the unit.")
    sigma_marginal_df: float = Field(description="Its effective degrees of freedom.")
    effective_points: float = Field(description="Independent points that say as much of a mean.")
    remedies: tuple[RemedyOfChart, ...] = Field(description="Charts beside each other.")
    residual_shift_left: float = Field(
        description="Share of a lasting shift that is left in residuals after the first point."
    )
    residuals_beyond: int = Field(description="Residuals beyond 3 sigma.")
    ts: tuple[int, ...] = Field(description="Times of the residuals drawn, microseconds.")
    residual: tuple[float, ...] = Field(description="Residuals drawn, in the unit.")
    residual_sigma: float = Field(description="Sigma of residuals, in the unit.")
    verdict: Verdict = Field(description="The answer in one sentence.")
