"""Achieved service by simulation: a base-stock network under random demand and lead times.

Nothing is stepped through time. A stage that orders what it is asked for, at once, and ships first
due first, is described by one number at each time: the *epoch* up to which the demand on it has
been shipped. All stages see the same demand in their own units, so epochs pass from supplier to
customer, and each stage takes a few array operations over replications and periods.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from solvers.errors import SolverError
from solvers.inventory.chance import Chance
from solvers.inventory.stage import StageNetwork, links_into, upstream_first
from solvers.values import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Share:
    """A mean over replications with its interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class AchievedService:
    """What a stage achieved after the warm-up.

    Parameters
    ----------
    cycle_service
        Share of periods that end with nothing overdue (type 1).
    fill_rate
        Share of the demand shipped in the period in which it is due (type 2).
    backorders, stock
        Mean units overdue, and on hand, at the end of a period.
    """

    code: str
    cycle_service: Share
    fill_rate: Share
    backorders: Share
    stock: Share


def simulate(
    network: StageNetwork,
    weight: FloatArray,
    *,
    service: IntArray,
    base_stock: FloatArray,
    chance: Chance,
    warm_up: int = 0,
    confidence: float = 0.95,
) -> tuple[AchievedService, ...]:
    """Run a base-stock network; late suppliers make late customers, unlike in the model.

    Stages start full. Orders of a stage do not cross: an early one waits for the late one before
    it, as trucks on one road do.

    Parameters
    ----------
    weight : shape (N, D)
        Units of each stage for one unit of each outside demand (`StageDemand.weight`).
    service : shape (N,)
        Promised service times.
    base_stock : shape (N,)
        Mean demand over the net replenishment time plus the safety stock, in units.
    chance
        Demands and lead times.
    warm_up
        Periods at the start that do not count.
    confidence
        Level of the intervals (Student's t over replications).

    Returns
    -------
    One `AchievedService` for each stage, in order.

    Raises
    ------
    SolverError
        If there are fewer than 2 replications or no periods after the warm-up.
    """
    replications, _, periods = chance.demand.shape
    if replications < 2 or periods <= warm_up:
        raise SolverError(
            f"a simulation needs 2 replications and a period after the warm-up, got {replications}"
            f" and {periods - warm_up}"
        )
    quantile = stdtrit(replications - 1, 0.5 + confidence / 2)
    epochs: dict[int, FloatArray] = {}
    achieved: dict[int, AchievedService] = {}
    into = links_into(network)
    for k in upstream_first(network.size, network.tail, network.head):
        asked = np.tensordot(weight[k], chance.demand, axes=(0, 1))
        total = np.concatenate([np.zeros((replications, 1)), asked.cumsum(axis=1)], axis=1)
        ready = _ready(network, k, into[k], epochs, (replications, periods))
        arrived = _arrived(network, k, into[k], ready, chance.late.get(int(k)))
        due = _at(total, _delayed(np.arange(periods + 1.0), int(service[k])))
        can = base_stock[k] + _at(total, arrived)
        shipped = np.minimum(due, can)
        epochs[k] = _epoch(total, can, int(service[k]))
        measured = _measures(can - due, np.diff(due, axis=1), due - shipped, warm_up)
        shares = [_share(values, quantile) for values in measured]
        achieved[k] = AchievedService(network.code[k], *shares)
    return tuple(achieved[k] for k in range(network.size))


def _ready(
    network: StageNetwork,
    k: int,
    links: list[int],
    epochs: dict[int, FloatArray],
    shape: tuple[int, int],
) -> FloatArray:
    """Epoch up to which all inputs of a stage have come, at the end of period 0 ... T."""
    now = np.arange(shape[1] + 1.0)
    ready = np.broadcast_to(_delayed(now, int(network.inbound[k])), (shape[0], now.size))
    for e in links:
        come = _delayed(epochs[int(network.tail[e])], int(network.delay[e]))
        ready = np.minimum(ready, come)
    return ready


def _arrived(
    network: StageNetwork, k: int, links: list[int], ready: FloatArray, late: FloatArray | None
) -> FloatArray:
    """Epoch up to which replenishment has been finished."""
    time = int(network.time[k])
    if late is None:
        return _delayed(ready, time)
    transit = max((int(network.delay[e]) for e in links), default=0)
    soonest = -float(time + max(transit, int(network.inbound[k])))  # nothing comes before its order
    finished = np.empty_like(ready)
    now = np.arange(ready.shape[1], dtype=np.float64)
    for r in range(ready.shape[0]):
        starts = np.searchsorted(ready[r], now[1:] - 1e-9)  # a period's order waits for its inputs
        starts = starts[starts < now.size]
        ends = np.maximum.accumulate(starts + time + np.maximum(late[r, : starts.size], soonest))
        ends = np.concatenate([ends[:1] - 1.0, ends])  # its order comes evenly, as its demand did
        finished[r] = np.interp(now, ends, now[: ends.size]) if starts.size else 0.0
    return finished


def _delayed(values: FloatArray, by: int) -> FloatArray:
    """Values of `by` periods before; 0 before the start (epochs count from there)."""
    if by == 0:
        return values
    kept = values[..., : max(0, values.shape[-1] - by)]
    missing = values.shape[-1] - kept.shape[-1]
    return np.concatenate([np.zeros((*values.shape[:-1], missing)), kept], axis=-1)


def _at(total: FloatArray, epoch: FloatArray) -> FloatArray:
    """Demand up to an epoch; within a period it comes evenly."""
    at = np.broadcast_to(epoch, total.shape)
    whole = np.minimum(np.floor(at).astype(np.int64), total.shape[1] - 1)
    above = np.minimum(whole + 1, total.shape[1] - 1)
    low = np.take_along_axis(total, whole, axis=1)
    reached: FloatArray = low + (at - whole) * (np.take_along_axis(total, above, axis=1) - low)
    return reached


def _epoch(total: FloatArray, can: FloatArray, service: int) -> FloatArray:
    """Epoch up to which a stage has shipped: what is due, or what it can."""
    due = _delayed(np.arange(float(total.shape[1])), service)
    places = np.arange(total.shape[1])
    can = can + 1e-10 * total[:, -1:]  # a rounding error must not cost a period without demand
    reach = np.stack([np.interp(can[r], total[r], places) for r in range(can.shape[0])])
    shipped: FloatArray = np.minimum(due, reach)
    return shipped


def _measures(
    net: FloatArray, newly_due: FloatArray, overdue: FloatArray, warm_up: int
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Cycle service, fill rate, backorders, stock, of each replication."""
    counted = slice(warm_up + 1, None)
    short = overdue[:, counted]
    tiny = 1e-7 * max(1.0, float(newly_due.max(initial=0.0)))
    asked = newly_due[:, warm_up:]
    missed = np.minimum(asked, short).sum(axis=1)
    everything = asked.sum(axis=1)
    fill = 1.0 - np.divide(missed, everything, out=np.zeros_like(missed), where=everything > 0)
    return (
        (short <= tiny).mean(axis=1),
        fill,
        short.mean(axis=1),
        np.maximum(net[:, counted], 0.0).mean(axis=1),
    )


def _share(values: FloatArray, quantile: float) -> Share:
    middle = float(values.mean())
    half = float(quantile * values.std(ddof=1) / np.sqrt(values.size))
    return Share(middle, middle - half, middle + half)
