"""The result of a trend of repairable systems."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult

Told = Literal["faster", "slower", "none"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class RepairTrendTest(_Part):
    """One test of a trend."""

    name: str = Field(description="Name of the test.")
    statistic: float = Field(description="z, or chi-square for the military handbook test.")
    p_value: float = Field(description="Two-sided p-value.")
    faster: bool = Field(description="Whether events come ever faster, by its sign.")
    null: str = Field(description="What holds where there is no trend: poisson or renewal.")


class RepairCurve(_Part):
    """Mean cumulative function of a group of systems; columns of equal length."""

    group: str = Field(description="Name of the group; empty for all systems.")
    systems: int = Field(description="Systems of the group.")
    events: int = Field(description="Events of the group.")
    age: tuple[float, ...] = Field(description="Ages with events, in the unit of time.")
    mean: tuple[float, ...] = Field(description="Events (or cost) of a system by then.")
    lower: tuple[float, ...] = Field(description="Lower bound of the mean, pointwise.")
    upper: tuple[float, ...] = Field(description="Upper bound of the mean, pointwise.")


class RepairGroupPair(_Part):
    """Two groups compared at the last age that both reach."""

    one: str = Field(description="Name of a group.")
    other: str = Field(description="Name of the group it is compared with.")
    age: float = Field(description="Age of the comparison, in the unit of time.")
    difference: float = Field(description="Events of a system of the one, less the other's.")
    lower: float = Field(description="Lower bound of the difference.")
    upper: float = Field(description="Upper bound of the difference.")
    p_value: float | None = Field(description="Two-sided p-value of no difference.")


class RepairedSystem(_Part):
    """One system: its events beside what the fleet would lead one to expect."""

    system: str = Field(description="Name of the system.")
    events: int = Field(description="Events while it was watched.")
    watched: float = Field(description="How long it was watched, in the unit of time.")
    rate: float = Field(description="Events per unit of time.")
    lower: float = Field(description="Lower bound of the rate, exact (Poisson).")
    upper: float = Field(description="Upper bound of the rate, exact (Poisson).")
    expected: float = Field(description="Events that the fleet's rate leads one to expect.")
    stands_out: bool = Field(
        description="Whether it had more or fewer than chance explains (5 % false discoveries)."
    )


class RepairMode(_Part):
    """Events by what failed."""

    mode: str = Field(description="Failure mode; empty where nobody knows.")
    events: int = Field(description="How many.")
    share: float = Field(description="Share of all events.")


class RepairPowerLaw(_Part):
    """Power law of all systems together."""

    beta: float = Field(description="Exponent: above 1 events come ever faster.")
    lower: float = Field(description="Lower bound of the exponent (likelihood ratio).")
    upper: float = Field(description="Upper bound of the exponent (likelihood ratio).")
    scale: float = Field(description="Events of a system by age t, over t to the exponent.")
    p_value: float = Field(description="Likelihood-ratio test of a constant rate.")
    fit_p_value: float | None = Field(
        description="p-value of the power law itself (Cramer-von Mises, or chi-square of counts)."
    )


class RepairProjection(_Part):
    """MTBF after the delayed fixes."""

    demonstrated: float = Field(description="MTBF now, in the unit of time.")
    projected: float = Field(description="MTBF once the fixes are in, in the unit of time.")
    potential: float | None = Field(description="MTBF that the strategy can reach at most.")
    faults: int = Field(description="Distinct faults that will be fixed.")
    effectiveness: float = Field(description="Mean share of a fault that its fix removes.")


class RepairableTrendResult(AnalysisResult):
    """Whether repaired systems fail ever more often, how often, and what is to come."""

    title: str = Field(description="Title of the life test.")
    unit: str = Field(description="Unit of time.")
    confidence: float = Field(description="Confidence of every interval.")
    events: int = Field(description="Events in all.")
    systems: int = Field(description="Systems in all.")
    watched: float = Field(description="How long all were watched together, in the unit of time.")
    trend: Told = Field(description="Whether events come ever faster, ever slower, or neither.")
    agree: bool | None = Field(
        description="Whether a test that allows for clusters shows it too; null: not run."
    )
    rate: float = Field(description="Events of a system per unit of time, over the whole watch.")
    rate_lower: float = Field(description="Lower bound of the rate, exact (Poisson).")
    rate_upper: float = Field(description="Upper bound of the rate, exact (Poisson).")
    power_law: RepairPowerLaw | None = Field(description="Power law; null with under 3 events.")
    tests: tuple[RepairTrendTest, ...] = Field(description="Tests of a trend.")
    curves: tuple[RepairCurve, ...] = Field(description="All systems first, then each group.")
    pairs: tuple[RepairGroupPair, ...] = Field(description="Groups compared.")
    members: tuple[RepairedSystem, ...] = Field(description="Systems, worst first.")
    modes: tuple[RepairMode, ...] = Field(description="What failed, most frequent first.")
    dispersion_p: float | None = Field(
        description="p-value of all systems having one rate (chi-square); null: too few events."
    )
    horizon: float = Field(description="Stretch ahead, in the unit of time.")
    ahead: float = Field(description="Events of all systems expected over the stretch ahead.")
    ahead_lower: int = Field(description="Lower bound of the events ahead (predictive).")
    ahead_upper: int = Field(description="Upper bound of the events ahead (predictive).")
    projection: RepairProjection | None = Field(description="MTBF after fixes, where given.")
