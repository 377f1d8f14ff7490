"""Lanes of a history: their tariffs fitted, their lead times measured."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from solvers.scenario.freight_fit import fit_freight
from solvers.scenario.movement import Lane
from solvers.scenario.past_option import LaneFit, OddShipment, PastOptions
from solvers.scenario.past_period import period_code
from solvers.scenario.past_row import PastLane, PastShipment
from solvers.values import FloatArray

LaneKey = tuple[str, str, str]
_LARGEST = 5
_HALVINGS = 50


def past_lane(
    key: LaneKey,
    shipments: Sequence[PastShipment],
    planned: Mapping[LaneKey, PastLane],
    options: PastOptions,
) -> tuple[Lane, LaneFit]:
    """Lane of its shipments, and what was found of it."""
    contract = planned.get(key)
    fit = _with_lead(_cost(key, shipments, contract, options), shipments, contract)
    loads = _loads(shipments, options)
    days = {"week": 1.0, "month": 365.25 / 12 / 7}[options.period]
    weekly = contract.capacity if contract is not None else None
    counted = fit.fixed > 0 and float(loads.mean()) > 0
    lane = Lane(
        origin=key[0],
        destination=key[1],
        mode=key[2],
        basis=options.basis,
        unit_cost=0.0 if fit.rate is None else fit.rate,
        shipment_cost=fit.fixed if counted else 0.0,
        shipment_size=_shipment_size(shipments, loads, options) if counted else None,
        capacity=None if weekly is None or options.basis == "weight" else weekly * days,
        lead_time=fit.lead_days,
        lead_time_sd=fit.lead_sd_days or 0.0,
    )
    return lane, fit


def freight_by_fit(fit: LaneFit, load: float) -> float:
    """Freight of a shipment by the fitted tariff."""
    return fit.fixed + (fit.rate or 0.0) * load


def _loads(shipments: Sequence[PastShipment], options: PastOptions) -> FloatArray:
    by_weight = options.basis == "weight"
    return np.array([s.weight or 0.0 if by_weight else s.quantity for s in shipments])


def _shipment_size(
    shipments: Sequence[PastShipment], loads: FloatArray, options: PastOptions
) -> float:
    """Smallest size at which full shipments in each period are no more than there were.

    The mean load would do too if it did not leave a started shipment in every period.
    """
    by_period: dict[str, float] = defaultdict(float)
    for s, load in zip(shipments, loads.tolist(), strict=True):
        by_period[period_code(s.date, options.period)] += load
    needed = np.array(list(by_period.values()))
    low, high = 0.0, float(needed.max())
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        few = np.ceil(needed / middle - 1e-9).sum() <= loads.size
        low, high = (low, middle) if few else (middle, high)
    return high


def _cost(
    key: LaneKey,
    shipments: Sequence[PastShipment],
    contract: PastLane | None,
    options: PastOptions,
) -> LaneFit:
    priced = [s for s in shipments if s.transport_cost is not None]
    name, quantity = f"{key[0]}>{key[1]}/{key[2]}", sum(s.quantity for s in shipments)
    plain = LaneFit(name, "none", len(shipments), len(priced), quantity)
    if not priced:
        if contract is None or contract.transport_cost is None or options.basis == "weight":
            return replace(plain, note="no cost is known: it counts as free, set it")
        rate = contract.transport_cost / options.lane_cost_units
        return replace(plain, method="planned", rate=rate, note="the cost is that of the contract")
    load = _loads(priced, options)
    cost = np.array([s.transport_cost for s in priced], dtype=np.float64)
    fit = fit_freight(
        load, cost, robust=options.robust, confidence=options.confidence, fewest=options.fewest
    )
    worst = np.argsort(-np.abs(fit.residual), kind="stable")[:_LARGEST]
    return replace(
        plain,
        method=fit.method,
        fixed=fit.fixed,
        rate=fit.rate,
        fixed_lower=fit.fixed_lower,
        fixed_upper=fit.fixed_upper,
        rate_lower=fit.rate_lower,
        rate_upper=fit.rate_upper,
        r2=fit.r2,
        residual_sd=fit.residual_sd,
        unexplained=float(fit.residual.sum()),
        largest=tuple(
            OddShipment(
                priced[i].date, float(load[i]), float(cost[i]), float(cost[i] - fit.residual[i])
            )
            for i in worst.tolist()
        ),
        note=fit.note,
    )


def _with_lead(
    fit: LaneFit, shipments: Sequence[PastShipment], contract: PastLane | None
) -> LaneFit:
    days = np.array([s.lead_days for s in shipments if s.lead_days is not None], dtype=np.float64)
    if days.size:
        sd = float(days.std(ddof=1)) if days.size > 1 else 0.0
        return replace(fit, lead_days=float(days.mean()), lead_sd_days=sd, lead_shipments=days.size)
    if contract is None or contract.lead_days is None:
        return fit
    sd = contract.lead_days * (contract.lead_time_cv or 0.0)
    return replace(fit, lead_days=contract.lead_days, lead_sd_days=sd)
