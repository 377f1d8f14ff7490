"""The result of a warranty forecast."""

from pydantic import BaseModel, ConfigDict, Field

from ops.analysis import AnalysisResult


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="null")


class FieldLifeQuantile(_Part):
    """Time by which a share of the units has failed."""

    p: float = Field(description="Share of units.")
    estimate: float = Field(description="Days.")
    lower_one_sided: float = Field(description="Lower bound alone, days; what is reported.")
    lower: float = Field(description="Lower bound of the two-sided interval, days.")
    upper: float = Field(description="Upper bound of the two-sided interval, days.")


class FieldModel(_Part):
    """A distribution fitted to the field; one that cannot be fitted says why."""

    family: str = Field(description="Name of the family.")
    parameters: dict[str, float] = Field(description="Parameters by name, times in days.")
    loglik: float | None = Field(description="Log-likelihood; null where it has no maximum.")
    delta: float | None = Field(description="AICc less that of the best family.")
    lives: tuple[FieldLifeQuantile, ...] = Field(description="One for each asked share.")
    reason: str = Field(description="Why it could not be fitted; empty where it was.")


class ForecastReturns(_Part):
    """Returns from now up to some days ahead, cumulative."""

    days: float = Field(description="Days from now.")
    mean: float = Field(description="Returns expected.")
    lower: int = Field(description="Lower bound of the predictive interval.")
    upper: int = Field(description="Upper bound of the predictive interval.")
    upper_one_sided: int = Field(description="Not exceeded with the confidence asked.")
    plug_in_lower: int = Field(description="Lower bound if the parameters were known: too high.")
    plug_in_upper: int = Field(description="Upper bound if the parameters were known: too low.")


class FamilyForecast(_Part):
    """Forecast by one family."""

    family: str = Field(description="Name of the family.")
    ahead: tuple[ForecastReturns, ...] = Field(description="One for each time ahead.")


class CohortAhead(_Part):
    """A cohort, and what is still to come of it up to the last time ahead."""

    shipped: float = Field(description="Day of shipment, days since 1970.")
    units: float = Field(description="Units that are not known to have failed.")
    returned: float = Field(description="Units that came back so far; 0 for future shipments.")
    expected: float = Field(description="Returns expected of it.")


class ReturnsSoFar(_Part):
    """Returns that were known by a day, cumulative."""

    day: float = Field(description="Days since 1970.")
    returned: float = Field(description="Returns by then.")


class SparesPlan(_Part):
    """Spares over the lead time."""

    days: float = Field(description="Lead time, days.")
    stock: int = Field(description="Fewest spares that meet the service.")
    service: float = Field(description="Probability asked that demand is met.")
    reached: float = Field(description="Probability with which the stock meets demand.")
    mean: float = Field(description="Demand expected.")
    repeats: float = Field(description="Of it, units that fail again.")


class WarrantyForecastResult(AnalysisResult):
    """Returns that are still to come, and the life that they follow from."""

    title: str = Field(description="Title of the life test.")
    confidence: float = Field(description="Confidence of every interval.")
    until: float = Field(description="Day up to which returns are known, days since 1970.")
    shipped: float = Field(description="Units shipped.")
    returned: float = Field(description="Units that came back, by the mode that is looked at.")
    oldest: float = Field(description="Age of the oldest cohort, days.")
    delay_days: float | None = Field(description="Mean delay of reports, days; null: not known.")
    chosen: str = Field(description="Family whose forecast is reported.")
    distinguishable: bool = Field(
        description="Whether the families are told apart (AICc differs by 2 or more)."
    )
    models: tuple[FieldModel, ...] = Field(description="Families, the likeliest first.")
    forecasts: tuple[FamilyForecast, ...] = Field(description="The reported one first.")
    history: tuple[ReturnsSoFar, ...] = Field(description="Returns so far.")
    cohorts: tuple[CohortAhead, ...] = Field(description="Cohorts, those with most to come first.")
    spares: SparesPlan | None = Field(description="Spares over the lead time, where asked.")
    cost_mean: float | None = Field(description="Cost expected up to the last time ahead.")
    cost_upper: float | None = Field(description="Cost not exceeded with the confidence asked.")
    money: str = Field(description="Unit of the cost.")
