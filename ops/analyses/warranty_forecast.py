"""Warranty forecast: how many returns are still to come, from when and how many were shipped."""

from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ops.analyses.life_params import LifeTestParams
from ops.analyses.warranty_forecast_page import view
from ops.analyses.warranty_forecast_parts import (
    cohorts_ahead,
    fitted,
    forecast_of,
    history_of,
    models_of,
    spares_of,
)
from ops.analyses.warranty_forecast_result import WarrantyForecastResult
from ops.analyses.warranty_forecast_sample import sample_returns
from ops.analysis import Analysis, Example, Progress
from ops.errors import BadData, NotEnoughData, Problem
from ops.life_query import LifetimeData, LifetimeQuery
from ops.lifetime.field.exposure import AT_ONCE, exposure, reporting_delay
from ops.lifetime.field.warranty import FutureCohort

Name = Literal["weibull", "lognormal", "loglogistic"]
Days = Annotated[float, Field(gt=0, le=36525)]  # a century: farther, nothing is predicted


class FutureShipment(BaseModel):
    """Units that will be shipped."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    days: Days = Field(description="Days from now until they are shipped.")
    quantity: float = Field(gt=0, le=1e9, description="How many.")


class WarrantyForecastParams(LifeTestParams):
    """Parameters of a warranty forecast."""

    ahead: tuple[Days, ...] = Field(
        default=(30.0, 60.0, 90.0, 180.0, 365.0),
        min_length=1,
        max_length=24,
        description="Days from now up to which returns are predicted.",
    )
    warranty: float | None = Field(
        default=None,
        gt=0,
        description="Age in days beyond which nothing is returned; absent: everything is.",
    )
    mode: str = Field(default="", max_length=100, description="Only this mode; empty means all.")
    families: tuple[Name, ...] = Field(
        default=("weibull", "lognormal"), min_length=1, description="Distributions to compare."
    )
    shares: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = Field(
        default=(0.01, 0.1), max_length=10, description="Shares whose life is told, 0.1 for B10."
    )
    delays: Literal["estimate", "ignore"] = Field(
        default="estimate",
        description="Whether delays from failure to report are estimated, where both are dated.",
    )
    shipments: tuple[FutureShipment, ...] = Field(
        default=(), max_length=200, description="Units that will be shipped."
    )
    lead_days: Days | None = Field(
        default=None, description="Days that spares must last; absent: no spares are planned."
    )
    service: float = Field(
        default=0.95, gt=0, lt=1, description="Probability with which spares must meet demand."
    )
    cost: float | None = Field(default=None, gt=0, description="Cost of a return; absent: none.")
    money: str = Field(default="EUR", max_length=10, description="Unit of the cost.")
    draws: int = Field(default=400, ge=100, le=5000, description="Bootstrap draws.")
    seed: int = Field(default=1, ge=0, description="Of the draws.")


def needs(params: WarrantyForecastParams) -> LifetimeQuery:
    """Ask for cohorts and returns."""
    return LifetimeQuery(
        code=params.life_test,
        kind="field",
        revision=params.revision,
        groups=params.groups,
        site=params.site,
    )


def compute(
    data: LifetimeData, params: WarrantyForecastParams, progress: Progress
) -> WarrantyForecastResult:
    """Fit the field, and predict what is still to come.

    Raises
    ------
    NotEnoughData
        If nothing was shipped or came back, or no family can be fitted.
    BadData
        If the mode is not among those of the returns.
    """
    field = data.field
    if field is None or not field.shipped.size:
        raise NotEnoughData("nothing was shipped; upload cohorts with their returns")
    if params.mode and params.mode not in field.modes:
        problem = Problem("/mode", f"use one of {', '.join(field.modes) or 'none: leave it empty'}")
        raise BadData(f"no return is of the mode {params.mode!r}", (problem,))
    delay = reporting_delay(field) if params.delays == "estimate" else AT_ONCE
    warranty = np.inf if params.warranty is None else params.warranty
    seen = exposure(field, delay=delay.coarse(), warranty=warranty, mode=params.mode)
    progress(0.2, f"{seen.failures:g} returns of {len(field.shipped)} cohorts")
    fits, reasons = fitted(seen, params.families, params.seed, params.draws)
    progress(0.6, "fitted")
    future = tuple(FutureCohort(s.days, s.quantity) for s in params.shipments)
    days = np.array(sorted(set(params.ahead)))
    forecasts = [forecast_of(seen, fit, days, params.confidence, future) for fit in fits]
    progress(0.9, "returns predicted")
    models = models_of(fits, reasons, params.shares, params.confidence)
    close = [at for at, model in enumerate(models) if model.delta is not None and model.delta < 2.0]
    chosen = max(close, key=lambda at: forecasts[at].ahead[-1].upper)
    order = [chosen, *(at for at in range(len(fits)) if at != chosen)]
    last = forecasts[chosen].ahead[-1]
    progress(1.0, "returns predicted")
    return WarrantyForecastResult(
        title=data.title,
        confidence=params.confidence,
        until=field.until,
        shipped=float(field.quantity.sum()),
        returned=seen.failures,
        oldest=float(seen.age.max()) if seen.age.size else 0.0,
        delay_days=None if delay is AT_ONCE else delay.mean,
        chosen=forecasts[chosen].family,
        distinguishable=len(close) == 1,
        models=models,
        forecasts=tuple(forecasts[at] for at in order),
        history=history_of(field, params.mode),
        cohorts=cohorts_ahead(field, seen, fits[chosen], float(days[-1]), future),
        spares=spares_of(seen, fits[chosen], params.lead_days, params.service, future),
        cost_mean=None if params.cost is None else params.cost * last.mean,
        cost_upper=None if params.cost is None else params.cost * last.upper_one_sided,
        money=params.money,
    )


WARRANTY_FORECAST = Analysis(
    name="warranty-forecast",
    title="Warranty forecast",
    summary="Predicts returns from the field, with what is not known of life in the interval.",
    version=1,
    params=WarrantyForecastParams,
    result=WarrantyForecastResult,
    needs=needs,
    compute=compute,
    view=view,
    example=Example(
        params=WarrantyForecastParams(
            site="PG1",
            life_test="FIELD-QFN32",
            warranty=730.0,
            lead_days=60.0,
            cost=35.0,
            draws=100,
        ),
        data=sample_returns,
    ),
)
