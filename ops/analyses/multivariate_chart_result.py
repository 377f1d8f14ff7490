"""Result of the multivariate chart: what is stored, exported and shown."""

from typing import Literal

from pydantic import Field

from ops.analysis import AnalysisResult
from ops.page import Verdict
from ops.page_value import PageValue

MethodName = Literal["t2", "mewma"]


class SignalTerm(PageValue):
    """One reason of a signal: a variable that is off, by itself or given others."""

    variable: str = Field(description="Characteristic, with its position where it has one.")
    given: tuple[str, ...] = Field(
        description="Variables that it was predicted from; empty: by itself."
    )
    value: float = Field(description="Term of T-squared.")
    limit: float = Field(description="Its limit.")
    residual: float = Field(description="Measured less expected, in the unit of the variable.")
    sigma: float = Field(description="Standard deviation of that residual in phase I, same unit.")


class MultivariateSignal(PageValue):
    """A unit beyond the limit, and why."""

    unit: str = Field(description="Serial of the unit.")
    ts: int = Field(description="When it was first measured, microseconds since 1970 UTC.")
    value: float = Field(description="Plotted statistic.")
    phase: Literal[1, 2] = Field(description="1: it helped to set the limits; 2: it is new.")
    suspect: str = Field(description="The variable without which the statistic falls most.")
    terms: tuple[SignalTerm, ...] = Field(description="Terms that signal, largest first.")
    terms_left_out: int = Field(description="Further terms that signal.")
    unexplained: float = Field(description="T-squared of the variables that no term names.")


class ReferenceOfVariable(PageValue):
    """Mean and sigma of a variable in phase I."""

    variable: str = Field(description="Characteristic, with its position where it has one.")
    unit: str = Field(description="Its unit.")
    mean: float = Field(description="Mean in phase I, in the unit.")
    sigma: float = Field(description="Standard deviation in phase I, in the unit.")


class MultivariateChartResult(AnalysisResult):
    """T-squared or multivariate EWMA of the units of a window."""

    method: MethodName = Field(description="t2 or mewma.")
    covariance: str = Field(description="How the covariance was estimated.")
    alpha: float = Field(description="Rate of false alarms of one unit.")
    lambda_: float | None = Field(description="Weight of the newest unit; null for t2.")
    variables: tuple[ReferenceOfVariable, ...] = Field(description="Reference of each variable.")
    correlation: tuple[tuple[float, ...], ...] = Field(
        description="Correlations in phase I, in the order of the variables."
    )
    units: int = Field(description="Units charted.")
    units_incomplete: int = Field(description="Units left out: a value is missing.")
    phase_one_units: int = Field(description="Units that the limits come from.")
    limit_phase_one: float = Field(description="Limit of the units of phase I.")
    limit_phase_two: float = Field(description="Limit of new units.")
    signals_in_all: int = Field(description="Units beyond their limit.")
    expected_by_chance: float = Field(description="Units beyond that chance alone makes.")
    signals: tuple[MultivariateSignal, ...] = Field(description="The largest signals, by time.")
    ts: tuple[int, ...] = Field(description="Times of the points drawn, microseconds since 1970.")
    statistic: tuple[float, ...] = Field(description="Their statistics.")
    verdict: Verdict = Field(description="The answer in one sentence.")
