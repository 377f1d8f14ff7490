"""Lanes of a scenario, as arrays: which take part, how long they are, what they hold and cost."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from solvers.network.codes import Codes, over_periods, positions
from solvers.network.customs import Split, ours
from solvers.network.moves import Lanes, Steps
from solvers.network.note import Note
from solvers.scenario.distance import NONE, Lengths, lengths
from solvers.scenario.goods import Commodity
from solvers.scenario.movement import Lane
from solvers.scenario.part import Amount
from solvers.scenario.place import SiteKind
from solvers.values import FloatArray, IntArray

KIND = {"quantity": "count", "weight": "weight", "volume": "volume"}


@dataclass(frozen=True, slots=True)
class Connections:
    """Lanes that take part, with what the document says of them.

    Parameters
    ----------
    lanes
        L parts of the document.
    km, lead_days : shape (L,)
        Length, and mean lead time: as given, else as a matrix tells, else length by speed.
    paid
        What of each lane we pay.
    """

    lanes: tuple[Lane, ...]
    km: FloatArray
    lead_days: FloatArray
    paid: tuple[Split, ...]

    def only(self, kept: IntArray) -> "Connections":
        """Part of them, by position."""
        at = kept.tolist()
        return Connections(
            tuple(self.lanes[i] for i in at),
            self.km[kept],
            self.lead_days[kept],
            tuple(self.paid[i] for i in at),
        )


def connect(codes: Codes) -> tuple[Connections, tuple[Note, ...]]:
    """Lanes that may be used, between sites that take part, no longer than the policy allows."""
    everything = codes.scenario.lanes
    lanes = [
        lane
        for lane in everything
        if lane.open and lane.origin in codes.sites and lane.destination in codes.sites
    ]
    length = lengths(codes.scenario, lanes, codes.yardstick)
    kinds: dict[str, SiteKind] = {s.code: s.kind for s in codes.places()}
    paid = tuple(ours(lane.incoterm, kinds[lane.origin], kinds[lane.destination]) for lane in lanes)
    found = Connections(tuple(lanes), length.km, _lead_days(codes, lanes, length), paid)
    near = _near(codes, lanes, length.km, kinds)
    notes = _notes(len(everything) - len(lanes), len(lanes) - near.size, length)
    return found.only(near), (*notes, *_terms(paid))


def resolve_lanes(codes: Codes, found: Connections) -> Lanes:
    """Arrays of lanes; what somebody else pays for costs nothing."""
    lanes, measure, horizon = found.lanes, codes.yardstick, codes.horizon
    freight = np.array([split.freight for split in found.paid], dtype=np.bool_)
    capacity = over_periods([_load(codes, lane, lane.capacity) for lane in lanes], horizon)
    for i, lane in enumerate(lanes):
        for exception in lane.capacity_by_period:
            capacity[i, measure.periods[exception.period]] = _load(codes, lane, exception.amount)
    fixed = over_periods([measure.money(lane.fixed_cost) for lane in lanes], horizon)
    shipment = np.array([measure.money_once(lane.shipment_cost) for lane in lanes])
    period_days = float(np.mean([p.days for p in codes.scenario.periods]))
    lag = np.floor(found.lead_days / period_days + 0.5).astype(np.int64)
    return Lanes(
        code=tuple(lane.code for lane in lanes),
        mode=tuple(lane.mode for lane in lanes),
        origin=positions((lane.origin for lane in lanes), codes.sites),
        destination=positions((lane.destination for lane in lanes), codes.sites),
        lag=lag if codes.scenario.policy.lead_time_lag else np.zeros_like(lag),
        fixed_cost=np.where(freight[:, None], fixed, 0.0),
        capacity=capacity,
        minimum=np.array([_load(codes, lane, lane.minimum) for lane in lanes]),
        shipment_cost=np.where(freight, shipment, 0.0),
        shipment_size=np.array([_load(codes, lane, lane.shipment_size) for lane in lanes]),
        distance_km=found.km,
        lead_days=found.lead_days,
        lead_sd_days=np.array([measure.plain(lane.lead_time_sd, "duration") for lane in lanes]),
    )


def resolve_steps(codes: Codes, found: Connections) -> Steps:
    """Tariff steps; rates are those of the first period."""
    at, start, end = list[int](), list[float](), list[float]()
    rate, fixed, whole = list[float](), list[float](), list[bool]()
    for i, lane in enumerate(found.lanes):
        if lane.tariff is None or not found.paid[i].freight:
            continue
        begins = [_load(codes, lane, step.load) for step in lane.tariff.breaks]
        for step, begin, finish in zip(
            lane.tariff.breaks, begins, [*begins[1:], np.inf], strict=True
        ):
            at.append(i)
            start.append(begin)
            end.append(finish)
            rate.append(first_rate(codes, lane, step.rate))
            fixed.append(codes.yardstick.money_once(step.fixed))
            whole.append(lane.tariff.kind == "all-units")
    return Steps(
        np.array(at, dtype=np.int64),
        np.array(start, dtype=np.float64),
        np.array(end, dtype=np.float64),
        np.array(rate, dtype=np.float64),
        np.array(fixed, dtype=np.float64),
        np.array(whole, dtype=np.bool_),
    )


def first_rate(codes: Codes, lane: Lane, amount: Amount) -> float:
    """Money for one unit of load in the first period."""
    worth = codes.yardstick.rate(amount, KIND[lane.basis], _sole(codes, lane))
    return float(worth[0]) if isinstance(worth, np.ndarray) else worth


def _load(codes: Codes, lane: Lane, amount: Amount | None) -> float:
    if amount is None:
        return float(np.inf)
    return codes.yardstick.load(amount, lane.basis, _sole(codes, lane))


def _sole(codes: Codes, lane: Lane) -> Commodity | None:
    return codes.commodity(lane.commodities[0]) if len(lane.commodities) == 1 else None


def _lead_days(codes: Codes, lanes: Sequence[Lane], length: Lengths) -> FloatArray:
    speed = {m.code: m.speed_km_per_day or np.inf for m in codes.scenario.modes}
    by_speed = length.km / np.array([speed.get(lane.mode, np.inf) for lane in lanes])
    days = np.where(np.isnan(length.days), by_speed, length.days)
    for i, lane in enumerate(lanes):
        if lane.lead_time is not None:
            days[i] = codes.yardstick.plain(lane.lead_time, "duration")
    return days


def _near(
    codes: Codes, lanes: Sequence[Lane], km: FloatArray, kinds: dict[str, SiteKind]
) -> IntArray:
    limit = codes.scenario.policy.max_distance
    if limit is None:
        return np.arange(len(lanes))
    to_customer = np.array(
        [kinds[lane.destination] == "customer" for lane in lanes], dtype=np.bool_
    )
    most = codes.yardstick.plain(limit, "distance")
    return np.flatnonzero(~to_customer | (km <= most * (1 + 1e-9)))


def _terms(paid: Sequence[Split]) -> list[Note]:
    """Say what others pay under the terms of the lanes."""
    freight, duty = sum(not p.freight for p in paid), sum(not p.duty for p in paid)
    notes = [
        Note(
            "customs",
            "Lanes that leave the freight to the other side: {lanes}",
            {"lanes": float(freight)},
        ),
        Note(
            "customs",
            "Lanes that leave the duty to the other side: {lanes}",
            {"lanes": float(duty)},
        ),
    ]
    return [note for note in notes if note.values["lanes"]]


def _notes(closed: int, far: int, length: Lengths) -> tuple[Note, ...]:
    notes = [
        _measured(source, float(n))
        for source, n in sorted({s: length.source.count(s) for s in set(length.source)}.items())
    ]
    if closed:
        notes.append(
            Note(
                "lanes",
                "Lanes that are closed, or lead to a closed site: {lanes}",
                {"lanes": float(closed)},
            )
        )
    if far:
        notes.append(
            Note(
                "lanes",
                "Lanes to customers that are longer than the policy allows: {lanes}",
                {"lanes": float(far)},
            )
        )
    return tuple(notes)


def _measured(source: str, n: float) -> Note:
    if source == NONE:
        return Note(
            "distance",
            "Lanes whose length counts as 0 km, since neither they nor the matrix tell it and a"
            " place at their ends has no coordinates: {lanes}",
            {"lanes": n},
        )
    return Note(
        "distance",
        "Lanes that have their length from {source}: {lanes}",
        {"lanes": n, "source": source},
    )
